"""Which words of a text are marked: ``search.marking.marks`` compiled, to the same work.

What is sought is ``wanted``; a ``Finder`` goes through the texts of one answer, each by its places
(see ``texts``). What a chunk's tokens match is worked out once for each distinct chunk; what its
tokens are, ``looked`` knows or asks.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from libc.stdint cimport int32_t, uint64_t
from libc.string cimport memmove, memset

from index.kernels.looked cimport Kept, Looked, Part, kept_at, parts_of
from index.kernels.texts cimport Text, grown
from index.kernels.wanted cimport Mark, Match, Rates, Runs, Token, Wanted


cdef class Finder:
    """Finds in texts what is wanted. Of one answer, and of one thread at a time.

    ``seen`` are the chunks that others looked into, which cost less; ``tell`` adds its own. Of the
    ``work`` that its methods are handed ``left`` is read and written, ``partial`` set where it did
    not suffice.
    A text is a string or its UTF-8.
    """

    def __cinit__(self, Wanted wanted not None, set seen not None):
        self.wanted = wanted
        self.text = Text(wanted.traces.alphabet)
        self.numbers = wanted.numbers
        self.names = list(wanted.numbers)
        self.seen = seen
        self.turn = -1

    def __dealloc__(self):
        PyMem_Free(self.tokens)
        PyMem_Free(self.chunks)
        PyMem_Free(self.run)
        PyMem_Free(self.marks)

    def marked(self, text, work, most=None):
        """What is marked in a text, in order: (start, end, found), places in characters.

        ``most``: after how many marks to look no further.
        """
        cdef Py_ssize_t number
        self.begin(text, work)
        try:
            self.find(-1 if most is None else most)
            return [
                (
                    self.marks[number].start,
                    self.marks[number].end,
                    self.names[self.marks[number].found],
                )
                for number in range(self.mark_count)
            ]
        finally:
            self.finish(work)

    cdef int begin(self, object text, object work) except -1:
        """Take a text, which has no marks yet, and the work."""
        if self.busy:
            raise RuntimeError("a finder is of one thread at a time")
        self.busy = True  # first: a text is taken without the GIL
        try:
            self.text.take(text)
            self.left = work.left
        except BaseException:
            self.busy = False
            raise
        self.mark_count = 0
        self.partial = False
        return 0

    cdef int finish(self, object work) except -1:
        self.busy = False
        work.left = self.left
        if self.partial:
            work.partial = True
        return 0

    cdef int find(self, Py_ssize_t most) except -1:
        """Find marks, as many as are needed (-1 for all), by the text's places."""
        cdef Text whole = self.text
        cdef Py_ssize_t place, begin, before, wanted
        cdef Py_ssize_t start = 0, end = 0, beyond = self.wanted.beyond
        cdef bint here
        whole.look_for(self.wanted.traces, self.wanted.rates.window)
        self.next_place = self.places_stop = self.next_window = 0
        place = self._place()
        while place >= 0:
            self.run_count = 0
            wanted = 0  # tokens that the run has to have, unknown until it has the place
            begin = place
            # No chunk holds a blank, so from behind one they are found as from the beginning.
            while begin > end and whole.codes[begin - 1] != c" ":
                begin -= 1
            begin = max(begin, end)
            while whole.next_chunk(begin, &start, &end):
                begin = end
                here = 0 <= place < end
                if not (here or wanted):
                    continue
                self._look(start, end)
                while 0 <= place < end:
                    place = self._place()
                if here:
                    wanted = max(1, self.run_count + beyond)
                if self.run_count >= wanted and (
                    place < 0 or place > end + self.wanted.rates.near
                ):
                    break
            else:
                place = -1
            before = self.mark_count
            self._mark_run()
            self.left -= self.wanted.rates.mark * (self.mark_count - before)
            if 0 <= most <= self.mark_count:
                break
        return 0

    cdef int find_everywhere(self) except -1:
        """Find what matches alone by a look into every chunk."""
        cdef Py_ssize_t start = 0, end = 0
        while self.text.next_chunk(end, &start, &end):
            self.run_count = 0
            self._look(start, end)
            self._mark_run()
        return 0

    cdef Py_ssize_t _place(self) noexcept:
        """The next place, -1 behind the last one or where the work does not suffice."""
        cdef Text text = self.text
        cdef Rates rates = self.wanted.rates
        cdef Py_ssize_t size
        while self.next_place >= self.places_stop:
            if self.next_window >= text.windows:
                return -1
            if self.left <= 0:
                self.partial = True
                self.next_window = text.windows
                return -1
            size = min(rates.window, text.length - self.next_window * rates.window)
            self.left -= size * (self.wanted.traces.count + rates.beside) // rates.scanned
            self.left -= text.counts[self.next_window]
            self.places_stop = text.place_stops[self.next_window]
            self.next_window += 1
        self.next_place += 1
        return text.places[self.next_place - 1]

    cdef int _look(self, Py_ssize_t start, Py_ssize_t end) except -1:
        """Add the tokens of a chunk to the run."""
        cdef Py_ssize_t place, at
        cdef Token token
        cdef Chunk *chunk
        cdef Kept *one
        cdef Looked looked = self.wanted.looked
        cdef Rates rates
        if self.left <= 0 or end - start > self.wanted.rates.longest:
            self.partial = True
            token.mark.start, token.mark.end = <int32_t>start, <int32_t>end
            token.mark.found = token.surface = token.stem = -1
            token.first = token.pieces = 0
            return self._add(token)
        self.left -= self.wanted.rates.look
        while True:
            place = looked.chunk(self.text.codes + start, end - start)
            if self.turn != looked.turn or self.chunk_count * 2 >= <Py_ssize_t>1 << self.bits:
                self._more_chunks()
            chunk = self._slot(place)
            if chunk.place or not self._matches(place) or looked.place(place):
                break
        if not chunk.place:
            one = kept_at(looked, place)
            if not self.seen or looked.texts[one.number] not in self.seen:
                # Nobody looked into it before: it costs by its length.
                rates = self.wanted.rates
                self.left -= (end - start) * (rates.other if one.other else rates.plain)
            self._decide(place, chunk)
        for at in range(chunk.first, chunk.stop):
            token = self.tokens[at]
            token.mark.start += <int32_t>start
            token.mark.end += <int32_t>start
            self._add(token)
        return 0

    cdef Chunk *_slot(self, Py_ssize_t place) noexcept:
        """Where a chunk is kept, or will be."""
        # Texts choose the places of chunks, none the factor, by which few are alike (Dietzfelbinger et
        # al., 1997, "A reliable randomized algorithm for the closest-pair problem").
        cdef uint64_t code = <uint64_t>place * (self.wanted.looked.secret | 1)
        cdef Py_ssize_t slot = code >> (64 - self.bits)
        while self.chunks[slot].place and self.chunks[slot].place != place + 1:
            slot = (slot + 1) & ((1 << self.bits) - 1)
        return &self.chunks[slot]

    cdef int _more_chunks(self) except -1:
        """Make room for twice as many chunks; what has places of another turn is forgotten."""
        cdef Py_ssize_t at, slots = 0 if not self.bits else <Py_ssize_t>1 << self.bits
        cdef Chunk *before = self.chunks
        cdef int bits = self.bits if self.turn != self.wanted.looked.turn else self.bits + 1
        bits = max(bits, 8)
        if self.turn != self.wanted.looked.turn:
            self._tell()
            slots = self.chunk_count = self.token_count = 0
            self.texts = self.wanted.looked.texts
        self.chunks = <Chunk *>grown(NULL, (<Py_ssize_t>1 << bits) * sizeof(Chunk))
        memset(self.chunks, 0, (<Py_ssize_t>1 << bits) * sizeof(Chunk))
        self.bits = bits
        self.turn = self.wanted.looked.turn
        for at in range(slots):
            if before[at].place:
                self._slot(before[at].place - 1)[0] = before[at]
        PyMem_Free(before)
        return 0

    def tell(self):
        """Add to ``seen`` the chunks that were looked into."""
        if self.busy:
            raise RuntimeError("a finder is of one thread at a time")
        self._tell()

    cdef int _tell(self) except -1:
        cdef Py_ssize_t at
        if self.chunk_count:
            for at in range(<Py_ssize_t>1 << self.bits):
                if self.chunks[at].place:
                    self.seen.add(self.texts[self.chunks[at].number])
        return 0

    cdef bint _matches(self, Py_ssize_t place) except -1:
        """Whether any token of a chunk may match something."""
        cdef Wanted wanted = self.wanted
        cdef Kept *one = kept_at(wanted.looked, place)
        cdef Py_ssize_t at
        if wanted.by_words:
            return True
        for at in range(one.count):
            if (
                wanted.match_of(wanted.looked, one, at, False) != NULL
                or wanted.match_of(wanted.looked, one, at, True) != NULL
            ):
                return True
        return False

    cdef int _decide(self, Py_ssize_t place, Chunk *chunk) except -1:
        """Keep what the tokens of a chunk match."""
        cdef Wanted wanted = self.wanted
        cdef Looked looked = wanted.looked
        cdef Kept *one = kept_at(looked, place)
        cdef Py_ssize_t at, count = one.count, room
        cdef int32_t number = one.number
        cdef tuple pair, terms = looked.words[number]
        cdef Token token
        cdef Part part
        cdef Match *match
        if self.token_count + count > self.token_room:
            room = (self.token_count + count) * 2 + 64
            self.tokens = <Token *>grown(self.tokens, room * sizeof(Token))
            self.token_room = room
        for at in range(count):
            part = parts_of(one)[at]
            token.mark.start, token.mark.end, token.mark.found = part.start, part.end, -1
            token.surface = token.stem = -1
            token.first = token.pieces = 0
            match = wanted.match_of(looked, one, at, False)
            if match != NULL:
                token.mark.found = match.found
            else:
                match = wanted.match_of(looked, one, at, True)
                if match != NULL and part.end - part.start == part.letters:
                    token.first, token.pieces = match.first, match.pieces
            self.tokens[self.token_count + at] = token
        if wanted.by_words:  # which may make objects, so that the chunk is not read any more
            for at in range(count):
                pair = terms[at]
                self._by_words(pair[0], pair[1], &self.tokens[self.token_count + at])
        chunk.first = <int32_t>self.token_count
        self.token_count += count
        chunk.stop = <int32_t>self.token_count
        chunk.place, chunk.number = <int32_t>place + 1, number
        self.chunk_count += 1
        return 0

    cdef int _by_words(self, str surface, str stem, Token *token) except -1:
        """Tell of a token what only its words themselves say."""
        cdef Wanted wanted = self.wanted
        if token.mark.found < 0 and wanted.prefixes and surface.startswith(wanted.prefixes):
            token.mark.found = self._number(surface)
            token.pieces = 0
        if wanted.phrases is not None:
            token.surface = wanted.numbers.get(surface, -1)
        if wanted.runs is not None:
            token.stem = wanted.numbers.get(stem, -1)
        return 0

    cdef int32_t _number(self, str word) except -1:
        """The number of a word that was found, a new one for a new word."""
        number = self.numbers.get(word)
        if number is None:
            if self.numbers is self.wanted.numbers:
                self.numbers = dict(self.wanted.numbers)
            number = self.numbers[word] = len(self.names)
            self.names.append(word)
        return number

    cdef int _add(self, Token token) except -1:
        """Add a token to the run."""
        if self.run_count == self.run_room:
            self.run = <Token *>grown(self.run, (self.run_count * 2 + 64) * sizeof(Token))
            self.run_room = self.run_count * 2 + 64
        self.run[self.run_count] = token
        self.run_count += 1
        return 0

    cdef int _mark_run(self) except -1:
        """Mark what matches in the run."""
        cdef Py_ssize_t number, at
        cdef Token *token
        cdef Mark *piece
        for number in range(self.run_count):
            token = &self.run[number]
            if token.mark.found >= 0:
                self._put(token.mark.start, token.mark.end, token.mark.found)
            for at in range(token.first, token.first + token.pieces):
                piece = &self.wanted.piece[at]
                self._put(
                    token.mark.start + piece.start, token.mark.start + piece.end, piece.found
                )
        if self.wanted.phrases is not None:
            self._mark_runs(self.wanted.phrases, False)
        if self.wanted.runs is not None:
            self._mark_runs(self.wanted.runs, True)
        return 0

    cdef int _mark_runs(self, Runs runs, bint stems) except -1:
        """Mark the tokens whose words, as many, are one of the runs."""
        cdef Py_ssize_t number, place, size, marked = 0  # the tokens before it are marked already
        cdef Token *token
        for number in range(self.run_count):
            size = runs.longest_at(&self.run[number], self.run_count - number, stems)
            for place in range(max(number, marked), number + size):
                token = &self.run[place]
                self._put(
                    token.mark.start, token.mark.end, token.stem if stems else token.surface
                )
            marked = max(marked, number + size)
        return 0

    cdef int _put(self, int32_t start, int32_t end, int32_t found) except -1:
        """Add a mark in its place, instead of one that begins there."""
        cdef Py_ssize_t at = self.mark_count
        while at and self.marks[at - 1].start > start:
            at -= 1
        if at and self.marks[at - 1].start == start:
            self.marks[at - 1] = Mark(start, end, found)
            return 0
        if self.mark_count == self.mark_room:
            self.marks = <Mark *>grown(self.marks, (self.mark_count * 2 + 64) * sizeof(Mark))
            self.mark_room = self.mark_count * 2 + 64
        memmove(&self.marks[at + 1], &self.marks[at], (self.mark_count - at) * sizeof(Mark))
        self.marks[at] = Mark(start, end, found)
        self.mark_count += 1
        return 0
