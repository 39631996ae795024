from libc.stdint cimport uint64_t

from index.kernels.chunks cimport Chunk, Search

cdef void intersect(Search *search, Chunk *chunk, Py_ssize_t *having) noexcept nogil
cdef uint64_t *with_all(Search *search, const Chunk *chunk, Py_ssize_t *count) noexcept nogil
