"""A text as other kernels go through it: its characters, its chunks, and where to look into them.

What a chunk is and which are plain, ``index.analysis.tokenizer`` says; its characters are handed to
``Alphabet``. A text is kept twice, as code points and *folded*: a byte a character, ASCII in lower
case, all else by its kind, for which the codes of capitals are free. So a few looks into tables tell
of many places at once whether anything may begin there.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

cdef extern from *:
    """
    #define lowest_bit(bits) __builtin_ctzll(bits)
    """
    int lowest_bit(uint64_t bits) nogil

cdef extern from "beginnings.h":
    uint64_t warta_beginnings(const Beginnings *sets, const uint8_t *text) nogil

cdef enum:
    LONG = 1 << 14  # characters of a text that is gone through without the GIL
    BLOCK = 16      # bytes that are decoded at once where all are of ASCII
    BEHIND = 66     # bytes of a text, which are read as well
    SETS = 5        # of traces; the other three are:
    FOREIGNERS = 1 << 5
    QUOTES = 1 << 6     # joiners, by the high halves of their codes
    POINTS = 1 << 7
    ANY = 0xFF

cdef extern from "Python.h":
    uint32_t *PyUnicode_AsUCS4(object text, uint32_t *buffer, Py_ssize_t size, int nul) except NULL
    str PyUnicode_DecodeUTF8(const char *text, Py_ssize_t size, const char *errors)


cdef class Alphabet:
    """What each character is in a chunk.

    ``separators`` and ``joiners`` are all of them; those of ASCII that are neither are letters and
    digits. Raises ValueError for others.
    """

    def __cinit__(self, str separators not None, str joiners not None):
        cdef Py_ssize_t code
        cdef uint8_t kind
        self.size = max(DOTTED_I, ord(max(separators + joiners))) + 1
        self.folded = <uint8_t *>PyMem_Malloc(self.size)
        if self.folded == NULL:
            raise MemoryError
        memset(self.kinds, SEPARATOR, 128)
        memset(self.folded, OTHER, self.size)
        for code, kind in ((OTHER, FOREIGN), (KELVIN, FOREIGN), (DOTTED, FOREIGN), (JOINS, JOINER)):
            self.kinds[code] = kind
        for letter in separators:
            code = ord(letter)
            self.folded[code] = code if code < 128 else PARTS
        for letter in joiners:
            code = ord(letter)
            self.folded[code] = code if code < 128 else JOINS
            if code < 128:
                self.kinds[code] = JOINER
        for code in range(128):
            letter = chr(code)
            if letter.isalnum():
                self.folded[code] = ord(letter.lower())
                self.kinds[self.folded[code]] = PLAIN
            elif letter not in separators and letter not in joiners:
                raise ValueError(f"{letter!r} is no letter, digit, separator or joiner")
        if self.kinds[0] != SEPARATOR:  # which is behind the last character of a text
            raise ValueError("a zero byte must be a separator")
        self.folded[DOTTED_I] = DOTTED
        memset(&self.beginnings, 0, sizeof(self.beginnings))
        for code in range(128):
            if code in (OTHER, JOINS, PARTS, KELVIN, DOTTED):
                admit(&self.beginnings, 0, code, FOREIGNERS)
            elif self.kinds[code] == JOINER:
                admit(&self.beginnings, 0, code, POINTS if code < c"0" else QUOTES)
            elif self.kinds[code] == PLAIN:
                admit(&self.beginnings, 1, code, POINTS | QUOTES)
        for code in range(16):
            self.beginnings.low[1][code] |= FOREIGNERS
            self.beginnings.high[1][code] |= FOREIGNERS
            self.beginnings.low[2][code] = FOREIGNERS | POINTS | QUOTES
            self.beginnings.high[2][code] = FOREIGNERS | POINTS | QUOTES

    def __dealloc__(self):
        PyMem_Free(self.folded)


cdef void admit(Beginnings *sets, int place, uint8_t code, uint8_t which) noexcept nogil:
    """Put a character into sets of a place."""
    sets.low[place][code & 15] |= which
    sets.high[place][code >> 4] |= which


cdef inline uint8_t folded_of(
    const uint8_t *table, uint32_t known, uint32_t code
) noexcept nogil:
    """A character folded."""
    if code < known:
        return table[code]
    return KELVIN if code == KELVIN_SIGN else OTHER


cdef void fold(
    const uint8_t *table, uint32_t known, const uint32_t *codes, Py_ssize_t size, uint8_t *folded
) noexcept nogil:
    """Fold so many characters; behind the last one is a separator."""
    cdef Py_ssize_t at
    for at in range(size):
        folded[at] = folded_of(table, known, codes[at])
    folded[size] = 0


cdef inline bint same(uint8_t folded, uint8_t letter) noexcept nogil:
    """Whether a folded character is a letter or digit of ASCII in lower case."""
    return (
        folded == letter
        or (folded == KELVIN and letter == c"k")
        or (folded == DOTTED and letter == c"i")
    )


cdef class Traces:
    """Strings of letters and digits of ASCII, to be looked for in texts in lower case, all at once.

    Raises ValueError for others.
    """

    def __cinit__(self, Alphabet alphabet not None, traces):
        cdef Py_ssize_t number
        every = list(traces)
        # What has a capital is nowhere in lower case.
        ordered = sorted(trace for trace in every if trace == trace.lower())
        if not all(trace.isascii() and trace.isalnum() for trace in every):
            raise ValueError("traces are of letters and digits of ASCII")
        self.alphabet = alphabet
        self.count = len(every)
        self._text = "".join(ordered).encode("ascii")
        self.text = self._text
        self.begins = <int32_t *>grown(NULL, (len(ordered) + 1) * sizeof(int32_t))
        self.begins[0] = 0
        memset(self.first_of, 0, sizeof(self.first_of))
        self.beginnings = alphabet.beginnings
        for number, trace in enumerate(ordered):
            self.begins[number + 1] = self.begins[number] + <int32_t>len(trace)
            self.first_of[<Py_ssize_t>ord(trace[0]) + 1] += 1
            self._note(self.text + self.begins[number], len(trace), 1 << number % SETS)
        for number in range(128):
            self.first_of[number + 1] += self.first_of[number]

    def __dealloc__(self):
        PyMem_Free(self.begins)

    cdef void _note(self, const uint8_t *trace, Py_ssize_t size, uint8_t set) noexcept:
        """Admit what a trace begins with to a set."""
        cdef Py_ssize_t code
        cdef int place
        for place in range(3):
            for code in range(128):
                if place >= size or same(code, trace[place]):
                    admit(&self.beginnings, place, code, set)

    cdef int32_t standing_at(self, const uint8_t *folded, Py_ssize_t left) noexcept nogil:
        """How many traces begin with the first of ``left`` folded characters."""
        cdef int32_t number, at, size, found = 0
        cdef uint8_t first = folded[0]
        if first == KELVIN:
            first = c"k"
        elif first == DOTTED:
            first = c"i"
        for number in range(self.first_of[first], self.first_of[first + 1]):
            size = self.begins[number + 1] - self.begins[number]
            if size > left:
                continue
            for at in range(1, size):
                if not same(folded[at], self.text[self.begins[number] + at]):
                    break
            else:
                found += 1
        return found


cdef class Text:
    """A text at a time; its memory is used again for the next."""

    def __cinit__(self, Alphabet alphabet not None):
        self.alphabet = alphabet

    def __dealloc__(self):
        PyMem_Free(self.codes)
        PyMem_Free(self.folded)
        PyMem_Free(self.places)
        PyMem_Free(self.place_stops)
        PyMem_Free(self.counts)

    cdef int take(self, object text) except -1:
        """Put a text, a string or its UTF-8, in place of the one before.

        Raises UnicodeDecodeError for bytes that are none.
        """
        cdef Py_ssize_t size = len(text)
        cdef const uint8_t *bytes_
        self.length = self.windows = 0
        if size >= self.room:
            self._grow(size + size // 2 + 4096)
        if type(text) is bytes:
            bytes_ = <const uint8_t *>PyBytes_AsString(text)
            if size < LONG:
                size = self._decode(bytes_, size)
            else:
                with nogil:
                    size = self._decode(bytes_, size)
            if size < 0:
                text.decode("utf-8", "surrogatepass")
                raise ValueError("a text is no UTF-8")
        else:
            PyUnicode_AsUCS4(text, self.codes, self.room, 1)
            if size < LONG:
                fold(self.alphabet.folded, self.alphabet.size, self.codes, size, self.folded)
            else:
                with nogil:
                    fold(self.alphabet.folded, self.alphabet.size, self.codes, size, self.folded)
        self.length = size
        return 0

    cdef Py_ssize_t _decode(self, const uint8_t *text, Py_ssize_t size) noexcept nogil:
        """Keep the characters of so many bytes, and tell how many; -1 where they are no UTF-8."""
        cdef uint32_t *codes = self.codes
        cdef uint8_t *folded = self.folded
        cdef const uint8_t *table = self.alphabet.folded
        cdef uint32_t known = self.alphabet.size
        cdef uint8_t some[BLOCK]
        cdef Py_ssize_t at = 0, count = 0, place, step
        while at < size:
            if size - at >= BLOCK:
                memcpy(some, text + at, BLOCK)
                if is_ascii(some):
                    for place in range(BLOCK):
                        codes[count + place] = some[place]
                    for place in range(BLOCK):
                        folded[count + place] = some[place] + (
                            <uint8_t>(<uint8_t>(some[place] - c"A") < 26) << 5
                        )
                    at += BLOCK
                    count += BLOCK
                    continue
            step = decode(text + at, size - at, codes + count)
            if step < 0:
                return -1
            folded[count] = folded_of(table, known, codes[count])
            at += step
            count += 1
        folded[count] = 0
        return count

    def _grow(self, Py_ssize_t room):
        self.room = 0
        self.codes = <uint32_t *>grown(self.codes, room * sizeof(uint32_t))
        self.folded = <uint8_t *>grown(self.folded, room + BEHIND)
        memset(self.folded, 0, room + BEHIND)
        self.places = <int32_t *>grown(self.places, room * sizeof(int32_t))
        self.room = room

    cdef int look_for(self, Traces traces, Py_ssize_t window) except -1:
        """Find the places of traces and of chunks that are not plain, a window after the other."""
        cdef Py_ssize_t windows = (self.length + window - 1) // window
        self.windows = 0
        self.place_stops = <int32_t *>grown(self.place_stops, (windows + 1) * sizeof(int32_t))
        self.counts = <int32_t *>grown(self.counts, (windows + 1) * sizeof(int32_t))
        if self.length < LONG:
            self._look_through(traces, window, windows)
        else:
            with nogil:
                self._look_through(traces, window, windows)
        self.windows = windows
        return 0

    cdef void _look_through(
        self, Traces traces, Py_ssize_t window, Py_ssize_t windows
    ) noexcept nogil:
        cdef Py_ssize_t number
        cdef int32_t found = 0
        for number in range(windows):
            self._look_in(
                traces,
                number * window,
                min((number + 1) * window, self.length),
                &found,
                &self.counts[number],
            )
            self.place_stops[number] = found

    cdef void _look_in(
        self, Traces traces, Py_ssize_t begin, Py_ssize_t end, int32_t *found, int32_t *count
    ) noexcept nogil:
        cdef const uint8_t *folded = self.folded
        cdef const uint8_t *kinds = self.alphabet.kinds
        cdef int32_t *places = self.places
        cdef int32_t stop = found[0], hits = 0
        cdef Py_ssize_t at, first, free = begin  # behind what was found that is not plain
        cdef int32_t here
        cdef uint64_t some
        for first in range(begin, end, 64):
            some = warta_beginnings(&traces.beginnings, folded + first)
            if end - first < 64:
                some &= (<uint64_t>1 << (end - first)) - 1
            while some:
                at = first + lowest_bit(some)
                some &= some - 1
                here = traces.standing_at(folded + at, self.length - at)
                if at >= free and (
                    c"A" <= folded[at] <= c"Z"
                    or (kinds[folded[at]] == JOINER and kinds[folded[at + 1]] == PLAIN)
                ):
                    if at and kinds[folded[at - 1]] == PLAIN and kinds[folded[at + 1]] == PLAIN:
                        here += 1
                        free = at + 1
                    elif kinds[folded[at]] == FOREIGN:
                        here += 1
                        free = at + 1
                        while free < end and kinds[folded[free]] == FOREIGN:
                            free += 1
                if here:
                    places[stop] = <int32_t>at
                    stop += 1
                    hits += here
        found[0], count[0] = stop, hits

    cdef bint next_chunk(
        self, Py_ssize_t at, Py_ssize_t *start, Py_ssize_t *stop
    ) noexcept nogil:
        """The first chunk from a place on that is in none; False where there is no other."""
        cdef const uint8_t *folded = self.folded
        cdef const uint8_t *kinds = self.alphabet.kinds
        while at < self.length and kinds[folded[at]] < PLAIN:
            at += 1
        if at >= self.length:
            return False
        start[0] = at
        while kinds[folded[at]] >= PLAIN or (
            kinds[folded[at]] == JOINER and kinds[folded[at + 1]] >= PLAIN
        ):
            at += 1
        stop[0] = at
        return True


cdef void *grown(void *memory, Py_ssize_t size) except NULL:
    """Memory of so many bytes, what was in it before included; the one before is given up."""
    cdef void *more = PyMem_Realloc(memory, size)
    if more == NULL:
        raise MemoryError
    return more


cdef inline bint is_ascii(const uint8_t *block) noexcept nogil:
    """Whether all bytes of a block are of ASCII."""
    cdef Py_ssize_t at
    cdef uint8_t every = 0
    for at in range(BLOCK):
        every |= block[at]
    return every < 0x80


cdef inline Py_ssize_t decode(
    const uint8_t *text, Py_ssize_t size, uint32_t *code
) noexcept nogil:
    """The first character of UTF-8, maybe a surrogate: how many bytes; -1 where it is none."""
    cdef uint32_t first = text[0], found
    cdef int more, place
    if first < 0x80:
        code[0] = first
        return 1
    if first < 0xC2 or first > 0xF4:
        return -1
    more = 1 if first < 0xE0 else 2 if first < 0xF0 else 3
    if size - 1 < more:
        return -1
    found = first & (0x3F >> more)
    for place in range(1, more + 1):
        if text[place] & 0xC0 != 0x80:
            return -1
        found = found << 6 | text[place] & 0x3F
    if (more == 2 and found < 0x800) or (more == 3 and not 0x10000 <= found <= 0x10FFFF):
        return -1
    code[0] = found
    return more + 1


cdef Py_ssize_t encode(uint32_t code, uint8_t *text) noexcept nogil:
    """Write a character as UTF-8, a surrogate like any other: how many bytes, 4 at the most."""
    if code < 0x80:
        text[0] = code
        return 1
    if code < 0x800:
        text[0] = 0xC0 | code >> 6
        text[1] = 0x80 | code & 0x3F
        return 2
    if code < 0x10000:
        text[0] = 0xE0 | code >> 12
        text[1] = 0x80 | code >> 6 & 0x3F
        text[2] = 0x80 | code & 0x3F
        return 3
    text[0] = 0xF0 | code >> 18
    text[1] = 0x80 | code >> 12 & 0x3F
    text[2] = 0x80 | code >> 6 & 0x3F
    text[3] = 0x80 | code & 0x3F
    return 4


cdef str letters_of(const uint32_t *codes, Py_ssize_t size):
    """So many characters as a string."""
    cdef uint8_t few[256]
    cdef uint8_t *text = few
    cdef Py_ssize_t at, length = 0
    if size * 4 > 256:
        text = <uint8_t *>grown(NULL, size * 4)
    try:
        for at in range(size):
            length += encode(codes[at], text + length)
        return PyUnicode_DecodeUTF8(<const char *>text, length, "surrogatepass")
    finally:
        if text != few:
            PyMem_Free(text)
