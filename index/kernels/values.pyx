"""How many documents have which values of a facet, the commonest values first, or which dates.

The compiled twin of counting into an array of all values, or of all days, and sorting those that are
there.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t
from libc.stdlib cimport qsort

import numpy as np

cdef enum:
    LAST_DAY = 3652058  # that of 9999-12-31
    FEW = 64            # so many are put in order as they come


def commonest(
    const int32_t[::1] ordinals not None, tuple values not None, const int32_t[::1] documents not None,
    Py_ssize_t begin, Py_ssize_t stop,
):
    """The commonest values from ``begin`` to ``stop``, equals by their ordinals; their counts.

    And how many values there are in all. ``ordinals``: (N,) below the number of ``values``, 0 for
    none, which is no value; ``documents``: (n,) of them. Raises IndexError for a document or value
    that is none.
    """
    cdef Py_ssize_t count = documents.shape[0]
    cdef Py_ssize_t size = ordinals.shape[0]
    cdef Py_ssize_t known = len(values)
    cdef Py_ssize_t number, there, at
    cdef int32_t document, ordinal
    cdef int32_t *counts
    cdef int64_t *keys
    cdef list texts = [], numbers = []
    cdef bint sound = True
    counts = <int32_t *>PyMem_Calloc(max(known, 1), sizeof(int32_t))
    keys = <int64_t *>PyMem_Calloc(max(min(known, count), 1), sizeof(int64_t))
    try:
        if counts == NULL or keys == NULL:
            raise MemoryError
        there = 0
        with nogil:
            for number in range(count):
                document = documents[number]
                if not 0 <= document < size:
                    sound = False
                    break
                ordinal = ordinals[document]
                if not 0 <= ordinal < known:
                    sound = False
                    break
                if ordinal:
                    if not counts[ordinal]:
                        keys[there] = ordinal
                        there += 1
                    counts[ordinal] += 1
            if sound:
                # Commonest first, then by ordinal, in one number.
                for number in range(there):
                    ordinal = <int32_t>keys[number]
                    keys[number] = ordinal - (<int64_t>counts[ordinal] << 32)
                put_first(keys, there, min(max(stop, 0), there))
        if not sound:
            raise IndexError("a document has a value that is none")
        for at in range(max(begin, 0), min(stop, there)):
            ordinal = <int32_t>(keys[at] & 0xFFFFFFFF)
            texts.append(values[ordinal])
            numbers.append(counts[ordinal])
    finally:
        PyMem_Free(counts)
        PyMem_Free(keys)
    return texts, numbers, there


cdef void put_first(int64_t *keys, Py_ssize_t size, Py_ssize_t count) noexcept nogil:
    """Put the least ``count`` of numbers in front, in order; what is behind them is of no use."""
    cdef Py_ssize_t at, place
    cdef int64_t key
    if count > FEW or count == size:
        qsort(keys, size, sizeof(int64_t), &ascending)
        return
    for at in range(size):
        key, place = keys[at], min(at, count)
        if at >= count and (not count or key > keys[count - 1]):
            continue
        if place == count:
            place -= 1
        while place and keys[place - 1] > key:
            keys[place] = keys[place - 1]
            place -= 1
        keys[place] = key


cdef int ascending(const void *one, const void *two) noexcept nogil:
    cdef int64_t left = (<const int64_t *>one)[0]
    cdef int64_t right = (<const int64_t *>two)[0]
    return (left > right) - (left < right)


def by_day(const int32_t[::1] days not None, const int32_t[::1] documents not None):
    """The days of documents, each once, ascending: (d,) int64, and how many have none.

    And how many documents are of those before each, and of all: (d + 1,) int64. ``days``: (N,),
    below 0 for none; ``documents``: (n,) of them. Raises IndexError for a document or day that is
    none, be it that the arrays are written to meanwhile.
    """
    cdef Py_ssize_t count = documents.shape[0], size = days.shape[0], span
    cdef Py_ssize_t number, at, having = 0, undated = 0
    cdef int32_t document, day, first = 0x7FFFFFFF, last = -1
    cdef int64_t sum = 0
    cdef int32_t *counts = NULL
    cdef int64_t[::1] found, before
    cdef bint sound = True
    with nogil:
        for number in range(count):
            document = documents[number]
            if not 0 <= document < size:
                sound = False
                break
            day = days[document]
            if day > LAST_DAY:
                sound = False
                break
            if day < 0:
                undated += 1
            else:
                first, last = min(first, day), max(last, day)
    if not sound:
        raise IndexError("there is no such document or day")
    if last < 0:
        return np.empty(0, np.int64), np.zeros(1, np.int64), undated
    span = <Py_ssize_t>last - first + 1
    counts = <int32_t *>PyMem_Calloc(span, sizeof(int32_t))
    try:
        if counts == NULL:
            raise MemoryError
        with nogil:
            for number in range(count):
                # Another thread may have written to either since it was looked at.
                document = documents[number]
                if not 0 <= document < size:
                    sound = False
                    break
                day = days[document]
                if day >= 0:
                    if not first <= day <= last:
                        sound = False
                        break
                    having += counts[day - first] == 0
                    counts[day - first] += 1
        if not sound:
            raise IndexError("the documents or days change while they are counted")
        result = np.empty(having, np.int64), np.empty(having + 1, np.int64)
        found, before = result
        with nogil:
            number = 0
            for at in range(span):
                if counts[at]:
                    found[number], before[number] = first + at, sum
                    sum += counts[at]
                    number += 1
            before[number] = sum
    finally:
        PyMem_Free(counts)
    return *result, undated


def periods(
    const int64_t[::1] starts not None, const int64_t[::1] days not None,
    const int64_t[::1] before not None, tuple values not None, Py_ssize_t begin, Py_ssize_t stop,
):
    """Of periods that have any document those from ``begin`` to ``stop``, the latest first.

    The text and the number of documents of each, and how many periods have any. ``starts``: (p,), the
    days that they begin with, the last ending behind all days; ``values``: a text more than these,
    the first for no period; ``days``, (d,) ascending, and ``before``, (d + 1,), as of ``by_day``.
    Raises IndexError for arrays that do not fit each other.
    """
    cdef Py_ssize_t number, at = days.shape[0], there = 0
    cdef int64_t behind
    cdef list texts = [], numbers = []
    if before.shape[0] != at + 1 or len(values) != starts.shape[0] + 1:
        raise IndexError("not as many texts as periods, or counts as days")
    behind = before[at]
    for number in range(starts.shape[0] - 1, -1, -1):
        while at and days[at - 1] >= starts[number]:
            at -= 1
        if before[at] != behind:
            if begin <= there < stop:
                texts.append(values[number + 1])
                numbers.append(behind - before[at])
            there += 1
            behind = before[at]
    return texts, numbers, there
