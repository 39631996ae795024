"""Where terms stand: documents that have several, and the places of a term in documents.

The compiled twin of ``search.local.matching.positions`` and ``verbatim``. Documents are numbered
within their segment, ``(n,) int32`` ascending. A place is ``(number << 32) + position``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

import numpy as np

from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.searching cimport galloped, item, lower_bounds, total
from index.kernels.sections cimport View

cdef int SHIFT = 32
cdef int OPENING = 64

cdef enum:
    BATCH = 256     # documents that are looked for together
    NOT_THERE = -1
    MISFIT = -2


cdef class Across:
    """A field through all segments, to look for terms that it has in one segment together."""

    cdef Lookup lookup

    def __cinit__(self, fields not None):
        self.lookup = lookup_of(fields)  # of each segment its Field, or None

    def find(self, list terms not None):
        """The segments that have all of some terms: (number, terms, postings of the rarest) each.

        Of each term its ordinal, and where its postings begin and end. Raises ``FileDamaged``.
        """
        cdef list found = []
        cdef list places
        cdef list known = [self.lookup.find(one) for one in terms]
        cdef Py_ssize_t number, at, rarest
        cdef const Place *place
        for number in range(self.lookup.segments):
            places = []
            rarest = -1
            for at in range(len(known)):
                place = <const Place *>PyBytes_AsString(known[at]) + number
                if place.ordinal < 0:
                    break
                rarest = place.stop - place.start if rarest < 0 else min(
                    rarest, place.stop - place.start
                )
                places.append((place.ordinal, place.start, place.stop))
            else:
                if self.lookup.fields[number] is not None:
                    found.append((number, places, rarest))
        return found


def having_all(Field field not None, list ordinals not None, Py_ssize_t size, deleted):
    """The documents of a segment of ``size`` that have all of some terms of a field: (n,) int32.

    ``deleted``: (size,) bool, which are left out, or None. Raises ``FileDamaged``.
    """
    cdef Py_ssize_t terms = len(ordinals)
    cdef Py_ssize_t number, found
    cdef const uint8_t[::1] out_ = None
    cdef int32_t[::1] having
    cdef const uint8_t *left_out = NULL
    cdef Py_ssize_t *starts
    cdef Py_ssize_t *stops
    if not terms:
        raise ValueError("of no terms there are no documents")
    if deleted is not None:
        out_ = deleted.view(np.uint8)
        if out_.shape[0] != size:
            raise IndexError("deletions are of another segment")
        left_out = &out_[0] if size else NULL
    starts = <Py_ssize_t *>PyMem_Malloc(2 * terms * sizeof(Py_ssize_t))
    if starts == NULL:
        raise MemoryError
    stops = starts + terms
    try:
        for number in range(terms):
            field.range_of(ordinals[number], &starts[number], &stops[number])
            field.documents.need(starts[number], stops[number])
        order_by_length(starts, stops, terms)
        result = np.empty(stops[0] - starts[0], np.int32)
        if not len(result):
            return result
        having = result
        with nogil:
            found = intersection(
                field.documents.data, field.documents.width, starts, stops, terms,
                size, left_out, &having[0],
            )
    finally:
        PyMem_Free(starts)
    if found < 0:
        raise field._error("it has a document that is none")
    return result[:found]


cdef void order_by_length(Py_ssize_t *starts, Py_ssize_t *stops, Py_ssize_t count) noexcept nogil:
    """Put runs in order, the shortest first; there are few."""
    cdef Py_ssize_t at, before, start, stop
    for at in range(1, count):
        start, stop = starts[at], stops[at]
        before = at
        while before and stops[before - 1] - starts[before - 1] > stop - start:
            starts[before], stops[before] = starts[before - 1], stops[before - 1]
            before -= 1
        starts[before], stops[before] = start, stop


cdef Py_ssize_t intersection(
    const uint8_t *documents, int width, Py_ssize_t *starts, const Py_ssize_t *stops,
    Py_ssize_t terms, Py_ssize_t size, const uint8_t *left_out, int32_t *having,
) noexcept nogil:
    """Write what all runs have; how many that are. ``starts`` move on.

    Items are of 2 or 4 bytes. Those of the first run are looked for in each other one together, so
    that memory is waited for once.
    """
    cdef uint32_t wanted[BATCH]
    cdef uint32_t places[BATCH]
    cdef Py_ssize_t at = starts[0], number, count, one, last, kept, found = 0
    cdef const uint8_t *run
    cdef uint64_t document
    while at < stops[0]:
        number = min(BATCH, stops[0] - at)
        count = 0
        for one in range(at, at + number):
            document = item(documents, width, one)
            if document >= <uint64_t>size:
                return NOT_THERE
            wanted[count] = <uint32_t>document
            count += left_out == NULL or not left_out[document]
        at += number
        for number in range(1, terms):
            if not count:
                break
            run = documents + starts[number] * width
            last = stops[number] - starts[number]
            if not last:
                return found
            last = min(galloped(run, width, 0, last, wanted[count - 1]) + 1, last)
            lower_bounds(run, width, 0, last, wanted, 0, count, places)
            starts[number] += places[count - 1]
            kept = 0
            for one in range(count):
                wanted[kept] = wanted[one]
                kept += places[one] < last and item(run, width, places[one]) == wanted[one]
            count = kept
        for one in range(count):
            having[found + one] = <int32_t>wanted[one]
        found += count
    return found


def places(Field field not None, Py_ssize_t ordinal, const int32_t[::1] documents not None):
    """Every place of a term in documents, all of which have it: (p,) int64, ascending.

    The number in a place is the index in ``documents``. Raises ``FileDamaged``.
    """
    cdef Py_ssize_t *firsts
    cdef Py_ssize_t count = documents.shape[0]
    cdef Py_ssize_t sum_, at, number, position
    cdef int64_t[::1] found
    cdef const uint8_t *data
    cdef int width
    if not count:
        return np.empty(0, np.int64)
    firsts = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t))
    if firsts == NULL:
        raise MemoryError
    try:
        sum_ = positions_of(field, ordinal, &documents[0], count, firsts, firsts + count)
        result = np.empty(sum_, np.int64)
        if sum_:
            found = result
            data, width = field.positions.data, field.positions.width
            with nogil:
                at = 0
                for number in range(count):
                    for position in range(firsts[number], firsts[number] + firsts[count + number]):
                        found[at] = (number << SHIFT) + <int64_t>item(data, width, position)
                        at += 1
    finally:
        PyMem_Free(firsts)
    return result


def bits(Field field not None, Py_ssize_t ordinal, const int32_t[::1] documents not None):
    """Where a term stands among the first tokens of such documents, and how many places it has.

    (n,) uint64, bit p set where token p is the term. Raises ``FileDamaged``.
    """
    cdef Py_ssize_t *firsts
    cdef Py_ssize_t count = documents.shape[0]
    cdef Py_ssize_t number, at, sum_
    cdef uint64_t[::1] found
    cdef uint64_t position
    cdef const uint8_t *data
    cdef int width
    result = np.zeros(count, np.uint64)
    if not count:
        return result, 0
    found = result
    firsts = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t))
    if firsts == NULL:
        raise MemoryError
    try:
        sum_ = positions_of(field, ordinal, &documents[0], count, firsts, firsts + count)
        data, width = field.positions.data, field.positions.width
        with nogil:
            for number in range(count):
                for at in range(firsts[number], firsts[number] + firsts[count + number]):
                    position = item(data, width, at)
                    if position < <uint64_t>OPENING:
                        found[number] |= <uint64_t>1 << position
    finally:
        PyMem_Free(firsts)
    return result, sum_


cdef Py_ssize_t positions_of(
    Field field, Py_ssize_t ordinal, const int32_t *documents, Py_ssize_t count,
    Py_ssize_t *firsts, Py_ssize_t *counts,
) except -1:
    """Where the positions of some postings of a term begin, how many each has, and all have."""
    cdef Py_ssize_t start, stop, first, last, found
    cdef View times = field.frequencies
    cdef const uint8_t *often = NULL
    field.range_of(ordinal, &start, &stop)
    field.documents.need(start, stop)
    field.positions_between(ordinal, &first, &last)
    if times is not None:
        times.need(start, stop)
        often = times.data
    with nogil:
        found = counted(
            field.documents.data, field.documents.width,
            often, 1 if times is None else times.width,
            start, stop, last - first, documents, count, firsts, counts,
        )
        if found >= 0:
            for start in range(count):
                firsts[start] += first
    if found == MISFIT:
        raise field._error("its positions do not fit its frequencies")
    if found < 0:
        raise field._error("its documents do not ascend")
    for start in range(count):
        field.positions.need(firsts[start], firsts[start] + counts[start])
    return found


cdef Py_ssize_t counted(
    const uint8_t *having, int width, const uint8_t *times, int times_width,
    Py_ssize_t start, Py_ssize_t stop, Py_ssize_t positions,
    const int32_t *documents, Py_ssize_t count, Py_ssize_t *firsts, Py_ssize_t *counts,
) noexcept nogil:
    """The same, from the term's first position on; ``times`` is NULL where all are 1."""
    cdef Py_ssize_t number, begin
    cdef Py_ssize_t row = start
    cdef Py_ssize_t found = 0
    cdef uint64_t before = 0
    cdef uint64_t often = 1
    cdef uint64_t document
    for number in range(count):
        document = <uint64_t><int64_t>documents[number]
        begin = row
        row = galloped(having, width, row, stop, document)
        if row == stop or item(having, width, row) != document:
            return NOT_THERE
        if times == NULL:
            before += row - begin
        else:
            before += total(times, times_width, begin, row)
            often = item(times, times_width, row)
        if before > <uint64_t>positions or often > <uint64_t>positions - before:
            return MISFIT
        firsts[number] = before
        counts[number] = often
        found += often
    before += stop - row if times == NULL else total(times, times_width, row, stop)
    return found if before == <uint64_t>positions else MISFIT


def common(const int64_t[::1] few not None, const int64_t[::1] many not None):
    """Those of ``few`` that are among ``many``; both ascend: (m,) int64."""
    cdef Py_ssize_t count = few.shape[0]
    cdef Py_ssize_t others = many.shape[0]
    cdef Py_ssize_t number
    cdef Py_ssize_t found = 0
    cdef Py_ssize_t at = 0
    cdef int64_t[::1] kept
    result = np.empty(count, np.int64)
    if not count or not others:
        return result[:0]
    kept = result
    with nogil:
        for number in range(count):
            at = reached(&many[0], at, others, few[number])
            if at == others:
                break
            if many[at] == few[number]:
                kept[found] = few[number]
                found += 1
    return result[:found]


cdef Py_ssize_t reached(
    const int64_t *many, Py_ssize_t low, Py_ssize_t high, int64_t wanted
) noexcept nogil:
    """The first index from ``low`` on whose item is not less than ``wanted``; else ``high``."""
    cdef Py_ssize_t step = 1
    cdef Py_ssize_t middle
    while low + step < high and many[low + step] < wanted:
        low += step
        step <<= 1
    high = min(low + step + 1, high)
    while low < high:
        middle = (low + high) >> 1
        if many[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
