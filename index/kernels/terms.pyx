"""Numbers of chunks to those of their terms: what ``index.analysis.scanning`` does by arrays."""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t, uint32_t

import numpy as np


def spread(
    const int32_t[::1] chunks not None,
    const int32_t[::1] first not None,
    const int32_t[::1] count not None,
    const uint32_t[::1] stem_of not None,
    const uint32_t[::1] surface_of not None,
    int64_t[::1] upto not None,
    int64_t[::1] begins not None,
):
    """The terms of chunks, (t,) uint32 each: stems and surface forms.

    ``first``, ``count``: (c,) of each chunk's terms, where they are in ``stem_of`` and
    ``surface_of``, (m,). ``upto``, ``begins``: numbers of chunks, ascending, which become those of
    their first terms. Raises IndexError where numbers do not fit.
    """
    cdef Py_ssize_t size = chunks.shape[0], known = min(first.shape[0], count.shape[0])
    cdef Py_ssize_t terms = min(stem_of.shape[0], surface_of.shape[0])
    cdef Py_ssize_t at, place, end, total = 0
    cdef int32_t chunk
    cdef bint fits = True
    with nogil:
        for at in range(size):
            chunk = chunks[at]
            if not 0 <= chunk < known or first[chunk] < 0 or count[chunk] < 0 or (
                <int64_t>first[chunk] + count[chunk] > terms
            ):
                fits = False
                break
            total += count[chunk]
    if not fits:
        raise IndexError("a chunk has no terms")
    stems, surfaces = np.empty(total, np.uint32), np.empty(total, np.uint32)
    cdef uint32_t[::1] stems_view = stems
    cdef uint32_t[::1] surfaces_view = surfaces
    cdef Py_ssize_t ending = 0, beginning = 0
    cdef Py_ssize_t endings = upto.shape[0], beginnings = begins.shape[0]
    total = 0
    with nogil:
        for at in range(size):
            while ending < endings and upto[ending] <= at:
                upto[ending] = total
                ending += 1
            while beginning < beginnings and begins[beginning] <= at:
                begins[beginning] = total
                beginning += 1
            chunk = chunks[at]
            place = first[chunk]
            end = place + count[chunk]
            while place < end:
                stems_view[total] = stem_of[place]
                surfaces_view[total] = surface_of[place]
                total += 1
                place += 1
        while ending < endings:
            upto[ending] = total
            ending += 1
        while beginning < beginnings:
            begins[beginning] = total
            beginning += 1
    return stems, surfaces
