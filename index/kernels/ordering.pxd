from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

cdef struct Keys:
    const int32_t *documents
    const double *first
    const int64_t *second   # NULL where they are those that ``dates`` has of the documents
    const uint8_t *leading  # NULL where none comes first
    const int64_t *dates    # of all documents
    const uint32_t *numbers # by which equals ascend: as ``second``, or of all documents; or NULL

cdef void select(
    const Keys *keys, const Py_ssize_t *among, Py_ssize_t size, Py_ssize_t *heap, Py_ssize_t count
) noexcept nogil

cdef void choose(
    const Keys *keys, const Py_ssize_t *among, Py_ssize_t size, Py_ssize_t *heap, Py_ssize_t count
) noexcept nogil
