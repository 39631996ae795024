from libc.stdint cimport int32_t, uint32_t

from index.kernels.looked cimport Kept, Looked
from index.kernels.texts cimport Traces

cdef struct Mark:
    int32_t start
    int32_t end
    int32_t found  # the number of the stem or word

cdef struct Token:
    Mark mark          # found is -1 where it matches nothing alone
    int32_t surface    # the numbers of its words, -1 for those of no run
    int32_t stem
    int32_t first      # of its pieces
    int32_t pieces

cdef struct Match:     # what a word matches alone
    uint32_t hash      # of its hash the lower half
    int32_t word       # its number among those; -1 for none
    bint surface       # whether it is a surface form, not a stem
    int32_t found      # -1 for pieces
    int32_t first      # of its pieces
    int32_t pieces

cdef class Rates:
    cdef Py_ssize_t window, beside, scanned, look, plain, other, mark, longest, near

cdef class Runs:
    cdef Py_ssize_t count
    cdef int32_t *words
    cdef int32_t *begins
    cdef int32_t *first_of
    cdef Py_ssize_t numbers
    cdef Py_ssize_t longest_at(
        self, const Token *tokens, Py_ssize_t left, bint stems
    ) noexcept nogil

cdef class Wanted:
    cdef readonly Rates rates
    cdef readonly Traces traces
    cdef readonly Looked looked
    cdef Py_ssize_t beyond
    cdef dict numbers
    cdef dict stems
    cdef tuple prefixes
    cdef dict pieces       # by the words that they are of: the number of the first, and how many
    cdef Mark *piece
    cdef Runs phrases
    cdef Runs runs
    cdef bint by_words     # whether the numbers of words do not suffice
    cdef Match *matches    # by the hashes of words
    cdef list words
    cdef Py_ssize_t slots
    cdef int _note(self, str word, bint surface, Match match) except -1
    cdef Match *match_of(
        self, Looked looked, Kept *one, Py_ssize_t at, bint surface
    ) except? NULL
