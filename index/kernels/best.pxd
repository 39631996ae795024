from libc.stdint cimport uint8_t

from index.kernels.chunks cimport Search

cdef int select(Search *search, uint8_t wanted, bint strict, Py_ssize_t count) except -1 nogil
