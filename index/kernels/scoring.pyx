"""A query's words to how many documents match, which do, and the best of them, in one call.

Documents are taken in chunks of up to 65,536 of a segment. First every posting of a chunk sets its
word's bit at its document, from documents alone: that tells which have all words and which only
some, and how many (``_classify``); where all words must match and one is rare, the others are
asked about its documents alone (``_intersect``). Then what can be listed is scored (``_select``): a
document's scores are added up only while it may still be among the first ``count``. That is MaxScore
(Turtle and Flood, 1995, "Query evaluation: strategies and optimizations") over chunks: words in the
order of their bounds; where those that are left cannot lift a document over the last of the best so
far, only what has scored before is asked about, by galloping through their postings.

Scores are exact sums (see ``scored``), so that they depend on no order and no chunk.
"""

include "source.pxi"

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

from index.kernels.scored cimport (
    Lead,
    Run,
    add_up,
    add_where,
    find_where,
    lower_bound,
    mark,
    prefetch,
)
from index.kernels.words cimport Word, Words

import numpy as np

cdef extern from *:
    int zeros_below "__builtin_ctzll"(unsigned long long bits) nogil

cdef enum:
    CHUNK = 65536
    BLOCK = 256
    COUNTED = 128   # documents whose numbers of matches fit a byte
    PROBED = 12     # postings that are looked at in the time of finding one document among them
    SCORED = 4      # and that are scored
    RARE = 64       # times fewer postings than all: others are asked about those of the rarest
    SOME = 1
    ALL = 2

cdef struct Part:
    const Run *runs
    const Py_ssize_t *at
    const double *bounds
    bint strict
    bint loose
    bint optional
    bint uncounted      # nobody knows how many documents have it

cdef struct Chunk:
    Py_ssize_t segment
    uint32_t start      # within the segment
    uint32_t stop
    bint last           # of its segment
    Py_ssize_t begin    # of the whole index
    uint32_t complete   # documents that have all words
    uint32_t partial    # only some

cdef struct Heap:
    double *scores      # the least of them first
    Py_ssize_t length
    Py_ssize_t room

cdef struct Found:
    int32_t *documents
    double *scores
    uint8_t *complete
    Py_ssize_t length
    Py_ssize_t room

cdef struct Search:
    Part *parts
    Py_ssize_t number
    Chunk *chunks
    Py_ssize_t chunk_number
    const Lead *lead
    const uint8_t *live
    const uint8_t *mask
    uint8_t *marks      # CHUNK of every eight words
    uint8_t *states     # of all documents
    double *totals      # CHUNK; 0 but while a chunk is scored
    uint32_t *touched   # which of them are not 0 then, in any order
    uint64_t *bits      # CHUNK bits; 0 but for a moment
    uint32_t *wanted    # candidates of a chunk, ascending
    uint8_t *chosen     # CHUNK; 0 but for candidates while they are asked about
    uint32_t *unread    # room for touched documents that nobody looks at
    Py_ssize_t *order
    double *bounds      # of the words from each on, in order
    double threshold
    Heap heap
    double *spare       # room for another heap
    Found found


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


cdef void _limits(
    const Run *run, const Chunk *chunk, Py_ssize_t *start, Py_ssize_t *stop
) noexcept nogil:
    """Which of a run's postings are in a chunk."""
    start[0] = lower_bound(run, 0, chunk.start) if chunk.start else 0
    stop[0] = run.length if chunk.last else lower_bound(run, start[0], chunk.stop)


cdef Py_ssize_t _rarest(Search *search, const Chunk *chunk) noexcept nogil:
    """The strict word by whose postings all others are sooner asked for; -1 where none is.

    So it is where all words must match, and one of them is rare: nobody wants to know what has
    only some of them, nor how many documents have a word.
    """
    cdef Py_ssize_t number, postings, rarest = -1, fewest = 0, all_ = 0
    cdef Part *part
    for number in range(search.number):
        part = &search.parts[number]
        if part.loose or part.uncounted:
            return -1
        if not part.strict:
            continue
        postings = _postings(part, chunk)
        if rarest < 0 or postings < fewest:
            rarest, fewest = number, postings
        all_ += postings
    return rarest if not fewest or fewest * RARE < all_ else -1


