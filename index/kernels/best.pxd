from libc.stdint cimport uint8_t, uint32_t, uint64_t

from index.kernels.chunks cimport Chunk, Search

cdef enum:
    PROBED = 12     # postings that are looked at in the time of finding one document among them
    SEVERAL = 4     # times as many as are wanted are worth being told from the best

cdef double best_so_far(
    Search *search, const uint32_t *documents, Py_ssize_t count, uint32_t begin, double most
) noexcept nogil
cdef int keep(
    Search *search, const Chunk *chunk, Py_ssize_t count, Py_ssize_t begin, bint complete
) except -1 nogil
cdef Py_ssize_t kept(
    Search *search, const Chunk *chunk, uint64_t *bits, Py_ssize_t asked, double least
) noexcept nogil
cdef void drop(Search *search, Py_ssize_t begin) noexcept nogil
cdef int select(Search *search, uint8_t wanted, bint strict, Py_ssize_t count) except -1 nogil
