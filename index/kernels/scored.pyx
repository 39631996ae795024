"""A term's postings in one segment: marked, scored and added up, all of them or at some documents.

Scores are those of ``search.local.weighting.BM25``, bit by bit: float32, the same operations in the
same order. Sums are float64, in which sums of a few float32 are exact, so that their order is no
matter; but not where one is some 2**29 times another, as weights of a query may make it: then the
order may decide the last bit. Postings are taken in blocks, whose steps are loops over small arrays.

A ``Run`` must be sound (``seeking.is_sound``): its documents ascend and are of the segment. Nothing
is looked at here once more.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

from index.kernels.prefetching cimport prefetch_line
from index.kernels.seeking cimport BLOCK, Arrays, Run, meet, scores_of

cdef enum:
    AHEAD = 512     # postings that are prefetched; what follows the processor foresees
    LINE = 64
    FAR = 1024      # postings that are on their way from memory before they are read in a row
    PLACES = 65536

ctypedef fused number:
    uint16_t
    uint32_t

ctypedef fused any_number:
    uint8_t
    uint16_t
    uint32_t


cdef void mark(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks, uint8_t bit
) noexcept nogil:
    """Set a bit at each document of some places; ``marks`` begin with the document ``begin``."""
    if run.arrays.document_width == 2:
        _mark(<const uint16_t *>run.documents, start, stop, begin, marks, bit)
    else:
        _mark(<const uint32_t *>run.documents, start, stop, begin, marks, bit)


cdef void _mark(
    const number *documents, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks,
    uint8_t bit
) noexcept nogil:
    cdef Py_ssize_t at, end
    while start < stop:
        end = min(start + LINE // <Py_ssize_t>sizeof(number), stop)
        prefetch_line(documents + start + FAR)
        for at in range(start, end):
            marks[documents[at] - begin] |= bit
        start = end


cdef Py_ssize_t mark_new(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks, uint8_t bit
) noexcept nogil:
    """The same; at how many documents the bit was not set."""
    if run.arrays.document_width == 2:
        return _mark_new(<const uint16_t *>run.documents, start, stop, begin, marks, bit)
    return _mark_new(<const uint32_t *>run.documents, start, stop, begin, marks, bit)


cdef Py_ssize_t _mark_new(
    const number *documents, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks,
    uint8_t bit
) noexcept nogil:
    cdef Py_ssize_t at, found = 0
    cdef uint8_t marked
    for at in range(start, stop):
        marked = marks[documents[at] - begin]
        found += (marked & bit) == 0
        marks[documents[at] - begin] = marked | bit
    return found


cdef inline void _often(
    const any_number *times, const uint32_t *places, Py_ssize_t count, float *found
) noexcept nogil:
    """How often a term stands in the documents of some places."""
    cdef Py_ssize_t at
    for at in range(count):
        found[at] = <float>times[places[at]]


cdef inline void _worths(
    const Lead *lead, const any_number *first, const uint32_t *places, Py_ssize_t count,
    float *found
) noexcept nogil:
    """What a term gains by where it stands first in the documents of some places."""
    cdef Py_ssize_t at
    for at in range(count):
        if any_number is uint32_t:
            found[at] = _worth(lead, first[places[at]])
        else:
            found[at] = lead.worth[first[places[at]]]


cdef inline void _worths_of(
    const Run *run, const Lead *lead, const uint32_t *places, Py_ssize_t count, float *found
) noexcept nogil:
    """The same of a run that notes where its term stands first."""
    cdef const Arrays *arrays = run.arrays
    cdef const uint8_t *items = arrays.first + _start(run) * arrays.first_width
    if arrays.first_width == 1:
        _worths(lead, items, places, count, found)
    elif arrays.first_width == 2:
        _worths(lead, <const uint16_t *>items, places, count, found)
    else:
        _worths(lead, <const uint32_t *>items, places, count, found)


cdef inline float _worth(const Lead *lead, uint32_t first) noexcept nogil:
    cdef float place
    if first < PLACES:
        return lead.worth[first]
    place = <float>first
    return lead.near_worth / (place + lead.near_half) + lead.far_worth / (place + lead.far_half)


cdef Py_ssize_t _start(const Run *run) noexcept nogil:
    """Which of the field's postings is the first of a run that is not of known scores."""
    return (run.documents - run.arrays.documents) >> (run.arrays.document_width >> 1)


