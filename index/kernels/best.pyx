"""The best of the documents that match, of a chunk after the other.

A document's scores are added up only while it may still be among the first. That is MaxScore (Turtle
and Flood, 1995, "Query evaluation: strategies and optimizations") over chunks: words in the order of
their bounds; where those that are left cannot lift a document over the last of the best so far, only
what has scored before is asked about, by galloping through their postings.
"""

include "source.pxi"

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport realloc
from libc.string cimport memcpy, memset

from index.kernels.chunks cimport ALL, SOME, Chunk, Heap, QueryPart, Ranked, Search, marks_of
from index.kernels.matching cimport limits, postings_of, with_state
from index.kernels.scored cimport add_up, add_where
from index.kernels.seeking cimport Run

cdef extern from "bits.h":
    size_t warta_listed(const uint64_t *words, size_t number, uint32_t start, uint32_t *places) nogil

cdef enum:
    SCORED = 4      # and that are scored
    MANY = 32       # times as many as are wanted are told from by the best of each four
    GRADES = 256    # parts of the highest score, by which it is told what the best have at least

cdef double WORTH = 1.5     # times less than all words may give, what is left is worth comparing


cdef void _push(Heap *heap, double score) noexcept nogil:
    """Put a score among the best."""
    cdef Py_ssize_t at, child, length = heap.length
    cdef double *scores = heap.scores
    if length < heap.room:
        at = length
        heap.length = length + 1
        while at and scores[(at - 1) >> 1] > score:
            scores[at] = scores[(at - 1) >> 1]
            at = (at - 1) >> 1
        scores[at] = score
        return
    if score <= scores[0]:
        return
    at = 0
    while True:
        child = 2 * at + 1
        if child >= length:
            break
        if child + 1 < length and scores[child + 1] < scores[child]:
            child += 1
        if scores[child] >= score:
            break
        scores[at] = scores[child]
        at = child
    scores[at] = score


cdef Py_ssize_t _add_word(
    Search *search, const Chunk *chunk, const QueryPart *part, uint8_t wanted, Py_ssize_t touched
) noexcept nogil:
    """Add what a word scores at the documents of a chunk that have a wanted state; see ``add_up``."""
    cdef Py_ssize_t at, start, stop
    cdef uint8_t *states = search.states + chunk.begin
    if search.by_marks and search.live == NULL and search.mask == NULL:
        wanted = 0  # marks tell it
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        limits(&part.runs[at], chunk, &start, &stop)
        touched = add_up(
            &part.runs[at], search.lead, start, stop, chunk.start, states, wanted,
            marks_of(search, chunk, 0), search.hopeful if search.by_marks else NULL, search.totals,
            search.touched, touched,
        )
    return touched


cdef void _hope(
    Search *search, const Chunk *chunk, Py_ssize_t words, uint8_t wanted
) noexcept nogil:
    """Say with which marks documents of a wanted state may still be among the best of a chunk."""
    cdef double most[256]
    cdef double others = 0.0, bound
    cdef Py_ssize_t at, number, low
    cdef Py_ssize_t several = <Py_ssize_t>1 << search.number
    cdef Py_ssize_t need = 0, any_of = 0
    most[0] = 0.0
    for number in range(search.number):
        bound = 0.0
        for at in range(words):
            if search.order[at] == number:
                bound = search.parts[number].bounds[chunk.segment]
        if search.parts[number].optional:
            # Who has it may not be marked.
            others += bound
            bound = 0.0
        low = <Py_ssize_t>1 << number
        if search.parts[number].strict:
            need |= low
        if search.parts[number].loose:
            any_of |= low
        for at in range(low):
            most[low + at] = most[at] + bound
    for at in range(several):
        if need and at & need == need:
            search.hopeful[at] = (wanted & ALL) != 0
        else:
            search.hopeful[at] = at & any_of != 0 and (wanted & SOME) != 0
        search.hopeful[at] &= most[at] + others >= search.threshold


