"""Numbers of chunks to those of their terms: what ``index.analysis.scanning`` does by arrays."""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t, uint32_t

import numpy as np

cdef extern from *:
    void prefetch_line "__builtin_prefetch"(const void *) nogil

cdef enum:
    NEAR = 24   # so many chunks ahead their terms are fetched from memory
    FAR = 48    # and so many, where these begin

cdef enum Outcome:
    DONE
    FULL        # there is no room for the next term
    UNFIT       # a chunk has no terms

cdef struct Place:
    Py_ssize_t chunk        # the next one
    Py_ssize_t terms        # those of all before
    Py_ssize_t ending       # the next of ``upto``
    Py_ssize_t beginning    # the next of ``begins``


def spread(
    const int32_t[::1] chunks not None,
    const int32_t[::1] first not None,
    const uint32_t[:, ::1] terms not None,
    int64_t[::1] upto not None,
    int64_t[::1] begins not None,
):
    """The terms of chunks, (t,) uint32 each: stems and surface forms.

    ``first``: (c + 1,), where each chunk's begin in ``terms``, (m, 2), and the last one's end.
    ``upto``, ``begins``: numbers of chunks, ascending, which become those of their first terms.
    Raises IndexError where numbers do not fit.
    """
    cdef Place at
    cdef Outcome outcome = FULL
    cdef Py_ssize_t room = chunks.shape[0] + (chunks.shape[0] >> 3)
    if terms.shape[1] != 2:
        raise IndexError("a term is a stem and a surface form")
    stems, surfaces = np.empty(room, np.uint32), np.empty(room, np.uint32)
    cdef uint32_t[::1] stems_view
    cdef uint32_t[::1] surfaces_view
    at.chunk = at.terms = at.ending = at.beginning = 0
    while True:
        stems_view, surfaces_view = stems, surfaces
        with nogil:
            outcome = filled(chunks, first, terms, upto, begins, stems_view, surfaces_view, &at)
        if outcome == UNFIT:
            raise IndexError("a chunk has no terms")
        if outcome == DONE:
            return stems[: at.terms], surfaces[: at.terms]
        room = 2 * room + terms.shape[0]
        stems, surfaces = grown(stems, room), grown(surfaces, room)


cdef object grown(array, Py_ssize_t room):
    larger = np.empty(room, np.uint32)
    larger[: len(array)] = array
    return larger


cdef Outcome filled(
    const int32_t[::1] chunks, const int32_t[::1] first, const uint32_t[:, ::1] terms,
    int64_t[::1] upto, int64_t[::1] begins, uint32_t[::1] stems, uint32_t[::1] surfaces, Place *at,
) noexcept nogil:
    """Go on from a place as far as there is room."""
    cdef Py_ssize_t size = chunks.shape[0], known = first.shape[0] - 1
    cdef Py_ssize_t there = terms.shape[0], room = stems.shape[0]
    cdef Py_ssize_t chunk = at.chunk, total = at.terms, stop
    cdef int64_t number, place, end
    cdef const int32_t *begin = &first[0] if known >= 0 else NULL
    cdef const uint32_t *ids = &terms[0, 0] if there else NULL
    while True:
        while at.ending < upto.shape[0] and upto[at.ending] <= chunk:
            upto[at.ending] = total
            at.ending += 1
        while at.beginning < begins.shape[0] and begins[at.beginning] <= chunk:
            begins[at.beginning] = total
            at.beginning += 1
        stop = size
        if at.ending < upto.shape[0] and upto[at.ending] < stop:
            stop = upto[at.ending]
        if at.beginning < begins.shape[0] and begins[at.beginning] < stop:
            stop = begins[at.beginning]
        while chunk < stop:
            if chunk + FAR < size:
                number = chunks[chunk + FAR]
                prefetch_line(begin + (number if 0 <= number < known else 0))
                number = chunks[chunk + NEAR]
                place = first[number] if 0 <= number < known else 0
                prefetch_line(ids + 2 * (place if 0 <= place < there else 0))
            number = chunks[chunk]
            if not 0 <= number < known:
                return UNFIT
            place, end = first[number], first[number + 1]
            if not 0 <= place <= end <= there:
                return UNFIT
            if total + end - place > room:
                at.chunk, at.terms = chunk, total
                return FULL
            while place < end:
                stems[total] = terms[place, 0]
                surfaces[total] = terms[place, 1]
                total += 1
                place += 1
            chunk += 1
        if chunk == size:
            break
    while at.ending < upto.shape[0]:
        upto[at.ending] = total
        at.ending += 1
    while at.beginning < begins.shape[0]:
        begins[at.beginning] = total
        at.beginning += 1
    at.chunk, at.terms = chunk, total
    return DONE
