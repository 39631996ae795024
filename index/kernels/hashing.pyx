"""Pieces of a text as numbers, which of them are of some bytes alone, where numbers are among
others, and sums by numbers: the compiled form of ``index.segments.hashing``.

Each piece is gone through by itself, which costs the bytes of all pieces: those of a text once where
they lie side by side, but its square where every piece begins at its beginning. Running sums, as
the module has them that this compiles, cost the bytes of the text and some for each piece. The
pieces of terms are short, and so is what is read twice of them.
"""

include "source.pxi"

import numpy as np

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t

cdef enum:
    TOGETHER = 8  # numbers that lie side by side in the processor's cache
    MOST_BITS = 20  # by which they are told at once: a table of 4 MiB
    MOST_TOGETHER = 1024    # numbers of the same first bits that are sorted here


def numbers(
    const uint8_t[::1] text not None,
    const int64_t[::1] starts not None,
    const int64_t[::1] ends not None,
    uint64_t base,
):
    """The numbers of the pieces of a text: (k,) uint64.

    ``starts``, ``ends``: (k,), where each begins and ends. Raises ``IndexError`` where one lies
    outside the text or ends before it begins.
    """
    _require(text, starts, ends)
    found = np.empty(starts.shape[0], np.uint64)
    cdef uint64_t[::1] into = found
    cdef uint64_t number, power
    cdef Py_ssize_t piece, at
    with nogil:
        for piece in range(starts.shape[0]):
            number, power = 0, 1
            for at in range(starts[piece], ends[piece]):
                number += (text[at] + <uint64_t>1) * power
                power *= base
            into[piece] = number
    return found


def are_within(
    const uint8_t[::1] text not None,
    const int64_t[::1] starts not None,
    const int64_t[::1] ends not None,
    uint8_t first,
    uint8_t last,
):
    """Which pieces have no byte below ``first`` and none above ``last``: (k,) bool.

    Else as ``numbers``.
    """
    _require(text, starts, ends)
    found = np.empty(starts.shape[0], np.bool_)
    cdef uint8_t[::1] into = found.view(np.uint8)
    cdef uint8_t others
    cdef Py_ssize_t piece, at
    with nogil:
        for piece in range(starts.shape[0]):
            others = 0
            for at in range(starts[piece], ends[piece]):
                others |= (text[at] < first) | (text[at] > last)
            into[piece] = not others
    return found


cdef int _require(
    const uint8_t[::1] text, const int64_t[::1] starts, const int64_t[::1] ends
) except -1:
    """Raise ``IndexError`` unless all pieces lie in the text."""
    cdef Py_ssize_t piece
    cdef bint outside = ends.shape[0] != starts.shape[0]
    if outside:
        raise IndexError("the arrays do not fit each other")
    for piece in range(starts.shape[0]):
        outside |= not 0 <= starts[piece] <= ends[piece] <= text.shape[0]
    if outside:
        raise IndexError("a piece lies outside the text")
    return 0


def places(const uint64_t[::1] ascending not None, const uint64_t[::1] numbers not None):
    """Where numbers are among ascending ones, or where they would be: (k,) int64.

    That is ``ascending.searchsorted(numbers)``. Numbers of terms are spread evenly, so that the
    first bits of one tell about where it is: where the numbers with those bits begin is told once.
    """
    cdef Py_ssize_t size = ascending.shape[0], one, low, high, middle
    cdef int bits = 1
    cdef int shift
    cdef uint64_t number
    while bits < MOST_BITS and <Py_ssize_t>TOGETHER << bits < size:
        bits += 1
    shift = 64 - bits
    found = np.empty(numbers.shape[0], np.int64)
    table = np.empty((1 << bits) + 1, np.uint32)
    cdef int64_t[::1] into = found
    cdef uint32_t[::1] begins = table
    if size > 0xFFFFFFFF:
        raise IndexError("too many numbers")
    with nogil:
        low = 0
        for one in range(size):
            while low <= <Py_ssize_t>(ascending[one] >> shift):
                begins[low] = <uint32_t>one
                low += 1
        while low < begins.shape[0]:
            begins[low] = <uint32_t>size
            low += 1
        for one in range(numbers.shape[0]):
            number = numbers[one]
            low, high = begins[number >> shift], begins[(number >> shift) + 1]
            while low < high:
                middle = (low + high) >> 1
                if ascending[middle] < number:
                    low = middle + 1
                else:
                    high = middle
            into[one] = low
    return found


