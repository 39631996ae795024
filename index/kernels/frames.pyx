"""Text out of Zstandard frames (RFC 8878), as the library unpacks it.

To make a decompressor of the library takes three times as long as the text of an article does. What
is here needs 28 KiB of the stack and no state. Frames with checksums or dictionaries, and damaged
ones, it leaves to the library, which says what is wrong with them.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from libc.stdint cimport int16_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

from index.kernels.sections cimport View

cdef extern from *:
    """
    #define highest_bit(number) (31 - __builtin_clz(number))
    """
    int highest_bit(uint32_t number) nogil

cdef enum:
    MAGIC = 0xFD2FB528
    MOST_CODE_BITS = 11    # of Huffman's codes
    AT_ONCE = 5            # symbols of so many bits that one load suffices for
    LONGEST_LOG = 9
    LONGEST_OFFSET = 24    # bits: with the bits of both lengths they fit one load
    LITERALS = 36          # codes of each kind
    MATCHES = 53
    OFFSETS = 32
    LONG = 1 << 15         # bytes of text that are unpacked without the GIL
    SHORT = 1 << 13        # bytes of text for which the stack has room

cdef enum:
    PREDEFINED
    ONE
    DESCRIBED
    AS_BEFORE

cdef struct Cell:          # of a table of FSE
    uint16_t base          # of the state that follows
    uint8_t bits           # which are added to it
    uint8_t symbol

cdef struct Table:
    int log                # 0 or more; -1 where there is none
    Cell cells[512]

cdef struct Stream:        # of bits, read from its end
    const uint8_t *bytes
    Py_ssize_t left        # bits

cdef struct Frame:
    const uint8_t *at
    const uint8_t *end
    uint8_t *begin
    uint8_t *text          # what comes next
    uint8_t *stop
    uint8_t *literals
    Py_ssize_t literal_count
    Table literal_lengths
    Table match_lengths
    Table offsets
    int code_bits          # 0 where there are no codes
    uint16_t codes[2048]   # of each beginning: the symbol, and in the low byte the bits of its code
    uint32_t recent[3]

cdef int16_t *LITERAL_SHARES = [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1,
]
cdef int16_t *MATCH_SHARES = [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
]
cdef int16_t *OFFSET_SHARES = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
]
cdef uint32_t *LITERAL_BASES = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64,
    128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
]
cdef uint8_t *LITERAL_BITS = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11,
    12, 13, 14, 15, 16,
]
cdef uint32_t *MATCH_BASES = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
    29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051,
    4099, 8195, 16387, 32771, 65539,
]
cdef uint8_t *MATCH_BITS = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
]


def unpacked(bytes frame not None, Py_ssize_t size):
    """The text of a frame that says that it has ``size`` bytes and nothing behind it, or None.

    None where the library is to be asked. Raises MemoryError.
    """
    return text_of(<const uint8_t *>PyBytes_AsString(frame), len(frame), size)


cdef class Frames:
    """Frames by number: ``frames``, bytes, and ``places``, where each begins and the last one ends."""

    cdef View frames
    cdef View places

    def __cinit__(self, frames, places):
        self.frames = View(frames)
        self.places = View(places)
        if self.frames.width != 1:
            raise TypeError("a section of bytes is needed")

    def text(self, Py_ssize_t number, Py_ssize_t size):
        """The text of ``size`` bytes of a frame, or None as above. Raises ``FileDamaged``."""
        cdef Py_ssize_t start, stop
        self.places.need(number, number + 2)
        start, stop = self.places.at(number), self.places.at(number + 1)
        self.frames.need(start, stop)
        return text_of(self.frames.data + start, stop - start, size)


cdef bytes text_of(const uint8_t *frame, Py_ssize_t length, Py_ssize_t size):
    cdef uint8_t short_[SHORT + MARGIN]
    cdef uint8_t *text = short_
    cdef bint sound
    if not 0 <= size < <Py_ssize_t>1 << 40:
        return None
    if size > SHORT:
        text = <uint8_t *>malloc(size + MARGIN)
    if text == NULL:
        raise MemoryError
    try:
        if size < LONG:
            sound = unpack(frame, length, text, size)
        else:
            with nogil:
                sound = unpack(frame, length, text, size)
        return PyBytes_FromStringAndSize(<char *>text, size) if sound else None
    finally:
        if text != short_:
            free(text)


cdef bint unpack(
    const uint8_t *frame, Py_ssize_t size, uint8_t *text, Py_ssize_t length
) noexcept nogil:
    """Unpack a whole frame of ``size`` bytes into a text of ``length``, ``MARGIN`` more behind it.

    False where the library is to be asked; then anything may stand in ``text``.
    """
    cdef Frame one
    cdef uint8_t short_[SHORT + MARGIN]
    cdef bint sound
    one.at, one.end = frame, frame + size
    one.begin = one.text = text
    one.stop = text + length
    one.literal_lengths.log = one.match_lengths.log = one.offsets.log = -1
    one.code_bits = 0
    one.recent[0], one.recent[1], one.recent[2] = 1, 4, 8
    if not read_head(&one, length):
        return False
    one.literals = short_
    if length > SHORT:
        one.literals = <uint8_t *>malloc(length + MARGIN)
    if one.literals == NULL:
        return False
    sound = read_blocks(&one)
    if one.literals != short_:
        free(one.literals)
    return sound


cdef uint64_t number(const uint8_t *at, int size) noexcept nogil:
    """A number of so many bytes, the lowest first."""
    cdef uint64_t found = 0
    cdef int place
    for place in range(size):
        found |= <uint64_t>at[place] << 8 * place
    return found


cdef bint read_head(Frame *one, Py_ssize_t length) noexcept nogil:
    """Whether it is a frame of a text of that length, without a checksum or dictionary."""
    cdef int flags, size, kind
    if one.end - one.at < 6 or number(one.at, 4) != MAGIC:
        return False
    flags = one.at[4]
    if flags & 0b1111:  # a reserved bit, a checksum, a dictionary
        return False
    one.at += 5
    kind = flags >> 6
    if not flags & 0b100000:
        if not kind:
            return False  # its length is not told
        one.at += 1  # how much of the text has to be held: it all is
    size = 1 << kind
    if one.end - one.at < size:
        return False
    if number(one.at, size) + (256 if kind == 1 else 0) != <uint64_t>length:
        return False
    one.at += size
    return True


cdef bint read_blocks(Frame *one) noexcept nogil:
    cdef uint32_t head = 0
    cdef Py_ssize_t size
    while not head & 1:
        if one.end - one.at < 3:
            return False
        head = <uint32_t>number(one.at, 3)
        one.at += 3
        size = head >> 3
        if head >> 1 & 3 == 0:
            if size > one.end - one.at or size > one.stop - one.text:
                return False
            memcpy(one.text, one.at, size)
            one.at += size
            one.text += size
        elif head >> 1 & 3 == 1:
            if one.at == one.end or size > one.stop - one.text:
                return False
            memset(one.text, one.at[0], size)
            one.at += 1
            one.text += size
        elif head >> 1 & 3 == 3 or size > one.end - one.at or not read_block(one, one.at + size):
            return False
    return one.at == one.end and one.text == one.stop


cdef bint read_block(Frame *one, const uint8_t *end) noexcept nogil:
    """Read a compressed block: its literals, then the sequences that say what stands where."""
    cdef Py_ssize_t count
    cdef uint8_t modes
    if not read_literals(one, end) or one.at == end:
        return False
    count = one.at[0]
    one.at += 1
    if count >= 128:
        if end - one.at < 2:
            return False
        if count < 255:
            count = (count - 128 << 8) + one.at[0]
            one.at += 1
        else:
            count = one.at[0] + (one.at[1] << 8) + 0x7F00
            one.at += 2
    if not count:
        if one.at != end or one.literal_count > one.stop - one.text:
            return False
        memcpy(one.text, one.literals, one.literal_count)
        one.text += one.literal_count
        return True
    if one.at == end:
        return False
    modes = one.at[0]
    one.at += 1
    if modes & 3:
        return False
    return (
        read_table(one, end, &one.literal_lengths, modes >> 6, LITERAL_SHARES, LITERALS, 6, 9)
        and read_table(one, end, &one.offsets, modes >> 4 & 3, OFFSET_SHARES, OFFSETS, 5, 8)
        and read_table(one, end, &one.match_lengths, modes >> 2 & 3, MATCH_SHARES, MATCHES, 6, 9)
        and put_sequences(one, end, count)
    )


cdef bint read_literals(Frame *one, const uint8_t *end) noexcept nogil:
    """Read the bytes that stand in the text as they are, one behind the other."""
    cdef Py_ssize_t size, packed
    cdef int kind, form, head
    cdef uint64_t sizes
    if one.at == end:
        return False
    kind, form = one.at[0] & 3, one.at[0] >> 2 & 3
    if kind < 2:
        head = 1 if not form & 1 else (form + 3) // 2
        if end - one.at < head:
            return False
        size = <Py_ssize_t>(number(one.at, head) >> (3 if head == 1 else 4))
        one.at += head
        if size > one.stop - one.text or end - one.at < (1 if kind else size):
            return False
        if kind:
            memset(one.literals, one.at[0], size)
            one.at += 1
        else:
            memcpy(one.literals, one.at, size)
            one.at += size
        one.literal_count = size
        return True
    head = 3 if form < 2 else form + 2
    if end - one.at < head:
        return False
    sizes = number(one.at, head) >> 4
    form = 4 if head == 3 and not form else form  # 4: one stream
    packed = 10 if head == 3 else 14 if head == 4 else 18
    size = <Py_ssize_t>(sizes & ((1 << packed) - 1))
    packed = <Py_ssize_t>(sizes >> packed)
    one.at += head
    if size > one.stop - one.text or packed > end - one.at:
        return False
    end = one.at + packed
    if kind == 2 and not read_codes(one, end):
        return False
    if not one.code_bits or not read_streams(one, end, size, form != 4):
        return False
    one.literal_count = size
    one.at = end
    return True


cdef bint begin(Stream *stream, const uint8_t *bytes, const uint8_t *end) noexcept nogil:
    """Begin at the end of some bytes; before the first of all are the head's, nine at the least."""
    if end <= bytes or not (end - 1)[0]:
        return False
    stream.bytes = bytes
    stream.left = (end - bytes - 1) * 8 + highest_bit((end - 1)[0])
    return True


