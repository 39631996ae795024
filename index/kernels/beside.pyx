"""Words side by side, and what they score there: the documents of a way to write a word apart.

What ``search.local.matching.boolean`` finds of the same query: where the words stand by their
positions (``verbatim``), then the scores of all of them there, and nowhere else.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

from index.kernels.company cimport Pairs, beside_in
from index.kernels.postings cimport Field, Place
from index.kernels.scored cimport Lead, add_at
from index.kernels.seeking cimport Run
from index.kernels.verbatim cimport Rows, Standing
from index.kernels.word cimport Word
from index.kernels.words cimport Words

cdef int SHIFT = 32


def beside(Words of not None, tuple words not None, tuple phrases not None, int64_t most):
    """A word of known scores: of documents that have a phrase, and all words, which add up there.

    ``words``: made by ``of``. ``phrases``: of each the ``Standing`` of a field and its terms. With
    the word, of how many documents each of ``words`` was asked, and how many are left; and the work
    of finding the phrases. None where that was more than ``most`` before the last was found. Raises
    ``FileDamaged``, IndexError where a field is of other documents, ValueError for a word that is.
    """
    return found_beside(of, words, phrases, most)


cdef tuple found_beside(Words of, tuple words, tuple phrases, int64_t most):
    """The same for other kernels."""
    cdef Word word
    cdef Rows documents = Rows(sizeof(int32_t))
    cdef Rows found
    cdef int64_t work = 0
    cdef double *scores = NULL
    cdef list asked = []
    for word in words:
        of.need(word)
    for standing, terms in phrases:
        if work > most:
            return None
        found = _standing(<Standing?>standing, terms, most - work, &work)
        if found is None:
            return None
        documents = _with(documents, found)
    if not _are_of(of, documents):
        raise IndexError("a field is of other documents, or they do not ascend")
    scores = <double *>PyMem_Calloc(documents.length + 1, sizeof(double))
    try:
        if scores == NULL:
            raise MemoryError
        for word in words:
            asked.append(documents.length)
            if documents.length:
                _score(of, word, documents, scores)
        asked.append(documents.length)
        return of.row_of(<const int32_t *>documents.items, scores, documents.length), asked, work
    finally:
        PyMem_Free(scores)


cdef bint _are_of(Words of, Rows documents) noexcept:
    """Whether documents ascend and are of an index."""
    cdef const int32_t *numbers = <const int32_t *>documents.items
    cdef Py_ssize_t at, count = documents.length
    for at in range(1, count):
        if numbers[at - 1] >= numbers[at]:
            return False
    return not count or (numbers[0] >= 0 and numbers[count - 1] < of.size)


cdef Rows _standing(Standing standing, tuple terms, int64_t most, int64_t *cost):
    """The documents that have terms one behind the other, int32; as ``Standing.places_of``."""
    cdef Rows places, found
    cdef Py_ssize_t at, count = 0
    cdef const int64_t *numbers
    cdef int32_t *documents
    if len(terms) == 2:
        return _pair(standing, terms, most, cost)
    places = standing.places_of(terms, most, cost)
    if places is None:
        return None
    found = Rows(sizeof(int32_t))
    documents, numbers = <int32_t *>found.more(places.length), <const int64_t *>places.items
    for at in range(places.length):
        if not count or documents[count - 1] != <int32_t>(numbers[at] >> SHIFT):
            documents[count] = <int32_t>(numbers[at] >> SHIFT)
            count += 1
    found.length = count
    return found


cdef Rows _pair(Standing standing, tuple terms, int64_t most, int64_t *cost):
    """The same of two terms, by one pass over the postings of both."""
    cdef bytes held = standing.lookup.find(terms[0]), also = standing.lookup.find(terms[1])
    cdef const Place *one = <const Place *>PyBytes_AsString(held)
    cdef const Place *two = <const Place *>PyBytes_AsString(also)
    cdef Rows found = Rows(sizeof(int32_t))
    cdef Py_ssize_t number, base, size, first, second, at
    cdef int64_t work = 2 * standing.looked_up * standing.lookup.segments
    cdef int32_t *documents
    cdef Pairs pairs
    for number in range(standing.lookup.segments):
        if work > most:
            return None
        if one[number].ordinal < 0 or two[number].ordinal < 0:
            continue
        first = one[number].stop - one[number].start
        second = two[number].stop - two[number].start
        work += 2 * standing.term + standing.compared * min(first, second)
        base, size = standing.bases[number], standing.sizes[number]
        documents = <int32_t *>found.more(min(first, second))
        pairs = Pairs(0, 0, 0)
        beside_in(
            <Field>standing.fields[number], one[number].ordinal, two[number].ordinal, size,
            standing.gone[number], size, documents, &pairs, False,
        )
        if pairs.both:
            work += (
                2 * standing.term + first // 4 + second // 4 + standing.position * pairs.times
            )
        for at in range(pairs.beside):
            documents[at] += <int32_t>base
        found.length += pairs.beside
    cost[0] += work
    return found


cdef Rows _with(Rows one, Rows other):
    """The documents of both: ascending, each once."""
    cdef Rows found = Rows(sizeof(int32_t))
    cdef Py_ssize_t at = 0, place = 0, count = 0
    cdef const int32_t *left = <const int32_t *>one.items
    cdef const int32_t *right = <const int32_t *>other.items
    cdef int32_t *both
    cdef int32_t document
    if not one.length or not other.length:
        return one if one.length else other
    both = <int32_t *>found.more(one.length + other.length)
    with nogil:
        while at < one.length or place < other.length:
            if place == other.length or (at < one.length and left[at] <= right[place]):
                document = left[at]
                at += 1
            else:
                document = right[place]
                place += 1
            if not count or both[count - 1] != document:
                both[count] = document
                count += 1
    found.length = count
    return found


cdef int _score(Words of, Word word, Rows documents, double *scores) except -1:
    """Add what a word scores at documents, and leave those that have it."""
    cdef int32_t *numbers = <int32_t *>documents.items
    cdef Py_ssize_t count = documents.length, segment, start, stop = 0, at, kept = 0
    cdef const Run *runs = word.runs
    cdef const Py_ssize_t *of_segment = word.at
    cdef const Lead *lead = &of.lead
    cdef uint32_t *within = <uint32_t *>PyMem_Calloc(count, sizeof(uint32_t) + 1)
    cdef uint8_t *matched = <uint8_t *>(within + count)
    if within == NULL:
        raise MemoryError
    with nogil:
        for segment in range(of.segments):
            start = stop
            while stop < count and numbers[stop] < of.bases[segment + 1]:
                within[stop] = <uint32_t>(numbers[stop] - of.bases[segment])
                stop += 1
            if start < stop:
                for at in range(of_segment[segment], of_segment[segment + 1]):
                    add_at(
                        &runs[at], lead, within + start, stop - start, scores + start,
                        matched + start,
                    )
        for at in range(count):
            numbers[kept], scores[kept] = numbers[at], scores[at]
            kept += matched[at]
        documents.length = kept
    PyMem_Free(within)
    return 0
