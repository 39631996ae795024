"""Which words may be near to a given one by their letters: the compiled form of ``vocabulary``."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t

import numpy as np

cdef enum:
    LENGTHS = 256
    TWO_ENDS = 5    # letters of which one edit leaves the first two or the last two


def fitting(
    const uint32_t[::1] letters not None,
    const uint16_t[::1] heads not None,
    const uint16_t[::1] tails not None,
    const int32_t[::1] counts not None,
    const int64_t[::1] begins not None,
    bytes word not None,
    tuple fewest not None,
):
    """The places of words that may be near, by length: (k,) int64; and how many were looked at.

    ``begins``: where those of each length begin, (257,). ``word``: letters a to z. ``fewest``: how
    many documents at least, for one edit and for two, or for one alone. Raises ``IndexError``.
    """
    cdef char *text
    cdef Py_ssize_t length, longer, at, end, high, middle, size
    cdef Py_ssize_t found = 0
    cdef Py_ssize_t looked_at = 0
    cdef Py_ssize_t total = letters.shape[0]
    cdef Py_ssize_t edits = len(fewest)
    cdef int32_t least[2]
    cdef Py_ssize_t start[5]
    cdef Py_ssize_t stop[5]
    cdef uint32_t own = 0
    cdef uint16_t head = 0
    cdef uint16_t tail = 0
    cdef uint16_t first
    cdef int changed
    PyBytes_AsStringAndSize(word, &text, &size)
    if heads.shape[0] != total or tails.shape[0] != total or counts.shape[0] != total:
        raise IndexError("the arrays differ in length")
    if begins.shape[0] != LENGTHS + 1 or not 1 <= edits <= 2 or not 0 < size < LENGTHS:
        raise IndexError("there is no such word")
    for at in range(edits):
        least[at] = -min(fewest[at], 0x7FFFFFFF)
    for at in range(size):
        if not 97 <= text[at] <= 122:
            raise IndexError("the word has other letters")
        own |= <uint32_t>1 << (text[at] - 97)
    first = <uint8_t>text[0]
    if size >= TWO_ENDS:
        head = <uint16_t>(first | <uint8_t>text[1] << 8)
        tail = <uint16_t>(<uint8_t>text[size - 2] | <uint8_t>text[size - 1] << 8)
    for length in range(size - edits, size + edits + 1):
        at = length - size + edits
        start[at] = stop[at] = 0
        if not 0 < length < LENGTHS:
            continue
        longer = length - size if length > size else size - length
        start[at], high = begins[length], begins[length + 1]
        if not 0 <= start[at] <= high <= total:
            raise IndexError("a length is outside the arrays")
        stop[at] = start[at]
        while stop[at] < high:  # counts ascend, the commonest first
            middle = (stop[at] + high) >> 1
            if counts[middle] <= least[longer - 1 if longer else 0]:
                stop[at] = middle + 1
            else:
                high = middle
        looked_at += stop[at] - start[at]
    result = np.empty(looked_at, np.int64)
    cdef int64_t[::1] places = result
    with nogil:
        for length in range(2 * edits + 1):
            longer = length - edits if length > edits else edits - length
            for at in range(start[length], stop[length]):
                changed = bit_count(letters[at] ^ own) + <int>longer
                if changed <= 2 and (size < TWO_ENDS or heads[at] == head or tails[at] == tail):
                    places[found] = at
                    found += 1
                elif (
                    edits == 2
                    and changed <= 4
                    and counts[at] <= least[1]
                    and (heads[at] & 0xFF) == first
                ):
                    places[found] = at
                    found += 1
    return result[:found], looked_at


cdef inline int bit_count(uint32_t word) noexcept nogil:
    """Pairs of bits, then fours and eights, are added up side by side."""
    word = word - ((word >> 1) & <uint32_t>0x55555555)
    word = (word & <uint32_t>0x33333333) + ((word >> 2) & <uint32_t>0x33333333)
    word = (word + (word >> 4)) & <uint32_t>0x0F0F0F0F
    return <int>((word * <uint32_t>0x01010101) >> 24)