cdef void _intersect(Search *search, Chunk *chunk, Py_ssize_t rarest) noexcept nogil:
    """Say of each document of a chunk whether it has all words, by those that have the rarest."""
    cdef Py_ssize_t number, at, start, stop, asked, kept
    cdef Part *part = &search.parts[rarest]
    cdef uint8_t *states = search.states + chunk.begin
    cdef uint32_t document
    chunk.complete = chunk.partial = 0
    memset(states, 0, chunk.stop - chunk.start)
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        _limits(&part.runs[at], chunk, &start, &stop)
        mark(&part.runs[at], start, stop, chunk.start, states, ALL)
    asked = _candidates(search, chunk, ALL)
    kept = 0
    for at in range(asked):
        document = search.wanted[at] - chunk.start
        states[document] = 0
        if (search.live == NULL or search.live[chunk.begin + document]) and (
            search.mask == NULL or search.mask[chunk.begin + document]
        ):
            search.wanted[kept] = search.wanted[at]
            kept += 1
    asked = kept
    for number in range(search.number):
        if not asked:
            return
        part = &search.parts[number]
        if not part.strict or number == rarest:
            continue
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            find_where(&part.runs[at], search.wanted, asked, chunk.start, search.chosen)
        kept = 0
        for at in range(asked):
            document = search.wanted[at] - chunk.start
            search.wanted[kept] = search.wanted[at]
            kept += search.chosen[document]
            search.chosen[document] = 0
        asked = kept
    for at in range(asked):
        states[search.wanted[at] - chunk.start] = ALL
    chunk.complete = <uint32_t>asked


cdef void _classify(Search *search, Chunk *chunk) noexcept nogil:
    """Say of each document of a chunk whether it has all words, some of them, or none."""
    cdef Py_ssize_t length = chunk.stop - chunk.start, number, at, start, stop, read = 0, plane, end
    cdef Py_ssize_t planes = (search.number + 7) >> 3
    cdef Part *part
    cdef uint8_t *states = search.states + chunk.begin
    cdef const uint8_t *marks
    cdef uint8_t need, any_of, bit, state, whole, complete, partial
    cdef bint none = True
    number = _rarest(search, chunk)
    if number >= 0:
        _intersect(search, chunk, number)
        return
    for number in range(search.number):
        part = &search.parts[number]
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            if chunk.start == 0:
                prefetch(&part.runs[at])
    for plane in range(planes):
        memset(search.marks + plane * CHUNK, 0, length)
    for number in range(search.number):
        part = &search.parts[number]
        if not (part.strict or part.loose or part.uncounted):
            continue
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            _limits(&part.runs[at], chunk, &start, &stop)
            read += stop - start if part.strict or part.loose else 0
            mark(
                &part.runs[at], start, stop, chunk.start, search.marks + (number >> 3) * CHUNK,
                <uint8_t>(1 << (number & 7)),
            )
    chunk.complete = chunk.partial = 0
    if not read:
        return
    for plane in range(planes):
        need = any_of = 0
        for number in range(plane << 3, min(search.number, (plane + 1) << 3)):
            bit = <uint8_t>(1 << (number & 7))
            if search.parts[number].strict:
                need |= bit
                none = False
            if search.parts[number].loose:
                any_of |= bit
        marks = search.marks + plane * CHUNK
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
        for at in range(start, end):
            state = (states[at] >> 1) & whole
            states[at] = (state << 1) | (states[at] & 1 & ~state)
        if search.live != NULL:
            marks = search.live + chunk.begin
            for at in range(start, end):
                states[at] = states[at] * marks[at]
        if search.mask != NULL:
            marks = search.mask + chunk.begin
            for at in range(start, end):
                states[at] = states[at] * marks[at]
        complete = partial = 0
        for at in range(start, end):
            complete += states[at] >> 1
            partial += states[at] & 1
        chunk.complete += complete
        chunk.partial += partial
        start = end


cdef Py_ssize_t _having(Search *search, const Chunk *chunk, Py_ssize_t number) noexcept nogil:
    """How many live documents of a chunk that was just classified have a word."""
    cdef Py_ssize_t at, start = 0, end, length = chunk.stop - chunk.start, found = 0
    cdef const uint8_t *marks = search.marks + (number >> 3) * CHUNK
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


cdef Py_ssize_t _add_word(
    Search *search, const Chunk *chunk, const Part *part, uint8_t wanted, Py_ssize_t touched
) noexcept nogil:
    """Add what a word scores at the documents of a chunk that have a wanted state; see ``add_up``."""
    cdef Py_ssize_t at, start, stop
    cdef uint8_t *states = search.states + chunk.begin
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        _limits(&part.runs[at], chunk, &start, &stop)
        touched = add_up(
            &part.runs[at], search.lead, start, stop, chunk.start, states, wanted, search.totals,
            search.touched, touched,
        )
    return touched


