"""Where a word may be cut into two: by the bits of a set, and by what stands in bodies.

The compiled form of ``Remainders.cuts`` and of ``search.query.rewrite.compounds.cuts_of``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from libc.stdint cimport uint8_t, uint64_t

from index.kernels.company import stand_beside
from index.kernels.postings cimport Lookup, lookup_of

cdef enum:
    LONGEST = 32


def cuts(bytes bits not None, uint64_t prime, bytes word not None):
    """Places in ``word`` whose end may be in the set, ascending: ``(place, beginning)``.

    ``beginning``: whether what stands before may be in the set too. ``bits``: a bit for each
    remainder by ``prime``, the lowest first. Raises ``IndexError`` where there are too few bits.
    """
    cdef uint8_t beginning[LONGEST]
    cdef Py_ssize_t at, length = look(bits, prime, word, beginning)
    return [(at, beginning[at] == 2) for at in range(1, length) if beginning[at]]


cdef Py_ssize_t look(bytes bits, uint64_t prime, bytes word, uint8_t *found) except -1:
    """Fill ``found`` for each place of a word: 0 for no end of the set, 2 where both are in it.

    The length of the word.
    """
    cdef char *raw
    cdef char *set_
    cdef Py_ssize_t length, size, at
    cdef uint64_t number, power
    cdef uint64_t before[LONGEST]
    PyBytes_AsStringAndSize(word, &raw, &length)
    PyBytes_AsStringAndSize(bits, &set_, &size)
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 48:
        raise IndexError("there are too few bits")
    if length > LONGEST:
        raise IndexError("the word is too long")
    number, power = 0, 1
    for at in range(length):
        before[at] = number
        number = (number + <uint8_t>raw[at] * power) % prime
        power = power * 256 % prime
    number = 0
    for at in range(length - 1, 0, -1):
        number = (number * 256 + <uint8_t>raw[at]) % prime
        found[at] = has(set_, number) + has(set_, before[at]) if has(set_, number) else 0
    return length


cdef inline bint has(const char *bits, uint64_t place) noexcept nogil:
    return (<uint8_t>bits[place >> 3] >> (place & 7)) & 1


cdef class Cutter:
    """Cuts words of ASCII letters by what bodies have.

    ``bits`` and ``prime`` as above; ``fields``: one a segment, as for ``company.stand_beside``, and
    ``most`` as there. ``stem`` gives the stem of a word, ``may_be_one`` whether two words may be one
    with a hyphen. ``prefixes`` belong to what follows, ``affixes`` and ``endings`` to the word beside
    them where it has the same stem as the whole. ``particles`` are no slivers, nor is ``lone``, and
    ``stop_words`` end no word. ``least``: the letters of what is no sliver.
    """

    cdef bytes _bits
    cdef uint64_t _prime
    cdef Lookup _fields
    cdef object _stem
    cdef object _may_be_one
    cdef object _prefixes
    cdef object _affixes
    cdef object _endings
    cdef object _particles
    cdef object _stop_words
    cdef str _lone
    cdef Py_ssize_t _least
    cdef Py_ssize_t _most

    def __cinit__(
        self, bytes bits not None, uint64_t prime, fields not None, Py_ssize_t most,
        object stem, object may_be_one, frozenset prefixes not None, frozenset affixes not None,
        frozenset endings not None, frozenset particles not None, frozenset stop_words not None,
        str lone not None, Py_ssize_t least,
    ):
        self._bits, self._prime, self._fields, self._most = bits, prime, lookup_of(fields), most
        self._stem, self._may_be_one = stem, may_be_one
        self._prefixes, self._particles, self._stop_words = prefixes, particles, stop_words
        self._affixes, self._endings = affixes, endings
        self._lone, self._least = lone, least

    def cuts(self, str word not None, bint listed):
        """The cuts that are left, ``(first, second)`` each, and what was looked at on the way.

        ``listed``: whether no part may be a sliver. What was looked at: how often, and in all the
        second and third of what ``stand_beside`` gives, the second by fours. Raises
        ``FileDamaged``, and ``IndexError`` where a word is too long.
        """
        cdef uint8_t beginning[LONGEST]
        cdef Py_ssize_t length = look(self._bits, self._prime, word.encode("ascii"), beginning)
        cdef Py_ssize_t at, times = 0, quarters = 0, fewer = 0
        cdef bint is_prefix, found
        left = []
        for at in range(1, length):
            if not beginning[at]:
                continue
            first, second = word[:at], word[at:]
            is_prefix = first in self._prefixes
            if not (beginning[at] == 2 or is_prefix):
                continue
            if listed and self.is_sliver(first, second, at, length - at):
                continue
            if second in self._stop_words:
                continue
            if second in self._endings and self._stem(first) == self._stem(word):
                continue
            if not is_prefix and first in self._affixes and self._stem(second) == self._stem(word):
                continue
            if not is_prefix and not self._may_be_one(first, second):
                stem, other = self._stem(first), self._stem(second)
                if stem == other:
                    continue
                found, documents, few = stand_beside(self._fields, stem, other, self._most)
                times, quarters, fewer = times + 1, quarters + documents // 4, fewer + few
                if not found:
                    continue
            left.append((first, second))
        return left, times, quarters, fewer

    cdef bint is_sliver(self, str first, str second, Py_ssize_t one, Py_ssize_t two) except -1:
        if first == self._lone:
            return two < self._least
        return (one < self._least and first not in self._particles) or (
            two < self._least and second not in self._particles
        )
