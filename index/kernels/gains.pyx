"""Where other ways of a word are better than the one with the most postings, and by how much."""

include "source.pxi"

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memcpy, memset

from index.kernels.scored cimport Lead, add_at, rounded_up
from index.kernels.seeking cimport Arrays, Run, cut, documents_of
from index.kernels.word cimport Word

cdef enum:
    MANY = 8192     # worth releasing the GIL for, to score


cdef bint gain(
    Word word, Py_ssize_t segment, list others, const Arrays *known, const Lead *lead, Run *run
) except -1:
    """Make a run of where ``others`` are better than the runs so far; whether they are anywhere.

    The word's bound, that of those runs, is lifted to what they give.
    """
    cdef Py_ssize_t most = 0, at, number, count = 0
    cdef double bound = 0.0
    cdef double *scores
    cdef double *best
    cdef uint32_t *documents
    cdef uint8_t *held
    cdef uint8_t *ours
    cdef void *block
    cdef void *temporary
    cdef Word other
    for other in others:
        for at in range(other.at[segment], other.at[segment + 1]):
            most += other.runs[at].length
    if not most:
        return False
    temporary = PyMem_Malloc(most * (2 * sizeof(double) + sizeof(uint32_t) + 2))
    try:
        if temporary == NULL:
            raise MemoryError
        best = <double *>temporary
        scores = best + most
        documents = <uint32_t *>(scores + most)
        held = <uint8_t *>(documents + most)
        ours = held + most
        for other in others:
            for at in range(other.at[segment], other.at[segment + 1]):
                documents_of(&other.runs[at], documents + count)
                count += other.runs[at].length
        count = _sorted(documents, count, <uint32_t *>scores)
        memset(best, 0, count * sizeof(double))
        memset(held, 0, 2 * most)
        for other in others:
            memset(scores, 0, count * sizeof(double))
            _add_all(
                &other.runs[other.at[segment]], other.at[segment + 1] - other.at[segment],
                lead, documents, count, scores, held,
            )
            for at in range(count):
                best[at] = max(best[at], scores[at])
                bound = max(bound, best[at])
        word.bounds[segment] = max(word.bounds[segment], rounded_up(bound))
        memset(scores, 0, count * sizeof(double))
        _add_all(
            &word.runs[word.at[segment]], word.at[segment + 1] - word.at[segment], lead,
            documents, count, scores, ours,
        )
        number = 0
        for at in range(count):
            documents[number] = documents[at]
            best[number] = best[at] - scores[at]
            number += best[number] > 0.0 or not ours[at]
        if number:
            block = PyMem_Malloc(number * (sizeof(double) + sizeof(uint32_t)))
            if block == NULL:
                raise MemoryError
            word.blocks[segment] = block
            memcpy(block, best, number * sizeof(double))
            block = <double *>block + number
            memcpy(block, documents, number * sizeof(uint32_t))
            run.arrays, run.documents = known, <const uint8_t *>block
            run.length, run.scale = number, 1.0
            cut(run)
            word.nbytes += number * (sizeof(double) + sizeof(uint32_t))
        return number > 0
    finally:
        PyMem_Free(temporary)


cdef int _add_all(
    const Run *runs, Py_ssize_t number, const Lead *lead, const uint32_t *documents,
    Py_ssize_t count, double *scores, uint8_t *matched,
) except -1:
    """Add what some runs score at documents (see ``add_at``), at many of them without the GIL."""
    cdef Py_ssize_t at
    if count < MANY:
        for at in range(number):
            add_at(&runs[at], lead, documents, count, scores, matched)
        return 0
    with nogil:
        for at in range(number):
            add_at(&runs[at], lead, documents, count, scores, matched)
    return 0


cdef Py_ssize_t _sorted(uint32_t *documents, Py_ssize_t count, uint32_t *room) noexcept nogil:
    """Sort runs of ascending documents and leave each once; how many are left.

    Neighbouring runs are merged until one is left; ``room``: for as many.
    """
    cdef uint32_t *read = documents
    cdef uint32_t *written = room
    cdef Py_ssize_t first = 0, middle, last, left, right, at, kept = 0
    while True:
        middle = run_end(read, 0, count)
        if middle == count:
            break
        first = 0
        while first < count:
            middle = run_end(read, first, count)
            last = run_end(read, middle, count)
            left, right = first, middle
            for at in range(first, last):
                if right == last or (left < middle and read[left] <= read[right]):
                    written[at], left = read[left], left + 1
                else:
                    written[at], right = read[right], right + 1
            first = last
        read, written = written, read
    for at in range(count):
        if not kept or documents[kept - 1] != read[at]:
            documents[kept] = read[at]
            kept += 1
    return kept


cdef inline Py_ssize_t run_end(
    const uint32_t *documents, Py_ssize_t start, Py_ssize_t count
) noexcept nogil:
    """Where an ascending run ends that begins there."""
    if start < count:
        start += 1
    while start < count and documents[start - 1] <= documents[start]:
        start += 1
    return start
