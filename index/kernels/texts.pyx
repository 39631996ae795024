"""A text as other kernels go through it: its characters, its chunks, and where to look into them.

What a chunk is and which are plain, ``index.analysis.tokenizer`` says; its characters are handed to
``Alphabet``. A text is kept twice, as code points and *folded*: a byte a character, ASCII in lower
case, all else by its kind, for which the codes of capitals are free. So one look into a table tells
of two neighbours whether anything may begin there.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcpy, memset

cdef extern from "Python.h":
    uint32_t *PyUnicode_AsUCS4(object text, uint32_t *buffer, Py_ssize_t size, int nul) except NULL


cdef class Alphabet:
    """What each character is in a chunk.

    ``separators`` and ``joiners`` are all of them; those of ASCII that are neither are letters and
    digits. Raises ValueError for others.
    """

    def __cinit__(self, str separators not None, str joiners not None):
        cdef Py_ssize_t code, one, two
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
        self.folded[DOTTED_I] = DOTTED
        memset(self.flags, 0, sizeof(self.flags))
        for one in range(128):
            for two in range(128):
                if one in (OTHER, JOINS, PARTS, KELVIN, DOTTED) or (
                    self.kinds[one] == JOINER and self.kinds[two] == PLAIN
                ):
                    self.flags[one << 7 | two] = HAS_FOREIGN

    def __dealloc__(self):
        PyMem_Free(self.folded)


cdef void fold(
    const uint8_t *table, uint32_t known, const uint32_t *codes, Py_ssize_t size, uint8_t *folded
) noexcept nogil:
    """Fold so many characters; behind the last one is a separator."""
    cdef Py_ssize_t at
    cdef uint32_t code
    for at in range(size):
        code = codes[at]
        if code < known:
            folded[at] = table[code]
        else:
            folded[at] = KELVIN if code == KELVIN_SIGN else OTHER
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
        memcpy(self.flags, alphabet.flags, sizeof(self.flags))
        for number, trace in enumerate(ordered):
            self.begins[number + 1] = self.begins[number] + <int32_t>len(trace)
            self.first_of[<Py_ssize_t>ord(trace[0]) + 1] += 1
            self._note(self.text + self.begins[number], len(trace))
        for number in range(128):
            self.first_of[number + 1] += self.first_of[number]

    def __dealloc__(self):
        PyMem_Free(self.begins)

    cdef void _note(self, const uint8_t *trace, Py_ssize_t size) noexcept:
        """Flag the pairs of characters with which a trace may begin."""
        cdef Py_ssize_t one, two
        for one in (trace[0], KELVIN, DOTTED):
            if same(one, trace[0]):
                for two in range(128):
                    if size == 1 or same(two, trace[1]):
                        self.flags[one << 7 | two] |= HAS_TRACE

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

    cdef int take(self, str text) except -1:
        """Put a text in place of the one before."""
        cdef Py_ssize_t size = len(text)
        self.length = self.windows = 0
        if size >= self.room:
            self._grow(size + size // 2 + 4096)
        PyUnicode_AsUCS4(text, self.codes, self.room, 1)
        with nogil:
            fold(self.alphabet.folded, self.alphabet.size, self.codes, size, self.folded)
        self.length = size
        return 0

    def _grow(self, Py_ssize_t room):
        self.room = 0
        self.codes = <uint32_t *>grown(self.codes, room * sizeof(uint32_t))
        self.folded = <uint8_t *>grown(self.folded, room)
        self.places = <int32_t *>grown(self.places, room * sizeof(int32_t))
        self.room = room

    cdef int look_for(self, Traces traces, Py_ssize_t window) except -1:
        """Find the places of traces and of chunks that are not plain, a window after the other."""
        cdef Py_ssize_t number, begin, end, windows = (self.length + window - 1) // window
        cdef int32_t found = 0
        self.windows = 0
        self.place_stops = <int32_t *>grown(self.place_stops, (windows + 1) * sizeof(int32_t))
        self.counts = <int32_t *>grown(self.counts, (windows + 1) * sizeof(int32_t))
        with nogil:
            for number in range(windows):
                begin = number * window
                end = min(begin + window, self.length)
                self._look_in(traces, begin, end, &found, &self.counts[number])
                self.place_stops[number] = found
        self.windows = windows
        return 0

    cdef void _look_in(
        self, Traces traces, Py_ssize_t begin, Py_ssize_t end, int32_t *found, int32_t *count
    ) noexcept nogil:
        cdef const uint8_t *folded = self.folded
        cdef const uint8_t *kinds = self.alphabet.kinds
        cdef const uint8_t *pairs = traces.flags
        cdef int32_t *places = self.places
        cdef int32_t stop = found[0], hits = 0
        cdef Py_ssize_t at, free = begin  # behind what was found that is not plain
        cdef int32_t here
        cdef uint8_t flags
        for at in range(begin, end):
            flags = pairs[folded[at] << 7 | folded[at + 1]]
            if not flags:
                continue
            here = traces.standing_at(folded + at, self.length - at) if flags & HAS_TRACE else 0
            if flags & HAS_FOREIGN and at >= free:
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
