"""Where words stand as they were typed, in all segments by one call: in bodies and in titles.

The compiled twin of ``search.local.matching.verbatim`` and of what ``search.local.scoring.holding``
does with titles. Work is counted as these count it.
"""

include "source.pxi"

from cpython.bytearray cimport PyByteArray_FromStringAndSize
from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t
from libc.string cimport memset

import numpy as np

from index.kernels.positions cimport intersection, positions_of, reached
from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.searching cimport item
from index.kernels.slotted cimport in_list, in_tuple

cdef int SHIFT = 32
cdef int OPENING = 64
cdef enum:
    GROUPS = 3      # of titles, at the most

cdef class Rows:
    """Numbers that get more."""

    def __cinit__(self, Py_ssize_t width):
        self.width = width

    def __dealloc__(self):
        PyMem_Free(self.items)

    cdef void *more(self, Py_ssize_t most) except NULL:
        """Where up to so many follow."""
        cdef void *items
        if self.room < self.length + most or self.items == NULL:
            items = PyMem_Realloc(self.items, (self.length + most + 1) * self.width)
            if items == NULL:
                raise MemoryError
            self.items, self.room = <uint8_t *>items, self.length + most
        return self.items + self.length * self.width

    cdef object array(self, kind):
        """They as an array of a type that is as wide."""
        cdef Py_ssize_t size = self.length * self.width
        if not size:
            return np.empty(0, kind)
        return np.frombuffer(PyByteArray_FromStringAndSize(<char *>self.items, size), kind)


cdef class Inside:
    """The live documents of a segment that have all terms, and room to read positions of theirs."""

    def __cinit__(self, Py_ssize_t most):
        self.documents = <int32_t *>PyMem_Malloc(most * sizeof(int32_t))
        if self.documents == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.documents)
        PyMem_Free(self.firsts)

    cdef Py_ssize_t look(self, Field field, Py_ssize_t ordinal) except -1:
        """Find a term's positions, which ``field.positions`` has; how many there are."""
        if self.firsts == NULL:
            self.firsts = <Py_ssize_t *>PyMem_Malloc(2 * self.length * sizeof(Py_ssize_t))
            if self.firsts == NULL:
                raise MemoryError
            self.counts = self.firsts + self.length
        return positions_of(field, ordinal, self.documents, self.length, self.firsts, self.counts)


