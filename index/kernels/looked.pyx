"""The chunks of texts that an analysis has looked into, and their tokens, as kernels read them.

What a chunk's tokens are, the analysis says; here the hashes of their words are kept, so that to know
one again takes neither a string nor a dictionary. Where they stand, it is asked of few: of most chunks
no token matches anything, which their words tell.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from cpython.ref cimport PyObject
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from index.kernels.hashes cimport mixed
from index.kernels.texts cimport grown, letters_of

cdef extern from "Python.h":
    uint32_t *PyUnicode_AsUCS4(object text, uint32_t *buffer, Py_ssize_t size, int nul) except NULL
    Py_ssize_t PyTuple_Size(object some) except -1
    PyObject *PyTuple_GetItem(object some, Py_ssize_t at) except NULL  # borrowed

cdef Py_ssize_t LARGE = 16  # eights of bytes; where chunks take more, all is forgotten sooner


cdef class Looked:
    """Up to ``most`` chunks; when it is full, it forgets all. Shared by threads, which hold the GIL.

    ``look`` gives the tokens of a chunk, and ``terms`` the surface form and the stem of each. All of
    a chunk lies together, as memory is what is waited for. Whatever makes objects may come back in
    here, or let others in, as garbage is collected then: no place is held meanwhile.
    """

    def __cinit__(self, look, terms, Py_ssize_t most=1 << 16):
        self.look = look
        self.terms = terms
        self.most = min(max(most, 1), 1 << 24)
        self.secret = <uint64_t>hash("chunks")
        self.texts, self.words = [], []

    def __dealloc__(self):
        PyMem_Free(self.memory)
        PyMem_Free(self.slots)

    def __len__(self):
        return self.count

    def tokens(self, str chunk not None):
        """The tokens of a chunk as they are kept: of each start, end, surface form and stem."""
        cdef Py_ssize_t place, at, count, size = len(chunk)
        cdef uint32_t *codes = <uint32_t *>grown(NULL, (size + 1) * sizeof(uint32_t))
        cdef Part *parts = NULL
        cdef Kept *one
        cdef tuple terms
        try:
            PyUnicode_AsUCS4(chunk, codes, size + 1, 1)
            while True:
                place = self.chunk(codes, size)
                if self.place(place):
                    break
            one = kept_at(self, place)
            count = one.count
            terms = self.words[one.number]
            parts = <Part *>grown(NULL, (count + 1) * sizeof(Part))
            memcpy(parts, parts_of(one), count * sizeof(Part))
            return tuple([(parts[at].start, parts[at].end, *terms[at]) for at in range(count)])
        finally:
            PyMem_Free(codes)
            PyMem_Free(parts)

    cdef str word(self, Kept *one, Py_ssize_t at, bint surface):
        """A word of a token of a chunk, its surface form or its stem."""
        cdef tuple terms = self.words[one.number]
        cdef tuple pair = terms[at]
        return pair[0] if surface else pair[1]

    cdef Py_ssize_t chunk(self, const uint32_t *codes, Py_ssize_t size) except -1:
        """The place of a chunk, until all is forgotten, as it may be when this is asked.

        Found by a hash of its characters, two at a time, as ``hashes`` has it of bytes: who does not
        know the secret that it begins from cannot choose many of one slot.
        """
        cdef uint64_t code = self.secret ^ <uint64_t>size
        cdef Py_ssize_t at = 0, slot
        while at + 1 < size:
            code = mixed(code, codes[at] | <uint64_t>codes[at + 1] << 32)
            at += 2
        code = mixed(code, codes[at] if at < size else 0)
        if self.bits:
            slot = code >> (64 - self.bits)
            while self.slots[slot].place:
                if self.slots[slot].hash == <uint32_t>code and is_it(
                    kept_at(self, self.slots[slot].place - 1), code, codes, size
                ):
                    return self.slots[slot].place - 1
                slot = (slot + 1) & ((1 << self.bits) - 1)
        return self._learn(code, codes, size)

    cdef bint place(self, Py_ssize_t place) except -1:
        """Know where the tokens of a chunk stand; False where all was forgotten meanwhile.

        Raises IndexError for tokens outside of it, and for more or fewer than it has terms.
        """
        cdef Kept *one = kept_at(self, place)
        cdef Part *parts
        cdef Py_ssize_t at
        cdef int32_t start, end
        cdef long long turn = self.turn
        cdef str chunk
        cdef tuple tokens
        cdef object token, first, last
        if one.placed:
            return True
        chunk = self.texts[one.number]
        tokens = self.look(chunk)
        if self.turn != turn:
            return False
        one = kept_at(self, place)  # others may have moved it
        parts = parts_of(one)
        if PyTuple_Size(tokens) != one.count:
            raise IndexError(f"{chunk} has not the tokens that it should")
        for at in range(one.count):
            token = <object>PyTuple_GetItem(tokens, at)
            first, last = <object>PyTuple_GetItem(token, 0), <object>PyTuple_GetItem(token, 1)
            if not (isinstance(first, int) and isinstance(last, int)):  # they run no code
                raise TypeError("a token has no place")
            start, end = first, last
            if not 0 <= start <= end <= one.size:
                raise IndexError(f"a token is not inside {chunk}")
            parts[at].start, parts[at].end = start, end
        one.placed = True
        return True

    cdef Py_ssize_t _learn(self, uint64_t code, const uint32_t *codes, Py_ssize_t size) except -1:
        cdef Py_ssize_t at, count, needed, place
        cdef tuple terms, pair
        cdef str surface, stem
        cdef str chunk = letters_of(codes, size)
        cdef bint plain = True, letters = True, wide = False
        cdef Kept *one
        cdef Part *parts
        terms = tuple(self.terms(chunk))
        count = len(terms)
        for at in range(size):
            wide |= codes[at] > 0xFF
            if not (codes[at] < 0x80 and c"a" <= codes[at] | 0x20 <= c"z"):
                letters = False
                plain &= c"0" <= codes[at] <= c"9"
        needed = sizeof(Kept) + count * sizeof(Part) + size * (4 if wide else 1)
        needed = (needed + 7) // 8
        if self.count >= self.most or self.used + needed > self.most * LARGE:
            self._forget()
        if self.used + needed > self.room:
            place = (self.used + needed) * 2
            self.memory = <uint64_t *>grown(self.memory, place * sizeof(uint64_t))
            self.room = place
        if not self.bits or self.count * 2 >= <Py_ssize_t>1 << self.bits:
            self._more_slots()
        one = kept_at(self, self.used)
        parts = parts_of(one)
        one.hash, one.number, one.size = code, <int32_t>self.count, <int32_t>size
        one.count, one.other, one.wide = <int32_t>count, not plain, wide
        one.placed = letters and count == 1  # which is the whole
        for at in range(count):
            pair = terms[at]
            surface, stem = pair
            if surface is None or stem is None:
                raise TypeError("a token has no words")
            parts[at] = Part(
                0,
                <int32_t>size if letters else 0,
                <int32_t>len(surface),
                <uint32_t>hash(surface),
                <uint32_t>hash(stem),
            )
        for at in range(size):
            if wide:
                (<uint32_t *>(parts + count))[at] = codes[at]
            else:
                (<uint8_t *>(parts + count))[at] = <uint8_t>codes[at]
        self.texts.append(chunk)
        try:
            self.words.append(terms)
        except MemoryError:
            self.texts.pop()
            raise
        self._put(Slot(<uint32_t>code, <int32_t>(self.used + 1)), code)
        place = self.used
        self.used += needed
        self.count += 1
        return place

    cdef int _forget(self) except -1:
        """Forget all: every place is of something else from now on."""
        cdef list texts = [], words = []  # made first: by what follows nothing is half forgotten
        self.turn += 1
        self.count = self.used = 0
        if self.bits:
            memset(self.slots, 0, (<Py_ssize_t>1 << self.bits) * sizeof(Slot))
        self.texts, texts = texts, self.texts
        self.words, words = words, self.words
        return 0

    cdef int _more_slots(self) except -1:
        """Make room for twice as many chunks, each of which has two slots."""
        cdef Py_ssize_t at, before = 0 if not self.bits else <Py_ssize_t>1 << self.bits
        cdef Slot *slots = self.slots
        cdef int bits = max(8, self.bits + 1)
        self.slots = <Slot *>grown(NULL, (<Py_ssize_t>1 << bits) * sizeof(Slot))
        memset(self.slots, 0, (<Py_ssize_t>1 << bits) * sizeof(Slot))
        self.bits = bits
        for at in range(before):
            if slots[at].place:
                self._put(slots[at], kept_at(self, slots[at].place - 1).hash)
        PyMem_Free(slots)
        return 0

    cdef void _put(self, Slot slot, uint64_t code) noexcept nogil:
        cdef Py_ssize_t at = code >> (64 - self.bits)
        while self.slots[at].place:
            at = (at + 1) & ((1 << self.bits) - 1)
        self.slots[at] = slot


cdef bint is_it(
    Kept *one, uint64_t code, const uint32_t *codes, Py_ssize_t size
) noexcept nogil:
    """Whether a chunk has these characters."""
    cdef const uint8_t *letters = <const uint8_t *>(parts_of(one) + one.count)
    cdef Py_ssize_t at
    if one.hash != code or one.size != size:
        return False
    for at in range(size):
        if codes[at] != ((<const uint32_t *>letters)[at] if one.wide else letters[at]):
            return False
    return True
