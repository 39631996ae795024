from libc.stdint cimport uint8_t, uint32_t

from index.kernels.chunks cimport Chunk, Search

cdef double best_so_far(
    Search *search, const uint32_t *documents, Py_ssize_t count, uint32_t begin, double most
) noexcept nogil
cdef int keep(
    Search *search, const Chunk *chunk, Py_ssize_t count, Py_ssize_t begin, bint whole
) except -1 nogil
cdef void drop(Search *search, Py_ssize_t begin) noexcept nogil
cdef int select(Search *search, uint8_t wanted, bint strict, Py_ssize_t count) except -1 nogil
