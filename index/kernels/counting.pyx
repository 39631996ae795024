"""How many documents have a term, and which, through all segments of an index.

Numbers of documents are compared with the size of their segment before they are used as places.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_AsStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy

from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.searching cimport item
from index.kernels.sections cimport View

ctypedef fused numbered:
    uint16_t
    uint32_t

cdef enum:
    TAB = 9
    DIGITS = 9  # of a number of an entry


cdef class Counter:
    """A field of all segments, as a list or a Lookup."""

    cdef Lookup _lookup

    def __cinit__(self, fields not None):
        self._lookup = lookup_of(fields)

    def count(self, str text not None):
        """How many documents have a term, deleted ones included. Raises ``FileDamaged``."""
        return self.documents_of(text)

    cdef Py_ssize_t documents_of(self, str text) except -1:
        return documents_in(self._lookup, self._lookup.find(text))


cdef Py_ssize_t documents_in(Lookup lookup, bytes held) except -1:
    """How many documents a term's places are of."""
    cdef const Place *places = <const Place *>PyBytes_AsString(held)
    cdef Py_ssize_t at, found = 0
    for at in range(lookup.segments):
        found += places[at].stop - places[at].start
    return found


cdef class Counters:
    """Several fields, in each of which terms are counted."""

    cdef list _counters

    def __cinit__(self, list counters not None):
        self._counters = [<Counter?>one for one in counters]

    def most(self, str text not None):
        """How many documents have a term in that field in which most do. Raises ``FileDamaged``."""
        cdef Py_ssize_t found = 0
        cdef Counter counter
        for counter in self._counters:
            found = max(found, counter.documents_of(text))
        return found


def glued(list entries not None, Py_ssize_t at, bytes begin not None, Counter counter not None):
    """The entries of a table of glued words from ``at`` on that begin so, up to the first that does
    not: ``(glued word, start, end, documents that have it)``.

    Raises ``FileDamaged``, ``IndexError`` where ``at`` is below 0, and ``ValueError`` where something
    is no entry.
    """
    cdef Py_ssize_t number, size, length, place, start, end
    cdef const char *head = PyBytes_AsString(begin)
    cdef char *text
    cdef str surface
    if at < 0:
        raise IndexError("no entry is before the first")
    length = len(begin)
    found = []
    for number in range(at, len(entries)):
        PyBytes_AsStringAndSize(entries[number], &text, &size)
        if size < length or memcmp(text, head, length):
            break
        place = length
        while place < size and text[place] != TAB:
            place += 1
        surface = PyUnicode_DecodeUTF8(text + length, place - length, "surrogatepass")
        start = number_at(text, &place, size)
        end = number_at(text, &place, size)
        if place != size:
            raise ValueError("an entry goes on")
        found.append((surface, start, end, counter.documents_of(surface)))
    return found


cdef Py_ssize_t number_at(const char *text, Py_ssize_t *place, Py_ssize_t size) except -1:
    """The number behind the tab that is at ``place``, which is then behind the number."""
    cdef Py_ssize_t found = 0, at = place[0] + 1
    if at >= size or text[place[0]] != TAB:
        raise ValueError("an entry has too few tabs")
    while at < size and text[at] != TAB:
        if not 48 <= text[at] <= 57 or at - place[0] > DIGITS:
            raise ValueError("an entry has no number")
        found = found * 10 + text[at] - 48
        at += 1
    if at == place[0] + 1:
        raise ValueError("an entry has no number")
    place[0] = at
    return found


cdef class Company:
    """The documents that have a word in one of some fields, to compare those of others with.

    ``lookups``: of each field; ``bases``: where each segment's documents begin; ``size``: of all
    segments. Of ``stems`` only the ``most`` that fewest documents have count, by the field in which
    most do, and none that no document has. Raises ``FileDamaged``, TypeError for what is no Lookup,
    ValueError for one of other segments, and IndexError where these overlap.
    """

    cdef tuple _lookups
    cdef list _bases
    cdef Py_ssize_t _size
    cdef list _bits
    cdef readonly list counts   # of each word: how many documents have it
    cdef readonly list of_fields    # and how many in each field, deleted ones included

    def __cinit__(
        self, list lookups not None, list bases not None, Py_ssize_t size, stems not None,
        Py_ssize_t most,
    ):
        cdef Py_ssize_t documents
        cdef bytearray bits
        cdef bytes held
        cdef Lookup lookup
        cdef list some = []
        self._lookups, self._bases, self._size = tuple(lookups), bases, size
        self._bits, self.counts, self.of_fields = [], [], []
        for stem in dict.fromkeys(stems):
            documents = 0
            for lookup in self._lookups:
                documents = max(documents, documents_in(lookup, lookup.find(<str?>stem)))
            if documents:
                some.append((documents, stem))
        some.sort()
        for _, stem in some[:most]:
            bits, counts = having(lookups, bases, size, stem)
            self._bits.append(bits)
            self.counts.append(in_both(bits, bits))
            self.of_fields.append(counts)

    def having(self, str text not None):
        """How many documents have a term, how many in each field, and how many with each word."""
        bits, counts = having(list(self._lookups), self._bases, self._size, text)
        return in_both(bits, bits), counts, [in_both(bits, one) for one in self._bits]


