"""The second stage of the few best articles: which words are neighbours in them, which are alike.

The compiled twin of ``search.local.scoring.features``: the same floats, computed in the same order
and width.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.math cimport fabs
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

import numpy as np

from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.prefetching cimport prefetch_line
from index.kernels.scored cimport add_at
from index.kernels.searching cimport item, lower_bounds, total
from index.kernels.sections cimport are_seen
from index.kernels.slotted cimport in_list, in_tuple
from index.kernels.word cimport Word
from index.kernels.words cimport Words

cdef int OPENING = 64

cdef enum:
    TOGETHER = 64   # documents that are looked for at once

cdef class Sought:
    """Pairs of stems of a query, found in a field of all segments.

    ``scorer``: by which words score; ``fields``: of each segment a Field or None, or their Lookup;
    ``pairs``: each a tuple (first, second, step, idf), worth ``worth`` times its idf. ``terms``: in
    how many segments the stems are, all of them together, each once, and ``postings`` how many they
    have there. Raises ``FileDamaged``, and ValueError for a field without positions.
    """

    def __init__(self, Words scorer not None, fields not None, tuple pairs not None, double worth):
        self._begin(scorer, lookup_of(fields), len(pairs))
        for first, second, step, idf in pairs:
            self.add(first, second, step, worth * <double>idf)
        self.find()

    cdef int _begin(self, Words scorer, Lookup lookup, Py_ssize_t most) except -1:
        """Make room for so many pairs; once."""
        if self.pairs != NULL:
            raise TypeError("it has its pairs")
        if lookup.segments != scorer.segments:
            raise ValueError("there is one field a segment")
        self.pairs = <Both *>PyMem_Malloc((most + 1) * sizeof(Both))
        if self.pairs == NULL:
            raise MemoryError
        self.scorer, self.lookup = scorer, lookup
        self.segments, self.bases = lookup.segments, scorer.bases
        self._stems = []
        return 0

    cdef int add(self, str first, str second, Py_ssize_t step, double worth) except -1:
        """One more pair, for which there is room, before ``find``."""
        cdef Both *both = &self.pairs[self.together]
        if step < 0:
            raise ValueError("a pair is of words one behind the other")
        both.first = _place_of(self._stems, first)
        both.second = _place_of(self._stems, second)
        both.step, both.worth = step, worth
        self.together += 1
        return 0

    cdef int find(self) except -1:
        """Find the stems of all pairs; once, as the last step of making it."""
        cdef Py_ssize_t at = 0, number, stems = len(self._stems)
        self.runs = <Run *>PyMem_Calloc(stems * self.segments + 1, sizeof(Run))
        self.ends = <Py_ssize_t *>PyMem_Malloc((stems + 1) * sizeof(Py_ssize_t))
        if not (self.runs and self.ends):
            raise MemoryError
        for number in range(stems):
            self.postings += self.look_up(<str><object>in_list(self._stems, number), &at)
            self.ends[number] = at
        self.terms, self.stems, self._stems = at, stems, None
        return 0

    def __dealloc__(self):
        PyMem_Free(self.runs)
        PyMem_Free(self.ends)
        PyMem_Free(self.pairs)

    cdef Py_ssize_t look_up(self, str text, Py_ssize_t *at) except -1:
        """Write the runs of a stem from ``at`` on; how many postings they have."""
        cdef Field field
        cdef Run *run
        cdef Py_ssize_t number
        cdef Py_ssize_t postings = 0
        cdef bytes held = self.lookup.find(text)
        cdef const Place *places = <const Place *>PyBytes_AsString(held)
        for number in range(self.segments):
            if places[number].ordinal < 0:
                continue
            run = &self.runs[at[0]]
            run.segment = number
            field = <Field><object>in_tuple(self.lookup.fields, number)
            self.have(run, field, &places[number])
            postings += run.stop - run.start
            at[0] += 1
        return postings

    cdef int have(self, Run *run, Field field, const Place *place) except -1:
        """Have a run's postings, verified, and where its positions are, which may not be yet."""
        run.start, run.stop = place.start, place.stop
        field.need_postings(run.start, run.stop)
        field.positions_between(place.ordinal, &run.first_position, &run.last_position)
        run.documents, run.width = field.documents.data, field.documents.width
        if field.frequencies is not None:
            run.times = field.frequencies.data
            run.times_width = field.frequencies.width
        if field.first is not None:
            run.first, run.first_width = field.first.data, field.first.width
        run.positions, run.positions_width = field.positions.data, field.positions.width
        run.seen, run.shift = field.positions.seen, field.positions.shift
        return 0

    def raised(
        self, const int32_t[::1] documents not None, const double[::1] scores not None,
        const Py_ssize_t[::1] places not None, tuple words not None, double tolerance,
    ):
        """What those of n candidates at ``places`` gain: (pairs + 1, k), and all scores then: (n,).

        ``documents``: (n,), ``places``: (k,), both ascending. A row for each pair, and one of what
        lifts a document to the best that words, within ``tolerance``, do not tell from it.
        ``words``: each a ``Word``; scores are not negative. Raises ``FileDamaged``, IndexError where
        there is no such place or document, ValueError where documents do not ascend.
        """
        cdef Py_ssize_t count = places.shape[0]
        cdef Py_ssize_t size = documents.shape[0]
        cdef Py_ssize_t number
        cdef int32_t *chosen = NULL
        cdef double[:, ::1] rows
        cdef double[::1] then
        cdef double *reached = NULL
        if scores.shape[0] != size:
            raise ValueError("there is a score for each document")
        gains = np.empty((self.together + 1, count))
        result = np.empty(size)
        if not count:
            result[:] = scores
            return gains, result
        for number in range(count):
            if not (places[number - 1] + 1 if number else 0) <= places[number] < size:
                raise IndexError("a candidate is not there")
        rows, then = gains, result
        try:
            chosen = <int32_t *>PyMem_Malloc(count * sizeof(int32_t))
            reached = <double *>PyMem_Malloc(count * sizeof(double))
            if chosen == NULL or reached == NULL:
                raise MemoryError
            for number in range(count):
                chosen[number] = documents[places[number]]
                reached[number] = scores[places[number]]
            self.lift(chosen, count, words, tolerance, &rows[0, 0], reached)
            memcpy(&then[0], &scores[0], size * sizeof(double))
            for number in range(count):
                then[places[number]] = reached[number]
        finally:
            PyMem_Free(chosen)
            PyMem_Free(reached)
        return gains, result

    cdef int lift(
        self, const int32_t *documents, Py_ssize_t count, tuple words, double tolerance,
        double *rows, double *reached,
    ) except -1:
        """Lift documents, which ascend, by what they gain: (pairs + 1, count) ``rows``.

        ``reached``: (count,), the scores before and then. Raises as ``raised``.
        """
        cdef Py_ssize_t number, several = len(words)
        cdef double *given = NULL
        cdef uint64_t *bits = NULL
        cdef int status
        if self.scorer is None or self._stems is not None:
            raise TypeError("its pairs were not found")
        for word in words:
            self.scorer.need(word)
        for number in range(count):
            if not 0 <= documents[number] < self.bases[self.segments]:
                raise IndexError("no such document")
            if number and documents[number - 1] > documents[number]:
                raise ValueError("documents do not ascend")
        try:
            bits = <uint64_t *>PyMem_Calloc((self.stems + 1) * count, sizeof(uint64_t))
            given = <double *>PyMem_Calloc((several + 2) * count + 1, sizeof(double))
            if bits == NULL or given == NULL:
                raise MemoryError
            self.give(words, documents, count, given)
            with nogil:
                status = self.fill(documents, count, bits, rows, reached)
                lift_alike(
                    given, several, count, tolerance, rows + self.together * count, reached,
                    <Py_ssize_t *>bits, given + several * count,
                    <int64_t *>(given + (several + 1) * count),
                )
            if status:
                raise self.misfit()
        finally:
            PyMem_Free(bits)
            PyMem_Free(given)
        return 0

    cdef int give(
        self, tuple words, const int32_t *documents, Py_ssize_t count, double *given
    ) except -1:
        """What each word gives: (words, count), zeros before."""
        cdef Py_ssize_t segment, at, number, start = 0, stop
        cdef Word word
        cdef uint8_t *having = <uint8_t *>PyMem_Malloc(count)
        cdef uint32_t *within = <uint32_t *>PyMem_Malloc(count * sizeof(uint32_t))
        try:
            if having == NULL or within == NULL:
                raise MemoryError
            for segment in range(self.segments):
                stop = start
                while stop < count and documents[stop] < self.bases[segment + 1]:
                    within[stop] = <uint32_t>(documents[stop] - self.bases[segment])
                    stop += 1
                for number in range(len(words)):
                    word = words[number]
                    for at in range(word.at[segment], word.at[segment + 1]):
                        add_at(
                            &word.runs[at], &self.scorer.lead, within + start, stop - start,
                            given + number * count + start, having,
                        )
                start = stop
        finally:
            PyMem_Free(having)
            PyMem_Free(within)
        return 0

    cdef object misfit(self):
        for field in self.lookup.fields:
            if field is not None:
                return (<Field>field)._error("its positions do not fit its frequencies")
        return IndexError

    cdef int fill(
        self, const int32_t *documents, Py_ssize_t count, uint64_t *bits, double *rows,
        double *reached,
    ) except -2 nogil:
        """The rows of pairs; not 0 where positions do not fit frequencies.

        ``bits``: (stems, count) zeros; ``reached``: (count,), the scores before and then with what
        is gained.
        """
        cdef Py_ssize_t place, number
        cdef Py_ssize_t run = 0
        cdef Both *both
        cdef double *gained
        for place in range(self.stems):
            while run < self.ends[place]:
                if self.open(&self.runs[run], documents, count, bits + place * count):
                    return -1
                run += 1
        for place in range(self.together):
            both = &self.pairs[place]
            gained = rows + place * count
            for number in range(count):
                gained[number] = 0.0
                if both.step < OPENING and (
                    bits[both.first * count + number] << both.step
                ) & bits[both.second * count + number]:
                    gained[number] = both.worth
                reached[number] += gained[number]
        return 0

    cdef int open(
        self, const Run *run, const int32_t *documents, Py_ssize_t count, uint64_t *into
    ) except -2 nogil:
        """Set the bits of the first tokens of each document that are a stem."""
        cdef uint32_t wanted[TOGETHER]
        cdef uint32_t rows[TOGETHER]
        cdef Py_ssize_t begins[TOGETHER]
        cdef Py_ssize_t ends[TOGETHER]
        cdef Py_ssize_t having[TOGETHER]
        cdef Py_ssize_t base = self.bases[run.segment]
        cdef Py_ssize_t end = self.bases[run.segment + 1]
        cdef Py_ssize_t low = run.start, summed = run.start
        cdef Py_ssize_t number = 0, several, at, row, first, last, met
        cdef uint64_t before = 0
        cdef uint64_t often = 1
        cdef uint64_t position, positions
        while number < count and documents[number] < base:
            number += 1
        while number < count and documents[number] < end and low < run.stop:
            several = met = 0
            while several < TOGETHER and number + several < count and (
                documents[number + several] < end
            ):
                wanted[several] = <uint32_t>(documents[number + several] - base)
                several += 1
            lower_bounds(run.documents, run.width, low, run.stop, wanted, 0, several, rows)
            low = rows[several - 1]
            for at in range(several):
                row = rows[at]
                if row == run.stop:
                    break
                if item(run.documents, run.width, row) != wanted[at]:
                    continue
                if run.first != NULL and item(run.first, run.first_width, row) >= <uint64_t>OPENING:
                    continue
                if run.times == NULL:
                    before = row - run.start
                else:
                    before += total(run.times, run.times_width, summed, row)
                    summed = row
                    often = item(run.times, run.times_width, row)
                positions = <uint64_t>(run.last_position - run.first_position)
                if before > positions or often > positions - before:
                    return -1
                first = run.first_position + <Py_ssize_t>before
                last = first + <Py_ssize_t>often
                if not are_seen(run.seen, run.shift, run.positions_width, first, last):
                    with gil:
                        (<Field>self.lookup.fields[run.segment]).positions.need(first, last)
                # They are read when all of them are on their way from memory.
                prefetch_line(run.positions + first * run.positions_width)
                begins[met], ends[met], having[met] = first, last, number + at
                met += 1
            for at in range(met):
                for row in range(begins[at], ends[at]):
                    position = item(run.positions, run.positions_width, row)
                    if position >= <uint64_t>OPENING:
                        break
                    into[having[at]] |= <uint64_t>1 << position
            number += several
        return 0


