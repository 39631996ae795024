"""Words side by side, and what they score there: the documents of a way to write a word apart.

What ``search.local.matching.boolean`` finds of the same query: where the words stand by their
positions (``verbatim``), then the scores of all of them there, and nowhere else.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

from index.kernels.scored cimport Lead, Run, add_at
from index.kernels.verbatim cimport Rows, Standing
from index.kernels.words cimport Word, Words

import numpy as np

cdef int SHIFT = 32


def beside(Words of not None, tuple words not None, tuple phrases not None, int64_t most):
    """A word of known scores: of documents that have a phrase, and all words, which add up there.

    ``words``: made by ``of``. ``phrases``: of each the ``Standing`` of a field and its terms. With
    the word, of how many documents each of ``words`` was asked, and how many are left; and the work
    of finding the phrases. None where that was more than ``most`` before the last was found. Raises
    ``FileDamaged``, IndexError where a field is of other documents, ValueError for a word that is.
    """
    cdef Word word
    cdef Rows documents = Rows(sizeof(int32_t))
    cdef Rows places
    cdef int64_t work = 0
    cdef double *scores = NULL
    cdef double[::1] sums
    cdef list asked = []
    cdef Py_ssize_t at
    for word in words:
        of.need(word)
    for standing, terms in phrases:
        places = None
        if work <= most:
            places = (<Standing?>standing).places_of(terms, most - work, &work)
        if places is None:
            return None
        documents = _with(documents, places)
    if not _are_of(of, documents):
        raise IndexError("a field is of other documents")
    scores = <double *>PyMem_Calloc(documents.length + 1, sizeof(double))
    try:
        if scores == NULL:
            raise MemoryError
        for word in words:
            asked.append(documents.length)
            if documents.length:
                _score(of, word, documents, scores)
        asked.append(documents.length)
        found = np.empty(documents.length)
        sums = found
        for at in range(documents.length):
            sums[at] = scores[at]
    finally:
        PyMem_Free(scores)
    return of.row(documents.array(np.int32), found), asked, work


cdef bint _are_of(Words of, Rows documents) noexcept:
    """Whether documents, which ascend, are of an index."""
    cdef const int32_t *numbers = <const int32_t *>documents.items
    cdef Py_ssize_t count = documents.length
    return not count or (numbers[0] >= 0 and numbers[count - 1] < of.size)


cdef Rows _with(Rows documents, Rows places):
    """The documents, and those that places are in: ascending, each once."""
    cdef Rows found = Rows(sizeof(int32_t))
    cdef Py_ssize_t at = 0, place = 0, count = 0
    cdef const int32_t *having = <const int32_t *>documents.items
    cdef const int64_t *standing = <const int64_t *>places.items
    cdef int32_t *both
    cdef int32_t one
    if not places.length:
        return documents
    both = <int32_t *>found.more(documents.length + places.length)
    with nogil:
        while at < documents.length or place < places.length:
            if place == places.length or (
                at < documents.length and having[at] <= standing[place] >> SHIFT
            ):
                one = having[at]
                at += 1
            else:
                one = <int32_t>(standing[place] >> SHIFT)
                place += 1
            if not count or both[count - 1] != one:
                both[count] = one
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
