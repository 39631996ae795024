"""How many documents have a term, and which, through all segments of an index.

Numbers of documents are compared with the size of their segment before they are used as places.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.math cimport log1p
from libc.string cimport memcpy, memset

from index.kernels.postings cimport Field, Lookup, Place, lookup_of, most_documents
from index.kernels.searching cimport galloped, item
from index.kernels.sections cimport View

ctypedef fused numbered:
    uint16_t
    uint32_t

cdef extern from "bits.h":
    size_t warta_popcount(const uint64_t *words, size_t number) nogil

cdef enum:
    SOME = 64   # words of bits that are compared at once
    FEW = 512   # documents of a segment with a term that are looked for one by one
    TRIED = 32  # documents of a term that are looked for first
    LOOK = 32   # what that takes for one in another's, where to mark it takes 1


cdef class Counter:
    """A field of all segments, as a list or a Lookup."""

    cdef Lookup _lookup

    def __cinit__(self, fields not None):
        self._lookup = lookup_of(fields)

    def count(self, str text not None):
        """How many documents have a term, deleted ones included. Raises ``FileDamaged``."""
        return self._lookup.documents_in(self._lookup.find(text))


cdef class Counters:
    """Several fields, in each of which terms are counted."""

    cdef tuple _lookups

    def __cinit__(self, list counters not None):
        self._lookups = tuple([(<Counter?>one)._lookup for one in counters])

    def most(self, str text not None):
        """How many documents have a term in that field in which most do. Raises ``FileDamaged``."""
        return most_documents(self._lookups, text)


cdef class Company:
    """The documents that have a word in one of some fields, to compare those of others with.

    ``lookups``: of each field; ``bases``: where each segment's documents begin; ``size``: of all
    segments. Of ``stems`` only the ``most`` that fewest documents have count, by the field in which
    most do, and none that no document has. ``of_fields``: of each, how many documents have it in
    each field, deleted ones included. Raises ``FileDamaged``, TypeError for what is no Lookup,
    ValueError for one of other segments, and IndexError where these overlap.
    """

    cdef tuple _lookups
    cdef list _bases
    cdef Py_ssize_t _size
    cdef list _stems
    cdef list _held     # of each word its places in each field
    cdef list _bits     # of each word, None until they are asked for
    cdef Py_ssize_t _marks  # what it takes to have their bits, about, where a document is 1
    cdef readonly list of_fields

    def __cinit__(
        self, list lookups not None, list bases not None, Py_ssize_t size, stems not None,
        Py_ssize_t most,
    ):
        cdef Py_ssize_t documents, number
        cdef list held, counts, some = []
        cdef dict known = {}
        cdef Lookup lookup
        self._lookups, self._bases, self._size = tuple(lookups), bases, size
        for lookup in self._lookups:
            if lookup.segments != len(bases):
                raise ValueError("there is one field a segment")
        for stem in stems:
            if stem in known:
                continue
            known[stem] = None
            documents, held, counts = 0, [], []
            for lookup in self._lookups:
                places = lookup.find(<str?>stem)
                number = lookup.documents_in(places)
                held.append(places)
                counts.append(number)
                documents = max(documents, number)
            if documents:
                some.append((documents, stem, held, counts))
        if len(some) > 1:
            some.sort()
        if len(some) > most:
            del some[most:]
        self._stems, self._held, self._bits, self.of_fields = [], [], [], []
        self._marks = size // 8
        for _, stem, held, counts in some:
            self._stems.append(stem)
            self._held.append(held)
            self._bits.append(None)
            self.of_fields.append(counts)
            for number in counts:
                self._marks += number

    cdef list _in_fields(self, list held):
        """How many documents a term's places in each field are of."""
        cdef list found = []
        cdef Py_ssize_t at
        cdef Lookup lookup
        for at in range(len(held)):
            lookup = <Lookup>self._lookups[at]
            found.append(lookup.documents_in(<bytes>held[at]))
        return found

    cdef object _bits_of(self, Py_ssize_t number):
        """The documents that have a word, see ``having``."""
        bits = self._bits[number]
        if bits is None:
            bits, _ = having(list(self._lookups), self._bases, self._size, self._stems[number])
            self._bits[number] = bits
        return bits

    def counts(self):
        """How many documents have each word."""
        cdef Py_ssize_t number
        every = [self._bits_of(number) for number in range(len(self._stems))]
        return [in_both(bits, bits) for bits in every]

    def having(self, str text not None):
        """How many documents have a term, how many in each field, and how many with each word."""
        cdef Py_ssize_t number
        bits, counts = having(list(self._lookups), self._bases, self._size, text)
        both = [in_both(bits, self._bits_of(number)) for number in range(len(self._stems))]
        return in_both(bits, bits), counts, both

    def both(self, str text not None):
        """How many documents have a term in each field, and how many have it with each word.

        Sooner than ``having`` where these are few, of which each is looked for among the others'.
        """
        cdef list held = []
        cdef list counts, both = None
        cdef Py_ssize_t documents = 0
        cdef Lookup lookup
        for lookup in self._lookups:
            held.append(lookup.find(text))
        counts = self._in_fields(held)
        for number in counts:
            documents += number
        if documents * len(self._lookups) * len(self._stems) * LOOK <= self._marks:
            both = self._both(held)
        return counts, self.having(text)[2] if both is None else both

    cdef double at_least(self, list held, double enough) except -1:
        """No more than the mean over the words of log(1 + the documents that a term has with each).

        By the first documents of the term's places in the last field, till that is ``enough``.
        """
        cdef Py_ssize_t last = len(held) - 1, number, segment, start, stop, at, both, left
        cdef const Place *own = <const Place *>PyBytes_AsString(<bytes>held[last])
        cdef const Place *place
        cdef double before, total = 0.0
        cdef uint64_t document
        cdef tuple fields = (<Lookup>self._lookups[last]).fields
        cdef Field field
        for number in range(len(self._held)):
            before, both, left = total, 0, TRIED
            place = <const Place *>PyBytes_AsString(<bytes>(<list>self._held[number])[last])
            for segment in range(len(fields)):
                start, stop = place[segment].start, place[segment].stop
                at = own[segment].start
                if start == stop or at == own[segment].stop:
                    continue
                field = <Field>fields[segment]
                field.documents.need(start, stop)
                field.documents.need(at, own[segment].stop)
                while at < own[segment].stop and start < stop and left:
                    document = field.documents.at(at)
                    start = galloped(field.documents.data, field.documents.width, start, stop, document)
                    if start < stop and field.documents.at(start) == document:
                        both += 1
                        total = before + log1p(<double>both)
                        if total / len(self._held) > enough:
                            return total / len(self._held)
                    at, left = at + 1, left - 1
        return total / len(self._held)

    cdef list _both(self, list held):
        """The same by a term's places in each field; None where a segment has more than ``FEW``."""
        cdef uint64_t some[3][FEW]
        cdef uint64_t *documents = some[0]
        cdef uint64_t *before = some[1]
        cdef uint64_t *rest
        cdef Py_ssize_t number, at, segment, count
        cdef const Place *place
        cdef list found = [0] * len(self._stems)
        cdef list other
        cdef Lookup lookup
        cdef Field field
        cdef uint8_t seen[FEW]
        for segment in range(len(self._bases)):
            count = 0
            for at in range(len(held)):
                lookup = <Lookup>self._lookups[at]
                place = <const Place *>PyBytes_AsString(<bytes>held[at]) + segment
                if place.start == place.stop:
                    continue
                # What is merged then has no more room than that either.
                if place.stop - place.start > FEW - count:
                    return None
                field = <Field>lookup.fields[segment]
                field.documents.need(place.start, place.stop)
                for number in range(place.start, place.stop):
                    some[2][number - place.start] = field.documents.at(number)
                count = merged(before, count, some[2], place.stop - place.start, documents)
                rest, documents, before = documents, before, documents
            # What was merged last is ``before``.
            for number in range(len(self._stems) if count else 0):
                memset(seen, 0, <size_t>count)
                other = <list>self._held[number]
                for at in range(len(other)):
                    lookup = <Lookup>self._lookups[at]
                    place = <const Place *>PyBytes_AsString(<bytes>other[at]) + segment
                    if place.start < place.stop:
                        field = <Field>lookup.fields[segment]
                        field.documents.need(place.start, place.stop)
                        look_for(field.documents, place.start, place.stop, before, count, seen)
                found[number] += sum_of(seen, count)
        return found