cdef class Standing:
    """Where words stand in a field of all segments.

    ``fields``: of each segment its Field or None, or their Lookup; ``segments``: of each the number
    of its first document, its size, and (size,) bool which of its documents are deleted, or None.
    ``prices``: what budgets count for a term that is looked up in a segment, one of which something
    is read, a document that is compared, and a position.
    """

    def __cinit__(self, fields not None, list segments not None, tuple prices not None):
        cdef const uint8_t[::1] gone
        cdef Py_ssize_t number
        self.lookup = lookup_of(fields)
        self.fields, self.segments = self.lookup.fields, len(segments)
        if len(self.fields) != self.segments:
            raise ValueError("there is one field a segment")
        self.looked_up, self.term, self.compared, self.position = prices
        self.bases = <Py_ssize_t *>PyMem_Calloc(3 * self.segments + 1, sizeof(Py_ssize_t))
        if self.bases == NULL:
            raise MemoryError
        self.sizes = self.bases + self.segments
        self.gone = <const uint8_t **>(self.sizes + self.segments)
        self._held = []
        for number, (base, size, deleted) in enumerate(segments):
            self.bases[number], self.sizes[number] = base, size
            if deleted is None:
                continue
            gone = deleted.view(np.uint8)
            if gone.shape[0] != self.sizes[number]:
                raise IndexError("deletions are of another segment")
            if self.sizes[number]:
                self.gone[number] = &gone[0]
                self._held.append(gone)

    def __dealloc__(self):
        PyMem_Free(self.bases)

    def runs(self, tuple terms not None, int64_t most):
        """The places of the first of some terms wherever the others follow it, and the work.

        (n,) int64, ``(document << 32) + position``, ascending. None where the work was more than
        ``most`` before the last segment was looked at. Raises ``FileDamaged``.
        """
        cdef int64_t work = 0
        cdef Rows found = self.places_of(terms, most, &work)
        return None if found is None else (found.array(np.int64), work)

    cdef Rows places_of(self, tuple terms, int64_t most, int64_t *cost):
        """The same: places, int64, and add to what they cost."""
        cdef Py_ssize_t count = len(terms), number, at, place
        cdef int64_t work = self.looked_up * count * self.segments
        cdef int64_t base
        cdef Found *places = room(count)
        cdef Rows found = Rows(sizeof(int64_t))
        cdef Rows steps = Rows(sizeof(int64_t))
        cdef Inside inside
        cdef list known
        cdef Py_ssize_t kept = 0
        cdef int64_t *begins = NULL
        try:
            known = found_in(self.lookup, terms)
            for number in range(self.segments):
                if work > most:
                    return None
                if not self.look_up(number, known, places):
                    continue
                work += self.term * count + self.compared * (places[0].stop - places[0].start)
                inside = self.having(number, places, count)
                if not inside.length:
                    continue
                for at in range(count):
                    place = inside.look(self.fields[number], places[at].ordinal)
                    work += self.cost(&places[at], place)
                    if at == 0:
                        begins = <int64_t *>found.more(place)
                        kept = place
                        stand(self.fields[number], inside, places[at].step, begins)
                    else:
                        steps.length = 0
                        stand(
                            self.fields[number], inside, places[at].step,
                            <int64_t *>steps.more(place),
                        )
                        kept = common(begins, kept, <int64_t *>steps.items, place)
                    if not kept:
                        break
                base = self.bases[number]
                for at in range(kept):
                    # Where there is no room for the words before one, it is in no document.
                    if not 0 <= begins[at] >> SHIFT < inside.length:
                        raise IndexError("a position is none")
                    begins[at] += (
                        inside.documents[begins[at] >> SHIFT] + base - (begins[at] >> SHIFT)
                    ) << SHIFT
                found.length += kept
        finally:
            PyMem_Free(places)
        cost[0] += work
        return found

    def titles(
        self, tuple terms not None, const float[::1] lengths not None, bint scattered, int64_t most
    ):
        """Which documents' titles have all terms as they were typed, and the work.

        ``lengths``: (N,) float32, of all titles. Groups of document numbers, (n,) int32 each,
        ascending, each part of the one before it and smaller, none empty; in place of the groups
        None where no live title has all terms. Of one term: those of which it is the title. Of
        several: those that begin with them, and those of which they are the title; where they may be
        ``scattered``, those that have them in order, those that have one directly behind the other,
        and those of which they are the title. None where the work was more than ``most`` before the
        last segment was looked at. Raises ``FileDamaged``.
        """
        cdef int64_t work = 0
        cdef Py_ssize_t size = lengths.shape[0]
        cdef list found = self.titles_of(
            terms, &lengths[0] if size else NULL, size, scattered, most, &work
        )
        if found is not None:
            found = [(<Rows>one).array(np.int32) for one in found]
        elif work < 0:
            return None
        return found, work

    cdef list titles_of(
        self, tuple terms, const float *lengths, Py_ssize_t titles, bint scattered, int64_t most,
        int64_t *cost,
    ):
        """The groups, each ``Rows`` of int32, and what they cost; less than 0 where it was too much."""
        cdef Py_ssize_t count = len(terms), number, at, base
        cdef int64_t work = self.looked_up * count * self.segments
        cdef Found *places = room(count)
        cdef list groups = None
        cdef list known
        cdef Inside inside
        cost[0] = -1
        try:
            known = found_in(self.lookup, terms)
            for number in range(self.segments):
                if work > most:
                    return None
                if not self.look_up(number, known, places):
                    continue
                work += self.term * count + self.compared * (places[0].stop - places[0].start)
                inside = self.having(number, places, count)
                if not inside.length:
                    continue
                base = self.bases[number]
                if not 0 <= base <= titles - self.sizes[number]:
                    raise IndexError("lengths are of other documents")
                if groups is None:
                    at = 1 if count == 1 else GROUPS if scattered else GROUPS - 1
                    groups = [Rows(sizeof(int32_t)) for _ in range(at)]
                if count > 1 and scattered:
                    self.spread(number, places, count, inside, lengths + base, groups, &work)
                    continue
                if count > 1:
                    self.beginning(number, places, count, inside, &work)
                    keep(groups[0], inside, base)
                keep_whole(groups[count > 1], inside, base, lengths + base, count)
        finally:
            PyMem_Free(places)
        cost[0] = work
        if groups is None:
            return None
        # Each is part of the one before it: of equals the last is enough.
        sizes = [(<Rows>one).length for one in groups]
        return [
            groups[at]
            for at in range(len(sizes))
            if sizes[at] and sizes[at] not in sizes[at + 1 :]
        ]

    cdef int64_t cost(self, const Found *place, Py_ssize_t positions) noexcept:
        """What reading a term's positions costs."""
        return self.term + (place.stop - place.start) // 4 + self.position * positions

    cdef bint look_up(self, Py_ssize_t number, list known, Found *places) except -1:
        """Order terms, of each what the Lookup knows, the rarest in a segment first.

        Whether the segment has all of them.
        """
        cdef Py_ssize_t at, before
        cdef const Place *one
        cdef Found place
        for at in range(len(known)):
            one = <const Place *>PyBytes_AsString(<object>in_list(known, at)) + number
            if one.ordinal < 0:
                return False
            place.step, place.ordinal, place.start, place.stop = at, one.ordinal, one.start, one.stop
            before = at
            while before and (
                places[before - 1].stop - places[before - 1].start > place.stop - place.start
            ):
                places[before] = places[before - 1]
                before -= 1
            places[before] = place
        return True

    cdef Inside having(self, Py_ssize_t number, const Found *places, Py_ssize_t count):
        """The live documents of a segment that have all terms."""
        cdef Field field = <Field?><object>in_tuple(self.fields, number)
        cdef Py_ssize_t size = self.sizes[number], at
        cdef Py_ssize_t most = places[0].stop - places[0].start
        cdef Inside inside = Inside(most)
        cdef const uint8_t *left_out = self.gone[number]
        cdef Py_ssize_t *starts
        if not most:
            return inside
        starts = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t))
        try:
            if starts == NULL:
                raise MemoryError
            for at in range(count):
                starts[at], starts[count + at] = places[at].start, places[at].stop
                field.documents.need(places[at].start, places[at].stop)
            with nogil:
                inside.length = intersection(
                    field.documents.data, field.documents.width, starts, starts + count, count,
                    size, left_out, inside.documents,
                )
            if inside.length < 0:
                raise field._error("it has a document that is none")
            return inside
        finally:
            PyMem_Free(starts)

    cdef int beginning(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, Inside inside, int64_t *work
    ) except -1:
        """Leave those of some documents, which have all terms, that begin with them."""
        cdef Py_ssize_t at, document, position, kept
        cdef uint64_t step
        cdef Field field = self.fields[number]
        for at in range(count):
            work[0] += self.cost(&places[at], inside.look(field, places[at].ordinal))
            step = <uint64_t>places[at].step
            kept = 0
            for document in range(inside.length):
                for position in range(
                    inside.firsts[document], inside.firsts[document] + inside.counts[document]
                ):
                    if item(field.positions.data, field.positions.width, position) == step:
                        inside.documents[kept] = inside.documents[document]
                        kept += 1
                        break
            inside.length = kept
            if not kept:
                break
        return 0

    cdef int spread(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, Inside inside,
        const float *lengths, list groups, int64_t *work,
    ) except -1:
        """Keep those that have all terms in order, in a run, and those that they are the whole of."""
        cdef Py_ssize_t at, place, base = self.bases[number], size = inside.length
        cdef uint64_t ordered, together, runs, following
        cdef uint64_t *standing = <uint64_t *>PyMem_Malloc(count * size * sizeof(uint64_t))
        cdef Field field = self.fields[number]
        cdef Rows in_order = groups[0], in_a_run = groups[1], whole = groups[2]
        try:
            if standing == NULL:
                raise MemoryError
            for at in range(count):
                work[0] += self.cost(&places[at], inside.look(field, places[at].ordinal))
                note(field, inside, standing + places[at].step * size)
            for place in range(size):
                ordered = together = standing[place]
                for at in range(1, count):
                    following = standing[at * size + place]
                    together &= following >> at if at < 64 else 0
                    runs = ordered & (0 - ordered)
                    # Not at the bit that is reached nor below it; where none is, nowhere.
                    ordered = following & (0 - (runs << 1))
                if ordered:
                    keep_one(in_order, inside.documents[place] + base)
                if together:
                    keep_one(in_a_run, inside.documents[place] + base)
                if together & 1 and lengths[inside.documents[place]] == count:
                    keep_one(whole, inside.documents[place] + base)
        finally:
            PyMem_Free(standing)
        return 0


