"""Texts without what readers do not see, and their hashes (see ``index.stored_values``)."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memset

import numpy as np

from index.kernels.blake2b cimport BLOCK, LANES, ROWS, compress, is_there, put_sum, start

cdef extern from "squeeze.h":
    enum:
        WIDTH "WARTA_TEXT"
    bint warta_squeeze_there() nogil
    size_t squeeze_plain "warta_squeeze"(
        const uint8_t *text, size_t size, uint8_t *into, size_t *kept, const uint64_t *table
    ) nogil
    void write_table "warta_squeeze_write_table"(uint64_t *table) nogil

cdef enum:
    HASH = 8    # bytes

cdef struct Text:
    const uint8_t *letters
    Py_ssize_t size

cdef struct Lane:
    Py_ssize_t number   # of the text whose turn it is; -1: all have had theirs
    Py_ssize_t size     # of what is left of it
    Py_ssize_t at       # what has been taken in
    uint8_t *letters    # what is left of it, and a block of zeros
    Py_ssize_t room

cdef uint8_t[256] LOWERED  # written once, here
cdef uint8_t[256] KEPT
cdef uint64_t[256] TABLE
write_table(TABLE)
cdef int code
for code in range(256):
    LOWERED[code] = code + 32 if b"A" <= code <= b"Z" else code
    KEPT[code] = not (code == b" " or 9 <= code <= 13 or 28 <= code <= 31)

cdef bint BY_MANY = warta_squeeze_there()
HASHES = is_there()
"""Whether ``hashes`` serves on this processor."""


def squeezed(bytes text not None):
    """UTF-8 with ASCII letters lowered, typographic apostrophes made plain, no ASCII white space.

    Raises MemoryError.
    """
    cdef char *raw
    cdef Py_ssize_t length, kept
    PyBytes_AsStringAndSize(text, &raw, &length)
    cdef uint8_t *into = <uint8_t *>malloc(<size_t>length + WIDTH)
    if into == NULL:
        raise MemoryError
    try:
        with nogil:
            kept = squeeze(<const uint8_t *>raw, length, into)
        return PyBytes_FromStringAndSize(<const char *>into, kept)
    finally:
        free(into)


def hashes(list texts not None):
    """64 bits of BLAKE2b of texts that are squeezed: (n,) uint64. Raises TypeError, MemoryError,
    and RuntimeError where this processor cannot.
    """
    cdef tuple held = tuple(texts)  # others may empty the list
    cdef Py_ssize_t size = len(held), at
    cdef char *raw
    if not HASHES:
        raise RuntimeError("the processor has no vectors of 256 bits")
    found = np.empty((size, HASH), np.uint8)
    cdef uint8_t[:, ::1] into = found
    cdef Text *each = <Text *>malloc(<size_t>(size + 1) * sizeof(Text))
    if each == NULL:
        raise MemoryError
    try:
        for at in range(size):
            PyBytes_AsStringAndSize(held[at], &raw, &each[at].size)
            each[at].letters = <const uint8_t *>raw
        with nogil:
            hash_all(each, into)
    finally:
        free(each)
    return found.view(">u8").astype(np.uint64).reshape(size)


cdef int hash_all(const Text *texts, uint8_t[:, ::1] into) except -1 nogil:
    """Hash so many texts: whenever one of them ends, the next takes its lane."""
    cdef Lane lanes[LANES]
    cdef Lane *one
    cdef uint64_t state[ROWS * LANES]
    cdef uint64_t upto[LANES]
    cdef uint64_t last[LANES]
    cdef const uint8_t *blocks[LANES]
    cdef uint8_t nothing[BLOCK]
    cdef Py_ssize_t begun = 0, left = into.shape[0]
    cdef int lane
    memset(nothing, 0, BLOCK)
    memset(lanes, 0, sizeof(lanes))
    memset(state, 0, sizeof(state))
    try:
        for lane in range(LANES):
            begin(&lanes[lane], texts, &begun, into.shape[0], state, lane)
        while left:
            for lane in range(LANES):
                one = &lanes[lane]
                blocks[lane] = &nothing[0] if one.number < 0 else one.letters + one.at
                one.at += BLOCK
                upto[lane] = min(one.at, one.size)
                last[lane] = 0 if one.at < one.size else ~<uint64_t>0
            compress(state, blocks, upto, last)
            for lane in range(LANES):
                one = &lanes[lane]
                if one.number >= 0 and one.at >= one.size:
                    put_sum(state, lane, 0, &into[one.number, 0])
                    left -= 1
                    begin(one, texts, &begun, into.shape[0], state, lane)
    finally:
        for lane in range(LANES):
            free(lanes[lane].letters)
    return 0


cdef int begin(
    Lane *one, const Text *texts, Py_ssize_t *begun, Py_ssize_t size, uint64_t *state, int lane
) except -1 nogil:
    """Begin the next text in a lane, if there is one."""
    cdef uint8_t *letters
    cdef Py_ssize_t room
    one.at = one.size = 0
    if begun[0] == size:
        one.number = -1
        return 0
    one.number = begun[0]
    begun[0] += 1
    room = texts[one.number].size + WIDTH + BLOCK
    if room > one.room:
        letters = <uint8_t *>realloc(one.letters, <size_t>room)
        if letters == NULL:
            raise MemoryError
        one.letters, one.room = letters, room
    one.size = squeeze(texts[one.number].letters, texts[one.number].size, one.letters)
    memset(one.letters + one.size, 0, BLOCK)
    start(state, lane, HASH)
    return 0


cdef Py_ssize_t squeeze(const uint8_t *text, Py_ssize_t length, uint8_t *into) noexcept nogil:
    """Write what is left of a text, which is no longer; how many bytes that are.

    There is room for ``WIDTH`` bytes more than the text has.
    """
    cdef Py_ssize_t at = 0, kept = 0
    cdef size_t more
    cdef int width
    cdef uint8_t byte
    while at < length:
        byte = text[at]
        if byte < 0x80:
            if BY_MANY and length - at >= WIDTH:
                at += squeeze_plain(text + at, length - at, into + kept, &more, TABLE)
                kept += more
                continue
            into[kept] = LOWERED[byte]
            kept += KEPT[byte]
            at += 1
            continue
        width = apostrophe(text + at, length - at)
        into[kept] = b"'" if width else byte
        kept += 1
        at += max(width, 1)
    return kept


cdef inline int apostrophe(const uint8_t *text, Py_ssize_t left) noexcept nogil:
    """The bytes of the typographic apostrophe that begins here, 0 for none."""
    if left >= 3 and text[0] == 0xE2 and text[1] == 0x80 and (text[2] == 0x98 or text[2] == 0x99):
        return 3
    return 2 if left >= 2 and text[0] == 0xCA and text[1] == 0xBC else 0
