"""A query's words to how many documents match, which do, and the best of them, in one call.

Documents are taken in chunks of up to 65,536 of a segment. First it is told of each which have all
words and which only some (``matching``; ``intersecting`` by bits, where only what has all words is
listed), then what can be listed is scored: what has all words run by run (``all_words``), or else
what matches word by word (``best``). Scores are sums that are exact where no weight is far beyond
another (see ``scored``): then they depend on no order and no chunk.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy, memset

from index.kernels.all_words cimport select_all_words
from index.kernels.best cimport select
from index.kernels.chunks cimport ALL, CHUNK, SOME, Chunk, QueryPart, Ranked, Search, Stage
from index.kernels.intersecting cimport intersect
from index.kernels.matching cimport classify, look_ahead
from index.kernels.seeking cimport has
from index.kernels.slotted cimport in_tuple
from index.kernels.word cimport Word
from index.kernels.words cimport Words

import numpy as np

cdef enum:
    BEHIND = 4      # places behind a chunk's documents that are written to beside what is found
    MANY_CHUNKS = 4     # of which the first tell something of the others


cdef class Room:
    """Memory of one search at a time."""

    def __dealloc__(self):
        free(self.marks)
        free(self.states)
        free(self.doubles)
        free(self.wanted)
        free(self.all_words)
        free(self.found.documents)
        free(self.found.scores)
        free(self.found.complete)

    cdef int make(self, Py_ssize_t size, Py_ssize_t chunks) except -1:
        """Make room for ``size`` documents in so many chunks; once."""
        self.states = <uint8_t *>malloc(size + 1)
        self.doubles = <double *>calloc(CHUNK + CHUNK // 64 + CHUNK // 8, sizeof(double))
        self.wanted = <uint32_t *>malloc(3 * (CHUNK + BEHIND) * sizeof(uint32_t))
        self.all_words = <uint64_t *>malloc((chunks + 2) * CHUNK // 8)
        if not (self.states and self.doubles and self.wanted and self.all_words):
            raise MemoryError
        return 0

    cdef int keep(self) except -1:
        """Keep what holds a result for the next one, unless it is large."""
        cdef Ranked *found = &self.found
        if found.room > CHUNK:
            free(found.documents)
            free(found.scores)
            free(found.complete)
            memset(found, 0, sizeof(Ranked))
        return 0

    cdef int mark_for(self, Py_ssize_t planes, Py_ssize_t size) except -1:
        """Make room for the marks of so many eights of words, see ``marks_of``."""
        cdef void *marks
        cdef Py_ssize_t needed = size + 1 if planes < 2 else planes * CHUNK
        if needed > self.marked:
            marks = realloc(self.marks, needed)
            if marks == NULL:
                raise MemoryError
            self.marks = <uint8_t *>marks
            self.marked = needed
        return 0


cdef class Scorer(Words):
    """Searches a snapshot's segments; see ``Words`` for its arguments. Shared by threads."""

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
        cdef Py_ssize_t total = 0, partial = 0
        cdef const uint8_t[::1] passing
        memset(&search, 0, sizeof(Search))
        if mask is not None:
            if len(mask) != self.size:
                raise ValueError("the mask is of other documents")
            passing = np.ascontiguousarray(mask, np.bool_).view(np.uint8)
            search.mask = &passing[0] if self.size else NULL
        room = self.look(question, &search, count, complete_first, every, &total, &partial)
        listed = _listed(&room.found)
        self.leave(room)
        return total, partial, *listed

    cdef Room look(
        self, Question question, Search *search, Py_ssize_t count, bint complete_first, int every,
        Py_ssize_t *total, Py_ssize_t *partial
    ):
        """Search as ``search`` does; ``search`` has the mask. What holds the result, to be left."""
        cdef Room room
        cdef Py_ssize_t k, complete = 0, some = 0
        if count < 1:
            raise ValueError("count >= 1")
        count = min(count, self.size + 1)
        room, self._room = self._room, None
        if room is None:
            if self._rooms:
                room = <Room>self._rooms.pop()
            else:
                room = Room()
                room.make(self.size, self.chunk_number)
        search.parts, search.number = question.parts, question.number
        search.chunks, search.chunk_number = self.chunks, self.chunk_number
        look_ahead(search, -1)
        question.make(self.chunk_number, count)
        room.mark_for((question.number + 7) >> 3, self.size)
        search.order, search.bounds = question.order, question.bounds
        search.stages = question.stages
        search.postings = question.postings
        search.heap.scores = question.scores
        search.chunks = question.chunks
        memcpy(search.chunks, self.chunks, self.chunk_number * sizeof(Chunk))
        search.lead, search.live, search.highest = &self.lead, self.live, self.highest
        search.marks, search.states, search.wanted = room.marks, room.states, room.wanted
        search.totals = room.doubles
        search.bits = <uint64_t *>(room.doubles + CHUNK)
        search.chosen = <uint8_t *>(search.bits + CHUNK // 64)
        search.touched = room.wanted + CHUNK + BEHIND
        search.unread = search.touched + CHUNK + BEHIND
        search.plane, search.all_words = room.all_words, room.all_words + 2 * (CHUNK >> 6)
        # States are sooner made of what has some of the words, unless these are to be counted.
        search.by_bits = question.is_strict or (
            question.strict and question.counts and complete_first and every < 2
            and self.chunk_number >= MANY_CHUNKS
        )
        search.found = room.found
        search.found.length = 0
        memset(&room.found, 0, sizeof(Ranked))
        try:
            with nogil:
                if search.by_bits:
                    complete = self._intersected(search, question, count)
                if not search.by_bits:
                    complete = self._classified(search, question)
                for k in range(search.chunk_number):
                    some += search.chunks[k].partial
                if question.is_strict:
                    select_all_words(search, 0 if every or complete <= count else count)
                elif every == 2 and question.same:
                    select(search, SOME | ALL, question.strict, 0)
                elif every == 0 and question.same and not complete_first:
                    select(search, SOME | ALL, question.strict, count)
                else:
                    select_all_words(search, 0 if every or complete <= count else count)
                    if every == 2:
                        select(search, SOME, False, 0)
                    elif not complete_first:
                        select(search, SOME, False, count)
                    elif complete < count and some:
                        if search.by_bits:
                            self._classified(search, None)
                        select(search, SOME, False, count - complete)
        finally:
            # Where it failed, its totals may not be 0 any more: it is given up, with the result.
            room.found = search.found
        question.note_counts()
        total[0], partial[0] = complete, some
        return room

    cdef int leave(self, Room room) except -1:
        """Give back what ``look`` gave."""
        room.keep()
        if self._room is None:
            self._room = room
        else:
            self._rooms.append(room)
        return 0

    cdef Py_ssize_t _classified(self, Search *search, Question question) noexcept nogil:
        """How many documents have all words; which these are, and which have some, is in states.

        Words are counted that nobody counted, for the ``question`` if there is one.
        """
        cdef Py_ssize_t k, total = 0
        search.by_bits = False
        for k in range(search.chunk_number):
            look_ahead(search, k)
            classify(search, &search.chunks[k], question.having if question is not None else NULL)
            total += search.chunks[k].complete
        return total

    cdef Py_ssize_t _intersected(
        self, Search *search, Question question, Py_ssize_t count
    ) noexcept nogil:
        """The same of what has all words alone, in bits.

        It is given up, ``by_bits`` with it, where after an eighth of the chunks it seems that so few
        have all words that what has some of them is listed, too.
        """
        cdef Py_ssize_t k, at, total = 0
        for k in range(search.chunk_number):
            look_ahead(search, k)
            intersect(search, &search.chunks[k], question.having)
            total += search.chunks[k].complete
            if k == search.chunk_number // 8 and not question.is_strict:
                if total * search.chunk_number < count * (k + 1):
                    for at in range(search.number):
                        question.having[at] = 0
                    search.by_bits = False
                    break
        return total

    def lacking(
        self, tuple words not None, tuple texts not None, list documents not None,
        list complete not None,
    ):
        """Of each of some documents, in any order, the texts of the words that it does not have.

        ``texts``: of each of the words one. ``complete``: which are known to have all of them. A list
        of tuples. Raises IndexError where there is no such document.
        """
        cdef Py_ssize_t document, segment, at, number, place
        cdef Word word
        cdef list found = [], some
        cdef bint there
        if len(words) != len(texts):
            raise ValueError("each word has a text")
        if len(complete) != len(documents):
            raise ValueError("each document is complete or not")
        for word in words:
            self.need(word)
        for place in range(len(documents)):
            document = documents[place]
            if not 0 <= document < self.size:
                raise IndexError("no such document")
            if complete[place]:
                found.append(())
                continue
            segment = 0
            while document >= self.bases[segment + 1]:
                segment += 1
            some = []
            for number in range(len(words)):
                word = words[number]
                there = False
                for at in range(word.at[segment], word.at[segment + 1]):
                    there = has(&word.runs[at], <uint32_t>(document - self.bases[segment]))
                    if there:
                        break
                if not there:
                    some.append(texts[number])
            found.append(tuple(some))
        return found


cdef tuple _listed(const Ranked *found):
    """What was found as arrays, ascending."""
    cdef Py_ssize_t length = found.length
    documents = np.empty(length, np.int32)
    scores = np.empty(length)
    complete = np.empty(length, np.bool_)
    cdef int32_t[::1] numbers = documents
    cdef double[::1] values = scores
    cdef uint8_t[::1] flags = complete.view(np.uint8)
    if length:
        write_ascending(found, &numbers[0], &values[0], &flags[0])
    return documents, scores, complete


cdef void write_ascending(
    const Ranked *found, int32_t *documents, double *scores, uint8_t *complete
) noexcept nogil:
    """Write what was found, ascending: (found.length,) each."""
    cdef Py_ssize_t length = found.length
    cdef Py_ssize_t middle = 1, first = 0, second, at, place
    # What was selected by two calls is two rows that ascend.
    while middle < length and found.documents[middle - 1] < found.documents[middle]:
        middle += 1
    second = middle
    for at in range(length):
        if first < middle and (
            second >= length or found.documents[first] < found.documents[second]
        ):
            place, first = first, first + 1
        else:
            place, second = second, second + 1
        documents[at] = found.documents[place]
        scores[at] = found.scores[place]
        complete[at] = found.complete[place]


cdef class Question:
    """The words of one search, and memory that depends on them."""

    def __cinit__(self, Words of, tuple words, tuple loose, tuple optional):
        cdef Py_ssize_t at, number = len(words), others = len(loose), most
        cdef PyObject *one
        cdef PyObject *other
        if number and others and number != others:
            raise ValueError("as many loose words as words")
        self._strict, self._loose, self._optional = words, loose, optional
        most = number + others + len(optional)
        # One piece of memory.
        self.parts = <QueryPart *>calloc(
            most + 2, sizeof(QueryPart) + sizeof(double) + 3 * sizeof(Py_ssize_t) + sizeof(PyObject *)
        )
        if self.parts == NULL:
            raise MemoryError
        self.bounds = <double *>(self.parts + most + 2)
        self.order = <Py_ssize_t *>(self.bounds + most + 2)
        self.postings = self.order + most + 2
        self.having = self.postings + most + 2
        self._words = <PyObject **>(self.having + most + 2)
        self.same = True
        self.strict, self.is_strict = number > 0, number > 0 and not others
        for at in range(number):
            one = in_tuple(words, at)
            other = in_tuple(loose, at) if others else NULL
            self._add(of, one, True, one == other, False)
            if others and one != other:
                self.same = False
        for at in range(others):
            one = in_tuple(loose, at)
            if not number or one != in_tuple(words, at):
                self._add(of, one, False, True, False)
        for at in range(len(optional)):
            self._add(of, in_tuple(optional, at), False, False, True)

    def __dealloc__(self):
        free(self.parts)
        free(self.chunks)

    cdef int _add(
        self, Words of, PyObject *one, bint strict, bint loose, bint optional
    ) except -1:
        cdef QueryPart *part = &self.parts[self.number]
        cdef Word word = <object>one
        of.need(word)
        part.runs, part.at, part.bounds = word.runs, word.at, word.bounds
        part.strict, part.loose, part.optional = strict, loose, optional
        part.uncounted = word.documents < 0
        self.counts = self.counts or part.uncounted
        self._words[self.number] = one
        self.number += 1
        return 0

    cdef Py_ssize_t _most_runs(self) noexcept:
        """In no segment words have more runs together."""
        cdef Py_ssize_t segment, at, runs, most = 0
        for segment in range((<Word>self._words[0]).segments if self.number else 0):
            runs = 0
            for at in range(self.number):
                runs += self.parts[at].at[segment + 1] - self.parts[at].at[segment]
            most = max(most, runs)
        return most

    cdef int make(self, Py_ssize_t chunks, Py_ssize_t count) except -1:
        """Make room for chunks, for the best so many, and for stages; once."""
        # One piece of memory.
        self.chunks = <Chunk *>calloc(
            1, (chunks + 1) * sizeof(Chunk) + count * sizeof(double)
            + (self._most_runs() + 1) * sizeof(Stage)
        )
        if self.chunks == NULL:
            raise MemoryError
        self.scores = <double *>(self.chunks + chunks + 1)
        self.stages = <Stage *>(self.scores + count)
        return 0

    cdef int note_counts(self) except -1:
        """Note of words how many documents have them."""
        cdef Py_ssize_t at
        for at in range(self.number):
            if self.parts[at].uncounted:
                (<Word>self._words[at]).documents = self.having[at]
        return 0
