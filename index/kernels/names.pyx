"""Strings by numbers, from 0 on in the order in which they come, and numbers by strings.

An open-addressing table whose slots have 32 bits of a string's hash: what they say is compared in
full with the bytes that are kept of each.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcmp, memcpy

from index.kernels.hashes cimport SPARE, hash_of
from index.kernels.prefetching cimport prefetch_line

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    FIRST_BITS = 10
    MOST_BITS = 24
    SHORT = 64


cdef class Names:
    """Not safe under threads. Behind a string that is asked about ``SPARE`` bytes are readable.

    ``about``: so many are soon to come.
    """

    def __cinit__(self, Py_ssize_t about=0):
        self._secret = <uint64_t>hash("names")
        self._bits = FIRST_BITS
        while <int64_t>1 << self._bits < 2 * about and self._bits < MOST_BITS:
            self._bits += 1
        self._ends_room = <int64_t>1 << self._bits
        self._slots = <Slot *>calloc(<size_t>1 << self._bits, sizeof(Slot))
        self._ends = <int64_t *>malloc(<size_t>(self._ends_room + 1) * sizeof(int64_t))
        if self._slots == NULL or self._ends == NULL:
            raise MemoryError
        self._ends[0] = 0

    def __dealloc__(self):
        free(self._slots)
        free(self._text)
        free(self._ends)

    cdef void expect(self, const char *name, Py_ssize_t length) noexcept nogil:
        """Fetch from memory where a name would be, which is soon asked about."""
        prefetch_line(
            self._slots
            + (hash_of(<const uint8_t *>name, length, self._secret) >> (64 - self._bits))
        )

    cdef int64_t find(self, const char *name, Py_ssize_t length) noexcept nogil:
        """The number of a name, ``NONE`` where it has none."""
        return self._find(name, length, hash_of(<const uint8_t *>name, length, self._secret))

    cdef int64_t _find(
        self, const char *name, Py_ssize_t length, uint64_t hash
    ) noexcept nogil:
        cdef uint64_t mask = (<uint64_t>1 << self._bits) - 1
        cdef uint64_t slot = hash >> (64 - self._bits)
        cdef int64_t number, at
        while self._slots[slot].behind:
            if self._slots[slot].tag == <uint32_t>hash:
                number = self._slots[slot].behind - 1
                at = self._ends[number]
                if self._ends[number + 1] - at == length and not memcmp(
                    self._text + at, name, length
                ):
                    return number
            slot = (slot + 1) & mask
        return NONE

    cdef int64_t number(self, const char *name, Py_ssize_t length) except -1 nogil:
        """The number of a name, which is added where it is new. Raises MemoryError."""
        cdef uint64_t hash = hash_of(<const uint8_t *>name, length, self._secret)
        cdef int64_t number = self._find(name, length, hash)
        cdef int64_t at = self._ends[self.count]
        cdef int64_t room
        cdef char *text
        cdef int64_t *ends
        if number >= 0:
            return number
        number = self.count
        if number >= MOST_NAMES:
            raise MemoryError
        if at + length + SPARE > self._room:
            room = max(2 * self._room, at + length + SPARE, 1 << 14)
            text = <char *>realloc(self._text, <size_t>room)
            if text == NULL:
                raise MemoryError
            self._text, self._room = text, room
        if number + 1 > self._ends_room:
            room = 2 * self._ends_room
            ends = <int64_t *>realloc(self._ends, <size_t>(room + 1) * sizeof(int64_t))
            if ends == NULL:
                raise MemoryError
            self._ends, self._ends_room = ends, room
        if number * 2 >= <int64_t>1 << self._bits:
            self._grow()
        memcpy(self._text + at, name, length)
        self._ends[number + 1] = at + length
        put(self._slots, self._bits, hash, number)
        self.count = number + 1
        return number

    cdef int _grow(self) except -1 nogil:
        cdef int bits = self._bits + 1
        cdef Slot *slots = <Slot *>calloc(<size_t>1 << bits, sizeof(Slot))
        cdef int64_t number, at
        if slots == NULL:
            raise MemoryError
        for number in range(self.count):
            at = self._ends[number]
            put(
                slots, bits,
                hash_of(<const uint8_t *>self._text + at, self._ends[number + 1] - at, self._secret),
                number,
            )
        free(self._slots)
        self._slots, self._bits = slots, bits
        return 0

    cdef const char *text_of(self, int64_t number, Py_ssize_t *length) noexcept nogil:
        """The bytes of a name that has a number, till the next is added."""
        length[0] = self._ends[number + 1] - self._ends[number]
        return self._text + self._ends[number]

    cdef object string(self, int64_t number):
        """The name of a number. Raises IndexError."""
        cdef Py_ssize_t length
        cdef const char *text
        if not 0 <= number < self.count:
            raise IndexError("there is no such name")
        text = self.text_of(number, &length)
        return PyUnicode_DecodeUTF8(text, length, "surrogatepass")

    cdef int64_t number_of(self, str name) except -1:
        """The number of a name, which is added where it is new. Raises MemoryError."""
        cdef char *text
        cdef const char *letters
        cdef char short[SHORT + SPARE]
        cdef Py_ssize_t length
        try:
            letters = PyUnicode_AsUTF8AndSize(name, &length)
            if length <= SHORT:
                memcpy(short, letters, <size_t>length)
                return self.number(short, length)
        except UnicodeEncodeError:  # lone surrogates
            pass
        readable = name.encode("utf-8", "surrogatepass") + bytes(SPARE)
        PyBytes_AsStringAndSize(readable, &text, &length)
        return self.number(text, length - SPARE)

    cdef Names copy(self):
        """Another one of the same names and numbers. Raises MemoryError."""
        cdef Names made = Names()
        cdef int64_t size = self._ends[self.count]
        free(made._slots)
        free(made._ends)
        made._secret, made._bits = self._secret, self._bits
        made._room, made._ends_room, made.count = size + SPARE, self._ends_room, self.count
        made._slots = <Slot *>malloc(sizeof(Slot) << self._bits)
        made._text = <char *>malloc(<size_t>made._room)
        made._ends = <int64_t *>malloc(<size_t>(self._ends_room + 1) * sizeof(int64_t))
        if made._slots == NULL or made._text == NULL or made._ends == NULL:
            raise MemoryError
        memcpy(made._slots, self._slots, sizeof(Slot) << self._bits)
        memcpy(made._text, self._text, <size_t>size)
        memcpy(made._ends, self._ends, <size_t>(self.count + 1) * sizeof(int64_t))
        return made


cdef inline void put(Slot *slots, int bits, uint64_t hash, int64_t number) noexcept nogil:
    """Put a number into the first free slot from its hash on."""
    cdef uint64_t mask = (<uint64_t>1 << bits) - 1
    cdef uint64_t slot = hash >> (64 - bits)
    while slots[slot].behind:
        slot = (slot + 1) & mask
    slots[slot].tag, slots[slot].behind = <uint32_t>hash, <int32_t>(number + 1)
