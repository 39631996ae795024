from libc.stdint cimport uint8_t

from index.kernels.chunks cimport Chunk, QueryPart, Search
from index.kernels.seeking cimport Run

cdef void limits(
    const Run *run, const Chunk *chunk, Py_ssize_t *start, Py_ssize_t *stop
) noexcept nogil
cdef void look_ahead(const Search *search, Py_ssize_t k) noexcept nogil
cdef void look_ahead_to_score(const Search *search, Py_ssize_t k) noexcept nogil
cdef void classify(Search *search, Chunk *chunk, Py_ssize_t *having) noexcept nogil
cdef Py_ssize_t with_state(Search *search, const Chunk *chunk, uint8_t wanted) noexcept nogil
cdef Py_ssize_t postings_of(
    const QueryPart *part, const Chunk *chunk, bint scored
) noexcept nogil