cdef void _score(
    const Run *run, const Lead *lead, const uint32_t *places, const uint32_t *documents,
    Py_ssize_t count, double *scores
) noexcept nogil:
    """What up to ``BLOCK`` postings score, by their places and documents."""
    cdef float norms[BLOCK]
    cdef float often[BLOCK]
    cdef float worth[BLOCK]
    cdef Py_ssize_t at
    cdef float factor = run.factor, scale = run.scale
    cdef const Arrays *arrays = run.arrays
    cdef const double *known
    cdef const float *of_all = arrays.norms
    cdef const uint8_t *items
    if arrays.known:
        known = scores_of(run)
        for at in range(count):
            scores[at] = known[places[at]]
        return
    # What is read here and there first, then arithmetic in a row, which the processor does at once.
    for at in range(count):
        norms[at] = of_all[documents[at]]
    if arrays.frequencies == NULL:
        for at in range(count):
            often[at] = 1
    else:
        items = arrays.frequencies + _start(run) * arrays.frequency_width
        if arrays.frequency_width == 1:
            _often(items, places, count, often)
        elif arrays.frequency_width == 2:
            _often(<const uint16_t *>items, places, count, often)
        else:
            _often(<const uint32_t *>items, places, count, often)
    if arrays.first == NULL:
        for at in range(count):
            scores[at] = often[at] * factor / (often[at] + norms[at]) * scale
        return
    _worths_of(run, lead, places, count, worth)
    for at in range(count):
        scores[at] = (often[at] * factor / (often[at] + norms[at]) + factor * worth[at]) * scale


cdef inline Py_ssize_t _wanted(
    const number *from_, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, const uint8_t *states,
    uint8_t wanted, uint32_t *places, uint32_t *documents
) noexcept nogil:
    """Write the places of documents of a wanted state, and these; how many they are."""
    cdef Py_ssize_t at, count = 0
    cdef uint32_t document
    for at in range(start, stop):
        document = from_[at]
        places[count] = <uint32_t>at
        documents[count] = document
        count += (states[document - begin] & wanted) != 0
    return count


cdef inline Py_ssize_t _hopeful(
    const number *from_, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, const uint8_t *marks,
    const uint8_t *hopeful, uint32_t *places, uint32_t *documents
) noexcept nogil:
    """The same of documents whose marks are among some."""
    cdef Py_ssize_t at, count = 0
    cdef uint32_t document
    for at in range(start, stop):
        document = from_[at]
        places[count] = <uint32_t>at
        documents[count] = document
        count += hopeful[marks[document - begin]]
    return count


cdef Py_ssize_t add_up(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, uint32_t begin,
    uint8_t *states, uint8_t wanted, const uint8_t *marks, const uint8_t *hopeful, double *totals,
    uint32_t *touched, Py_ssize_t count
) noexcept nogil:
    """Add what postings from ``start`` to ``stop`` score at documents of a wanted state.

    ``states``, ``marks`` and ``totals`` begin with the document ``begin``; ``wanted``: bits, 0 where
    marks tell it; ``hopeful``: (256,), of which marks a document must have one, or NULL. Documents
    whose state is not ``TOUCHED`` are put behind the ``count`` that are, and are it then; gives how many
    these are. So many is room needed for as there are documents, and a place more.
    """
    cdef uint32_t places[BLOCK]
    cdef uint32_t documents[BLOCK]
    cdef double scores[BLOCK]
    cdef Py_ssize_t at, end, number, kept
    cdef uint32_t document
    cdef const uint16_t *narrow = <const uint16_t *>run.documents
    cdef const uint32_t *wide = <const uint32_t *>run.documents
    while start < stop:
        end = min(start + BLOCK, stop)
        if wanted == 0:
            if run.arrays.document_width == 2:
                number = _hopeful(narrow, start, end, begin, marks, hopeful, places, documents)
            else:
                number = _hopeful(wide, start, end, begin, marks, hopeful, places, documents)
        elif run.arrays.document_width == 2:
            number = _wanted(narrow, start, end, begin, states, wanted, places, documents)
        else:
            number = _wanted(wide, start, end, begin, states, wanted, places, documents)
        if wanted and hopeful != NULL:
            kept = 0
            for at in range(number):
                places[kept] = places[at]
                documents[kept] = documents[at]
                kept += hopeful[marks[documents[at] - begin]]
            number = kept
        _score(run, lead, places, documents, number, scores)
        for at in range(number):
            document = documents[at] - begin
            touched[count] = document
            count += not states[document] & TOUCHED
            states[document] |= TOUCHED
            totals[document] += scores[at]
        start = end
    return count