cdef class Companies:
    """How often words stand with others of an index, and what finding that out costs.

    The first four as ``Company`` has them. ``fixed``, ``a_term``: what a word costs, and what it
    costs more for each field besides a quarter of its documents. Shared by threads.
    """

    cdef list _lookups
    cdef list _bases
    cdef Py_ssize_t _size
    cdef Py_ssize_t _most
    cdef Py_ssize_t _fixed
    cdef Py_ssize_t _a_term

    def __cinit__(
        self, list lookups not None, list bases not None, Py_ssize_t size, Py_ssize_t most,
        Py_ssize_t fixed, Py_ssize_t a_term,
    ):
        self._lookups, self._bases, self._size, self._most = lookups, bases, size, most
        self._fixed, self._a_term = fixed, a_term

    def often(self, stems not None, str text not None, double enough):
        """``(counting, often, work)``: how often a term stands with some stems.

        ``counting``: how many of the ``stems`` count, see ``Company``; ``work``: what that costs.
        ``often``: as ``often`` of ``search.local.completing.company``; 0.0 where no stem counts, as
        then nobody asks. What is more than ``enough`` need not be told to the end: in its place may
        stand a smaller number that is more than ``enough``, too. Raises ``FileDamaged``.
        """
        cdef Company company = Company(
            self._lookups, self._bases, self._size, stems, self._most
        )
        cdef Py_ssize_t work
        cdef double mean
        cdef list of_fields, held
        if not company.of_fields:
            return 0, 0.0, 0
        held = [(<Lookup>one).find(text) for one in self._lookups]
        work = self._work_of(company._in_fields(held))
        for of_fields in company.of_fields:
            work += self._work_of(of_fields)
        mean = company.at_least(held, enough)
        if mean <= enough:
            mean = mean_of(<list>company.both(text)[1])
        return len(company.of_fields), mean, work

    def beside(self, stems not None, str text not None):
        """``(often, work)``: how often a term stands with stems, of which some count, to the end.

        ``work``: of the term alone. Raises ``FileDamaged``, ValueError where no stem counts.
        """
        cdef Company company = Company(
            self._lookups, self._bases, self._size, stems, self._most
        )
        if not company.of_fields:
            raise ValueError("no document has any of the stems")
        of_fields, both = company.both(text)
        return mean_of(<list>both), self._work_of(<list>of_fields)

    cdef Py_ssize_t _work_of(self, list counts) except -1:
        """What a word costs that so many documents have in each field."""
        cdef Py_ssize_t documents, work = self._fixed
        for documents in counts:
            work += self._a_term + documents // 4
        return work