cdef inline uint64_t following(const Stream *stream) noexcept nogil:
    """The next 57 bits and more, the first of them the highest; ``left`` is not below 0."""
    cdef Py_ssize_t byte = (stream.left + 7) >> 3
    cdef uint64_t found
    memcpy(&found, stream.bytes + byte - 8, 8)
    return found << (byte * 8 - stream.left)


cdef inline uint32_t taken(uint64_t *word, int bits) noexcept nogil:
    """So many bits, 32 at the most, off the beginning."""
    cdef uint32_t found = <uint32_t>(word[0] >> 1 >> (63 - bits))
    word[0] <<= bits
    return found


cdef bint read_codes(Frame *one, const uint8_t *end) noexcept nogil:
    """Read Huffman's codes: of each symbol its weight, but for the last one's, which follows."""
    cdef uint8_t weights[256]
    cdef Py_ssize_t starts[MOST_CODE_BITS + 2]
    cdef Py_ssize_t count = 0, at, size, total = 0, rest
    cdef int weight, bits
    cdef uint16_t code
    if one.at == end:
        return False
    size = one.at[0]
    one.at += 1
    if size >= 128:
        count = size - 127
        if end - one.at < (count + 1) // 2:
            return False
        for at in range(count):
            weights[at] = one.at[at // 2] >> 4 if not at & 1 else one.at[at // 2] & 15
        one.at += (count + 1) // 2
    else:
        if size > end - one.at or not read_weights(one, one.at + size, weights, &count):
            return False
        one.at += size
    memset(starts, 0, sizeof(starts))
    for at in range(count):
        if weights[at] > MOST_CODE_BITS:
            return False
        starts[weights[at]] += 1
        total += (1 << weights[at]) >> 1
    if not total:
        return False
    bits = highest_bit(<uint32_t>total) + 1
    if bits > MOST_CODE_BITS:
        return False
    rest = (1 << bits) - total
    if rest & (rest - 1):
        return False
    weights[count] = highest_bit(<uint32_t>rest) + 1
    starts[weights[count]] += 1
    if starts[1] < 2 or starts[1] & 1:
        return False
    total = 0
    for weight in range(1, bits + 1):
        size = starts[weight]
        starts[weight] = total
        total += size << (weight - 1)
    for at in range(count + 1):
        weight = weights[at]
        if weight:
            code = <uint16_t>(at << 8 | (bits + 1 - weight))
            size = starts[weight]
            starts[weight] += <Py_ssize_t>1 << (weight - 1)
            for total in range(size, starts[weight]):
                one.codes[total] = code
    one.code_bits = bits
    return True


cdef bint read_weights(
    Frame *one, const uint8_t *end, uint8_t *weights, Py_ssize_t *count
) noexcept nogil:
    """Read weights, of 255 symbols at the most, by two states that take turns."""
    cdef Table table
    cdef Stream stream
    cdef uint64_t word
    cdef uint32_t states[2]
    cdef Py_ssize_t at
    cdef Cell cell
    cdef const uint8_t *bytes = one.at
    if not read_shares(&bytes, end, &table, 16, 6) or not begin(&stream, bytes, end):
        return False
    word = following(&stream)
    for at in range(2):
        states[at] = taken(&word, table.log)
        stream.left -= table.log
    if stream.left < 0:
        return False
    for at in range(254):
        cell = table.cells[states[at & 1]]
        weights[at] = cell.symbol
        word = following(&stream)
        stream.left -= cell.bits
        if stream.left < 0:
            weights[at + 1] = table.cells[states[~at & 1]].symbol
            count[0] = at + 2
            return True
        states[at & 1] = cell.base + taken(&word, cell.bits)
    return False


cdef bint read_streams(Frame *one, const uint8_t *end, Py_ssize_t size, bint four) noexcept nogil:
    """Read ``size`` literals by their codes, from one stream or from four, a quarter each."""
    cdef Stream streams[4]
    cdef uint8_t *places[4]
    cdef Py_ssize_t counts[4]
    cdef Py_ssize_t rounds, stream, at, quarter = (size + 3) // 4, number_ = 4 if four else 1
    cdef const uint8_t *bytes = one.at
    cdef uint64_t word
    cdef uint16_t code
    cdef int drop = 64 - one.code_bits
    cdef Py_ssize_t used
    cdef uint8_t *place
    if four:
        if end - bytes < 6 or size < 6:
            return False
        bytes += 6
        for stream in range(4):
            at = end - bytes if stream == 3 else <Py_ssize_t>number(one.at + 2 * stream, 2)
            if at > end - bytes or not begin(&streams[stream], bytes, bytes + at):
                return False
            bytes += at
            places[stream] = one.literals + quarter * stream
            counts[stream] = quarter if stream < 3 else size - 3 * quarter
        if counts[3] < 0:
            return False
    else:
        if not begin(&streams[0], bytes, end):
            return False
        places[0], counts[0] = one.literals, size
    rounds = counts[number_ - 1] // AT_ONCE
    for _ in range(rounds):
        for stream in range(number_):
            if streams[stream].left < 0:
                return False
            word = following(&streams[stream])
            used = 0
            place = places[stream]
            for at in range(AT_ONCE):
                code = one.codes[word >> drop]
                place[at] = code >> 8
                word <<= code & 0xFF
                used += code & 0xFF
            streams[stream].left -= used
            places[stream] = place + AT_ONCE
    for stream in range(number_):
        for at in range(counts[stream] - rounds * AT_ONCE):
            if streams[stream].left < 0:
                return False
            code = one.codes[following(&streams[stream]) >> drop]
            places[stream][at] = code >> 8
            streams[stream].left -= code & 0xFF
        if streams[stream].left:
            return False
    return True


cdef bint read_table(
    Frame *one, const uint8_t *end, Table *table, int mode, const int16_t *shares, int symbols,
    int log, int longest
) noexcept nogil:
    """Make the table of a kind of codes as a block says."""
    if mode == PREDEFINED:
        return fill(table, shares, 29 if symbols == OFFSETS else symbols, log)
    if mode == ONE:
        if one.at == end or one.at[0] >= symbols:
            return False
        table.log = 0
        table.cells[0] = Cell(0, 0, one.at[0])
        one.at += 1
        return True
    if mode == DESCRIBED:
        return read_shares(&one.at, end, table, symbols, longest)
    return table.log >= 0


cdef bint read_shares(
    const uint8_t **bytes, const uint8_t *end, Table *table, int symbols, int longest
) noexcept nogil:
    """Read of how many states each symbol is, and make the table of them."""
    cdef int16_t shares[64]
    cdef Py_ssize_t at = 0, size = (end - bytes[0]) * 8
    cdef int count = 0, log, bits, left, value, limit, low, again
    if not size:
        return False
    log = (bytes[0][0] & 15) + 5
    if log > longest:
        return False
    at = 4
    left = 1 << log
    while left > 0:
        if count >= symbols:
            return False
        bits = highest_bit(left + 1) + 1
        value = some_bits(bytes[0], at, size, bits)
        limit = (1 << bits) - 1 - (left + 1)
        low = (1 << (bits - 1)) - 1
        at += bits
        if value & low < limit:
            at -= 1
            value &= low
        elif value > low:
            value -= limit
        value -= 1
        left -= value if value >= 0 else -value
        shares[count] = <int16_t>value
        count += 1
        again = 3 if not value else 0
        while again == 3:
            again = some_bits(bytes[0], at, size, 2)
            at += 2
            if count + again > symbols:
                return False
            for value in range(again):
                shares[count] = 0
                count += 1
    if left or at > size:
        return False
    bytes[0] += (at + 7) >> 3
    return fill(table, shares, count, log)


cdef int some_bits(const uint8_t *bytes, Py_ssize_t at, Py_ssize_t size, int bits) noexcept nogil:
    """So many bits, 16 at the most, from a bit on; there are ``size`` of them, behind those 0."""
    cdef Py_ssize_t byte = at >> 3
    cdef Py_ssize_t there = (size >> 3) - byte
    if there <= 0:
        return 0
    return <int>(number(bytes + byte, <int>min(there, 3)) >> (at & 7)) & ((1 << bits) - 1)


cdef bint fill(Table *table, const int16_t *shares, int symbols, int log) noexcept nogil:
    """Make a table of so many states as the shares are together, 1 << ``log``."""
    cdef uint16_t next_[64]
    cdef int size = 1 << log, step = (size >> 1) + (size >> 3) + 3
    cdef int symbol, at, place = 0, high = size, bits
    cdef uint32_t state
    for symbol in range(symbols):
        next_[symbol] = <uint16_t>shares[symbol]
        if shares[symbol] < 0:
            high -= 1
            table.cells[high].symbol = symbol
            next_[symbol] = 1
    for symbol in range(symbols):
        for at in range(shares[symbol]):
            table.cells[place].symbol = symbol
            place = (place + step) & (size - 1)
            while place >= high:
                place = (place + step) & (size - 1)
    if place:
        return False
    for at in range(size):
        symbol = table.cells[at].symbol
        state = next_[symbol]
        next_[symbol] += 1
        bits = log - highest_bit(state)
        table.cells[at].bits = bits
        table.cells[at].base = <uint16_t>((state << bits) - size)
    table.log = log
    return True


cdef inline void copy(uint8_t *to, const uint8_t *source, Py_ssize_t size) noexcept nogil:
    """Copy bytes, 16 at a time: up to 15 more are written, and ``to`` is as far behind or apart."""
    cdef Py_ssize_t at = 0
    while at < size:
        memcpy(to + at, source + at, 16)
        at += 16


cdef bint put_sequences(Frame *one, const uint8_t *end, Py_ssize_t count) noexcept nogil:
    """Write what so many sequences say: literals, then what stands some bytes before, again."""
    cdef Stream stream
    cdef uint64_t word
    cdef Cell literal_, match_, offset_
    cdef uint32_t literal_state, match_state, offset_state, offset, which
    cdef Py_ssize_t at, length, again
    cdef uint8_t *text = one.text
    cdef const uint8_t *literals = one.literals
    cdef const uint8_t *literals_end = one.literals + one.literal_count
    if not begin(&stream, one.at, end):
        return False
    word = following(&stream)
    literal_state = taken(&word, one.literal_lengths.log)
    offset_state = taken(&word, one.offsets.log)
    match_state = taken(&word, one.match_lengths.log)
    stream.left -= one.literal_lengths.log + one.offsets.log + one.match_lengths.log
    while True:
        if stream.left < 0:
            return False
        literal_ = one.literal_lengths.cells[literal_state]
        offset_ = one.offsets.cells[offset_state]
        match_ = one.match_lengths.cells[match_state]
        if (
            literal_.symbol >= LITERALS
            or match_.symbol >= MATCHES
            or offset_.symbol > LONGEST_OFFSET
        ):
            return False
        word = following(&stream)
        offset = (<uint32_t>1 << offset_.symbol) + taken(&word, offset_.symbol)
        again = MATCH_BASES[match_.symbol] + taken(&word, MATCH_BITS[match_.symbol])
        length = LITERAL_BASES[literal_.symbol] + taken(&word, LITERAL_BITS[literal_.symbol])
        stream.left -= (
            offset_.symbol + MATCH_BITS[match_.symbol] + LITERAL_BITS[literal_.symbol]
        )
        if offset > 3:
            offset -= 3
            one.recent[2], one.recent[1], one.recent[0] = one.recent[1], one.recent[0], offset
        else:
            which = offset - (length > 0)
            offset = one.recent[which] if which < 3 else one.recent[0] - 1
            if which:
                if which > 1:
                    one.recent[2] = one.recent[1]
                one.recent[1], one.recent[0] = one.recent[0], offset
        if length > literals_end - literals or length + again > one.stop - text:
            return False
        copy(text, literals, length)
        text += length
        literals += length
        if not offset or offset > text - one.begin:
            return False
        if offset >= 16:
            copy(text, text - offset, again)
        else:
            for at in range(again):
                text[at] = text[at - <Py_ssize_t>offset]
        text += again
        count -= 1
        if not count:
            break
        if stream.left < 0:
            return False
        word = following(&stream)
        literal_state = literal_.base + taken(&word, literal_.bits)
        match_state = match_.base + taken(&word, match_.bits)
        offset_state = offset_.base + taken(&word, offset_.bits)
        stream.left -= literal_.bits + match_.bits + offset_.bits
    length = literals_end - literals
    if stream.left or length > one.stop - text:
        return False
    memcpy(text, literals, length)
    one.text = text + length
    one.at = end
    return True