cdef double _best_so_far(Search *search, Py_ssize_t touched) noexcept nogil:
    """What the last of the best has at least, by what was added up so far."""
    cdef Heap heap
    cdef Py_ssize_t at
    cdef double least, score
    heap.scores = search.spare
    heap.length, heap.room = search.heap.length, search.heap.room
    memcpy(heap.scores, search.heap.scores, heap.length * sizeof(double))
    least = heap.scores[0] if heap.length == heap.room else 0.0
    for at in range(touched):
        score = search.totals[search.touched[at]]
        if score > least:
            _push(&heap, score)
            if heap.length == heap.room:
                least = heap.scores[0]
    return least


cdef Py_ssize_t _survivors(
    Search *search, const Chunk *chunk, Py_ssize_t touched, double least
) noexcept nogil:
    """Move the touched documents that have at least so much to ``wanted``, ascending."""
    cdef Py_ssize_t at, place, count = 0, words = (chunk.stop - chunk.start + 63) >> 6
    cdef uint32_t document
    cdef uint64_t bits
    for at in range(touched):
        document = search.touched[at]
        search.states[chunk.begin + document] &= SOME | ALL
        if search.totals[document] >= least:
            search.bits[document >> 6] |= <uint64_t>1 << (document & 63)
            count += 1
        else:
            search.totals[document] = 0.0
    if not count:
        return 0
    count = 0
    for place in range(words):
        bits = search.bits[place]
        if not bits:
            continue
        search.bits[place] = 0
        while bits:
            document = <uint32_t>((place << 6) + zeros_below(bits))
            search.wanted[count] = chunk.start + document
            count += 1
            bits &= bits - 1
    return count


cdef Py_ssize_t _candidates(Search *search, const Chunk *chunk, uint8_t wanted) noexcept nogil:
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


cdef int _keep(Search *search, const Chunk *chunk, Py_ssize_t count, Py_ssize_t begin) except -1 nogil:
    """Keep candidates that may be among the best; of these, what was found from ``begin`` on."""
    cdef Py_ssize_t at
    cdef Found *found = &search.found
    cdef double score
    cdef uint8_t state
    cdef uint32_t document
    if found.length + count > found.room:
        if search.heap.room and found.length > begin:
            _drop(search, begin)
        if found.length + count > found.room:
            _grow(found, 2 * (found.length + count))
    for at in range(count):
        document = search.wanted[at] - chunk.start
        score = search.totals[document]
        search.totals[document] = 0.0
        if not score >= search.threshold:
            continue
        state = search.states[chunk.begin + document]
        found.documents[found.length] = <int32_t>(chunk.begin + document)
        found.scores[found.length] = score
        found.complete[found.length] = state == ALL
        found.length += 1
        if search.heap.room and (
            search.heap.length < search.heap.room or score > search.heap.scores[0]
        ):
            _push(&search.heap, score)
            if search.heap.length == search.heap.room:
                search.threshold = max(search.threshold, search.heap.scores[0])
    return 0


cdef void _drop(Search *search, Py_ssize_t begin) noexcept nogil:
    """Drop what was found from ``begin`` on and is not among the best any more."""
    cdef Py_ssize_t at, kept = begin
    cdef Found *found = &search.found
    for at in range(begin, found.length):
        found.documents[kept] = found.documents[at]
        found.scores[kept] = found.scores[at]
        found.complete[kept] = found.complete[at]
        kept += found.scores[at] >= search.threshold
    found.length = kept


cdef int _grow(Found *found, Py_ssize_t room) except -1 nogil:
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


cdef Py_ssize_t _postings(const Part *part, const Chunk *chunk) noexcept nogil:
    """How many postings of a word are in a chunk."""
    cdef Py_ssize_t at, start, stop, found = 0
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        _limits(&part.runs[at], chunk, &start, &stop)
        found += stop - start
    return found