cdef void add_among(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, uint32_t begin,
    const uint64_t *bits, double least, double *totals
) noexcept nogil:
    """Add what postings from ``start`` to ``stop`` score at documents whose bits are set.

    ``bits`` and ``totals`` begin with the document ``begin``. A posting that cannot lift its document
    to ``least``, whatever it gives, may be left out: who calls drops documents with less then.
    """
    cdef uint32_t places[BLOCK]
    cdef uint32_t documents[BLOCK]
    cdef double scores[BLOCK]
    cdef Py_ssize_t at, end, number
    cdef uint32_t document
    cdef const uint16_t *narrow = <const uint16_t *>run.documents
    cdef const uint32_t *wide = <const uint32_t *>run.documents
    while start < stop:
        end = min(start + BLOCK, stop)
        number = 0
        if run.arrays.document_width == 2:
            for at in range(start, end):
                document = narrow[at]
                places[number] = <uint32_t>at
                documents[number] = document
                document -= begin
                number += (bits[document >> 6] >> (document & 63)) & 1
        else:
            for at in range(start, end):
                document = wide[at]
                places[number] = <uint32_t>at
                documents[number] = document
                document -= begin
                number += (bits[document >> 6] >> (document & 63)) & 1
        if least > 0.0 and run.arrays.first != NULL:
            number = _reaching(run, lead, places, documents, number, begin, least, totals)
        _score(run, lead, places, documents, number, scores)
        for at in range(number):
            totals[documents[at] - begin] += scores[at]
        start = end


cdef Py_ssize_t _reaching(
    const Run *run, const Lead *lead, uint32_t *places, uint32_t *documents, Py_ssize_t count,
    uint32_t begin, double least, const double *totals
) noexcept nogil:
    """Leave those postings by which, as early as they stand, totals may come to ``least``."""
    cdef float worth[BLOCK]
    cdef Py_ssize_t at, kept = 0
    _worths_of(run, lead, places, count, worth)
    for at in range(count):
        places[kept], documents[kept] = places[at], documents[at]
        kept += totals[documents[at] - begin] + most_of(run, worth[at]) >= least
    return kept


cdef void add_at(
    const Run *run, const Lead *lead, const uint32_t *documents, Py_ssize_t count, double *totals,
    uint8_t *matched
) noexcept nogil:
    """Add what a run scores at some of the segment's documents, which ascend: (count,) each.

    ``matched`` is 1 then where a document is in the run.
    """
    cdef uint32_t places[BLOCK]
    cdef uint32_t having[BLOCK]
    cdef uint32_t rows[BLOCK]
    cdef double scores[BLOCK]
    cdef Py_ssize_t at = 0, number, hit, place = 0
    while at < count and place < run.length:
        number = meet(run, run.length, documents, count, &at, &place, places, having, rows)
        if not number:
            continue
        _score(run, lead, places, having, number, scores)
        for hit in range(number):
            totals[rows[hit]] += scores[hit]
            matched[rows[hit]] = 1


cdef void add_where(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, const uint32_t *documents,
    Py_ssize_t count, uint32_t begin, double *totals
) noexcept nogil:
    """The same of postings from ``start`` to ``stop``, to totals of all documents from ``begin`` on."""
    cdef uint32_t places[BLOCK]
    cdef uint32_t having[BLOCK]
    cdef uint32_t rows[BLOCK]
    cdef double scores[BLOCK]
    cdef Py_ssize_t at = 0, number, hit
    while at < count and start < stop:
        number = meet(run, stop, documents, count, &at, &start, places, having, rows)
        if not number:
            continue
        _score(run, lead, places, having, number, scores)
        for hit in range(number):
            totals[having[hit] - begin] += scores[hit]


cdef void _prefetch(const uint8_t *data, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t at = 0
    while at < length:
        prefetch_line(data + at)
        at += LINE


cdef void prefetch(const Run *run, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
    """Have postings from ``start`` on in the processor's cache by the time that they are read."""
    cdef Py_ssize_t length = min(stop - start, AHEAD)
    cdef const Arrays *arrays = run.arrays
    _prefetch(run.documents + start * arrays.document_width, length * arrays.document_width)
    if arrays.known:
        return
    start += _start(run)
    if arrays.frequencies != NULL:
        _prefetch(
            arrays.frequencies + start * arrays.frequency_width, length * arrays.frequency_width
        )
    if arrays.first != NULL:
        _prefetch(arrays.first + start * arrays.first_width, length * arrays.first_width)
