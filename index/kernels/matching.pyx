"""Which documents of a chunk have all words of a query, which only some, and how many.

Every posting sets its word's bit at its document, from documents alone. Where nothing more is asked
of what has only some of the words than how many these are, ``intersecting`` tells it sooner.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memset

from index.kernels.chunks cimport ALL, SOME, Chunk, QueryPart, Search, marks_of
from index.kernels.scored cimport mark, mark_new, prefetch
from index.kernels.seeking cimport CHUNK, CUTS, Run, lower_bound, tells

cdef extern from "flags.h":
    void warta_states(
        const uint8_t *marks, uint8_t *states, size_t length, uint8_t need, uint8_t any_of,
        uint8_t strict, uint32_t *complete, uint32_t *partial
    ) nogil
    size_t warta_having(const uint8_t *marks, size_t length, uint8_t bit) nogil
    size_t warta_places(
        const uint8_t *states, size_t length, uint8_t wanted, uint32_t first, uint32_t *places
    ) nogil

cdef enum:
    COUNTED = 128   # documents whose numbers of matches fit a byte


cdef void limits(
    const Run *run, const Chunk *chunk, Py_ssize_t *start, Py_ssize_t *stop
) noexcept nogil:
    """Which of a run's postings are in a chunk."""
    cdef Py_ssize_t number = chunk.start // CHUNK
    if number == 0:
        start[0] = 0
    elif number <= CUTS:
        start[0] = run.cuts[number - 1]
    else:
        start[0] = lower_bound(run, run.cuts[CUTS - 1], chunk.start)
    if chunk.last:
        stop[0] = run.length
    elif number < CUTS:
        stop[0] = run.cuts[number]
    else:
        stop[0] = lower_bound(run, start[0], chunk.stop)


cdef void look_ahead(const Search *search, Py_ssize_t k) noexcept nogil:
    """Have runs on their way from memory before a chunk is looked at: those of the one behind it.

    Behind -1 is the first one, of which what is scored only is read soon, too.
    """
    if k + 1 < search.chunk_number:
        _prefetch(search, search.chunks + k + 1, True, k < 0)


cdef void look_ahead_to_score(const Search *search, Py_ssize_t k) noexcept nogil:
    """The same before a chunk is scored, where the one behind it has anything to score.

    Its runs that are scored only, as the others were read to tell what matches.
    """
    if k + 1 < search.chunk_number and search.chunks[k + 1].complete:
        _prefetch(search, search.chunks + k + 1, False, True)


cdef void _prefetch(
    const Search *search, const Chunk *chunk, bint telling, bint scored
) noexcept nogil:
    """Have runs of a chunk on their way that tell what matches, and those that are scored only."""
    cdef Py_ssize_t number, at, start, stop
    cdef const QueryPart *part
    for number in range(search.number):
        part = &search.parts[number]
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            if telling if tells(&part.runs[at]) else scored:
                limits(&part.runs[at], chunk, &start, &stop)
                prefetch(&part.runs[at], start, stop)


cdef Py_ssize_t _mark_all(
    const QueryPart *part, const Chunk *chunk, uint8_t *marks, uint8_t bit, Py_ssize_t *documents
) noexcept nogil:
    """Set a word's bit at its documents; how many postings tell these.

    ``documents`` grows by how many they are, deleted ones included; or NULL.
    """
    cdef Py_ssize_t at, start, stop, longest = -1, most = -1, found = 0
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        if tells(&part.runs[at]):
            limits(&part.runs[at], chunk, &start, &stop)
            found += stop - start
            if stop - start > most:
                longest, most = at, stop - start
    if not found:
        return 0
    # The longest first, whose documents are all new.
    limits(&part.runs[longest], chunk, &start, &stop)
    mark(&part.runs[longest], start, stop, chunk.start, marks, bit)
    if documents != NULL:
        documents[0] += most
    if found == most:
        return found
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        if at == longest or not tells(&part.runs[at]):
            continue
        limits(&part.runs[at], chunk, &start, &stop)
        if documents == NULL:
            mark(&part.runs[at], start, stop, chunk.start, marks, bit)
        else:
            documents[0] += mark_new(&part.runs[at], start, stop, chunk.start, marks, bit)
    return found


