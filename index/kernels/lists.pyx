"""Lists of words, and on which of them a word is."""

include "source.pxi"

from libc.stdint cimport int64_t, uint16_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcpy

from index.kernels.names cimport Names

cdef enum:
    ALL_LISTS = 0xFFFF


cdef class Lists:
    """Up to 16 lists, a bit each; ``parts``: words, and the bits of the lists that all are on.

    Of negative bits they lose those that parts before them gave. ``others`` are known and on no
    list. ``base``: the words of this one have their numbers and bits from the beginning. Safe under
    threads.
    """

    def __cinit__(self, parts, others=(), Lists base=None):
        cdef Py_ssize_t known = 0 if base is None else base.names.count
        cdef Py_ssize_t most = known + len(others) + sum([len(words) for _, words in parts])
        cdef int bits
        self.names = Names(most) if base is None else base.names.copy()
        self._bits = <uint16_t *>calloc(<size_t>most + 1, sizeof(uint16_t))
        if self._bits == NULL:
            raise MemoryError
        if base is not None:
            memcpy(self._bits, base._bits, <size_t>known * sizeof(uint16_t))
        for bits, words in parts:
            if not -ALL_LISTS <= bits <= ALL_LISTS:
                raise ValueError("so many lists are too many")
            self._mark(words, bits, most)
        for word in others:
            self.names.number_of(word)
        if self.names.count > most:
            raise ValueError("there are more words than they said")

    cdef int _mark(self, words, int bits, Py_ssize_t most) except -1:
        cdef int64_t number
        for word in words:
            number = self.names.number_of(word)
            if number >= most:
                raise ValueError("there are more words than they said")
            if bits < 0:
                self._bits[number] &= <uint16_t>~(-bits)
            else:
                self._bits[number] |= <uint16_t>bits
        return 0

    def __dealloc__(self):
        free(self._bits)

    cdef int of(self, const char *word, Py_ssize_t length) noexcept nogil:
        """A bit for each list that a word is on; behind it ``SPARE`` bytes are readable."""
        return self.of_number(self.names.find(word, length))

    cdef int of_number(self, Py_ssize_t number) noexcept nogil:
        """The same of the number of a name; none of ``NONE``."""
        return self._bits[number] if number >= 0 else 0