cdef double best_so_far(
    Search *search, const uint32_t *documents, Py_ssize_t count, uint32_t begin, double most
) noexcept nogil:
    """What the last of the best has at least, or a little less, by what was added up so far.

    That was added up of ``count`` documents, which are counted from ``begin`` less than totals are;
    ``most``: what none of them scores more than (if one does, less is told).
    """
    cdef uint32_t numbers[GRADES]
    cdef Py_ssize_t at = 0, more = 0, left = search.heap.room
    cdef Py_ssize_t whole = count - 3 if count > MANY * left else 0
    cdef const double *totals = search.totals
    cdef double least = search.heap.scores[0] if search.heap.length == left else 0.0
    cdef double grades, score, other
    if count + search.heap.length < left or not most > least:
        return least
    grades = GRADES / most
    if not grades > 0.0:
        return least
    memset(numbers, 0, sizeof(numbers))
    # The best of each four for all of them: few of the best stand together.
    while at < whole:
        score = _greater(totals[documents[at] - begin], totals[documents[at + 1] - begin])
        other = _greater(totals[documents[at + 2] - begin], totals[documents[at + 3] - begin])
        score = _greater(score, other)
        if score > least:
            numbers[_grade(score * grades)] += 1
            more += 1
        at += 4
    for at in range(at, count):
        score = totals[documents[at] - begin]
        # From the second chunk on few are better than the last of the best.
        if score > least:
            numbers[_grade(score * grades)] += 1
            more += 1
    if not more:
        return least
    for at in range(search.heap.length):
        numbers[_grade(search.heap.scores[at] * grades)] += 1
    for at in range(GRADES - 1, 0, -1):
        left -= numbers[at]
        if left <= 0:
            # Division and multiplication round.
            return max(least, <double>at / grades * (1.0 - 1e-9))
    return least


cdef inline double _greater(double one, double other) noexcept nogil:
    return one if one > other else other


cdef inline Py_ssize_t _grade(double score) noexcept nogil:
    score = score if score > 0.0 else 0.0
    return <Py_ssize_t>(score if score < GRADES - 1 else GRADES - 1)


cdef Py_ssize_t _survivors(
    Search *search, const Chunk *chunk, Py_ssize_t touched, double least
) noexcept nogil:
    """Move the touched documents that have at least so much to ``wanted``, ascending."""
    cdef Py_ssize_t at, count = 0, words = (chunk.stop - chunk.start + 63) >> 6
    cdef uint32_t document
    cdef uint64_t total, stays
    # What is written is none of these: so they need not be read again and again.
    cdef uint8_t *states = search.states + chunk.begin
    cdef uint64_t *kept = search.bits
    cdef double *totals = search.totals
    cdef uint32_t *wanted = search.wanted
    cdef const uint32_t *documents = search.touched
    for at in range(touched):
        document = documents[at]
        states[document] &= SOME | ALL
        # Without branches on scores, as in ``kept``.
        stays = totals[document] >= least
        memcpy(&total, &totals[document], sizeof(total))
        total &= 0 - stays
        memcpy(&totals[document], &total, sizeof(total))
        wanted[count] = document
        count += <Py_ssize_t>stays
    for at in range(count):
        document = wanted[at]
        kept[document >> 6] |= <uint64_t>1 << (document & 63)
    if not count:
        return 0
    count = warta_listed(kept, words, chunk.start, wanted)
    memset(kept, 0, words * sizeof(uint64_t))
    return count


