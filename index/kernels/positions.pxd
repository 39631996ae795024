from libc.stdint cimport int32_t, int64_t, uint8_t

from index.kernels.postings cimport Field

cdef Py_ssize_t intersection(
    const uint8_t *documents, int width, Py_ssize_t *starts, const Py_ssize_t *stops,
    Py_ssize_t terms, Py_ssize_t size, const uint8_t *left_out, int32_t *having,
) noexcept nogil

cdef Py_ssize_t positions_of(
    Field field, Py_ssize_t ordinal, const int32_t *documents, Py_ssize_t count,
    Py_ssize_t *firsts, Py_ssize_t *counts,
) except -1

cdef Py_ssize_t reached(
    const int64_t *many, Py_ssize_t low, Py_ssize_t high, int64_t wanted
) noexcept nogil
