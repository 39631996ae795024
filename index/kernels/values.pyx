"""How many documents have which values of a facet, the commonest values first.

The compiled twin of counting into an array of all values and sorting those that are there.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport int32_t, int64_t
from libc.stdlib cimport qsort

import numpy as np


def commonest(
    const int32_t[::1] ordinals not None, Py_ssize_t values, const int32_t[::1] documents not None,
    Py_ssize_t most,
):
    """The ``most`` commonest values, equals by their ordinals: those, counts, and how many there are.

    ``ordinals``: (N,) below ``values``, 0 for none, which is no value; ``documents``: (n,) of them.
    (k,) intp each, k at most ``most``. Raises IndexError for a document or value that is none.
    """
    cdef Py_ssize_t count = documents.shape[0]
    cdef Py_ssize_t size = ordinals.shape[0]
    cdef Py_ssize_t number, there, at
    cdef int32_t document, ordinal
    cdef int32_t *counts
    cdef int64_t *keys
    cdef Py_ssize_t[:, ::1] found
    cdef bint sound = True
    counts = <int32_t *>PyMem_Calloc(max(values, 1), sizeof(int32_t))
    keys = <int64_t *>PyMem_Calloc(max(min(values, count), 1), sizeof(int64_t))
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
                if not 0 <= ordinal < values:
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
                qsort(keys, there, sizeof(int64_t), &ascending)
        if not sound:
            raise IndexError("a document has a value that is none")
        most = max(min(most, there), 0)
        result = np.empty((2, most), np.intp)
        found = result
        for at in range(most):
            ordinal = <int32_t>(keys[at] & 0xFFFFFFFF)
            found[0, at], found[1, at] = ordinal, counts[ordinal]
    finally:
        PyMem_Free(counts)
        PyMem_Free(keys)
    return result[0], result[1], there


cdef int ascending(const void *one, const void *two) noexcept nogil:
    cdef int64_t left = (<const int64_t *>one)[0]
    cdef int64_t right = (<const int64_t *>two)[0]
    return (left > right) - (left < right)
