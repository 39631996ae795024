"""Copies runs of items to their places, and counts them (see ``index.segments.runs``)."""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from index.kernels.prefetching cimport prefetch_line

cdef enum:
    FAR = 16    # runs ahead, what one of which needs is asked for: it is seldom where others were

ctypedef fused small:
    uint8_t
    uint16_t
    uint32_t


ctypedef fused wide:
    uint8_t
    uint16_t
    uint32_t


def put_next(
    wide[::1] target not None,
    int64_t[::1] free not None,
    const uint32_t[::1] terms not None,
    const uint32_t[::1] counts not None,
    const small[::1] items not None,
    uint32_t more,
    bint take,
):
    """Write the next items of terms, run after run, to where their places are free in ``target``.

    ``free``: where the next item of a term goes, by its number; ``terms``, ``counts``: (r,) the
    terms and how many of the items each has; ``more`` is added to each. The places are free no more
    if ``take``. Raises IndexError for what does not fit, where some may be written.
    """
    cdef Py_ssize_t run, step, read = 0, runs = terms.shape[0]
    cdef int64_t first, count
    cdef uint32_t ahead
    cdef bint fits = runs == counts.shape[0]
    with nogil:
        for run in range(runs if fits else 0):
            if run + 2 * FAR < runs and terms[run + 2 * FAR] < <uint64_t>free.shape[0]:
                prefetch_line(&free[terms[run + 2 * FAR]])
            if run + FAR < runs:
                ahead = terms[run + FAR]
                if ahead < <uint64_t>free.shape[0] and 0 <= free[ahead] < target.shape[0]:
                    prefetch_line(&target[free[ahead]])
            if terms[run] >= <uint64_t>free.shape[0]:
                fits = False
                break
            first, count = free[terms[run]], counts[run]
            if count > items.shape[0] - read or not 0 <= first <= target.shape[0] - count:
                fits = False
                break
            for step in range(count):
                target[first + step] = <wide>(items[read + step] + more)
            read += count
            if take:
                free[terms[run]] = first + count
    if not fits or read != items.shape[0]:
        raise IndexError("runs are out of bounds")


def first_items(const small[::1] items not None, const wide[::1] counts not None):
    """The first item of each run, (r,); ``counts``: how many of the items each has, none none.

    Raises IndexError where they are not as many together.
    """
    cdef Py_ssize_t run, at = 0
    found = np.empty(counts.shape[0], np.asarray(items).dtype)
    cdef small[::1] firsts = found
    with nogil:
        for run in range(counts.shape[0]):
            if at >= items.shape[0] or counts[run] == 0:
                at = -1
                break
            firsts[run] = items[at]
            at += counts[run]
    if at != items.shape[0]:
        raise IndexError("runs are out of bounds")
    return found


def add_counts(
    int64_t[::1] totals not None, const uint32_t[::1] terms not None, const uint32_t[::1] counts not None
):
    """Add the counts of terms, (r,), each once, to their ``totals``.

    Raises IndexError for a term that has none, where some may be added.
    """
    cdef Py_ssize_t row
    cdef bint fits = terms.shape[0] == counts.shape[0]
    with nogil:
        for row in range(terms.shape[0] if fits else 0):
            if terms[row] >= <uint64_t>totals.shape[0]:
                fits = False
                break
            totals[terms[row]] += counts[row]
    if not fits:
        raise IndexError("a term is out of bounds")