cdef void classify(Search *search, Chunk *chunk, Py_ssize_t *having) noexcept nogil:
    """Say of each document of a chunk whether it has all words, some of them, or none.

    ``having`` grows by how many live documents have each word that nobody counted; or NULL.
    """
    cdef Py_ssize_t length = chunk.stop - chunk.start, number, at, read = 0, plane, found
    cdef Py_ssize_t planes = (search.number + 7) >> 3
    cdef QueryPart *part
    cdef uint8_t *states = search.states + chunk.begin
    cdef const uint8_t *marks
    cdef uint8_t need = 0, any_of = 0, bit, state, all_
    cdef bint none = True, counted
    for plane in range(planes):
        memset(marks_of(search, chunk, plane), 0, length)
    for number in range(search.number):
        part = &search.parts[number]
        if not (part.strict or part.loose or part.uncounted):
            continue
        counted = having != NULL and part.uncounted
        found = _mark_all(
            part, chunk, marks_of(search, chunk, number >> 3), <uint8_t>(1 << (number & 7)),
            &having[number] if counted and search.live == NULL else NULL,
        )
        read += found if part.strict or part.loose else 0
        if counted and search.live != NULL:
            having[number] += _live_with(search, chunk, number)
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
            warta_states(
                marks, states, length, need, any_of, not none, &chunk.complete, &chunk.partial
            )
            break
        marks = marks_of(search, chunk, plane)
        if plane == 0:
            for at in range(length):
                states[at] = (((marks[at] & need) == need) << 1) | ((marks[at] & any_of) != 0)
        else:
            for at in range(length):
                all_ = ((marks[at] & need) == need) << 1
                states[at] = (states[at] & (all_ | 1)) | ((marks[at] & any_of) != 0)
    if planes > 1:
        for at in range(length):
            state = (states[at] >> 1) & (not none)
            states[at] = (state << 1) | (states[at] & 1 & ~state)
    if search.live != NULL:
        _pass(search.live + chunk.begin, states, length)
    if search.mask != NULL:
        _pass(search.mask + chunk.begin, states, length)
    if planes > 1 or search.live != NULL or search.mask != NULL:
        chunk.complete = <uint32_t>warta_having(states, length, ALL)
        chunk.partial = <uint32_t>warta_having(states, length, SOME)


cdef inline void _pass(const uint8_t *passing, uint8_t *states, Py_ssize_t length) noexcept nogil:
    """Make the states of documents 0 that do not pass; of the others ``passing`` is 1."""
    cdef Py_ssize_t at
    for at in range(length):
        states[at] = states[at] * passing[at]


cdef Py_ssize_t _live_with(Search *search, const Chunk *chunk, Py_ssize_t number) noexcept nogil:
    """How many live documents of a chunk have a word, which was just marked."""
    cdef Py_ssize_t at, start = 0, end, length = chunk.stop - chunk.start, found = 0
    cdef const uint8_t *marks = marks_of(search, chunk, number >> 3)
    cdef int shift = number & 7
    cdef uint8_t part
    while start < length:
        end = min(start + COUNTED, length)
        part = 0
        for at in range(start, end):
            part += (marks[at] >> shift) & search.live[chunk.begin + at]
        found += part
        start = end
    return found


cdef Py_ssize_t with_state(Search *search, const Chunk *chunk, uint8_t wanted) noexcept nogil:
    """Move the documents of a chunk that have a wanted state to ``wanted``, ascending."""
    return warta_places(
        search.states + chunk.begin, chunk.stop - chunk.start, wanted, chunk.start, search.wanted
    )


cdef Py_ssize_t postings_of(
    const QueryPart *part, const Chunk *chunk, bint scored
) noexcept nogil:
    """How many postings of a word in a chunk tell what has it; all, if they are to be scored."""
    cdef Py_ssize_t at, start, stop, found = 0
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        if scored or tells(&part.runs[at]):
            limits(&part.runs[at], chunk, &start, &stop)
            found += stop - start
    return found
