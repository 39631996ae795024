from index.kernels.chunk_terms cimport ChunkTerms, Rule, Unit
from index.kernels.lists cimport Lists
from index.kernels.names cimport Names
from index.kernels.spans cimport Span
from index.kernels.stems cimport Stems

cdef enum:
    MOST_SIGNS = 32
    LONGEST_SIGN = 4

cdef struct Sign:
    char letters[LONGEST_SIGN]
    int length
    char plain

cdef struct Token:
    Py_ssize_t size         # units
    Span base
    Rule rule
    bint stemmed

cdef class Tokens:
    cdef readonly Stems stems
    cdef Lists _lists
    cdef Names _doubles
    cdef Sign _signs[MOST_SIGNS]
    cdef int _sign_count
    cdef bint terms_of(
        self, const char *chunk, Py_ssize_t length, ChunkTerms *found
    ) noexcept nogil
    cdef Py_ssize_t _fold(
        self, const char *chunk, Py_ssize_t length, char *folded
    ) noexcept nogil
    cdef void _parts(self, Py_ssize_t length, ChunkTerms *found) noexcept nogil
    cdef Py_ssize_t _currency(self, const char *text, Py_ssize_t at, Py_ssize_t stop) noexcept nogil
    cdef void _alone(self, const Span *text, ChunkTerms *found) noexcept nogil
    cdef void _units(self, ChunkTerms *found) noexcept nogil
    cdef bint _takes(self, const Unit *unit, const Span *text) noexcept nogil
    cdef void _hyphenated(
        self, const Unit *units, Py_ssize_t count, ChunkTerms *found
    ) noexcept nogil
    cdef bint _stand_apart(
        self, const Span *first, const Span *second, ChunkTerms *found
    ) noexcept nogil
    cdef void _token(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil
    cdef void _head(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil
    cdef void _pair(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil
    cdef bint _doubled(
        self, const Span *first, const Span *second, Span *base, ChunkTerms *found
    ) noexcept nogil
    cdef bint _altered(
        self, const Span *first, const Span *second, Span *base, ChunkTerms *found
    ) noexcept nogil
    cdef bint _knows(self, const Span *word, ChunkTerms *found) noexcept nogil
    cdef int _of(self, const Span *word) noexcept nogil
    cdef void _add(
        self, const Span *surface, const Span *base, bint stemmed, ChunkTerms *found
    ) noexcept nogil
