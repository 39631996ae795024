"""CRC-32 by the processor's carry-less multiplication, where it has one; else by zlib.

A block of 64 KiB takes zlib about 65 µs, and the first questions of an open index verify one each.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint32_t

import numpy as np

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


def crc32_of_blocks(data not None, Py_ssize_t size):
    """The sum of each block of so many bytes, the last of which may be short: (n,) uint32.

    Raises ValueError for blocks of no bytes.
    """
    cdef const uint8_t[::1] view = data
    if size <= 0:
        raise ValueError("blocks have bytes")
    cdef Py_ssize_t length = view.shape[0], whole = length // size, block
    cdef Py_ssize_t folded = whole if size >= 64 and size % 16 == 0 and warta_crc32_there() else 0
    sums = np.empty(whole + (whole * size < length), np.uint32)
    cdef uint32_t[::1] into = sums
    with nogil:
        for block in range(folded):
            into[block] = ~warta_crc32_folded(&view[block * size], size, ~<uint32_t>0)
    for block in range(folded, into.shape[0]):
        into[block] = crc32(view[block * size : min((block + 1) * size, length)])
    return sums
