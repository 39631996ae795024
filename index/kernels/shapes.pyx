"""Which words may be near to a given one by their letters: the compiled form of ``vocabulary``."""

include "source.pxi"

from libc.stdint cimport int32_t, uint16_t, uint32_t

import numpy as np


def fitting(
    const uint32_t[::1] letters not None,
    const uint16_t[::1] heads not None,
    const uint16_t[::1] tails not None,
    const int32_t[::1] counts not None,
    list parts not None,
    word,
    ends,
    common,
):
    """The places of words of some parts that may be near, as the parts have them: (k,) int64.

    ``parts``: ``(start, stop, longer)`` each, how many letters more or fewer its words have.
    ``word``: its letters, a bit each, and its first byte. ``ends``: its first two bytes and its last
    two, of which one pair has to be the same; None where it is too short for that. ``common``: for
    two edits, how many documents at least; None for one. Raises ``IndexError``.
    """
    cdef uint32_t own = word[0]
    cdef uint16_t first = word[1]
    cdef bint by_ends = ends is not None
    cdef bint twice = common is not None
    cdef uint16_t head = 0
    cdef uint16_t tail = 0
    cdef int32_t least = 0
    cdef Py_ssize_t start, stop, at, room
    cdef Py_ssize_t found = 0
    cdef int changed, longer
    cdef Py_ssize_t size = letters.shape[0]
    if heads.shape[0] != size or tails.shape[0] != size or counts.shape[0] != size:
        raise IndexError("the arrays differ in length")
    if by_ends:
        head, tail = ends
    if twice:
        least = -common
    room = sum([max(part[1] - part[0], 0) for part in parts])
    result = np.empty(room, np.int64)
    cdef long long[::1] places = result
    for start, stop, longer in parts:
        if start >= stop:
            continue
        if not 0 <= start <= stop <= size:
            raise IndexError("a part is outside the arrays")
        with nogil:
            for at in range(start, stop):
                changed = bit_count(letters[at] ^ own) + longer
                if changed <= 2 and (not by_ends or heads[at] == head or tails[at] == tail):
                    places[found] = at
                    found += 1
                elif twice and changed <= 4 and counts[at] <= least and (heads[at] & 0xFF) == first:
                    places[found] = at
                    found += 1
    return result[:found]


cdef inline int bit_count(uint32_t word) noexcept nogil:
    """Pairs of bits, then fours and eights, are added up side by side."""
    word = word - ((word >> 1) & <uint32_t>0x55555555)
    word = (word & <uint32_t>0x33333333) + ((word >> 2) & <uint32_t>0x33333333)
    word = (word + (word >> 4)) & <uint32_t>0x0F0F0F0F
    return <int>((word * <uint32_t>0x01010101) >> 24)
