from cpython.object cimport PyObject
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from index.kernels.chunks cimport Chunk, QueryPart, Ranked, Search, Stage
from index.kernels.words cimport Words

cdef class Room:
    cdef uint8_t *marks
    cdef uint8_t *states
    cdef double *doubles
    cdef uint32_t *wanted
    cdef uint64_t *all_words
    cdef Ranked found
    cdef Py_ssize_t marked
    cdef int make(self, Py_ssize_t size, Py_ssize_t chunks) except -1
    cdef int keep(self) except -1
    cdef int mark_for(self, Py_ssize_t planes, Py_ssize_t size) except -1

cdef class Question:
    cdef QueryPart *parts
    cdef Py_ssize_t *order
    cdef Py_ssize_t *postings
    cdef Py_ssize_t *having     # how many documents have each word that nobody counted
    cdef double *bounds
    cdef Chunk *chunks
    cdef double *scores
    cdef Stage *stages
    cdef Py_ssize_t number
    cdef bint same
    cdef bint strict
    cdef bint counts        # some words are counted
    cdef bint is_strict     # what has only some of the words does not match
    cdef tuple _strict      # the words, the loose and the optional ones
    cdef tuple _loose
    cdef tuple _optional
    cdef PyObject **_words  # of each part
    cdef int _add(
        self, Words of, PyObject *one, bint strict, bint loose, bint optional
    ) except -1
    cdef Py_ssize_t _most_runs(self) noexcept
    cdef int make(self, Py_ssize_t chunks, Py_ssize_t count) except -1
    cdef int note_counts(self) except -1

cdef class Scorer(Words):
    cdef Chunk *chunks
    cdef Py_ssize_t chunk_number
    cdef Room _room         # one that nobody has
    cdef list _rooms        # more of them
    cdef Room look(
        self, Question question, Search *search, Py_ssize_t count, bint complete_first, int every,
        Py_ssize_t *total, Py_ssize_t *partial
    )
    cdef int leave(self, Room room) except -1
    cdef Py_ssize_t _classified(self, Search *search, Question question) noexcept nogil
    cdef Py_ssize_t _intersected(
        self, Search *search, Question question, Py_ssize_t count
    ) noexcept nogil

cdef void write_ascending(
    const Ranked *found, int32_t *documents, double *scores, uint8_t *complete
) noexcept nogil
