from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

from index.kernels.candidates cimport Sought
from index.kernels.scoring cimport Scorer

cdef struct Holding:
    int32_t *documents      # a copy, ascending
    Py_ssize_t size
    double part
    bint lacks              # whether more of it may enter than the best of all have

cdef struct Candidates:
    Holding *holdings
    Py_ssize_t held_by      # how many holdings there are
    int32_t *documents      # copies, as what others wrote to them meanwhile would be read
    double *scores          # which the second stage adds to
    uint8_t *complete       # which have all words
    uint8_t *lacks          # bits of the words that each lacks
    uint8_t *marks          # 0 but for a moment
    Py_ssize_t *places      # of those that enter, ascending
    Py_ssize_t *order
    int32_t *chosen         # the documents of those that enter
    double *reached
    double *gained
    uint8_t *held
    Py_ssize_t size
    Py_ssize_t count        # how many enter

cdef class Lacking:
    cdef tuple _texts
    cdef dict _known        # what ``of`` gave
    cdef list told(self, list every)

cdef class Paging:
    cdef const int64_t[::1] dates
    cdef const uint32_t[::1] numbers
    cdef const uint8_t[::1] several
    cdef tuple of_words(
        self, Scorer scorer, tuple words, tuple loose, tuple optional, bint complete_first,
        Py_ssize_t start, Py_ssize_t size, int64_t now, Py_ssize_t most, tuple holding,
        Sought sought, tuple alike, double tolerance
    )
    cdef tuple _page(
        self, Candidates *found, bint graded, bint complete_first, Py_ssize_t start,
        Py_ssize_t size, int64_t now, Py_ssize_t most, Sought sought, tuple words, double tolerance
    )
    cdef int _need(self, const int32_t *documents, Py_ssize_t size) except -1
