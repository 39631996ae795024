"""Copies runs of items to their places (see ``index.segments.runs``)."""

include "source.pxi"

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

ctypedef fused item:
    uint8_t
    uint16_t
    uint32_t
    uint64_t

cdef int FEW = 16  # items up to which a loop is sooner done than a call


def put_runs(
    item[::1] target not None,
    const int64_t[::1] firsts not None,
    const int64_t[::1] counts not None,
    const item[::1] items not None,
):
    """Write runs of ``items``, one behind the other there, to ``target`` from ``firsts`` on.

    ``firsts``, ``counts``: (r,) the place of each run and how many items it has, (counts.sum(),)
    items in all. Raises IndexError for a run that is not within both.
    """
    cdef Py_ssize_t failed
    if firsts.shape[0] != counts.shape[0]:
        raise IndexError("runs differ in number")
    with nogil:
        failed = _put(target, firsts, counts, items)
    if failed >= 0:
        raise IndexError(f"run {failed} is out of bounds")


cdef Py_ssize_t _put(
    item[::1] target, const int64_t[::1] firsts, const int64_t[::1] counts, const item[::1] items
) noexcept nogil:
    """Returns the number of a run that does not fit, or -1."""
    cdef Py_ssize_t run, step, read = 0
    cdef int64_t first, count
    for run in range(firsts.shape[0]):
        first, count = firsts[run], counts[run]
        if count < 0 or count > items.shape[0] - read:
            return run
        if count == 0:
            continue
        if first < 0 or first > target.shape[0] - count:
            return run
        if count <= FEW:
            for step in range(count):
                target[first + step] = items[read + step]
        else:
            memcpy(&target[first], &items[read], count * sizeof(item))
        read += count
    return -1 if read == items.shape[0] else firsts.shape[0]
