"""Where documents stand in a term's postings in one segment: looked for, met and left out.

A ``Run`` is looked at whole once, by whoever makes it (``is_sound``): then its documents ascend and
are of the segment.
"""

include "source.pxi"

from libc.stdint cimport uint16_t, uint32_t

from index.kernels.searching cimport lower_bounds

ctypedef fused number:
    uint16_t
    uint32_t


cdef bint _ascend(const number *documents, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t at
    cdef number falls = 0
    for at in range(1, length):
        falls |= documents[at - 1] >= documents[at]
    return not falls


cdef bint is_sound(const Run *run, uint32_t size) noexcept nogil:
    """Whether the documents ascend and are below ``size``."""
    cdef uint32_t last
    if run.length == 0:
        return True
    if run.arrays.document_width == 2:
        last = (<const uint16_t *>run.documents)[run.length - 1]
        return last < size and _ascend(<const uint16_t *>run.documents, run.length)
    last = (<const uint32_t *>run.documents)[run.length - 1]
    return last < size and _ascend(<const uint32_t *>run.documents, run.length)


cdef Py_ssize_t _gallop(
    const number *documents, Py_ssize_t low, Py_ssize_t length, uint32_t wanted
) noexcept nogil:
    """The first place from ``low`` on whose document is not less, in ever longer steps."""
    cdef Py_ssize_t step = 1, high = low, middle
    while high < length and documents[high] < wanted:
        low = high + 1
        high += step
        step <<= 1
    if high > length:
        high = length
    while low < high:
        middle = (low + high) >> 1
        if documents[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


cdef void cut(Run *run) noexcept nogil:
    """Note where the postings of a run's second chunk begin, of its third, and so on, ``CUTS`` of them.

    Every search asks for that: whoever makes a run does it once, when the run is complete and sound.
    Few indexes have segments of more chunks, whose postings are looked for.
    """
    cdef Py_ssize_t at, start = 0
    for at in range(CUTS):
        if run.length and document_at(run, run.length - 1) < (at + 1) * CHUNK:
            start = run.length
        else:
            start = lower_bound(run, start, <uint32_t>(at + 1) * CHUNK)
        run.cuts[at] = <uint32_t>start


cdef Py_ssize_t lower_bound(const Run *run, Py_ssize_t start, uint32_t document) noexcept nogil:
    """The first place from ``start`` on whose document is not less than one of the segment."""
    if run.arrays.document_width == 2:
        return _gallop(<const uint16_t *>run.documents, start, run.length, document)
    return _gallop(<const uint32_t *>run.documents, start, run.length, document)


cdef Py_ssize_t leave_others(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t *documents, Py_ssize_t count
) noexcept nogil:
    """Leave those documents, which ascend, that a run does not have from ``start`` to ``stop``."""
    cdef uint32_t found[BLOCK]
    cdef Py_ssize_t at = 0, number, one, kept = 0
    cdef const uint16_t *narrow = <const uint16_t *>run.documents
    cdef const uint32_t *wide = <const uint32_t *>run.documents
    cdef uint32_t document
    while at < count and start < stop:
        number = min(count - at, BLOCK)
        lower_bounds(
            run.documents, run.arrays.document_width, start, stop, documents + at, 0, number, found
        )
        start = found[number - 1]
        for one in range(number):
            document = documents[at + one]
            documents[kept] = document
            if found[one] >= stop:
                kept += 1
            elif run.arrays.document_width == 2:
                kept += narrow[found[one]] != document
            else:
                kept += wide[found[one]] != document
        at += number
    while at < count:
        documents[kept] = documents[at]
        kept += 1
        at += 1
    return kept


cdef bint has(const Run *run, uint32_t document) noexcept nogil:
    """Whether a run has a document, which is counted from the segment's first."""
    cdef Py_ssize_t low = 0, high = run.length, middle
    while low < high:
        middle = (low + high) >> 1
        if document_at(run, middle) < document:
            low = middle + 1
        else:
            high = middle
    return low < run.length and document_at(run, low) == document


cdef Py_ssize_t meet(
    const Run *run, Py_ssize_t stop, const uint32_t *documents, Py_ssize_t count, Py_ssize_t *at,
    Py_ssize_t *place, uint32_t *places, uint32_t *having, uint32_t *rows
) noexcept nogil:
    """Up to ``BLOCK`` documents, from ``at`` on, that a run has from ``place`` to ``stop``; their number."""
    cdef uint32_t found[BLOCK]
    cdef const uint16_t *narrow = <const uint16_t *>run.documents
    cdef const uint32_t *wide = <const uint32_t *>run.documents
    cdef Py_ssize_t number, met = 0, first = at[0]
    if count - first > stop - place[0] and count - first > BLOCK:
        return _gallop_both(run, stop, documents, count, at, place, places, having, rows)
    if count - first > stop - place[0]:
        return _meet_few(run, stop, documents, count, at, place, places, having, rows)
    count = min(count - first, BLOCK)
    lower_bounds(
        run.documents, run.arrays.document_width, place[0], stop, documents + first, 0, count, found,
    )
    at[0] += count
    place[0] = found[count - 1]
    while count and found[count - 1] == stop:
        count -= 1
    if run.arrays.document_width == 2:
        for number in range(count):
            places[met] = found[number]
            having[met] = documents[first + number]
            rows[met] = <uint32_t>(first + number)
            met += narrow[found[number]] == documents[first + number]
    else:
        for number in range(count):
            places[met] = found[number]
            having[met] = documents[first + number]
            rows[met] = <uint32_t>(first + number)
            met += wide[found[number]] == documents[first + number]
    return met


cdef Py_ssize_t _meet_few(
    const Run *run, Py_ssize_t stop, const uint32_t *documents, Py_ssize_t count, Py_ssize_t *at,
    Py_ssize_t *place, uint32_t *places, uint32_t *having, uint32_t *rows
) noexcept nogil:
    """The same of postings that are fewer than the documents and ``BLOCK``: looked for among these."""
    cdef uint32_t wanted[BLOCK]
    cdef uint32_t found[BLOCK]
    cdef Py_ssize_t first = place[0], few = stop - first, number, met = 0
    cdef uint32_t row
    if few == 0:
        return 0
    for number in range(few):
        wanted[number] = document_at(run, first + number)
    lower_bounds(<const uint8_t *>documents, 4, at[0], count, wanted, 0, few, found)
    at[0], place[0] = count, stop
    while few and found[few - 1] == count:
        few -= 1
    for number in range(few):
        row = found[number]
        places[met], having[met], rows[met] = <uint32_t>(first + number), wanted[number], row
        met += documents[row] == wanted[number]
        # Whoever asks about a document twice is told twice.
        row += 1
        while row < count and documents[row] == wanted[number]:
            places[met], having[met], rows[met] = <uint32_t>(first + number), wanted[number], row
            met += 1
            row += 1
    return met


cdef Py_ssize_t _gallop_both(
    const Run *run, Py_ssize_t stop, const uint32_t *documents, Py_ssize_t count, Py_ssize_t *at,
    Py_ssize_t *place, uint32_t *places, uint32_t *having, uint32_t *rows
) noexcept nogil:
    """The same where documents are more than postings: both are gone through in ever longer steps."""
    cdef Py_ssize_t number = 0
    cdef uint32_t document
    while number < BLOCK and at[0] < count:
        place[0] = lower_bound(run, place[0], documents[at[0]])
        if place[0] >= stop:
            break
        document = document_at(run, place[0])
        if document != documents[at[0]]:
            at[0] = _gallop(documents, at[0], count, document)
            if at[0] == count:
                break
        if document == documents[at[0]]:
            places[number] = <uint32_t>place[0]
            having[number] = document
            rows[number] = <uint32_t>at[0]
            number += 1
            at[0] += 1
    return number


cdef void documents_of(const Run *run, uint32_t *documents) noexcept nogil:
    """All documents of a run, counted from the segment's first: (length,)."""
    cdef Py_ssize_t at
    for at in range(run.length):
        documents[at] = document_at(run, at)
