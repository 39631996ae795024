"""Which of a query's words are a headline, with more around it in the query.

The compiled twin of what ``search.local.scoring.holding`` finds in bits of titles: few titles are so
short that they are within a query, and only in these is it looked where words stand.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t

from index.kernels.positions cimport positions_of
from index.kernels.postings cimport Field, Place
from index.kernels.searching cimport galloped, item
from index.kernels.verbatim cimport Found, Inside, Rows, Standing

import numpy as np

cdef enum:
    MOST = 32       # words of a query
    OPENING = 64    # tokens that have a bit


def inside(
    Standing standing not None, tuple words not None, const float[::1] lengths not None,
    Py_ssize_t least, int64_t most,
):
    """The titles that begin with all words but the last, those that are a run, and the work.

    ``words``: up to 32, ``least`` of them at least; ``lengths``: (N,), of all titles. Documents are
    (n,) int32, ascending. The others are titles of as many words as the longest run of ``words``
    that is one, of equals the first, ``least`` at least: where the run begins, its length, and the
    documents. No document is given where the work is more than ``most``. Raises ``FileDamaged``.
    """
    cdef Py_ssize_t count = len(words), number, at, base, size
    cdef Py_ssize_t total[MOST]
    cdef Py_ssize_t order[MOST]
    cdef Py_ssize_t run[2]      # its length, and where it begins
    cdef int64_t work = 0, union = 0
    cdef Rows cut = Rows(sizeof(int32_t))
    cdef Rows titles = Rows(sizeof(int32_t))
    cdef Rows short
    cdef list known, of_segments = []
    cdef dict found = {}
    if not 1 < least < count <= MOST:
        raise ValueError("a query has other words than that")
    run[0] = run[1] = 0
    for at in range(count):
        if words[at] not in found:
            found[words[at]] = standing.lookup.find(words[at])
            total[at] = standing.lookup.documents_in(found[words[at]])
            work += 2 * total[at]
        else:
            total[at] = standing.lookup.documents_in(found[words[at]])
    known = [found[word] for word in words]
    if work > most:
        return np.empty(0, np.int32), (0, 0, np.empty(0, np.int32)), work
    for at in range(count):
        number = at
        while number and total[order[number - 1]] > total[at]:
            order[number] = order[number - 1]
            number -= 1
        order[number] = at
    for number in range(standing.lookup.segments):
        if standing.fields[number] is None:
            continue
        base, size = standing.bases[number], standing.sizes[number]
        if not 0 <= base <= lengths.shape[0] - size:
            raise IndexError("lengths are of other documents")
        # Of so many at least one is in each title that has ``least`` of the words.
        short = Rows(sizeof(int32_t))
        union += _short(
            standing, number, [known[order[at]] for at in range(count - least + 1)],
            &lengths[base] if size else NULL, least, count, short,
        )
        of_segments.append((number, short))
    work += standing.compared * union * count
    if work > most:
        return np.empty(0, np.int32), (0, 0, np.empty(0, np.int32)), work
    for number, short in of_segments:
        _beginning(standing, number, known[: count - 1], cut)
        if short.length:
            base = standing.bases[number]
            _whole(standing, number, known, short, &lengths[base], run, titles)
    return cut.array(np.int32), (run[1], run[0], titles.array(np.int32)), work


cdef Py_ssize_t _short(
    Standing standing, Py_ssize_t number, list terms, const float *lengths, Py_ssize_t least,
    Py_ssize_t most, Rows short,
) except -1:
    """How many documents of a segment have one of some terms; keep the live ones with short titles.

    Short are those of ``least`` up to ``most`` words.
    """
    cdef Field field = <Field>standing.fields[number]
    cdef Py_ssize_t size = standing.sizes[number], start, stop, row, found = 0, kept = 0
    cdef const Place *place
    cdef const uint8_t *left_out = standing.gone[number]
    cdef const uint8_t *data = field.documents.data
    cdef int width = field.documents.width
    cdef int32_t *having
    cdef uint8_t *seen
    cdef uint64_t document
    cdef bint sound = True
    seen = <uint8_t *>PyMem_Calloc(size // 8 + 1, 1)
    try:
        if seen == NULL:
            raise MemoryError
        for held in terms:
            place = <const Place *>PyBytes_AsString(held) + number
            start, stop = place.start, place.stop
            if start == stop:
                continue
            field.documents.need(start, stop)
            having = <int32_t *>short.more(stop - start)
            kept = 0
            with nogil:
                for row in range(start, stop):
                    document = item(data, width, row)
                    if document >= <uint64_t>size:
                        sound = False
                        break
                    if seen[document >> 3] >> (document & 7) & 1:
                        continue
                    seen[document >> 3] |= <uint8_t>(1 << (document & 7))
                    found += 1
                    having[kept] = <int32_t>document
                    kept += least <= lengths[document] <= most and (
                        left_out == NULL or not left_out[document]
                    )
            if not sound:
                raise field._error("it has a document that is none")
            short.length += kept
        return found
    finally:
        PyMem_Free(seen)


cdef int _beginning(Standing standing, Py_ssize_t number, list known, Rows cut) except -1:
    """Keep the documents of a segment that begin with terms."""
    cdef Py_ssize_t count = len(known), at, base = standing.bases[number]
    cdef Found *places = <Found *>PyMem_Malloc(count * sizeof(Found))
    cdef Inside found
    cdef int32_t *kept
    cdef int64_t work = 0
    try:
        if places == NULL:
            raise MemoryError
        if not standing.look_up(number, known, places):
            return 0
        found = standing.having(number, places, count)
        if found.length:
            # This work is not told: the witness reads it from bits, which count nothing.
            standing.beginning(number, places, count, found, &work)
        kept = <int32_t *>cut.more(found.length)
        for at in range(found.length):
            kept[at] = <int32_t>(found.documents[at] + base)
        cut.length += found.length
        return 0
    finally:
        PyMem_Free(places)


cdef int _whole(
    Standing standing, Py_ssize_t number, list known, Rows short, const float *lengths,
    Py_ssize_t *run, Rows titles,
) except -1:
    """Keep the titles among short ones that are a run of terms, if no longer one is known."""
    cdef Field field = <Field>standing.fields[number]
    cdef Py_ssize_t terms = len(known), count = short.length, at, place, length, begin, step
    cdef Py_ssize_t base = standing.bases[number]
    cdef uint64_t every
    cdef int32_t *documents
    cdef uint64_t *bits
    short_ = short.array(np.int32)
    short_.sort()
    cdef int32_t[::1] sorted_ = short_
    documents = &sorted_[0]
    bits = <uint64_t *>PyMem_Calloc(terms * count, sizeof(uint64_t))
    try:
        if bits == NULL:
            raise MemoryError
        for at in range(terms):
            _note(
                field, <const Place *>PyBytes_AsString(known[at]) + number, documents, count,
                bits + at * count,
            )
        for place in range(count):
            length = <Py_ssize_t>lengths[documents[place]]
            every = 0
            for at in range(terms):
                every |= bits[at * count + place]
            if length < run[0] or every != (<uint64_t>1 << length) - 1:
                continue
            for begin in range(terms - length + 1):
                step = 0
                while step < length and bits[(begin + step) * count + place] >> step & 1:
                    step += 1
                if step == length:
                    if length > run[0] or begin < run[1]:
                        run[0], run[1], titles.length = length, begin, 0
                    if begin == run[1]:
                        (<int32_t *>titles.more(1))[0] = <int32_t>(documents[place] + base)
                        titles.length += 1
                    break
        return 0
    finally:
        PyMem_Free(bits)


cdef int _note(
    Field field, const Place *place, const int32_t *documents, Py_ssize_t count, uint64_t *bits
) except -1:
    """Note where a term stands in some documents, which ascend: bit p for token p, (count,)."""
    cdef Py_ssize_t at, row = place.start, kept = 0, position
    cdef const uint8_t *data = field.documents.data
    cdef int width = field.documents.width
    cdef uint64_t token
    cdef int32_t *having
    cdef Py_ssize_t *places
    cdef Py_ssize_t *firsts
    if place.start == place.stop:
        return 0
    field.documents.need(place.start, place.stop)
    places = <Py_ssize_t *>PyMem_Malloc(count * (3 * sizeof(Py_ssize_t) + sizeof(int32_t)))
    try:
        if places == NULL:
            raise MemoryError
        firsts = places + count
        having = <int32_t *>(firsts + 2 * count)
        for at in range(count):
            row = galloped(data, width, row, place.stop, <uint64_t>documents[at])
            if row == place.stop:
                break
            if item(data, width, row) == <uint64_t>documents[at]:
                having[kept], places[kept] = documents[at], at
                kept += 1
        if not kept:
            return 0
        positions_of(field, place.ordinal, having, kept, firsts, firsts + kept)
        for at in range(kept):
            for position in range(firsts[at], firsts[at] + firsts[kept + at]):
                token = item(field.positions.data, field.positions.width, position)
                if token < <uint64_t>OPENING:
                    bits[places[at]] |= <uint64_t>1 << token
        return 0
    finally:
        PyMem_Free(places)
