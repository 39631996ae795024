"""Where words stand as they were typed, in all segments by one call: in bodies and in titles.

The compiled twin of ``search.local.matching.verbatim`` and of what ``search.local.scoring.holding``
does with titles. Work is counted as these count it.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t
from libc.string cimport memcpy

import numpy as np

from index.kernels.positions cimport intersection, positions_of
from index.kernels.positions import bits, common
from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.searching cimport item

cdef int SHIFT = 32
cdef int64_t FIRST = 0xFFFFFFFF

cdef struct Found:
    # A term of a query in one segment, the word number ``step`` of the query.
    Py_ssize_t ordinal
    Py_ssize_t start
    Py_ssize_t stop
    Py_ssize_t step


cdef class Standing:
    """Where words stand in a field of all segments.

    ``fields``: of each segment its Field or None, or their Lookup; ``segments``: of each the number of its first
    document, its size, and (size,) bool which of its documents are deleted, or None. ``prices``: what
    budgets count for a term that is looked up in a segment, one of which something is read, a
    document that is compared, and a position.
    """

    cdef Lookup lookup
    cdef tuple fields
    cdef list segments
    cdef int64_t looked_up
    cdef int64_t term
    cdef int64_t compared
    cdef int64_t position

    def __cinit__(self, fields not None, list segments not None, tuple prices not None):
        self.lookup = lookup_of(fields)
        self.fields, self.segments = self.lookup.fields, segments
        if len(self.fields) != len(segments):
            raise ValueError("there is one field a segment")
        self.looked_up, self.term, self.compared, self.position = prices

    def runs(self, list terms not None, int64_t most):
        """The places of the first of some terms wherever the others follow it, and the work.

        (n,) int64, ``(document << 32) + position``, ascending. None where the work was more than
        ``most`` before the last segment was looked at. Raises ``FileDamaged``.
        """
        cdef Py_ssize_t count = len(terms), number, at
        cdef int64_t work = self.looked_up * count * len(self.fields)
        cdef Found *places = room(count)
        cdef list found = []
        cdef list known
        cdef Field field
        try:
            known = [self.lookup.find(one) for one in terms]
            for number in range(len(self.fields)):
                if work > most:
                    return None
                if not self.look_up(number, known, places):
                    continue
                work += self.term * count + self.compared * (places[0].stop - places[0].start)
                inside = self.having(number, places, count)
                if not len(inside):
                    continue
                field = self.fields[number]
                begins = None
                for at in range(count):
                    steps = places_of(field, &places[at], inside)
                    work += self.cost(&places[at], len(steps))
                    begins = steps if begins is None else common(begins, steps)
                    if not len(begins):
                        break
                if len(begins):
                    found.append(of_index(begins, inside, self.segments[number][0]))
        finally:
            PyMem_Free(places)
        if not found:
            return np.empty(0, np.int64), work
        return found[0] if len(found) == 1 else np.concatenate(found), work

    def titles(
        self, list terms not None, const float[::1] lengths not None, bint scattered, int64_t most
    ):
        """Which documents' titles have all terms as they were typed, and the work.

        ``lengths``: (N,), of all titles. Groups of document numbers, (n,) int32 each, ascending, each
        part of the one before it; none where no live title has all terms. Of one term: those of which
        it is the title. Of several: those that begin with them, and those of which they are the title;
        where they may be ``scattered``, those that have them in order, those that have one directly
        behind the other, and those of which they are the title. None where the work was more than
        ``most`` before the last segment was looked at. Raises ``FileDamaged``.
        """
        cdef Py_ssize_t count = len(terms), number
        cdef int64_t work = self.looked_up * count * len(self.fields)
        cdef Found *places = room(count)
        cdef list groups = []
        cdef list known
        try:
            known = [self.lookup.find(one) for one in terms]
            for number in range(len(self.fields)):
                if work > most:
                    return None
                if not self.look_up(number, known, places):
                    continue
                work += self.term * count + self.compared * (places[0].stop - places[0].start)
                inside = self.having(number, places, count)
                if not len(inside):
                    continue
                if not 0 <= self.segments[number][0] <= lengths.shape[0] - self.segments[number][1]:
                    raise IndexError("lengths are of other documents")
                if count == 1:
                    found = [whole(inside, lengths[self.segments[number][0]:], 1)]
                elif scattered:
                    found = self.spread(
                        number, places, count, inside, lengths[self.segments[number][0]:], &work
                    )
                else:
                    first = self.beginning(number, places, count, inside, &work)
                    found = [first, whole(first, lengths[self.segments[number][0]:], count)]
                base = np.int32(self.segments[number][0])
                groups.append([one + base for one in found])
        finally:
            PyMem_Free(places)
        if len(groups) > 1:
            groups = [[np.concatenate(parts) for parts in zip(*groups)]]
        return groups[0] if groups else [], work

    cdef int64_t cost(self, const Found *place, Py_ssize_t positions):
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
            one = <const Place *>PyBytes_AsString(known[at]) + number
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

    cdef object having(self, Py_ssize_t number, const Found *places, Py_ssize_t count):
        """The live documents of a segment that have all terms: (n,) int32, or empty."""
        cdef Field field = self.fields[number]
        cdef Py_ssize_t size = self.segments[number][1], at, found
        cdef Py_ssize_t most = places[0].stop - places[0].start
        cdef const uint8_t[::1] gone
        cdef const uint8_t *left_out = NULL
        cdef int32_t[::1] documents
        cdef int32_t *with_all = NULL
        cdef Py_ssize_t *starts
        deleted = self.segments[number][2]
        if deleted is not None:
            gone = deleted.view(np.uint8)
            if gone.shape[0] != size:
                raise IndexError("deletions are of another segment")
            left_out = &gone[0] if size else NULL
        if not most:
            return ()
        starts = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t))
        with_all = <int32_t *>PyMem_Malloc(most * sizeof(int32_t))
        try:
            if starts == NULL or with_all == NULL:
                raise MemoryError
            for at in range(count):
                starts[at], starts[count + at] = places[at].start, places[at].stop
                field.documents.need(places[at].start, places[at].stop)
            with nogil:
                found = intersection(
                    field.documents.data, field.documents.width, starts, starts + count, count,
                    size, left_out, with_all,
                )
            if found < 0:
                raise field._error("it has a document that is none")
            if not found:
                return ()  # as in most segments: an array takes longer than looking
            result = np.empty(found, np.int32)
            documents = result
            memcpy(&documents[0], with_all, found * sizeof(int32_t))
            return result
        finally:
            PyMem_Free(starts)
            PyMem_Free(with_all)

    cdef object beginning(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, object inside, int64_t *work
    ):
        """Those of some documents, which have all terms, that begin with them."""
        cdef Py_ssize_t at, place, kept
        cdef int64_t document
        cdef int64_t[::1] steps
        cdef int32_t[::1] before, documents
        for at in range(count):
            before = inside
            found = places_of(self.fields[number], &places[at], inside)
            work[0] += self.cost(&places[at], len(found))
            steps = found
            having = np.empty(len(inside), np.int32)
            documents = having
            kept = 0
            # What stands where it should has the query's beginning at position 0.
            for place in range(steps.shape[0]):
                if not steps[place] & FIRST:
                    document = steps[place] >> SHIFT
                    if not 0 <= document < before.shape[0] or kept == before.shape[0]:
                        raise IndexError("a position is none")
                    documents[kept] = before[document]
                    kept += 1
            inside = having[:kept]
            if not kept:
                break
        return inside

    cdef list spread(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, object inside,
        const float[::1] lengths, int64_t *work,
    ):
        """Those that have all terms in order, in a run, and those that they are the whole of."""
        cdef Py_ssize_t at, place
        cdef uint64_t ordered, together, reached, following
        cdef uint64_t[:, ::1] standing
        cdef int32_t[::1] documents = inside
        cdef uint8_t[:, ::1] flags
        rows = np.empty((count, len(inside)), np.uint64)
        for at in range(count):
            found, places_read = bits(self.fields[number], places[at].ordinal, inside)
            work[0] += self.cost(&places[at], places_read)
            rows[places[at].step] = found
        standing = rows
        marks = np.empty((3, len(inside)), np.bool_)
        flags = marks.view(np.uint8)
        for place in range(documents.shape[0]):
            ordered = together = standing[0, place]
            for at in range(1, count):
                following = standing[at, place]
                together &= following >> at if at < 64 else 0
                reached = ordered & (0 - ordered)
                # Not at the bit that is reached nor below it; where none is, nowhere.
                ordered = following & (0 - (reached << 1))
            flags[0, place] = ordered != 0
            flags[1, place] = together != 0
            flags[2, place] = together & 1 and lengths[documents[place]] == count
        return [inside[one] for one in marks]


cdef Found *room(Py_ssize_t count) except NULL:
    cdef Found *places
    if not count:
        raise ValueError("of no terms there are no documents")
    places = <Found *>PyMem_Malloc(count * sizeof(Found))
    if places == NULL:
        raise MemoryError
    return places


cdef object places_of(Field field, const Found *place, object inside):
    """Where the first word of a query stands if this term is at its place: (p,) int64, ascending.

    The number in a place is the index in ``inside``, (n,) int32, all of which have the term. Where
    there is no room for the words before it, it is in no document.
    """
    cdef const int32_t[::1] documents = inside
    cdef Py_ssize_t count = documents.shape[0], many, at = 0, number, position
    cdef Py_ssize_t *firsts
    cdef int64_t[::1] found
    firsts = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t))
    if firsts == NULL:
        raise MemoryError
    try:
        many = positions_of(field, place.ordinal, documents, firsts, firsts + count)
        result = np.empty(many, np.int64)
        found = result
        with nogil:
            for number in range(count):
                for position in range(firsts[number], firsts[number] + firsts[count + number]):
                    found[at] = <int64_t>(
                        (<uint64_t>number << SHIFT)
                        + item(field.positions.data, field.positions.width, position)
                        - <uint64_t>place.step
                    )
                    at += 1
    finally:
        PyMem_Free(firsts)
    return result


cdef object whole(object inside, const float[::1] lengths, Py_ssize_t words):
    """Those of some documents of which the title has so many words."""
    cdef const int32_t[::1] documents = inside
    cdef Py_ssize_t number, kept = 0
    cdef int32_t[::1] found
    result = np.empty(documents.shape[0], np.int32)
    found = result
    with nogil:
        for number in range(documents.shape[0]):
            if lengths[documents[number]] == words:
                found[kept] = documents[number]
                kept += 1
    return result[:kept]


cdef object of_index(object places, object inside, Py_ssize_t base):
    """Places with the documents of ``inside`` as they are numbered in the index."""
    cdef int64_t[::1] found = places
    cdef const int32_t[::1] documents = inside
    cdef Py_ssize_t at
    cdef int64_t place
    for at in range(found.shape[0]):
        place = found[at]
        if not 0 <= place >> SHIFT < documents.shape[0]:
            raise IndexError("a position is none")
        found[at] = ((<int64_t>documents[place >> SHIFT] + base) << SHIFT) + (place & FIRST)
    return places
