"""Numbers of 1, 2, 4 or 8 bytes, the lowest first, that may begin anywhere among bytes."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy


cdef inline uint64_t bound(const uint8_t *data, int width, Py_ssize_t index) noexcept nogil:
    """One of them; that it is there is not looked at."""
    cdef uint64_t eight
    cdef uint32_t four
    cdef uint16_t two
    if width == 4:
        memcpy(&four, data + index * 4, 4)
        return four
    if width == 8:
        memcpy(&eight, data + index * 8, 8)
        return eight
    if width == 2:
        memcpy(&two, data + index * 2, 2)
        return two
    return data[index]
