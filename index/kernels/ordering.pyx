"""The first of candidates: those that lead, then by score or date, the newest, as they were read.

The compiled twin of ``search.local.page.order.top``. No two candidates are equal in all of that, so
there is one order, however it is found.
"""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

import numpy as np

def top(
    Py_ssize_t count, const int32_t[::1] documents not None, const double[::1] first not None,
    const int64_t[::1] second not None, leading, const uint32_t[::1] numbers=None,
):
    """The places of the first ``count`` in order, larger keys first: (min(count, n),) intp.

    (n,) each: ``documents`` ascending; ``leading`` bool, those come before the others, or None;
    ``numbers``, by which equals ascend, or None.
    """
    cdef Py_ssize_t size = documents.shape[0]
    cdef const uint8_t[::1] before = None
    cdef Py_ssize_t[::1] places
    cdef Keys keys
    if leading is not None:
        before = leading.view(np.uint8)
    if first.shape[0] != size or second.shape[0] != size or (
        before is not None and before.shape[0] != size
    ) or (numbers is not None and numbers.shape[0] != size):
        raise ValueError("each candidate has its keys")
    count = max(min(count, size), 0)
    result = np.empty(count, np.intp)
    if not count:
        return result
    places = result
    keys = Keys(&documents[0], &first[0], &second[0], NULL, NULL, NULL)
    if numbers is not None:
        keys.numbers = &numbers[0]
    if before is not None:
        keys.leading = &before[0]
    with nogil:
        select(&keys, NULL, size, &places[0], count)
    return result


cdef bint _precedes(const Keys *keys, Py_ssize_t one, Py_ssize_t two) noexcept nogil:
    """Whether the first of two places comes before the second."""
    cdef int64_t before, behind
    cdef uint32_t smaller, greater
    if keys.leading != NULL and keys.leading[one] != keys.leading[two]:
        return keys.leading[one]
    if keys.first[one] != keys.first[two]:
        return keys.first[one] > keys.first[two]
    if keys.second != NULL:
        before, behind = keys.second[one], keys.second[two]
    else:
        before, behind = keys.dates[keys.documents[one]], keys.dates[keys.documents[two]]
    if before != behind:
        return before > behind
    if keys.numbers != NULL:
        if keys.second != NULL:
            smaller, greater = keys.numbers[one], keys.numbers[two]
        else:
            smaller = keys.numbers[keys.documents[one]]
            greater = keys.numbers[keys.documents[two]]
        if smaller != greater:
            return smaller < greater
    return keys.documents[one] < keys.documents[two]


cdef void select(
    const Keys *keys, const Py_ssize_t *among, Py_ssize_t size, Py_ssize_t *heap, Py_ssize_t count
) noexcept nogil:
    """Write the first ``count`` of some places in order; the rest as ``choose`` takes it."""
    cdef Py_ssize_t last
    choose(keys, among, size, heap, count)
    for last in range(count - 1, 0, -1):
        heap[0], heap[last] = heap[last], heap[0]
        _sift(keys, heap, 0, last)


cdef void choose(
    const Keys *keys, const Py_ssize_t *among, Py_ssize_t size, Py_ssize_t *heap, Py_ssize_t count
) noexcept nogil:
    """Write the first ``count`` of some places in any order; ``among`` NULL: of the first ``size``.

    ``count`` is at most ``size``: a heap of the best so far, the last of them on top.
    """
    cdef Py_ssize_t at, place
    if not count:
        return
    for at in range(count):
        heap[at] = at if among == NULL else among[at]
    for at in range((count >> 1) - 1, -1, -1):
        _sift(keys, heap, at, count)
    for at in range(count, size):
        place = at if among == NULL else among[at]
        if _precedes(keys, place, heap[0]):
            heap[0] = place
            _sift(keys, heap, 0, count)


cdef void _sift(
    const Keys *keys, Py_ssize_t *heap, Py_ssize_t at, Py_ssize_t count
) noexcept nogil:
    """Move what is at a node down to where both below it precede it."""
    cdef Py_ssize_t below
    cdef Py_ssize_t moved = heap[at]
    while 2 * at + 1 < count:
        below = 2 * at + 1
        if below + 1 < count and _precedes(keys, heap[below], heap[below + 1]):
            below += 1
        if _precedes(keys, heap[below], moved):
            break
        heap[at] = heap[below]
        at = below
    heap[at] = moved