cdef list found_in(Lookup lookup, tuple terms):
    """Of each term what a Lookup knows."""
    cdef Py_ssize_t at
    cdef list found = []
    for at in range(len(terms)):
        one = <object>in_tuple(terms, at)
        if one is None:
            raise TypeError("a term is a text")
        found.append(lookup.find(<str?>one))
    return found


cdef Found *room(Py_ssize_t count) except NULL:
    cdef Found *places
    if not count:
        raise ValueError("of no terms there are no documents")
    places = <Found *>PyMem_Malloc(count * sizeof(Found))
    if places == NULL:
        raise MemoryError
    return places


cdef void stand(Field field, Inside inside, Py_ssize_t step, int64_t *found) noexcept:
    """Write where the first word of a query stands if a term is at its place, ``step``: ascending.

    ``inside`` looked at the term last; the number in a place is the index in its documents.
    """
    cdef Py_ssize_t number, position, at = 0
    cdef const uint8_t *data = field.positions.data
    cdef int width = field.positions.width
    with nogil:
        for number in range(inside.length):
            for position in range(
                inside.firsts[number], inside.firsts[number] + inside.counts[number]
            ):
                found[at] = <int64_t>(
                    (<uint64_t>number << SHIFT) + item(data, width, position) - <uint64_t>step
                )
                at += 1