cdef int keep(
    Search *search, const Chunk *chunk, Py_ssize_t count, Py_ssize_t begin, bint complete
) except -1 nogil:
    """Keep candidates that may be among the best; of these, what was found from ``begin`` on.

    ``complete``: it is known that they have all words.
    """
    cdef Py_ssize_t at
    cdef Ranked *found = &search.found
    cdef double score
    cdef uint32_t document
    if found.length + count > found.room:
        if search.heap.room and found.length > begin:
            drop(search, begin)
        if found.length + count > found.room:
            _grow(found, 2 * (found.length + count))
    for at in range(count):
        document = search.wanted[at] - chunk.start
        score = search.totals[document]
        search.totals[document] = 0.0
        if not score >= search.threshold:
            continue
        found.documents[found.length] = <int32_t>(chunk.begin + document)
        found.scores[found.length] = score
        found.complete[found.length] = complete or search.states[chunk.begin + document] == ALL
        found.length += 1
        if search.heap.room and (
            search.heap.length < search.heap.room or score > search.heap.scores[0]
        ):
            _push(&search.heap, score)
            if search.heap.length == search.heap.room:
                search.threshold = max(search.threshold, search.heap.scores[0])
    return 0


cdef void drop(Search *search, Py_ssize_t begin) noexcept nogil:
    """Drop what was found from ``begin`` on and is not among the best any more."""
    cdef Py_ssize_t at, kept = begin
    cdef Ranked *found = &search.found
    for at in range(begin, found.length):
        found.documents[kept] = found.documents[at]
        found.scores[kept] = found.scores[at]
        found.complete[kept] = found.complete[at]
        kept += found.scores[at] >= search.threshold
    found.length = kept


cdef int _grow(Ranked *found, Py_ssize_t room) except -1 nogil:
    cdef void *documents = realloc(found.documents, room * sizeof(int32_t))
    if documents != NULL:
        found.documents = <int32_t *>documents
    cdef void *scores = realloc(found.scores, room * sizeof(double))
    if scores != NULL:
        found.scores = <double *>scores
    cdef void *complete = realloc(found.complete, room)
    if complete != NULL:
        found.complete = <uint8_t *>complete
    if documents == NULL or scores == NULL or complete == NULL:
        raise MemoryError
    found.room = room
    return 0


cdef int select(Search *search, uint8_t wanted, bint strict, Py_ssize_t count) except -1 nogil:
    """Find the best ``count`` of the documents of a wanted state, and equals of the last of them.

    All where ``count`` is 0. By the ``strict`` words or the loose ones, and by optional ones.
    """
    cdef Py_ssize_t number, at, words = 0, k, postings, eligible, asked, touched
    cdef Py_ssize_t begin = search.found.length
    cdef double least
    cdef const QueryPart *part
    cdef Chunk *chunk
    cdef bint graded
    search.heap.length, search.heap.room = 0, count
    search.threshold = 0.0
    search.by_marks = False
    for number in range(search.number):
        part = &search.parts[number]
        # Where some words suffice, all documents are marked.
        search.by_marks = search.by_marks or part.loose
        if part.optional or (part.strict if strict else part.loose):
            search.order[words] = number
            words += 1
    search.by_marks = search.by_marks and count and search.number <= 8
    for k in range(search.chunk_number):
        chunk = &search.chunks[k]
        eligible = (chunk.partial if wanted & SOME else 0) + (
            chunk.complete if wanted & ALL else 0
        )
        if not eligible:
            continue
        postings = _ordered(search, chunk, words)
        if search.bounds[0] < search.threshold:
            continue
        at = touched = 0
        if eligible * SCORED * _runs(search, chunk, words) < postings:
            asked = with_state(search, chunk, wanted)
        else:
            if search.by_marks:
                _hope(search, chunk, words, wanted)
            graded = False
            while at < words and search.bounds[at] >= search.threshold:
                part = &search.parts[search.order[at]]
                touched = _add_word(search, chunk, part, wanted, touched)
                postings -= postings_of(part, chunk, True)
                at += 1
                graded = (
                    count and postings > touched and search.bounds[0] > WORTH * search.bounds[at]
                )
                if graded:
                    least = best_so_far(search, search.touched, touched, 0, search.bounds[0])
                    search.threshold = max(search.threshold, least)
                    if search.by_marks:
                        _hope(search, chunk, words, wanted)
            if count and not graded and touched > SEVERAL * count and (
                search.bounds[at] < search.bounds[0]
            ):
                least = best_so_far(search, search.touched, touched, 0, search.bounds[0])
                search.threshold = max(search.threshold, least)
            asked = _survivors(search, chunk, touched, search.threshold - search.bounds[at])
        while at < words and asked:
            _ask(search, chunk, &search.parts[search.order[at]], asked)
            at += 1
            if search.threshold > 0.0:
                asked = kept(search, chunk, NULL, asked, search.threshold - search.bounds[at])
        keep(search, chunk, asked, begin, False)
    if count:
        drop(search, begin)
    return 0


