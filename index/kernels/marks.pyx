"""Which words of a text are marked: ``search.marking.marks`` compiled, to the same work.

``Wanted`` is what is sought, made once; a ``Finder`` goes through the texts of one answer, each by
its places (see ``texts``). What a chunk's tokens match is worked out once for each distinct chunk;
what its tokens are, the analysis says.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from cpython.ref cimport PyObject
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy, memmove, memset

from index.kernels.texts cimport Alphabet, Text, Traces, grown, PLAIN

cdef extern from "Python.h":
    str PyUnicode_Substring(str text, Py_ssize_t start, Py_ssize_t end)
    Py_ssize_t PyTuple_Size(object some) except -1
    PyObject *PyTuple_GetItem(object some, Py_ssize_t at) except NULL  # borrowed


cdef class Rates:
    """What marking costs, and how far it goes; ``search.marking.marks`` says what each is."""

    def __cinit__(
        self, *, window, beside, scanned, look, plain, other, mark, longest_chunk, near
    ):
        self.window, self.beside, self.scanned = window, beside, scanned
        self.look, self.plain, self.other, self.mark = look, plain, other, mark
        self.longest, self.near = longest_chunk, near
        if self.window < 1 or self.scanned < 1:
            raise ValueError("texts are scanned by parts of a character or more")


cdef class Runs:
    """Runs of words, as numbers: by their first words, those of one the longest first."""

    def __cinit__(self, runs, dict numbers not None):
        cdef Py_ssize_t number, at = 0
        cdef int32_t word
        for run in runs:
            for one in run:
                numbers.setdefault(one, len(numbers))
        ordered = sorted(
            ([numbers[one] for one in run] for run in runs), key=lambda run: (run[0], -len(run))
        )
        self.count = len(ordered)
        self.numbers = len(numbers)
        self.words = <int32_t *>grown(NULL, (sum(map(len, ordered)) + 1) * sizeof(int32_t))
        self.begins = <int32_t *>grown(NULL, (self.count + 1) * sizeof(int32_t))
        self.first_of = <int32_t *>grown(NULL, (self.numbers + 1) * sizeof(int32_t))
        for number in range(self.numbers + 1):
            self.first_of[number] = 0
        for number, run in enumerate(ordered):
            self.begins[number] = <int32_t>at
            self.first_of[<Py_ssize_t>run[0] + 1] += 1
            for word in run:
                self.words[at] = word
                at += 1
        self.begins[self.count] = <int32_t>at
        for number in range(self.numbers):
            self.first_of[number + 1] += self.first_of[number]

    def __dealloc__(self):
        PyMem_Free(self.words)
        PyMem_Free(self.begins)
        PyMem_Free(self.first_of)

    cdef Py_ssize_t longest_at(
        self, const Token *tokens, Py_ssize_t left, bint stems
    ) noexcept nogil:
        """The words of the longest run that the first of so many tokens begin; 0 for none."""
        cdef int32_t number, at, size
        cdef int32_t word = tokens[0].stem if stems else tokens[0].surface
        if not 0 <= word < self.numbers:
            return 0
        for number in range(self.first_of[word], self.first_of[word + 1]):
            size = self.begins[number + 1] - self.begins[number]
            if size > left:
                continue
            for at in range(1, size):
                word = tokens[at].stem if stems else tokens[at].surface
                if word != self.words[self.begins[number] + at]:
                    break
            else:
                return size
        return 0


cdef class Wanted:
    """What is sought in texts of an alphabet. See ``search.marking.sought.Sought``.

    ``pieces``: by the words that they are of, of each (word, start, end, found).
    """

    def __cinit__(
        self,
        Alphabet alphabet not None,
        Rates rates not None,
        *,
        stems,
        prefixes,
        phrases,
        runs,
        dict pieces not None,
        traces,
        beyond,
    ):
        cdef dict numbers = {}
        self.rates = rates
        self.traces = Traces(alphabet, traces)
        self.beyond = beyond
        self.prefixes = tuple(prefixes)
        self.phrases = Runs(phrases, numbers) if phrases else None
        self.runs = Runs(runs, numbers) if runs else None
        self.stems = {stem: numbers.setdefault(stem, len(numbers)) for stem in stems}
        self.pieces = pieces
        self.numbers = numbers


cdef class Finder:
    """Finds in texts what is wanted. Of one answer, and of one thread at a time.

    ``look`` gives the tokens of a chunk, and ``known`` has them of some; ``seen`` are the chunks
    that were looked into, by whomever, which cost less. Of the ``work`` that its methods are handed
    ``left`` is read and written, ``partial`` set where it did not suffice.
    """

    def __cinit__(self, Wanted wanted not None, look, dict known not None, set seen not None):
        self.wanted = wanted
        self.text = Text(wanted.traces.alphabet)
        self.numbers = wanted.numbers
        self.names = list(wanted.numbers)
        self.look = look
        self.known = known
        self.seen = seen
        self.secret = <uint64_t>hash("chunks")

    def __dealloc__(self):
        PyMem_Free(self.looked)
        PyMem_Free(self.pieces)
        PyMem_Free(self.chunks)
        PyMem_Free(self.slots)
        PyMem_Free(self.letters)
        PyMem_Free(self.run)
        PyMem_Free(self.marks)

    def marked(self, str text not None, work, most=None):
        """What is marked in a text, in order: (start, end, found), places in characters.

        ``most``: after how many marks to look no further.
        """
        cdef Py_ssize_t number
        self.begin(text, work)
        try:
            self.find(text, -1 if most is None else most)
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

    cdef int begin(self, str text, object work) except -1:
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

    cdef int find(self, str text, Py_ssize_t most) except -1:
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
                self._look(text, start, end)
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

    cdef int find_everywhere(self, str text) except -1:
        """Find what matches alone by a look into every chunk."""
        cdef Py_ssize_t start = 0, end = 0
        while self.text.next_chunk(end, &start, &end):
            self.run_count = 0
            self._look(text, start, end)
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

    cdef int _look(self, str text, Py_ssize_t start, Py_ssize_t end) except -1:
        """Add the tokens of a chunk to the run."""
        cdef Py_ssize_t number, first, stop
        cdef Token token
        cdef uint64_t hash_
        if self.left <= 0 or end - start > self.wanted.rates.longest:
            self.partial = True
            token.mark.start, token.mark.end = <int32_t>start, <int32_t>end
            token.mark.found = token.surface = token.stem = -1
            token.first = token.pieces = 0
            return self._add(token)
        self.left -= self.wanted.rates.look
        hash_ = self._hash(start, end)
        number = self._known(hash_, start, end)
        if number < 0:
            chunk = PyUnicode_Substring(text, start, end)
            self._count(chunk, start, end)
            self._learn(chunk, end - start)
            number = self.chunk_count
            self._keep(hash_, start, end)
        first = self.chunks[number - 1].tokens if number else 0
        stop = self.chunks[number].tokens
        for number in range(first, stop):
            token = self.looked[number]
            token.mark.start += <int32_t>start
            token.mark.end += <int32_t>start
            self._add(token)
        return 0

    cdef int _count(self, str chunk, Py_ssize_t start, Py_ssize_t end) except -1:
        """Count the look into a chunk that nobody looked into before, by its length."""
        cdef Py_ssize_t at
        cdef Py_ssize_t rate = self.wanted.rates.plain
        if chunk not in self.seen:
            self.seen.add(chunk)
            for at in range(start, end):
                if self.text.alphabet.kinds[self.text.folded[at]] != PLAIN:
                    rate = self.wanted.rates.other
            self.left -= (end - start) * rate
        return 0

    cdef int _learn(self, str chunk, Py_ssize_t size) except -1:
        """Keep what the tokens of a chunk match. Raises IndexError for tokens outside of it."""
        cdef Token token
        cdef Wanted wanted = self.wanted
        cdef Py_ssize_t number
        cdef tuple tokens
        cdef object surface, stem, found, one
        self.looked_count = self.chunks[self.chunk_count - 1].tokens if self.chunk_count else 0
        found = self.known.get(chunk)
        tokens = self.look(chunk) if found is None else found
        for number in range(PyTuple_Size(tokens)):
            one = <object>PyTuple_GetItem(tokens, number)
            token.mark.start = <object>PyTuple_GetItem(one, 0)
            token.mark.end = <object>PyTuple_GetItem(one, 1)
            surface = <object>PyTuple_GetItem(one, 2)
            stem = <object>PyTuple_GetItem(one, 3)
            if not 0 <= token.mark.start <= token.mark.end <= size:
                raise IndexError(f"a token is not inside {chunk}")
            token.mark.found = -1
            token.first, token.pieces = <int32_t>self.piece_count, 0
            found = wanted.stems.get(stem)
            if found is not None:
                token.mark.found = found
            elif wanted.prefixes and surface.startswith(wanted.prefixes):
                token.mark.found = self._number(surface)
            else:
                found = wanted.pieces.get(surface)
                if found is not None and token.mark.end - token.mark.start == len(surface):
                    self._keep_pieces(found, len(surface))
                    token.pieces = <int32_t>(self.piece_count - token.first)
            token.surface = token.stem = -1
            if wanted.phrases is not None:
                token.surface = wanted.numbers.get(surface, -1)
            if wanted.runs is not None:
                token.stem = wanted.numbers.get(stem, -1)
            if self.looked_count == self.looked_room:
                self.looked = <Token *>grown(
                    self.looked, (self.looked_count * 2 + 64) * sizeof(Token)
                )
                self.looked_room = self.looked_count * 2 + 64
            self.looked[self.looked_count] = token
            self.looked_count += 1
        return 0

    cdef uint64_t _hash(self, Py_ssize_t start, Py_ssize_t end) noexcept:
        """FNV-1a of characters, from a secret on, so that no text can have many of one slot."""
        cdef uint64_t found = self.secret
        cdef const uint32_t *codes = self.text.codes
        cdef Py_ssize_t at
        for at in range(start, end):
            found = (found ^ codes[at]) * <uint64_t>0x100000001B3
        return found * <uint64_t>0x9E3779B97F4A7C15

    cdef Py_ssize_t _known(self, uint64_t hash, Py_ssize_t start, Py_ssize_t end) noexcept:
        """The number of a chunk that is kept, or -1."""
        cdef Chunk *chunk
        cdef Py_ssize_t slot
        if not self.bits:
            return -1
        slot = hash >> (64 - self.bits)
        while self.slots[slot]:
            chunk = &self.chunks[self.slots[slot] - 1]
            if chunk.hash == hash and chunk.size == end - start and not memcmp(
                self.letters + chunk.text, self.text.codes + start, chunk.size * sizeof(uint32_t)
            ):
                return self.slots[slot] - 1
            slot = (slot + 1) & ((1 << self.bits) - 1)
        return -1

    cdef int _keep(self, uint64_t hash, Py_ssize_t start, Py_ssize_t end) except -1:
        """Keep a chunk, whose tokens are the last ones."""
        cdef Py_ssize_t room, size = end - start
        if self.chunk_count == self.chunk_room:
            self._more_chunks()
        if self.letter_count + size > self.letter_room:
            room = (self.letter_count + size) * 2
            self.letters = <uint32_t *>grown(self.letters, room * sizeof(uint32_t))
            self.letter_room = room
        memcpy(self.letters + self.letter_count, self.text.codes + start, size * sizeof(uint32_t))
        self.chunks[self.chunk_count] = Chunk(
            hash, <int32_t>self.letter_count, <int32_t>size, <int32_t>self.looked_count
        )
        self.letter_count += size
        self._place_chunk(self.chunk_count)
        self.chunk_count += 1
        return 0

    cdef int _more_chunks(self) except -1:
        """Make room for twice as many chunks, each of which has two slots."""
        cdef Py_ssize_t number, room = max(128, self.chunk_room * 2)
        cdef int bits = 8 if not self.bits else self.bits + 1
        self.chunks = <Chunk *>grown(self.chunks, room * sizeof(Chunk))
        self.slots = <int32_t *>grown(self.slots, (<Py_ssize_t>1 << bits) * sizeof(int32_t))
        memset(self.slots, 0, (<Py_ssize_t>1 << bits) * sizeof(int32_t))
        self.chunk_room, self.bits = room, bits
        for number in range(self.chunk_count):
            self._place_chunk(number)
        return 0

    cdef void _place_chunk(self, Py_ssize_t number) noexcept:
        cdef Py_ssize_t slot = self.chunks[number].hash >> (64 - self.bits)
        while self.slots[slot]:
            slot = (slot + 1) & ((1 << self.bits) - 1)
        self.slots[slot] = <int32_t>number + 1

    cdef int32_t _number(self, str word) except -1:
        """The number of a word that was found, a new one for a new word."""
        number = self.numbers.get(word)
        if number is None:
            if self.numbers is self.wanted.numbers:
                self.numbers = dict(self.wanted.numbers)
            number = self.numbers[word] = len(self.names)
            self.names.append(word)
        return number

    cdef int _keep_pieces(self, pieces, Py_ssize_t size) except -1:
        """Keep the pieces of a word. Raises IndexError for those that are not inside it."""
        cdef Mark piece
        for _, start, end, found in pieces:
            piece.start, piece.end, piece.found = start, end, self._number(found)
            if not 0 <= piece.start <= piece.end <= size:
                raise IndexError("a piece is not inside its word")
            if self.piece_count == self.piece_room:
                self.pieces = <Mark *>grown(
                    self.pieces, (self.piece_count * 2 + 16) * sizeof(Mark)
                )
                self.piece_room = self.piece_count * 2 + 16
            self.pieces[self.piece_count] = piece
            self.piece_count += 1
        return 0

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
                piece = &self.pieces[at]
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
