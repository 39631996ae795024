"""Which documents of a chunk have all words of a query, which only some, and how many.

Every posting sets its word's bit at its document, from documents alone. Where nothing more is asked
of what has only some of the words than how many these are, ``intersecting`` tells it sooner.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from index.kernels.chunks cimport Chunk, Part, Search, inside, marks_of
from index.kernels.scored cimport mark, prefetch

cdef enum:
    COUNTED = 128   # documents whose numbers of matches fit a byte


cdef void look_ahead(const Search *search, Py_ssize_t k) noexcept nogil:
    """Have runs on their way from memory before a chunk is looked at: those of the one behind it."""
    if k == 0:
        _prefetch(search, search.chunks)
    if k + 1 < search.chunk_number:
        _prefetch(search, search.chunks + k + 1)


cdef void _prefetch(const Search *search, const Chunk *chunk) noexcept nogil:
    cdef Py_ssize_t number, at
    cdef const Part *part
    if chunk.start == 0:
        for number in range(search.number):
            part = &search.parts[number]
            for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
                prefetch(&part.runs[at])


cdef void classify(Search *search, Chunk *chunk) noexcept nogil:
    """Say of each document of a chunk whether it has all words, some of them, or none."""
    cdef Py_ssize_t length = chunk.stop - chunk.start, number, at, start, stop, read = 0, plane, end
    cdef Py_ssize_t planes = (search.number + 7) >> 3
    cdef Part *part
    cdef uint8_t *states = search.states + chunk.begin
    cdef const uint8_t *marks
    cdef const uint8_t *passing
    cdef uint8_t need = 0, any_of = 0, bit, state, whole, complete, partial
    cdef bint none = True
    for plane in range(planes):
        memset(marks_of(search, chunk, plane), 0, length)
    for number in range(search.number):
        part = &search.parts[number]
        if not (part.strict or part.loose or part.uncounted):
            continue
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            inside(search, part, at, chunk, &start, &stop)
            read += stop - start if part.strict or part.loose else 0
            mark(
                &part.runs[at], start, stop, chunk.start, marks_of(search, chunk, number >> 3),
                <uint8_t>(1 << (number & 7)),
            )
    chunk.complete = chunk.partial = 0
    if not read:
        return
    marks = marks_of(search, chunk, 0)
    for plane in range(planes):
        need = any_of = 0
        for number in range(plane << 3, min(search.number, (plane + 1) << 3)):
            bit = <uint8_t>(1 << (number & 7))
            if search.parts[number].strict:
                need |= bit
                none = False
            if search.parts[number].loose:
                any_of |= bit
        if planes == 1:
            break
        marks = marks_of(search, chunk, plane)
        if plane == 0:
            for at in range(length):
                states[at] = (((marks[at] & need) == need) << 1) | ((marks[at] & any_of) != 0)
        else:
            for at in range(length):
                whole = ((marks[at] & need) == need) << 1
                states[at] = (states[at] & (whole | 1)) | ((marks[at] & any_of) != 0)
    whole = 0 if none else 1
    start = 0
    while start < length:
        end = min(start + COUNTED, length)
        if planes == 1:
            for at in range(start, end):
                state = ((marks[at] & need) == need) & whole
                states[at] = (state << 1) | (((marks[at] & any_of) != 0) & ~state)
        else:
            for at in range(start, end):
                state = (states[at] >> 1) & whole
                states[at] = (state << 1) | (states[at] & 1 & ~state)
        if search.live != NULL:
            passing = search.live + chunk.begin
            for at in range(start, end):
                states[at] = states[at] * passing[at]
        if search.mask != NULL:
            passing = search.mask + chunk.begin
            for at in range(start, end):
                states[at] = states[at] * passing[at]
        complete = partial = 0
        for at in range(start, end):
            complete += states[at] >> 1
            partial += states[at] & 1
        chunk.complete += complete
        chunk.partial += partial
        start = end


cdef Py_ssize_t having(Search *search, const Chunk *chunk, Py_ssize_t number) noexcept nogil:
    """How many live documents of a chunk that was just classified have a word."""
    cdef Py_ssize_t at, start = 0, end, length = chunk.stop - chunk.start, found = 0
    cdef const uint8_t *marks = marks_of(search, chunk, number >> 3)
    cdef int shift = number & 7
    cdef uint8_t part
    while start < length:
        end = min(start + COUNTED, length)
        part = 0
        if search.live == NULL:
            for at in range(start, end):
                part += (marks[at] >> shift) & 1
        else:
            for at in range(start, end):
                part += (marks[at] >> shift) & search.live[chunk.begin + at]
        found += part
        start = end
    return found


cdef Py_ssize_t with_state(Search *search, const Chunk *chunk, uint8_t wanted) noexcept nogil:
    """Move the documents of a chunk that have a wanted state to ``wanted``, ascending."""
    cdef Py_ssize_t at = 0, count = 0, length = chunk.stop - chunk.start, end
    cdef const uint8_t *states = search.states + chunk.begin
    cdef uint64_t eight, every = wanted * <uint64_t>0x0101010101010101
    while at < length:
        if at + 8 <= length:
            memcpy(&eight, states + at, 8)
            if not eight & every:
                at += 8
                continue
        end = min(at + 8, length)
        while at < end:
            search.wanted[count] = <uint32_t>(chunk.start + at)
            count += (states[at] & wanted) != 0
            at += 1
    return count


cdef Py_ssize_t postings_of(
    const Search *search, const Part *part, const Chunk *chunk
) noexcept nogil:
    """How many postings of a word are in a chunk."""
    cdef Py_ssize_t at, start, stop, found = 0
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        inside(search, part, at, chunk, &start, &stop)
        found += stop - start
    return found