cdef void note(Field field, Inside inside, uint64_t *found) noexcept:
    """Note where the term that was looked at last stands among the first tokens: bit p for token p."""
    cdef Py_ssize_t number, at
    cdef uint64_t position
    cdef const uint8_t *data = field.positions.data
    cdef int width = field.positions.width
    memset(found, 0, inside.length * sizeof(uint64_t))
    with nogil:
        for number in range(inside.length):
            for at in range(inside.firsts[number], inside.firsts[number] + inside.counts[number]):
                position = item(data, width, at)
                if position < <uint64_t>OPENING:
                    found[number] |= <uint64_t>1 << position


cdef Py_ssize_t common(
    int64_t *few, Py_ssize_t count, const int64_t *many, Py_ssize_t others
) noexcept:
    """Leave those of ``few`` that are among ``many``; both ascend."""
    cdef Py_ssize_t number, found = 0, at = 0
    with nogil:
        for number in range(count):
            at = reached(many, at, others, few[number])
            if at == others:
                break
            if many[at] == few[number]:
                few[found] = few[number]
                found += 1
    return found


cdef int keep(Rows group, Inside inside, Py_ssize_t base) except -1:
    """Keep all documents, as they are numbered in the index."""
    cdef Py_ssize_t at
    cdef int32_t *found = <int32_t *>group.more(inside.length)
    for at in range(inside.length):
        found[at] = <int32_t>(inside.documents[at] + base)
    group.length += inside.length
    return 0


cdef int keep_whole(
    Rows group, Inside inside, Py_ssize_t base, const float *lengths, Py_ssize_t words
) except -1:
    """Keep those of which the title has so many words."""
    cdef Py_ssize_t at, kept = 0
    cdef int32_t *found = <int32_t *>group.more(inside.length)
    for at in range(inside.length):
        if lengths[inside.documents[at]] == words:
            found[kept] = <int32_t>(inside.documents[at] + base)
            kept += 1
    group.length += kept
    return 0


cdef int keep_one(Rows group, Py_ssize_t document) except -1:
    """Keep a document."""
    cdef int32_t *found = <int32_t *>group.more(1 if group.length < group.room else group.length + 8)
    found[0] = <int32_t>document
    group.length += 1
    return 0