cdef int _select(Search *search, uint8_t wanted, bint strict, Py_ssize_t count) except -1 nogil:
    """Find the best ``count`` of the documents of a wanted state, and equals of the last of them.

    All where ``count`` is 0. By the ``strict`` words or the loose ones, and by optional ones.
    """
    cdef Py_ssize_t number, at, place, words = 0, k, postings, eligible, asked, touched, segment
    cdef Py_ssize_t begin = search.found.length
    cdef const Part *part
    cdef Chunk *chunk
    search.heap.length, search.heap.room = 0, count
    search.threshold = 0.0
    for number in range(search.number):
        part = &search.parts[number]
        if part.optional or (part.strict if strict else part.loose):
            search.order[words] = number
            words += 1
    for k in range(search.chunk_number):
        chunk = &search.chunks[k]
        segment = chunk.segment
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
            asked = _candidates(search, chunk, wanted)
        else:
            while at < words and search.bounds[at] >= search.threshold:
                part = &search.parts[search.order[at]]
                touched = _add_word(search, chunk, part, wanted, touched)
                postings -= _postings(part, chunk)
                at += 1
                # Half of their bounds is about what the best have.
                if count and postings > touched and search.bounds[0] > 3 * search.bounds[at]:
                    search.threshold = max(search.threshold, _best_so_far(search, touched))
            asked = _survivors(search, chunk, touched, search.threshold - search.bounds[at])
        while at < words and asked:
            _ask(search, chunk, &search.parts[search.order[at]], asked)
            at += 1
            if search.threshold > 0.0:
                asked = _kept(search, chunk, asked, search.threshold - search.bounds[at])
        _keep(search, chunk, asked, begin)
    if count:
        _drop(search, begin)
    return 0


cdef Py_ssize_t _runs(Search *search, const Chunk *chunk, Py_ssize_t words) noexcept nogil:
    """How many runs words have in a chunk's segment."""
    cdef Py_ssize_t at, runs = 0
    cdef const Part *part
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
        postings += _postings(&search.parts[number], chunk)
    return postings


cdef void _ask(
    Search *search, const Chunk *chunk, const Part *part, Py_ssize_t asked
) noexcept nogil:
    """Add what a word scores at the candidates: through its postings where these are few."""
    cdef Py_ssize_t at, start, stop, place
    cdef bint marked = False
    cdef const Run *run
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        run = &part.runs[at]
        _limits(run, chunk, &start, &stop)
        if stop - start > PROBED * asked:
            add_where(run, search.lead, search.wanted, asked, chunk.start, search.totals)
            continue
        if not marked:
            for place in range(asked):
                search.chosen[search.wanted[place] - chunk.start] = 1
            marked = True
        add_up(
            run, search.lead, start, stop, chunk.start, search.chosen, 1, search.totals,
            search.unread, 0,
        )
    if marked:
        for place in range(asked):
            search.chosen[search.wanted[place] - chunk.start] = 0


cdef Py_ssize_t _kept(
    Search *search, const Chunk *chunk, Py_ssize_t asked, double least
) noexcept nogil:
    """Leave those of the candidates that have at least so much; their number."""
    cdef Py_ssize_t at, kept = 0
    cdef uint32_t document
    for at in range(asked):
        document = search.wanted[at]
        if search.totals[document - chunk.start] >= least:
            search.wanted[kept] = document
            kept += 1
        else:
            search.totals[document - chunk.start] = 0.0
    return kept


