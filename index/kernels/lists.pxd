from libc.stdint cimport uint16_t

from index.kernels.names cimport Names

cdef class Lists:
    cdef Names names
    cdef uint16_t *_bits    # by number
    cdef int _mark(self, words, int bits, Py_ssize_t most) except -1
    cdef int of(self, const char *word, Py_ssize_t length) noexcept nogil
    cdef int of_number(self, Py_ssize_t number) noexcept nogil
