"""The cursor behind a page as text: the compiled twin of ``search.cursor.encoded``."""

from cpython.unicode cimport PyUnicode_DecodeASCII
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

cdef enum:
    PACKED = 38         # bytes
    LETTERS = 51        # of six bits each, without the sign that fills the last four up


cdef inline uint8_t *put(uint8_t *into, uint64_t value, int size) noexcept nogil:
    """Write a number, the lowest byte first; the place behind it."""
    cdef int at
    for at in range(size):
        into[at] = <uint8_t>(value >> (8 * at))
    return into + size


cdef inline str cursor_of(
    int order, uint32_t page, double score, int64_t date, uint32_t number, int64_t now,
    bint leading, uint32_t passed,
):
    """What ``encoded`` gives of the ``order``-th of sorts."""
    cdef const char *letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    cdef uint8_t packed[PACKED + 1]
    cdef char text[LETTERS + 1]
    cdef uint8_t *into = packed
    cdef uint64_t bits
    cdef uint32_t three
    cdef int at
    memcpy(&bits, &score, sizeof(bits))
    into = put(into, <uint64_t>order, 1)
    into = put(into, page, 4)
    into = put(into, bits, 8)
    into = put(into, <uint64_t>date, 8)
    into = put(into, number, 4)
    into = put(into, <uint64_t>now, 8)
    into = put(into, leading, 1)
    into = put(into, passed, 4)
    into[0] = 0
    for at in range(13):
        three = (
            <uint32_t>packed[3 * at] << 16 | <uint32_t>packed[3 * at + 1] << 8 | packed[3 * at + 2]
        )
        text[4 * at] = letters[three >> 18]
        text[4 * at + 1] = letters[three >> 12 & 63]
        text[4 * at + 2] = letters[three >> 6 & 63]
        text[4 * at + 3] = letters[three & 63]
    return PyUnicode_DecodeASCII(text, LETTERS, NULL)