cdef void lift_alike(
    const double *given, Py_ssize_t words, Py_ssize_t count, double tolerance,
    double *gained, double *reached, Py_ssize_t *order, double *first, int64_t *near,
) noexcept nogil:
    """Lift every document to the best of those that words do not tell from it.

    ``given``: (words, count); ``gained``: by how much, which without words is nothing. Room, (count,)
    each: ``order`` for the documents, the best first; ``first`` for what the first word gives them
    in that order; ``near`` for which of them that does not tell from another one.
    """
    cdef Py_ssize_t one, two, at, word, place
    cdef double left, right, most
    cdef int64_t some
    for one in range(count):
        gained[one] = reached[one]
    if words:
        for one in range(count):
            at = one
            while at and gained[order[at - 1]] < gained[one]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = one
        for at in range(count):
            first[at] = given[order[at]]
        for place in range(count):
            one = order[place]
            reached[one] = gained[one] if count == 1 else max(gained[one], 0.0)
            # Nothing is gained by what is no better, which stands behind.
            left, some = first[place], 0
            for at in range(place):
                right = first[at]
                most = left if left > right else right
                near[at] = fabs(left - right) <= tolerance * most
                some |= near[at]
            if not some:
                continue
            for at in range(place):
                two = order[at]
                if gained[two] <= reached[one]:
                    break
                if not near[at]:
                    continue
                for word in range(1, words):
                    left, right = given[word * count + one], given[word * count + two]
                    if not fabs(left - right) <= tolerance * max(left, right):
                        break
                else:
                    reached[one] = gained[two]
                    break
    for one in range(count):
        gained[one] = reached[one] - gained[one]


