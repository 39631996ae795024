from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

from index.kernels.candidates cimport Sought
from index.kernels.pages cimport Candidates
from index.kernels.scoring cimport Scorer

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