cdef Py_ssize_t _runs(Search *search, const Chunk *chunk, Py_ssize_t words) noexcept nogil:
    """How many runs words have in a chunk's segment."""
    cdef Py_ssize_t at, runs = 0
    cdef const QueryPart *part
    for at in range(words):
        part = &search.parts[search.order[at]]
        runs += part.at[chunk.segment + 1] - part.at[chunk.segment]
    return runs


cdef Py_ssize_t _ordered(Search *search, const Chunk *chunk, Py_ssize_t words) noexcept nogil:
    """Order words by what they may give a document of a chunk, most first; how many postings."""
    cdef Py_ssize_t at, place, number, postings = 0
    cdef double bound
    for at in range(1, words):
        number, place = search.order[at], at
        bound = search.parts[number].bounds[chunk.segment]
        while place and search.parts[search.order[place - 1]].bounds[chunk.segment] < bound:
            search.order[place] = search.order[place - 1]
            place -= 1
        search.order[place] = number
    search.bounds[words] = 0.0
    for at in range(words - 1, -1, -1):
        number = search.order[at]
        search.bounds[at] = search.bounds[at + 1] + search.parts[number].bounds[chunk.segment]
        postings += postings_of(&search.parts[number], chunk, True)
    return postings


cdef void _ask(
    Search *search, const Chunk *chunk, const QueryPart *part, Py_ssize_t asked
) noexcept nogil:
    """Add what a word scores at the candidates: through its postings where these are few."""
    cdef Py_ssize_t at, start, stop, place
    cdef bint marked = False
    cdef const Run *run
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        run = &part.runs[at]
        limits(&part.runs[at], chunk, &start, &stop)
        if stop - start > PROBED * asked:
            add_where(
                run, search.lead, start, stop, search.wanted, asked, chunk.start, search.totals
            )
            continue
        if not marked:
            for place in range(asked):
                search.chosen[search.wanted[place] - chunk.start] = 1
            marked = True
        add_up(
            run, search.lead, start, stop, chunk.start, search.chosen, 1, NULL, NULL, search.totals,
            search.unread, 0,
        )
    if marked:
        for place in range(asked):
            search.chosen[search.wanted[place] - chunk.start] = 0


cdef Py_ssize_t kept(
    Search *search, const Chunk *chunk, uint64_t *bits, Py_ssize_t asked, double least
) noexcept nogil:
    """Leave those of the candidates that have at least so much, and of their bits; their number.

    ``bits``: CHUNK of them, which candidates have; or NULL.
    """
    cdef Py_ssize_t at, left = 0
    cdef uint32_t document
    cdef double *totals = search.totals
    cdef uint32_t *wanted = search.wanted
    cdef uint64_t total, there
    # Written without branches on scores, as a processor cannot predict these.
    for at in range(asked):
        document = wanted[at] - chunk.start
        there = totals[document] >= least
        wanted[left] = document + chunk.start
        left += <Py_ssize_t>there
        memcpy(&total, &totals[document], sizeof(total))
        total &= 0 - there
        memcpy(&totals[document], &total, sizeof(total))
        if bits != NULL:
            bits[document >> 6] &= ~((1 - there) << (document & 63))
    return left
