"""Inflates what is deflated (RFC 1951), up to its end or to where it is damaged.

Codes are looked up by the next bits of the input, several of them in a table within the table where
they are long. Far from the ends of input and room symbols are decoded with bits and bytes to spare;
near them one by one, each as soon as its last bit is there. What is not there in full (a symbol, a
block's header) is decoded anew when more input comes.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memmove, memset

cdef enum:
    WINDOW = 1 << 15        # how far back a match begins at the most
    PIECE = 1 << 18         # the most bytes that are given at once
    MATCH = 258             # the longest
    BETWEEN = 3             # symbols between two looks at the room, but for a last match
    SPARE = 16              # bytes that are written behind a match
    LITERAL_BITS = 11       # that are looked up at once
    DISTANCE_BITS = 8
    SIZE_BITS = 7
    LONGEST = 15            # bits of a code
    MOST = 48               # bits of a match: two codes, and what follows them
    LITERALS = 288
    DISTANCES = 32
    SIZES = 19
    END_OF_BLOCK = 256
    # A table has room for a table within it for every code, of as many bits as there are left.
    LITERAL_ROOM = (1 << LITERAL_BITS) + (LITERALS << (LONGEST - LITERAL_BITS))
    DISTANCE_ROOM = (1 << DISTANCE_BITS) + (DISTANCES << (LONGEST - DISTANCE_BITS))

cdef enum:  # an entry: 8 bits of how many a code has, 4 of how many follow it, what it is; its value
    FOLLOWING = 8
    LITERAL = 1 << 15
    OTHER = 1 << 14
    WITHIN = 1 << 13        # the table at its value says more, by so many bits more
    INVALID = 1 << 12
    VALUE = 16

cdef enum State:
    HEADER                  # of a block
    STORED
    CODED
    ENDED
    DAMAGED

cdef enum Outcome:
    GOES_ON
    NEEDS_INPUT
    IS_FULL
    IS_OVER

cdef struct Bits:           # what is read: bits that are held, and the bytes behind them
    uint64_t held
    int count
    const uint8_t *at
    const uint8_t *end

cdef uint16_t[29] LENGTHS = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
]
cdef uint8_t[29] BEHIND_LENGTH = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]
cdef uint16_t[30] BACK = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
]
cdef uint8_t[SIZES] ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]


cdef class Inflater:
    """One deflated stream. Not safe under threads.

    ``eof``: its end was reached; ``unused_data``: the input behind it. ``needs_input``: all that is
    there was decoded. ``damage``: what is wrong with it, in the words of zlib; None for nothing.
    """

    cdef readonly bint eof
    cdef readonly bint needs_input
    cdef readonly bytes unused_data
    cdef readonly str damage
    cdef State _state
    cdef bint _is_last
    cdef bint _is_fixed         # the tables are those of fixed codes
    cdef bint _busy
    cdef uint32_t _stored       # bytes of a stored block that are left
    cdef uint64_t _held
    cdef int _count
    cdef bytes _waiting
    cdef const char *_wrong
    cdef Py_ssize_t _before     # bytes that were given last, up to a window
    cdef Py_ssize_t _to         # where the next byte goes
    cdef Py_ssize_t _full       # where none does
    cdef Py_ssize_t _stop       # where no match may begin any more
    cdef uint8_t *_room         # a window, and a piece
    cdef uint32_t *_literals
    cdef uint32_t *_distances

    def __cinit__(self):
        self.needs_input = True
        self.unused_data = self._waiting = b""
        self._room = <uint8_t *>malloc(WINDOW + PIECE + MATCH + SPARE)
        self._literals = <uint32_t *>malloc(LITERAL_ROOM * sizeof(uint32_t))
        self._distances = <uint32_t *>malloc(DISTANCE_ROOM * sizeof(uint32_t))
        if self._room == NULL or self._literals == NULL or self._distances == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self._room)
        free(self._literals)
        free(self._distances)

    def inflate(self, bytes data not None, Py_ssize_t most):
        """What more input gives, ``most`` bytes or somewhat less: then it may be asked for more.

        What came before a ``damage`` is given, too. Raises ValueError where there is no room for a
        match, and RuntimeError where another thread asks.
        """
        cdef char *text
        cdef Py_ssize_t size
        cdef Bits bits
        cdef bytes held = self._waiting + data if self._waiting else data
        cdef Outcome outcome = GOES_ON
        if self._busy:
            raise RuntimeError("another thread is inflating")
        if most < MATCH + BETWEEN:
            raise ValueError("too little room")
        if self._state >= ENDED:
            self.unused_data += data
            return b""
        PyBytes_AsStringAndSize(held, &text, &size)
        bits.held, bits.count = self._held, self._count
        bits.at = <const uint8_t *>text
        bits.end = bits.at + size
        self._to = WINDOW
        self._full = WINDOW + min(most, <Py_ssize_t>PIECE)
        self._stop = self._full - MATCH - BETWEEN
        self._busy = True
        with nogil:
            while outcome == GOES_ON:
                if self._state == HEADER:
                    outcome = self._begin_block(&bits)
                elif self._state == STORED:
                    outcome = self._copy(&bits)
                else:
                    outcome = self._decode(&bits)
        self._busy = False
        give_back(&bits)
        self._held, self._count = bits.held, bits.count
        size = bits.end - bits.at
        rest = held[len(held) - size :] if size else b""
        if self._state == ENDED:
            self.eof, self.unused_data, self._waiting = True, rest, b""
        else:
            self._waiting = rest
        if self._wrong != NULL:
            self.damage = self._wrong.decode("ascii")
        self.needs_input = outcome == NEEDS_INPUT
        return self._given()

    cdef bytes _given(self):
        """What is in the room; of that and what was before it a window is kept."""
        cdef Py_ssize_t size = self._to - WINDOW
        cdef bytes given = PyBytes_FromStringAndSize(<char *>self._room + WINDOW, size)
        cdef Py_ssize_t kept = min(self._before + size, <Py_ssize_t>WINDOW)
        memmove(self._room + WINDOW - kept, self._room + self._to - kept, <size_t>kept)
        self._before = kept
        return given

    cdef Outcome _is_wrong(self, const char *what) noexcept nogil:
        self._wrong, self._state = what, DAMAGED
        return IS_OVER

    cdef Outcome _end_block(self, Bits *bits) noexcept nogil:
        if not self._is_last:
            self._state = HEADER
            return GOES_ON
        drop(bits, bits.count & 7)
        give_back(bits)
        self._state = ENDED
        return IS_OVER

    cdef Outcome _begin_block(self, Bits *bits) noexcept nogil:
        cdef Bits before = bits[0]
        cdef int kind
        cdef Outcome outcome
        if not fill(bits, 3):
            return NEEDS_INPUT
        self._is_last = take(bits, 1)
        kind = take(bits, 2)
        if kind == 3:
            return self._is_wrong(b"invalid block type")
        if kind == 0:
            drop(bits, bits.count & 7)
            outcome = self._begin_stored(bits)
        elif kind == 1:
            outcome = self._take_fixed()
        else:
            outcome = self._read_codes(bits)
        if outcome == NEEDS_INPUT:
            bits[0] = before
        return outcome

    cdef Outcome _begin_stored(self, Bits *bits) noexcept nogil:
        cdef uint32_t size
        if not fill(bits, 32):
            return NEEDS_INPUT
        size = take(bits, 16)
        if take(bits, 16) != size ^ 0xFFFF:
            return self._is_wrong(b"invalid stored block lengths")
        give_back(bits)
        self._stored, self._state = size, STORED
        return GOES_ON

    cdef Outcome _copy(self, Bits *bits) noexcept nogil:
        cdef Py_ssize_t size = min(<Py_ssize_t>self._stored, <Py_ssize_t>(bits.end - bits.at))
        size = min(size, self._full - self._to)
        memcpy(self._room + self._to, bits.at, <size_t>size)
        self._to += size
        bits.at += size
        self._stored -= <uint32_t>size
        if not self._stored:
            return self._end_block(bits)
        return NEEDS_INPUT if bits.at == bits.end else IS_FULL

    cdef Outcome _take_fixed(self) noexcept nogil:
        cdef uint8_t sizes[LITERALS]
        if not self._is_fixed:
            memset(sizes, 8, LITERALS)
            memset(sizes + 144, 9, 112)
            memset(sizes + 256, 7, 24)
            make(sizes, LITERALS, self._literals, LITERAL_BITS, literal_entry)
            memset(sizes, 5, DISTANCES)
            make(sizes, DISTANCES, self._distances, DISTANCE_BITS, distance_entry)
        self._is_fixed, self._state = True, CODED
        return GOES_ON

    cdef Outcome _read_codes(self, Bits *bits) noexcept nogil:
        """The codes of a block that tells them."""
        cdef uint8_t sizes[LITERALS + DISTANCES]
        cdef uint32_t table[1 << SIZE_BITS]
        cdef uint32_t entry, literals, distances, told, at, each, again
        cdef int behind
        cdef uint8_t size
        if not fill(bits, 14):
            return NEEDS_INPUT
        literals, distances, told = take(bits, 5) + 257, take(bits, 5) + 1, take(bits, 4) + 4
        if literals > 286 or distances > 30:
            return self._is_wrong(b"too many length or distance symbols")
        memset(sizes, 0, SIZES)
        for each in range(told):
            if not fill(bits, 3):
                return NEEDS_INPUT
            sizes[ORDER[each]] = take(bits, 3)
        if not make(sizes, SIZES, table, SIZE_BITS, size_entry):
            return self._is_wrong(b"invalid code lengths set")
        at = 0
        while at < literals + distances:
            fill(bits, 14)
            entry = table[bits.held & ((1 << SIZE_BITS) - 1)]
            told = entry >> VALUE
            behind = 0 if told < 16 else 7 if told == 18 else <int>told - 14
            if <int>(entry & 0xFF) + behind > bits.count:
                return NEEDS_INPUT
            drop(bits, entry & 0xFF)
            if told < 16:
                sizes[at] = told
                at += 1
                continue
            if told == 16 and not at:
                return self._is_wrong(b"invalid bit length repeat")
            size = sizes[at - 1] if told == 16 else 0
            again = take(bits, behind) + (11 if told == 18 else 3)
            if at + again > literals + distances:
                return self._is_wrong(b"invalid bit length repeat")
            memset(sizes + at, size, again)
            at += again
        if not sizes[END_OF_BLOCK]:
            return self._is_wrong(b"invalid code -- missing end-of-block")
        self._is_fixed = False
        if not make(sizes, literals, self._literals, LITERAL_BITS, literal_entry):
            return self._is_wrong(b"invalid literal/lengths set")
        if not make(
            sizes + literals, distances, self._distances, DISTANCE_BITS, distance_entry
        ):
            return self._is_wrong(b"invalid distances set")
        self._state = CODED
        return GOES_ON

    cdef Outcome _decode(self, Bits *bits) noexcept nogil:
        """Symbols, up to the end of their block."""
        cdef Bits before
        cdef uint32_t entry, length, back
        while True:
            self._decode_inside(bits)
            if self._to > self._stop:
                return IS_FULL
            fill(bits, 56)
            before = bits[0]
            entry = within(self._literals, bits.held, LITERAL_BITS)
            if <int>(entry & 0xFF) > bits.count:
                return NEEDS_INPUT
            drop(bits, entry & 0xFF)
            if entry & LITERAL:
                self._room[self._to] = entry >> VALUE
                self._to += 1
                continue
            if entry & OTHER:
                if entry & INVALID:
                    return self._is_wrong(b"invalid literal/length code")
                return self._end_block(bits)
            if following(entry) > bits.count:
                bits[0] = before
                return NEEDS_INPUT
            length = (entry >> VALUE) + take(bits, following(entry))
            entry = within(self._distances, bits.held, DISTANCE_BITS)
            if <int>(entry & 0xFF) > bits.count:
                bits[0] = before
                return NEEDS_INPUT
            drop(bits, entry & 0xFF)
            if entry & OTHER:
                return self._is_wrong(b"invalid distance code")
            if following(entry) > bits.count:
                bits[0] = before
                return NEEDS_INPUT
            back = (entry >> VALUE) + take(bits, following(entry))
            if back > self._to - WINDOW + self._before:
                return self._is_wrong(b"invalid distance too far back")
            repeat(self._room + self._to, length, back)
            self._to += length

    cdef void _decode_inside(self, Bits *bits) noexcept nogil:
        """Symbols that are far from both ends; what is no literal and no match is left."""
        cdef uint64_t held = bits.held, kept, word
        cdef uint32_t count = bits.count, kept_count, entry, length, back, extra
        cdef const uint8_t *at = bits.at
        cdef const uint8_t *last = bits.end - 8
        cdef const uint32_t *literals = self._literals
        cdef const uint32_t *distances = self._distances
        cdef uint8_t *to = self._room + self._to
        cdef uint8_t *first = self._room + WINDOW - self._before
        cdef uint8_t *stop = self._room + self._stop
        if bits.end - bits.at < 8:
            return
        while at <= last and to <= stop:
            memcpy(&word, at, 8)
            held |= word << count
            at += (63 - count) >> 3
            count |= 56
            entry = literals[held & ((1 << LITERAL_BITS) - 1)]
            if entry & LITERAL:
                held >>= entry & 0xFF
                count -= entry & 0xFF
                to[0] = entry >> VALUE
                to += 1
                entry = literals[held & ((1 << LITERAL_BITS) - 1)]
                if entry & LITERAL:
                    held >>= entry & 0xFF
                    count -= entry & 0xFF
                    to[0] = entry >> VALUE
                    to += 1
                    entry = literals[held & ((1 << LITERAL_BITS) - 1)]
                    if entry & LITERAL:
                        held >>= entry & 0xFF
                        count -= entry & 0xFF
                        to[0] = entry >> VALUE
                        to += 1
                    continue
                if count < MOST:
                    if at > last:
                        continue
                    memcpy(&word, at, 8)
                    held |= word << count
                    at += (63 - count) >> 3
                    count |= 56
            kept, kept_count = held, count
            if entry & WITHIN:
                entry = literals[
                    (entry >> VALUE) + ((held >> LITERAL_BITS) & ((1 << (entry & 0xFF)) - 1))
                ]
                if entry & LITERAL:
                    held >>= entry & 0xFF
                    count -= entry & 0xFF
                    to[0] = entry >> VALUE
                    to += 1
                    continue
            if entry & OTHER:
                break
            held >>= entry & 0xFF
            extra = (entry >> FOLLOWING) & 0xF
            length = (entry >> VALUE) + <uint32_t>(held & (((<uint64_t>1) << extra) - 1))
            held >>= extra
            count -= (entry & 0xFF) + extra
            entry = distances[held & ((1 << DISTANCE_BITS) - 1)]
            if entry & WITHIN:
                entry = distances[
                    (entry >> VALUE) + ((held >> DISTANCE_BITS) & ((1 << (entry & 0xFF)) - 1))
                ]
            held >>= entry & 0xFF
            extra = (entry >> FOLLOWING) & 0xF
            back = (entry >> VALUE) + <uint32_t>(held & (((<uint64_t>1) << extra) - 1))
            held >>= extra
            count -= (entry & 0xFF) + extra
            if entry & OTHER or <Py_ssize_t>back > to - first:
                held, count = kept, kept_count
                break
            repeat(to, length, back)
            to += length
        self._to = to - self._room
        bits.held, bits.count, bits.at = held, count, at
        give_back(bits)


cdef inline void repeat(uint8_t *to, uint32_t length, uint32_t back) noexcept nogil:
    """Write what stood so far back once more. ``SPARE`` bytes behind it may be written, too."""
    cdef const uint8_t *what = to - back
    cdef uint8_t *end = to + length
    if back >= 16:
        while to < end:
            memcpy(to, what, 16)
            to += 16
            what += 16
    elif back >= 8:
        while to < end:
            memcpy(to, what, 8)
            to += 8
            what += 8
    elif back == 1:
        memset(to, what[0], length)
    else:
        while to < end:
            to[0] = what[0]
            to += 1
            what += 1


cdef inline int following(uint32_t entry) noexcept nogil:
    return (entry >> FOLLOWING) & 0xF


cdef inline uint32_t within(const uint32_t *table, uint64_t held, int bits) noexcept nogil:
    cdef uint32_t entry = table[held & (((<uint64_t>1) << bits) - 1)]
    if entry & WITHIN:
        entry = table[(entry >> VALUE) + ((held >> bits) & ((1 << (entry & 0xFF)) - 1))]
    return entry


cdef inline bint fill(Bits *bits, int count) noexcept nogil:
    """Hold as many bits as there is room for; whether there are so many, of 57 at the most."""
    while bits.count <= 56 and bits.at < bits.end:
        bits.held |= <uint64_t>bits.at[0] << bits.count
        bits.count += 8
        bits.at += 1
    return bits.count >= count


cdef inline void drop(Bits *bits, int count) noexcept nogil:
    bits.held >>= count
    bits.count -= count


cdef inline uint32_t take(Bits *bits, int count) noexcept nogil:
    cdef uint32_t taken = <uint32_t>(bits.held & (((<uint64_t>1) << count) - 1))
    drop(bits, count)
    return taken


cdef inline void give_back(Bits *bits) noexcept nogil:
    """Hold no whole byte, which can be read again."""
    bits.at -= bits.count >> 3
    bits.count &= 7
    bits.held &= ((<uint64_t>1) << bits.count) - 1


cdef uint32_t literal_entry(uint32_t symbol) noexcept nogil:
    if symbol < END_OF_BLOCK:
        return LITERAL | symbol << VALUE
    if symbol == END_OF_BLOCK:
        return OTHER
    if symbol > 285:
        return OTHER | INVALID
    return <uint32_t>LENGTHS[symbol - 257] << VALUE | BEHIND_LENGTH[symbol - 257] << FOLLOWING


cdef uint32_t distance_entry(uint32_t symbol) noexcept nogil:
    if symbol > 29:
        return OTHER | INVALID
    return <uint32_t>BACK[symbol] << VALUE | (symbol // 2 - 1 if symbol > 1 else 0) << FOLLOWING


cdef uint32_t size_entry(uint32_t symbol) noexcept nogil:
    return symbol << VALUE


cdef bint make(
    const uint8_t *sizes,
    uint32_t symbols,
    uint32_t *table,
    int bits,
    uint32_t (*entry_of)(uint32_t) noexcept nogil,
) noexcept nogil:
    """Make the table of a code by how many bits each of its symbols has, 0 for none.

    False where these make no code: too many, or too few, but for a single one of one bit. One
    without symbols is none that can be read, which is told when it is.
    """
    cdef uint32_t counts[LONGEST + 1]
    cdef uint32_t next_[LONGEST + 1]
    cdef uint8_t longest[1 << LITERAL_BITS]
    cdef uint32_t symbol, code, turned, entry, none, at, free_ = 1 << bits
    cdef int size, most = 0, left = 1
    memset(counts, 0, sizeof(counts))
    for symbol in range(symbols):
        counts[sizes[symbol]] += 1
    counts[0] = 0
    code = 0
    for size in range(1, LONGEST + 1):
        left = 2 * left - <int>counts[size]
        if left < 0:
            return False
        code = (code + counts[size - 1]) << 1
        next_[size] = code
        if counts[size]:
            most = size
    if left and most and (most > 1 or bits == SIZE_BITS):
        return False
    if left:
        # What no symbol has; of sizes zlib reads it as a size of none.
        none = 1 if bits == SIZE_BITS else OTHER | INVALID | 1
        for at in range(free_):
            table[at] = none
    if most > bits:
        memset(longest, 0, <size_t>1 << bits)
        for symbol in range(symbols):
            size = sizes[symbol]
            if size:
                if size > bits:
                    turned = reversed_(next_[size], size) & ((1 << bits) - 1)
                    longest[turned] = max(longest[turned], <uint8_t>size)
                next_[size] += 1
        for size in range(1, LONGEST + 1):
            next_[size] -= counts[size]
        for at in range(<uint32_t>1 << bits):
            if longest[at]:
                table[at] = OTHER | WITHIN | free_ << VALUE | (longest[at] - bits)
                free_ += 1 << (longest[at] - bits)
    for symbol in range(symbols):
        size = sizes[symbol]
        if not size:
            continue
        turned = reversed_(next_[size], size)
        next_[size] += 1
        entry = entry_of(symbol) | size
        if size <= bits:
            put(table, turned, size, bits, entry)
        else:
            code = table[turned & ((1 << bits) - 1)]
            put(table + (code >> VALUE), turned >> bits, size - bits, code & 0xFF, entry)
    return True


cdef inline void put(
    uint32_t *table, uint32_t code, int size, int bits, uint32_t entry
) noexcept nogil:
    """Put an entry wherever the first bits are those of its code."""
    while code < <uint32_t>1 << bits:
        table[code] = entry
        code += <uint32_t>1 << size


cdef inline uint32_t reversed_(uint32_t code, int size) noexcept nogil:
    cdef uint32_t found = 0
    cdef int each
    for each in range(size):
        found = found << 1 | (code >> each & 1)
    return found