cdef double mean_of(list counts) except -1.0:
    """The mean of log(1 + count) of some."""
    cdef double found = 0.0
    cdef Py_ssize_t documents
    for documents in counts:
        found += log1p(<double>documents)
    return found / len(counts)


cdef Py_ssize_t merged(
    const uint64_t *one, Py_ssize_t size, const uint64_t *other, Py_ssize_t length, uint64_t *found
) noexcept nogil:
    """Two ascending arrays as one that has each number once; how many it has."""
    cdef Py_ssize_t left = 0, right = 0, count = 0
    cdef uint64_t number
    while left < size or right < length:
        if right >= length or (left < size and one[left] <= other[right]):
            number = one[left]
            right += right < length and other[right] == number
            left += 1
        else:
            number = other[right]
            right += 1
        found[count] = number
        count += 1
    return count


cdef void look_for(
    View documents, Py_ssize_t start, Py_ssize_t stop, const uint64_t *wanted, Py_ssize_t count,
    uint8_t *seen
) noexcept nogil:
    """Set for each of some ascending numbers whether it is among documents."""
    cdef Py_ssize_t at
    for at in range(count):
        if start < stop and item(documents.data, documents.width, start) < wanted[at]:
            start = galloped(documents.data, documents.width, start, stop, wanted[at])
        if start >= stop:
            break
        seen[at] |= item(documents.data, documents.width, start) == wanted[at]


cdef Py_ssize_t sum_of(const uint8_t *flags, Py_ssize_t count) noexcept nogil:
    cdef Py_ssize_t at, found = 0
    for at in range(count):
        found += flags[at]
    return found


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
    cdef uint64_t both[SOME]
    cdef uint64_t word
    cdef Py_ssize_t start = 0, number, at, found = 0
    with nogil:
        while start < one.shape[0]:
            number = min(SOME, (one.shape[0] - start) >> 3)
            memcpy(both, &one[start], number << 3)
            for at in range(number):
                memcpy(&word, &other[start + (at << 3)], 8)
                both[at] &= word
            found += warta_popcount(both, number)
            start += number << 3
    return found
