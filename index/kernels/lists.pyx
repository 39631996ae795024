"""Lists of words, and on which of them a word is."""

include "source.pxi"

from libc.stdint cimport uint16_t
from libc.stdlib cimport calloc, free

from index.kernels.names cimport Names

cdef enum:
    MOST_LISTS = 16


cdef class Lists:
    """Up to 16 sets of words; ``others`` are known and on none of them. Safe under threads."""

    def __cinit__(self, tuple sets not None, others=()):
        cdef Py_ssize_t most = len(others) + sum(map(len, sets))
        cdef int which
        if len(sets) > MOST_LISTS:
            raise ValueError("so many lists are too many")
        self.names = Names(most >> 1)
        self._bits = <uint16_t *>calloc(<size_t>most + 1, sizeof(uint16_t))
        if self._bits == NULL:
            raise MemoryError
        for which, words in enumerate(sets):
            for word in words:
                self._bits[self.names.number_of(word)] |= <uint16_t>(1 << which)
        for word in others:
            self.names.number_of(word)

    def __dealloc__(self):
        free(self._bits)

    cdef int of(self, const char *word, Py_ssize_t length) noexcept nogil:
        """A bit for each list that a word is on; behind it ``SPARE`` bytes are readable."""
        return self.of_number(self.names.find(word, length))

    cdef int of_number(self, Py_ssize_t number) noexcept nogil:
        """The same of the number of a name; none of ``NONE``."""
        return self._bits[number] if number >= 0 else 0
