from index.kernels.chunks cimport Chunk, Search

cdef void intersect(Search *search, Chunk *chunk, Py_ssize_t *having) noexcept nogil
cdef Py_ssize_t with_all(Search *search, const Chunk *chunk) noexcept nogil
cdef void spread(Search *search, const Chunk *chunk) noexcept nogil
