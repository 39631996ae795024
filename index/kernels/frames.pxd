from libc.stdint cimport uint8_t

cdef enum:
    MARGIN = 32  # bytes behind a text that may be written

cdef bint unpack(
    const uint8_t *frame, Py_ssize_t size, uint8_t *text, Py_ssize_t length
) noexcept nogil
