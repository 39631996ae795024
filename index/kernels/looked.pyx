"""The chunks of texts that an analysis has looked into, and their tokens, as kernels read them.

What a chunk's tokens are, the analysis says; here the hashes of their words are kept, so that to know
one again takes neither a string nor a dictionary. Where they stand, it is asked of few: of most chunks
no token matches anything, which their words tell.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from cpython.ref cimport PyObject
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy, memset

from index.kernels.texts cimport grown, letters_of

cdef extern from "Python.h":
    uint32_t *PyUnicode_AsUCS4(object text, uint32_t *buffer, Py_ssize_t size, int nul) except NULL
    Py_ssize_t PyTuple_Size(object some) except -1
    PyObject *PyTuple_GetItem(object some, Py_ssize_t at) except NULL  # borrowed

cdef Py_ssize_t LETTERS = 16  # of a chunk; where they are more on average, all is forgotten sooner


cdef class Looked:
    """Up to ``most`` chunks; when it is full, it forgets all. Shared by threads, which hold the GIL.

    ``look`` gives the tokens of a chunk, and ``terms`` the surface form and the stem of each.
    """

    def __cinit__(self, look, terms, Py_ssize_t most=1 << 16):
        self.look = look
        self.terms = terms
        self.most = min(max(most, 1), 1 << 24)
        self.secret = <uint64_t>hash("chunks")
        self.texts, self.words = [], []

    def __dealloc__(self):
        PyMem_Free(self.kept)
        PyMem_Free(self.parts)
        PyMem_Free(self.letters)
        PyMem_Free(self.slots)

    def __len__(self):
        return self.count

    def tokens(self, str chunk not None):
        """The tokens of a chunk as they are kept: of each start, end, surface form and stem."""
        cdef Py_ssize_t number, size = len(chunk)
        cdef uint32_t *codes = <uint32_t *>grown(NULL, (size + 1) * sizeof(uint32_t))
        try:
            PyUnicode_AsUCS4(chunk, codes, size + 1, 1)
            while True:
                number = self.chunk(codes, size)
                if self.place(number):
                    break
        finally:
            PyMem_Free(codes)
        return tuple(
            [
                (self.parts[self.kept[number].first + at].start,
                 self.parts[self.kept[number].first + at].end, *words)
                for at, words in enumerate(self.words[number])
            ]
        )

    cdef str word(self, Py_ssize_t number, Py_ssize_t at, bint surface):
        """A word of a token of a chunk, its surface form or its stem."""
        cdef tuple terms = self.words[number]
        cdef tuple pair = terms[at]
        return pair[0] if surface else pair[1]

    cdef Py_ssize_t chunk(self, const uint32_t *codes, Py_ssize_t size) except -1:
        """The number of a chunk, until all is forgotten, as it may be when this is asked.

        By FNV-1a of characters, from a secret on, so that no text can have many of one slot.
        """
        cdef uint64_t found = self.secret
        cdef Py_ssize_t at, slot
        cdef Kept *one
        for at in range(size):
            found = (found ^ codes[at]) * <uint64_t>0x100000001B3
        found *= <uint64_t>0x9E3779B97F4A7C15
        if self.bits:
            slot = found >> (64 - self.bits)
            while self.slots[slot]:
                one = &self.kept[self.slots[slot] - 1]
                if one.hash == found and one.size == size and not memcmp(
                    self.letters + one.text, codes, size * sizeof(uint32_t)
                ):
                    return self.slots[slot] - 1
                slot = (slot + 1) & ((1 << self.bits) - 1)
        return self._learn(found, codes, size)

    cdef bint place(self, Py_ssize_t number) except -1:
        """Know where the tokens of a chunk stand; False where all was forgotten meanwhile.

        Raises IndexError for tokens outside of it, and for more or fewer than it has terms.
        """
        cdef Kept *one = &self.kept[number]
        cdef Py_ssize_t at, first
        cdef int32_t start, end
        cdef long long turn = self.turn
        cdef str chunk
        cdef tuple tokens
        cdef object token
        if one.placed:
            return True
        chunk = self.texts[number]
        tokens = self.look(chunk)
        if self.turn != turn:
            return False
        one = &self.kept[number]  # others may have moved it
        if PyTuple_Size(tokens) != one.stop - one.first:
            raise IndexError(f"{chunk} has not the tokens that it should")
        first = one.first
        for at in range(one.stop - first):
            token = <object>PyTuple_GetItem(tokens, at)
            start = <object>PyTuple_GetItem(token, 0)
            end = <object>PyTuple_GetItem(token, 1)
            if not 0 <= start <= end <= one.size:
                raise IndexError(f"a token is not inside {chunk}")
            self.parts[first + at].start, self.parts[first + at].end = start, end
        one.placed = True
        return True

    cdef Py_ssize_t _learn(self, uint64_t code, const uint32_t *codes, Py_ssize_t size) except -1:
        cdef Py_ssize_t number, count
        cdef Part part
        cdef tuple terms, pair
        cdef str surface, stem
        cdef str chunk = letters_of(codes, size)
        cdef bint plain = True, letters = True
        terms = tuple(self.terms(chunk))
        for number in range(size):
            if not (c"a" <= codes[number] | 0x20 <= c"z" and codes[number] < 0x80):
                letters = False
                plain &= c"0" <= codes[number] <= c"9"
        if self.count >= self.most or self.letter_count + size > self.most * LETTERS:
            self._forget()
        count = len(terms)
        if self.part_count + count > self.part_room:
            number = (self.part_count + count) * 2 + 64
            self.parts = <Part *>grown(self.parts, number * sizeof(Part))
            self.part_room = number
        for number in range(count):
            pair = terms[number]
            surface, stem = pair
            if surface is None or stem is None:
                raise TypeError("a token has no words")
            part = Part(0, 0, <int32_t>len(surface), hash(surface), hash(stem))
            if letters:  # it is the only token
                part.end = <int32_t>size
            self.parts[self.part_count + number] = part
        if self.letter_count + size > self.letter_room:
            number = (self.letter_count + size) * 2
            self.letters = <uint32_t *>grown(self.letters, number * sizeof(uint32_t))
            self.letter_room = number
        if self.count == self.room:
            self._more_chunks()
        memcpy(self.letters + self.letter_count, codes, size * sizeof(uint32_t))
        self.texts.append(chunk)
        self.words.append(terms)
        self.kept[self.count] = Kept(
            code,
            <int32_t>self.letter_count,
            <int32_t>size,
            <int32_t>self.part_count,
            <int32_t>(self.part_count + count),
            not plain,
            letters and count == 1,
        )
        self._place(self.count)
        self.letter_count += size
        self.part_count += count
        self.count += 1
        return self.count - 1

    cdef void _forget(self):
        """Forget all: every number is of something else from now on."""
        self.turn += 1
        self.count = self.part_count = self.letter_count = 0
        self.texts, self.words = [], []
        if self.bits:
            memset(self.slots, 0, (<Py_ssize_t>1 << self.bits) * sizeof(int32_t))

    cdef int _more_chunks(self) except -1:
        """Make room for twice as many chunks, each of which has two slots."""
        cdef Py_ssize_t number, room = max(128, self.room * 2)
        cdef int bits = 8 if not self.bits else self.bits + 1
        self.kept = <Kept *>grown(self.kept, room * sizeof(Kept))
        self.slots = <int32_t *>grown(self.slots, (<Py_ssize_t>1 << bits) * sizeof(int32_t))
        memset(self.slots, 0, (<Py_ssize_t>1 << bits) * sizeof(int32_t))
        self.room, self.bits = room, bits
        for number in range(self.count):
            self._place(number)
        return 0

    cdef void _place(self, Py_ssize_t number) noexcept nogil:
        cdef Py_ssize_t slot = self.kept[number].hash >> (64 - self.bits)
        while self.slots[slot]:
            slot = (slot + 1) & ((1 << self.bits) - 1)
        self.slots[slot] = <int32_t>number + 1