cdef struct Sums:
    uint64_t *numbers
    int64_t *sums
    uint32_t *origins   # where each of the numbers was


def sums(list numbers not None, list terms not None):
    """What belongs to each distinct number, added up.

    ``numbers``: arrays, uint64, and ``terms``: arrays that are as long, int64. Returns the distinct
    numbers, ascending, and their sums, (d,), and for one array after the other where its numbers are
    among them, int64; None where too many numbers have the same first bits, as none of terms have. Raises
    ``IndexError`` where arrays differ in length.
    """
    cdef const uint64_t[::1] some
    cdef const int64_t[::1] beside
    cdef Py_ssize_t size = 0, array, at, begin, end
    cdef int bits = 1, shift
    cdef Sums found
    cdef uint32_t[::1] ends
    cdef uint64_t[::1] distinct
    cdef int64_t[::1] into, places
    if len(numbers) != len(terms):
        raise IndexError("the arrays differ in number")
    for array in range(len(numbers)):
        some, beside = numbers[array], terms[array]
        if some.shape[0] != beside.shape[0]:
            raise IndexError("the arrays do not fit each other")
        size += some.shape[0]
    if size > 0xFFFFFFFF:
        raise IndexError("too many numbers")
    while bits < MOST_BITS and <Py_ssize_t>TOGETHER << bits < size:
        bits += 1
    shift = 64 - bits
    ends = np.zeros((1 << bits) + 1, np.uint32)
    distinct, into = np.empty(size, np.uint64), np.empty(size, np.int64)
    places = np.empty(size, np.int64)
    found.numbers = NULL
    found.sums = NULL
    # Zeros, so that all are places whatever becomes of the numbers meanwhile.
    found.origins = <uint32_t *>PyMem_Calloc(size + 1, sizeof(uint32_t))
    if found.origins == NULL:
        raise MemoryError
    try:
        if size:
            found.numbers, found.sums = &distinct[0], &into[0]
        for array in range(len(numbers)):
            some = numbers[array]
            with nogil:
                for at in range(some.shape[0]):
                    ends[(some[at] >> shift) + 1] += 1
        with nogil:
            begin = 0
            for at in range(1, ends.shape[0]):
                begin = max(begin, <Py_ssize_t>ends[at])
                ends[at] += ends[at - 1]
        if begin > MOST_TOGETHER:
            return None
        begin = 0
        for array in range(len(numbers)):
            some, beside = numbers[array], terms[array]
            with nogil:
                for at in range(some.shape[0]):
                    end = ends[some[at] >> shift]
                    if end == size:
                        break  # they were altered meanwhile
                    ends[some[at] >> shift] += 1
                    found.numbers[end], found.sums[end] = some[at], beside[at]
                    found.origins[end] = <uint32_t>(begin + at)
                begin += some.shape[0]
        with nogil:
            begin = 0
            for at in range(ends.shape[0] - 1):
                end = ends[at]
                _sort(&found, begin, end)
                begin = end
            end = _added_up(&found, size, places)
        return np.asarray(distinct)[:end], np.asarray(into)[:end], np.asarray(places)
    finally:
        PyMem_Free(found.origins)


cdef void _sort(Sums *found, Py_ssize_t begin, Py_ssize_t end) noexcept nogil:
    """Put a few numbers in order, and what belongs to them."""
    cdef Py_ssize_t at, left
    cdef uint64_t number
    cdef int64_t sum_
    cdef uint32_t origin
    for at in range(begin + 1, end):
        number, sum_, origin = found.numbers[at], found.sums[at], found.origins[at]
        left = at
        while left > begin and found.numbers[left - 1] > number:
            found.numbers[left], found.sums[left] = found.numbers[left - 1], found.sums[left - 1]
            found.origins[left] = found.origins[left - 1]
            left -= 1
        found.numbers[left], found.sums[left], found.origins[left] = number, sum_, origin


cdef Py_ssize_t _added_up(Sums *found, Py_ssize_t size, int64_t[::1] places) noexcept nogil:
    """Leave each ascending number once, with its sum; how many there are."""
    cdef Py_ssize_t at, last = -1
    for at in range(size):
        if last < 0 or found.numbers[at] != found.numbers[last]:
            last += 1
            found.numbers[last], found.sums[last] = found.numbers[at], found.sums[at]
        else:
            found.sums[last] += found.sums[at]
        places[found.origins[at]] = last
    return last + 1
