"""CRC-32 by the processor's carry-less multiplication, where it has one; else by zlib.

A block of 64 KiB takes zlib about 65 µs, and the first questions of an open index verify one each.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint32_t

from zlib import crc32 as by_zlib

cdef extern from "crc32.h":
    bint warta_crc32_there() nogil
    uint32_t warta_crc32_folded(const uint8_t *data, size_t size, uint32_t state) nogil


def crc32(data not None, uint32_t value=0):
    """The sum of bytes, ``value`` that of those before them: ``zlib.crc32``."""
    cdef const uint8_t[::1] view = data
    cdef Py_ssize_t folded = view.shape[0] & ~15
    cdef uint32_t state = ~value
    if folded < 64 or not warta_crc32_there():
        return by_zlib(data, value)
    with nogil:
        state = warta_crc32_folded(&view[0], folded, state)
    value = ~state
    if folded == view.shape[0]:
        return value
    return by_zlib(view[folded:], value)