cdef class Room:
    """Memory of one search at a time."""

    cdef uint8_t *marks
    cdef uint8_t *states
    cdef double *doubles
    cdef uint32_t *wanted
    cdef Found found
    cdef Py_ssize_t planes

    def __dealloc__(self):
        free(self.marks)
        free(self.states)
        free(self.doubles)
        free(self.wanted)
        free(self.found.documents)
        free(self.found.scores)
        free(self.found.complete)

    cdef int make(self, Py_ssize_t size) except -1:
        """Make room for ``size`` documents; once."""
        self.states = <uint8_t *>malloc(size + 1)
        self.doubles = <double *>calloc(CHUNK + CHUNK // 64 + CHUNK // 8, sizeof(double))
        self.wanted = <uint32_t *>malloc(3 * (CHUNK + BLOCK) * sizeof(uint32_t))
        if self.states == NULL or self.doubles == NULL or self.wanted == NULL:
            raise MemoryError
        return 0

    cdef int keep(self, Found *found) except -1:
        """Keep what holds a result for the next one, unless it is large."""
        if found.room > CHUNK:
            free(found.documents)
            free(found.scores)
            free(found.complete)
            memset(found, 0, sizeof(Found))
        self.found = found[0]
        return 0

    cdef int mark_for(self, Py_ssize_t planes) except -1:
        """Make room for the marks of so many eights of words."""
        cdef void *marks
        if planes > self.planes:
            marks = realloc(self.marks, planes * CHUNK)
            if marks == NULL:
                raise MemoryError
            self.marks = <uint8_t *>marks
            self.planes = planes
        return 0


cdef class Scorer(Words):
    """Searches a snapshot's segments; see ``Words`` for its arguments. Shared by threads."""

    cdef Chunk *chunks
    cdef Py_ssize_t chunk_number
    cdef list _rooms

    def __cinit__(self, *arguments):
        cdef Py_ssize_t segment, size, start, number = 0
        for segment in range(self.segments):
            number += (self.bases[segment + 1] - self.bases[segment] + CHUNK - 1) // CHUNK
        self.chunks = <Chunk *>calloc(number + 1, sizeof(Chunk))
        if self.chunks == NULL:
            raise MemoryError
        for segment in range(self.segments):
            size = self.bases[segment + 1] - self.bases[segment]
            for start in range(0, size, CHUNK):
                self.chunks[self.chunk_number].segment = segment
                self.chunks[self.chunk_number].start = <uint32_t>start
                self.chunks[self.chunk_number].stop = <uint32_t>min(start + CHUNK, size)
                self.chunks[self.chunk_number].last = start + CHUNK >= size
                self.chunks[self.chunk_number].begin = self.bases[segment] + start
                self.chunk_number += 1
        self._rooms = []

    def __dealloc__(self):
        free(self.chunks)

    def search(
        self, tuple words not None, tuple loose not None, tuple optional not None,
        Py_ssize_t count, *, bint complete_first, int every, mask=None,
    ):
        """How many documents have all ``words``, how many only some, and those that are listed.

        ``loose`` is ``words`` where some of them suffice, and empty where all must match; without
        ``words``, some are enough. ``optional`` words add to the scores of what matches. ``mask``:
        (N,), which documents are looked at. Listed are, ascending, by documents, (n,) int32, scores,
        (n,) float64, and whether they have all words, (n,) bool:

        - ``every`` = 0: the best ``count``, and equals of the last of them. ``complete_first``: what
          has all words comes before what has only some, whatever the scores;
        - 1: all that have all words, and others only where they may be among the best ``count``;
        - 2: all.
        """
        cdef Search search
        cdef Question question = Question(self, words, loose, optional)
        cdef Room room
        cdef Py_ssize_t at, k, total = 0, partial = 0
        cdef const uint8_t[::1] passing
        if count < 1:
            raise ValueError("count >= 1")
        count = min(count, self.size + 1)
        memset(&search, 0, sizeof(Search))
        if mask is not None:
            if len(mask) != self.size:
                raise ValueError("the mask is of other documents")
            passing = np.ascontiguousarray(mask, np.bool_).view(np.uint8)
            search.mask = &passing[0] if self.size else NULL
        try:
            room = self._rooms.pop()
        except IndexError:
            room = Room()
            room.make(self.size)
        question.make(self.chunk_number, count)
        room.mark_for((question.number + 7) >> 3)
        search.parts, search.number = question.parts, question.number
        search.order, search.bounds = question.order, question.bounds
        search.heap.scores, search.spare = question.scores, question.scores + count
        search.chunks, search.chunk_number = question.chunks, self.chunk_number
        memcpy(search.chunks, self.chunks, self.chunk_number * sizeof(Chunk))
        search.lead, search.live = &self.lead, self.live
        search.marks, search.states, search.wanted = room.marks, room.states, room.wanted
        search.totals = room.doubles
        search.bits = <uint64_t *>(room.doubles + CHUNK)
        search.chosen = <uint8_t *>(search.bits + CHUNK // 64)
        search.touched = room.wanted + CHUNK + BLOCK
        search.unread = search.touched + CHUNK + BLOCK
        search.found = room.found
        search.found.length = 0
        memset(&room.found, 0, sizeof(Found))
        try:
            with nogil:
                for k in range(search.chunk_number):
                    _classify(&search, &search.chunks[k])
                    total += search.chunks[k].complete
                    partial += search.chunks[k].partial
                    for at in range(search.number):
                        if search.parts[at].uncounted:
                            question.having[at] += _having(&search, &search.chunks[k], at)
                if every == 2 and question.same:
                    _select(&search, SOME | ALL, question.strict, 0)
                elif every == 0 and question.same and not complete_first:
                    _select(&search, SOME | ALL, question.strict, count)
                else:
                    _select(&search, ALL, True, 0 if every or total <= count else count)
                    if every == 2:
                        _select(&search, SOME, False, 0)
                    elif not complete_first:
                        _select(&search, SOME, False, count)
                    elif total < count:
                        _select(&search, SOME, False, count - total)
            listed = _listed(&search.found)
        except BaseException:
            # Its totals may not be 0 any more: it is given up, with what holds the result.
            room.found = search.found
            raise
        question.note_counts()
        room.keep(&search.found)
        self._rooms.append(room)
        return total, partial, *listed


cdef tuple _listed(Found *found):
    """What was found as arrays, ascending."""
    cdef Py_ssize_t length = found.length
    documents = np.empty(length, np.int32)
    scores = np.empty(length)
    complete = np.empty(length, np.bool_)
    cdef int32_t[::1] numbers = documents
    cdef double[::1] values = scores
    cdef uint8_t[::1] flags = complete.view(np.uint8)
    cdef Py_ssize_t middle = 1, first = 0, second, at
    if not length:
        return documents, scores, complete
    # What was selected by two calls is two rows that ascend.
    while middle < length and found.documents[middle - 1] < found.documents[middle]:
        middle += 1
    second = middle
    for at in range(length):
        if first < middle and (
            second == length or found.documents[first] < found.documents[second]
        ):
            place, first = first, first + 1
        else:
            place, second = second, second + 1
        numbers[at] = found.documents[place]
        values[at] = found.scores[place]
        flags[at] = found.complete[place]
    return documents, scores, complete


cdef class Question:
    """The words of one search, and memory that depends on them."""

    cdef Part *parts
    cdef Py_ssize_t *order
    cdef Py_ssize_t *having     # how many documents have each word that nobody counted
    cdef double *bounds
    cdef double *scores
    cdef Chunk *chunks
    cdef Py_ssize_t number
    cdef bint same
    cdef bint strict
    cdef list _words

    def __cinit__(self, Words of, tuple words, tuple loose, tuple optional):
        cdef Py_ssize_t at, most
        cdef Word word
        for word in (*words, *loose, *optional):
            of.need(word)
        if words and loose and len(words) != len(loose):
            raise ValueError("as many loose words as words")
        most = len(words) + len(loose) + len(optional)
        self._words = []
        self.parts = <Part *>calloc(most + 1, sizeof(Part))
        self.order = <Py_ssize_t *>calloc(most + 1, sizeof(Py_ssize_t))
        self.having = <Py_ssize_t *>calloc(most + 1, sizeof(Py_ssize_t))
        self.bounds = <double *>calloc(most + 2, sizeof(double))
        if not (self.parts and self.order and self.having and self.bounds):
            raise MemoryError
        self.same = True
        self.strict = bool(words)
        for at in range(len(words)):
            word = words[at]
            self._add(word, True, bool(loose) and loose[at] is word, False)
            if loose and loose[at] is not word:
                self.same = False
        for at in range(len(loose)):
            word = loose[at]
            if not words or words[at] is not word:
                self._add(word, False, True, False)
        for word in optional:
            self._add(word, False, False, True)

    def __dealloc__(self):
        free(self.parts)
        free(self.order)
        free(self.having)
        free(self.bounds)
        free(self.scores)
        free(self.chunks)

    cdef int _add(self, Word word, bint strict, bint loose, bint optional) except -1:
        cdef Part *part = &self.parts[self.number]
        part.runs, part.at, part.bounds = word.runs, word.at, word.bounds
        part.strict, part.loose, part.optional = strict, loose, optional
        part.uncounted = word.documents < 0
        self._words.append(word)
        self.number += 1
        return 0

    cdef int make(self, Py_ssize_t chunks, Py_ssize_t count) except -1:
        """Make room for chunks, and for the best so many twice; once."""
        self.chunks = <Chunk *>calloc(chunks + 1, sizeof(Chunk))
        self.scores = <double *>calloc(2 * count, sizeof(double))
        if self.chunks == NULL or self.scores == NULL:
            raise MemoryError
        return 0

    cdef int note_counts(self) except -1:
        """Note of words how many documents have them."""
        cdef Py_ssize_t at
        cdef Word word
        for at in range(self.number):
            word = self._words[at]
            if self.parts[at].uncounted:
                word.documents = self.having[at]
        return 0
