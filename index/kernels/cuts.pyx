"""Where a word may be cut into two of a set: the compiled form of ``Remainders.cuts``."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from libc.stdint cimport uint8_t, uint64_t

def cuts(bytes bits not None, uint64_t prime, bytes word not None):
    """Places in ``word`` whose end may be in the set, ascending: ``(place, beginning)``.

    ``beginning``: whether what stands before may be in the set too. ``bits``: a bit for each
    remainder by ``prime``, the lowest first. Raises ``IndexError`` where there are too few bits.
    """
    cdef char *raw
    cdef char *set_
    cdef Py_ssize_t length, size, at
    cdef uint64_t number, power
    cdef uint64_t before[32]
    PyBytes_AsStringAndSize(word, &raw, &length)
    PyBytes_AsStringAndSize(bits, &set_, &size)
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 48:
        raise IndexError("there are too few bits")
    if length > 32:
        raise IndexError("the word is too long")
    found = []
    number, power = 0, 1
    for at in range(length):
        before[at] = number
        number = (number + <uint8_t>raw[at] * power) % prime
        power = power * 256 % prime
    number = 0
    for at in range(length - 1, 0, -1):
        number = (number * 256 + <uint8_t>raw[at]) % prime
        if has(set_, number):
            found.append((at, has(set_, before[at])))
    found.reverse()
    return found


cdef inline bint has(const char *bits, uint64_t place) noexcept nogil:
    return (<uint8_t>bits[place >> 3] >> (place & 7)) & 1