def having(list lookups not None, list bases not None, Py_ssize_t size, str text not None):
    """The documents that have a term in one of some fields, and how many have it in each.

    The documents a bit each, the lowest first, of 64 each eight bytes. ``lookups``: of each field;
    ``bases``: where each segment's documents begin; ``size``: of all segments. Raises
    ``FileDamaged``, TypeError for what is no Lookup, ValueError for one of other segments, and
    IndexError where these overlap.
    """
    cdef bytearray found = bytearray(8 * ((size + 63) // 64))
    cdef uint8_t[::1] bits = found
    cdef Lookup lookup
    cdef Field field
    cdef Py_ssize_t number, base, end, start, stop, documents
    cdef bytes held
    cdef const Place *places
    cdef bint sound
    counts = []
    for one in lookups:
        lookup = <Lookup?>one
        if lookup.segments != len(bases):
            raise ValueError("there is one field a segment")
        held = lookup.find(text)
        places = <const Place *>PyBytes_AsString(held)
        documents = 0
        for number in range(lookup.segments):
            base = bases[number]
            end = bases[number + 1] if number + 1 < lookup.segments else size
            if not 0 <= base <= end <= size:
                raise IndexError("segments overlap")
            start, stop = places[number].start, places[number].stop
            if start == stop:
                continue
            documents += stop - start
            field = <Field>lookup.fields[number]
            field.documents.need(start, stop)
            sound = base < end
            if sound:
                with nogil:
                    sound = mark(&bits[0], field.documents, start, stop, base, end)
            if not sound:
                raise field._error("a document is none of the segment")
        counts.append(documents)
    return found, counts


cdef bint mark(
    uint8_t *bits, View documents, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t base, Py_ssize_t end
) noexcept nogil:
    """Set the bits of documents; whether all were within the segment."""
    cdef const uint8_t *data = documents.data
    cdef int width = documents.width
    cdef Py_ssize_t row
    if width == 2:
        return _mark(bits, <const uint16_t *>data, start, stop, base, end)
    if width == 4:
        return _mark(bits, <const uint32_t *>data, start, stop, base, end)
    for row in range(start, stop):
        if item(data, width, row) >= <uint64_t>(end - base):
            return False
        _set(bits, item(data, width, row) + base)
    return True


cdef bint _mark(
    uint8_t *bits, const numbered *documents, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t base,
    Py_ssize_t end
) noexcept nogil:
    cdef Py_ssize_t row
    for row in range(start, stop):
        if <uint64_t>documents[row] >= <uint64_t>(end - base):
            return False
        _set(bits, <uint64_t>documents[row] + <uint64_t>base)
    return True


cdef inline void _set(uint8_t *bits, uint64_t document) noexcept nogil:
    bits[document >> 3] |= 1 << (document & 7)


def in_both(const uint8_t[::1] one not None, const uint8_t[::1] other not None):
    """How many bits two arrays of as many whole eight bytes have in common."""
    if one.shape[0] != other.shape[0] or one.shape[0] % 8:
        raise IndexError("the arrays differ in length")
    cdef uint64_t left, right
    cdef Py_ssize_t at
    cdef Py_ssize_t found = 0
    with nogil:
        for at in range(0, one.shape[0], 8):
            memcpy(&left, &one[at], 8)
            memcpy(&right, &other[at], 8)
            found += bit_count(left & right)
    return found


cdef inline int bit_count(uint64_t word) noexcept nogil:
    """Pairs of bits, then fours and eights, are added up side by side."""
    word = word - ((word >> 1) & <uint64_t>0x5555555555555555)
    word = (word & <uint64_t>0x3333333333333333) + ((word >> 2) & <uint64_t>0x3333333333333333)
    word = (word + (word >> 4)) & <uint64_t>0x0F0F0F0F0F0F0F0F
    return <int>((word * <uint64_t>0x0101010101010101) >> 56)
