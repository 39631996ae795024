"""Texts to numbers of their chunks: what ``index.analysis.scanning`` does by array operations.

One pass over the bytes of a batch finds chunks (see ``index.analysis.tokenizer``), gives each its
number in a growing vocabulary, and sees where sentences begin. A chunk of up to 16 bytes is two
machine words, which are the key itself in an open-addressing table, so that no string is followed;
64 chunks at a time are cut out before they are looked up, and their slots fetched meanwhile. Longer
ones are rare, and are compared in full with the bytes that are kept of them. Hashes begin from a
secret of the process, so that no text can have many of one slot; numbers do not depend on it.
"""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcmp, memcpy

from index.kernels.hashes cimport hash_of, mixed
from index.kernels.sentence_begins cimport begins_sentence

import numpy as np

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define warta_prefetch(address) __builtin_prefetch(address)
    #else
    #define warta_prefetch(address) ((void)(address))
    #endif
    #if defined(__SSE2__) && defined(__GNUC__)
    #include <emmintrin.h>
    static inline int warta_plain(const unsigned char *text) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)text);
        const __m128i letter = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(32)), _mm_set1_epi8('a'));
        const __m128i digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
        const __m128i plain = _mm_or_si128(
            _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter),
            _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
        return __builtin_ctz(~(unsigned)_mm_movemask_epi8(plain));
    }
    #else
    #define warta_plain(text) ((void)(text), 0)
    #endif
    """
    void warta_prefetch(const void *address) noexcept nogil
    int warta_plain(const uint8_t *text) noexcept nogil  # of 16 bytes, letters and digits before others

cdef enum:
    SEPARATOR = 0
    WORD = 1
    JOINER = 2
    LONGER = 3  # a first byte of a character of several, which must be looked at
    BLOCK = 64
    INLINE = 16
    PADDING = 48
    FIRST_BITS = 16
    MOST = 1 << 30  # numbers are of 31 bits

cdef extern from *:
    """
    static const uint8_t warta_marks[256] = {['.'] = 1, ['!'] = 1, ['?'] = 1, [10] = 1, [0xA6] = 1};
    #define WARTA_BYTES(n) (((uint64_t)1 << 8 * (n)) - 1)
    #define WARTA_UPTO_7 0, WARTA_BYTES(1), WARTA_BYTES(2), WARTA_BYTES(3), \\
        WARTA_BYTES(4), WARTA_BYTES(5), WARTA_BYTES(6), WARTA_BYTES(7)
    #define WARTA_ALL ~(uint64_t)0
    static const uint64_t warta_first_bytes[17] = {
        WARTA_UPTO_7, WARTA_ALL, WARTA_ALL, WARTA_ALL, WARTA_ALL, WARTA_ALL, WARTA_ALL, WARTA_ALL,
        WARTA_ALL, WARTA_ALL};
    static const uint64_t warta_last_bytes[17] = {0, 0, 0, 0, 0, 0, 0, 0, WARTA_UPTO_7, WARTA_ALL};
    """
    const uint8_t MARKS "warta_marks"[256]  # of every byte: is_mark
    const uint64_t FIRST_BYTES "warta_first_bytes"[17]  # by length: those of the first eight bytes
    const uint64_t LAST_BYTES "warta_last_bytes"[17]    # and those of the eight behind them

cdef struct Key:
    uint64_t low   # 0: the slot is free, since no chunk holds a zero byte
    uint64_t high
    int64_t number

cdef struct LongKey:
    uint64_t hash
    int64_t at       # where its bytes are kept
    int64_t length   # 0: the slot is free
    int64_t number

cdef struct Span:
    int64_t start
    int64_t length

cdef struct Waiting:
    int64_t start
    int64_t length
    uint64_t low
    uint64_t high
    uint64_t hash


cdef class Scanner:
    """One vocabulary of chunks, numbered from 0 on in the order in which they are met.

    ``kinds``: (n,) uint8, of the first n code points whether each is a separator (0), part of a
    word (1) or a joiner (2); all others are parts of words. Not safe under threads.

    ``distinct``: number to chunk.
    """

    cdef readonly list distinct
    cdef const uint8_t[::1] _kinds
    cdef uint8_t _single[256]
    cdef bint _busy
    cdef uint64_t _secret
    cdef Key *_keys
    cdef int _bits
    cdef int64_t _short
    cdef LongKey *_long_keys
    cdef int _long_bits
    cdef int64_t _long
    cdef uint8_t *_kept
    cdef int64_t _kept_size
    cdef int64_t _kept_room
    cdef Span *_fresh
    cdef int64_t _fresh_size
    cdef int64_t _fresh_room
    cdef int64_t _numbers

    def __cinit__(self, const uint8_t[::1] kinds not None):
        if kinds.shape[0] < 128 or kinds[0] != SEPARATOR:
            raise ValueError("kinds of ASCII are needed, and a zero byte must be a separator")
        self._kinds = kinds
        cdef int byte
        for byte in range(256):
            self._single[byte] = kinds[byte] if byte < 128 else LONGER
            if chr(byte).isalnum() and self._single[byte] not in (WORD, LONGER):
                raise ValueError("letters and digits are parts of words")
        self.distinct = []
        self._secret = <uint64_t>hash("chunks")
        self._bits = FIRST_BITS
        self._long_bits = FIRST_BITS - 4
        self._keys = <Key *>calloc(<size_t>1 << self._bits, sizeof(Key))
        self._long_keys = <LongKey *>calloc(<size_t>1 << self._long_bits, sizeof(LongKey))
        if self._keys == NULL or self._long_keys == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self._keys)
        free(self._long_keys)
        free(self._kept)
        free(self._fresh)

    def scan(self, bytes buffer not None, const int64_t[::1] text_ends not None):
        """The chunks of texts that stand one after the other, zeros between them.

        ``buffer``: UTF-8 that begins with a zero byte and ends with 48; ``text_ends``: (t,) where
        the texts end, ascending. Returns ``numbers``, (n,) int32, of all chunks; ``upto``, (t,)
        int64, how many of them begin before the end of each text; ``begins``, (b,) int64,
        ascending, which chunks begin a sentence; and ``unless``, (b,) bool: it does so unless the
        chunk before is an abbreviation. Texts' first chunks may be among ``begins``. Raises
        ValueError, MemoryError, and RuntimeError where another thread is scanning.
        """
        cdef const uint8_t[::1] raw = buffer
        cdef Py_ssize_t size = raw.shape[0]
        cdef Py_ssize_t at
        if size < PADDING or raw[0]:
            raise ValueError("a buffer begins and ends with zeros")
        for at in range(size - PADDING, size):
            if raw[at]:
                raise ValueError("a buffer begins and ends with zeros")
        if self._busy:
            raise RuntimeError("another thread is scanning")
        numbers = np.empty(size // 2 + 1, np.int32)
        upto = np.empty(text_ends.shape[0], np.int64)
        begins = np.empty(size // 2 + 1, np.int64)
        unless = np.empty(size // 2 + 1, np.uint8)
        cdef int32_t[::1] into = numbers
        cdef int64_t[::1] upto_view = upto
        cdef int64_t[::1] begins_view = begins
        cdef uint8_t[::1] unless_view = unless
        cdef int64_t counts[2]
        self._busy = True
        try:
            with nogil:
                self._scan(&raw[0], size, text_ends, &into[0], upto_view, &begins_view[0],
                           &unless_view[0], counts)
        finally:
            self._busy = False
            for at in range(self._fresh_size):
                start = self._fresh[at].start
                self.distinct.append(buffer[start : start + self._fresh[at].length])
            self._fresh_size = 0
        found = counts[1]
        return numbers[: counts[0]], upto, begins[:found], unless[:found].view(np.bool_)

    cdef int _scan(
        self, const uint8_t *raw, int64_t size, const int64_t[::1] text_ends, int32_t *into,
        int64_t[::1] upto, int64_t *begins, uint8_t *unless, int64_t *counts
    ) except -1 nogil:
        cdef Waiting block[BLOCK]
        cdef Waiting *one
        cdef Key *key
        cdef const uint8_t *kinds = &self._kinds[0]
        cdef const uint8_t *single = self._single
        cdef uint64_t secret = self._secret
        cdef int64_t limit = self._kinds.shape[0]
        cdef int64_t stop = size - PADDING
        cdef int64_t at = 0, start, last = -1
        cdef int64_t found = 0, sentences = 0, text = 0
        cdef int64_t texts = text_ends.shape[0]
        cdef int64_t end = text_ends[0] if texts else size
        cdef int waiting, which, kind, width, verdict
        cdef bint marked
        counts[0] = counts[1] = 0
        while at < stop:
            waiting = 0
            while waiting < BLOCK:
                marked = False
                while at < stop:
                    width = 1
                    kind = single[raw[at]]
                    if kind == LONGER:
                        kind = kind_at(raw + at, kinds, limit, &width)
                    if kind == WORD:
                        break
                    marked |= MARKS[raw[at + width - 1]]
                    at += width
                if at >= stop:
                    break
                start = at
                at = chunk_end(raw, at + width, single, kinds, limit)
                while start >= end and text < texts:
                    upto[text] = found + waiting
                    text += 1
                    end = text_ends[text] if text < texts else size
                if marked and last >= 0:
                    verdict = begins_sentence(raw, last, start)
                    if verdict:
                        begins[sentences] = found + waiting
                        unless[sentences] = verdict == 1
                        sentences += 1
                last = at
                one = &block[waiting]
                one.start, one.length = start, at - start
                if one.length <= INLINE:
                    one.low = bytes_at(raw + start) & FIRST_BYTES[one.length]
                    one.high = bytes_at(raw + start + 8) & LAST_BYTES[one.length]
                    one.hash = mixed(one.low ^ secret, one.high)
                    warta_prefetch(&self._keys[one.hash >> (64 - self._bits)])
                waiting += 1
            for which in range(waiting):
                one = &block[which]
                if one.length <= INLINE:
                    key = &self._keys[one.hash >> (64 - self._bits)]
                    if (key.low ^ one.low) | (key.high ^ one.high):
                        into[found] = <int32_t>self._number(one)
                    else:
                        into[found] = <int32_t>key.number
                else:
                    into[found] = <int32_t>self._long_number(raw + one.start, one)
                found += 1
        while text < texts:
            upto[text] = found
            text += 1
        counts[0], counts[1] = found, sentences
        return 0

    cdef int64_t _number(self, const Waiting *one) except -1 nogil:
        """The number of a chunk of 16 bytes at the most, which is added where it is new."""
        cdef uint64_t mask = (<uint64_t>1 << self._bits) - 1
        cdef uint64_t slot = one.hash >> (64 - self._bits)
        cdef Key *key
        while True:
            key = &self._keys[slot]
            if key.low == one.low and key.high == one.high:
                return key.number
            if key.low == 0:
                break
            slot = (slot + 1) & mask
        key.number = self._new(one)
        key.low, key.high = one.low, one.high
        self._short += 1
        if self._short * 8 > <int64_t>mask * 5:
            self._grow()
        return self._numbers - 1

    cdef int64_t _long_number(self, const uint8_t *text, const Waiting *one) except -1 nogil:
        """The number of a longer chunk, which is added where it is new."""
        cdef uint64_t hash = hash_of(text, one.length, self._secret)
        cdef uint64_t mask = (<uint64_t>1 << self._long_bits) - 1
        cdef uint64_t slot = hash >> (64 - self._long_bits)
        cdef LongKey *key
        while True:
            key = &self._long_keys[slot]
            if key.length == 0:
                break
            if key.hash == hash and key.length == one.length:
                if memcmp(self._kept + key.at, text, one.length) == 0:
                    return key.number
            slot = (slot + 1) & mask
        if self._kept_size + one.length > self._kept_room:
            self._keep_more(one.length)
        memcpy(self._kept + self._kept_size, text, one.length)
        key.number = self._new(one)
        key.hash, key.at, key.length = hash, self._kept_size, one.length
        self._kept_size += one.length
        self._long += 1
        if self._long * 2 > <int64_t>mask:
            self._grow_long()
        return self._numbers - 1

    cdef int64_t _new(self, const Waiting *one) except -1 nogil:
        """The number of a chunk that is not known yet. What it is called is noted first."""
        cdef int64_t room
        cdef Span *fresh
        if self._numbers >= MOST:
            raise MemoryError
        if self._fresh_size == self._fresh_room:
            room = max(2 * self._fresh_room, 1024)
            fresh = <Span *>realloc(self._fresh, <size_t>room * sizeof(Span))
            if fresh == NULL:
                raise MemoryError
            self._fresh, self._fresh_room = fresh, room
        self._fresh[self._fresh_size].start = one.start
        self._fresh[self._fresh_size].length = one.length
        self._fresh_size += 1
        self._numbers += 1
        return self._numbers - 1

    cdef int _keep_more(self, int64_t more) except -1 nogil:
        cdef int64_t room = max(2 * self._kept_room, self._kept_size + more, 1 << 16)
        cdef uint8_t *kept = <uint8_t *>realloc(self._kept, <size_t>room)
        if kept == NULL:
            raise MemoryError
        self._kept, self._kept_room = kept, room
        return 0

    cdef int _grow(self) except -1 nogil:
        cdef int bits = self._bits + 1
        cdef uint64_t mask = (<uint64_t>1 << bits) - 1
        cdef uint64_t slot
        cdef Py_ssize_t at
        cdef Key *key
        cdef Key *keys = <Key *>calloc(<size_t>1 << bits, sizeof(Key))
        if keys == NULL:
            raise MemoryError
        for at in range(<Py_ssize_t>1 << self._bits):
            key = &self._keys[at]
            if key.low:
                slot = mixed(key.low ^ self._secret, key.high) >> (64 - bits)
                while keys[slot].low:
                    slot = (slot + 1) & mask
                keys[slot] = key[0]
        free(self._keys)
        self._keys, self._bits = keys, bits
        return 0

    cdef int _grow_long(self) except -1 nogil:
        cdef int bits = self._long_bits + 2
        cdef uint64_t mask = (<uint64_t>1 << bits) - 1
        cdef uint64_t slot
        cdef Py_ssize_t at
        cdef LongKey *key
        cdef LongKey *keys = <LongKey *>calloc(<size_t>1 << bits, sizeof(LongKey))
        if keys == NULL:
            raise MemoryError
        for at in range(<Py_ssize_t>1 << self._long_bits):
            key = &self._long_keys[at]
            if key.length:
                slot = key.hash >> (64 - bits)
                while keys[slot].length:
                    slot = (slot + 1) & mask
                keys[slot] = key[0]
        free(self._long_keys)
        self._long_keys, self._long_bits = keys, bits
        return 0


cdef inline uint64_t bytes_at(const uint8_t *text) noexcept nogil:
    cdef uint64_t word
    memcpy(&word, text, 8)
    return word


cdef inline int64_t chunk_end(
    const uint8_t *raw, int64_t at, const uint8_t *single, const uint8_t *kinds, int64_t limit
) noexcept nogil:
    """Where a chunk ends that begins with the character before ``at``."""
    cdef int kind, width, of_next
    while True:
        at += warta_plain(raw + at)  # most words at once, without a branch
        kind = single[raw[at]]
        while kind == WORD:
            at += 1
            kind = single[raw[at]]
        if kind == SEPARATOR:
            return at
        width = 1
        if kind == LONGER:
            kind = kind_at(raw + at, kinds, limit, &width)
            if kind == WORD:
                at += width
                continue
        if kind != JOINER or kind_at(raw + at + width, kinds, limit, &of_next) != WORD:
            return at
        at += width + of_next


cdef inline int kind_at(
    const uint8_t *text, const uint8_t *kinds, int64_t limit, int *width
) noexcept nogil:
    """What the character is, and how many bytes it has. Three bytes behind it are readable."""
    cdef uint8_t first = text[0]
    cdef int64_t code
    if first < 0x80:
        width[0] = 1
        return kinds[first]
    if first < 0xC0:  # stray: not in UTF-8
        width[0] = 1
        return WORD
    if first < 0xE0:
        width[0] = 2
        code = (first & 0x1F) << 6 | (text[1] & 0x3F)
    elif first < 0xF0:
        width[0] = 3
        code = (first & 0x0F) << 12 | (text[1] & 0x3F) << 6 | (text[2] & 0x3F)
    else:
        width[0] = 4
        return WORD
    return kinds[code] if code < limit else WORD