cdef Sought pairs_for(Words scorer, Lookup lookup, Py_ssize_t most):
    """Room for so many pairs, which are to be added and then found."""
    cdef Sought found = Sought.__new__(Sought)
    found._begin(scorer, lookup, most)
    return found


cdef Py_ssize_t _place_of(list stems, str stem) except -1:
    """The place of a stem among others, the last where it is a new one."""
    cdef Py_ssize_t at
    cdef str one
    for at in range(len(stems) - 1, -1, -1):  # mostly it is the second one of the pair before
        one = <str><object>in_list(stems, at)
        if one is stem or one == stem:
            return at
    stems.append(stem)
    return len(stems) - 1


def lifted(
    double[::1] scores not None, leading, const Py_ssize_t[::1] places not None,
    const uint8_t[::1] held not None, double part,
):
    """What those of some candidates gain that are held, (k,) float64, which ``scores`` get, too.

    All of them the same, so that the last comes before the first of all others by ``part``; where
    some of them are ``leading``, (n,) bool or None, of all others that lead. ``places``, ``held``: (k,).
    """
    cdef Py_ssize_t count = places.shape[0]
    cdef Py_ssize_t size = scores.shape[0]
    cdef Py_ssize_t number
    cdef const uint8_t[::1] first = None
    cdef double[::1] gained
    cdef uint8_t[::1] apart
    if held.shape[0] != count:
        raise ValueError("each of them is held or not")
    if leading is not None:
        first = leading.view(np.uint8)
        if first.shape[0] != size:
            raise ValueError("each candidate leads or not")
    result = np.zeros(count)
    gained = result
    marks = np.zeros(size, np.uint8)
    apart = marks
    for number in range(count):
        if not 0 <= places[number] < size:
            raise IndexError("a candidate is not there")
    if count:
        lift_held(
            &scores[0], &first[0] if first is not None else NULL, size, &places[0], &held[0], count,
            part, &apart[0], &gained[0],
        )
    return result


cdef void lift_held(
    double *scores, const uint8_t *leading, Py_ssize_t size, const Py_ssize_t *places,
    const uint8_t *held, Py_ssize_t count, double part, uint8_t *apart, double *gained,
) noexcept nogil:
    """What ``lifted`` does; ``apart``: (size,) zeros, before and then; ``gained``: (count,) zeros."""
    cdef Py_ssize_t number, place
    cdef bint any_leads = False, some = False
    cdef double least = 0.0
    cdef double most = 0.0
    for number in range(count):
        place = places[number]
        if held[number]:
            least = min(least, scores[place]) if some else scores[place]
            some = True
            apart[place] = 1
            any_leads = any_leads or (leading != NULL and leading[place])
    if not some:
        return
    for place in range(size):
        if not apart[place] and (not any_leads or leading[place]):
            most = max(most, scores[place])
    for number in range(count):
        place = places[number]
        apart[place] = 0
        if held[number]:
            gained[number] = max(most - least, 0.0) + part
            scores[place] += gained[number]
