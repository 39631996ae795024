"""What is sought in texts, made once: words as numbers, and what each of them matches alone.

``marks`` finds it there. See ``search.marking.sought``.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from libc.stdint cimport int32_t, uint32_t
from libc.string cimport memset

from index.kernels.looked cimport Kept, Looked, Part, parts_of
from index.kernels.texts cimport Alphabet, Traces, grown


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

    ``looked``: the chunks of the analysis. ``pieces``: by the words that they are of, of each
    (word, start, end, found). Raises IndexError for those that are not inside it.
    """

    def __cinit__(
        self,
        Alphabet alphabet not None,
        Rates rates not None,
        Looked looked not None,
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
        cdef Py_ssize_t at = 0, number, count
        self.rates = rates
        self.traces = Traces(alphabet, traces)
        self.looked = looked
        self.beyond = beyond
        self.prefixes = tuple(prefixes)
        self.phrases = Runs(phrases, numbers) if phrases else None
        self.runs = Runs(runs, numbers) if runs else None
        self.stems = {stem: numbers.setdefault(stem, len(numbers)) for stem in stems}
        self.piece = <Mark *>grown(NULL, (sum(map(len, pieces.values())) + 1) * sizeof(Mark))
        self.pieces = {}
        for word, some in pieces.items():
            self.pieces[word] = (at, len(some))
            for _, start, end, found in some:
                if not 0 <= start <= end <= len(word):
                    raise IndexError("a piece is not inside its word")
                found = numbers.setdefault(found, len(numbers))
                self.piece[at] = Mark(start, end, found)
                at += 1
        self.numbers = numbers
        self.by_words = bool(self.prefixes or phrases or runs)
        self.words = []
        self.slots = 16
        while self.slots < 4 * (len(self.stems) + len(self.pieces)):
            self.slots *= 2
        self.matches = <Match *>grown(NULL, self.slots * sizeof(Match))
        memset(self.matches, 0xFF, self.slots * sizeof(Match))
        for word, number in self.stems.items():
            self._note(word, False, Match(0, 0, False, number, 0, 0))
        for word, (at, count) in self.pieces.items():
            self._note(word, True, Match(0, 0, True, -1, at, count))

    def __dealloc__(self):
        PyMem_Free(self.piece)
        PyMem_Free(self.matches)

    cdef int _note(self, str word, bint surface, Match match) except -1:
        cdef Py_ssize_t slot
        match.hash, match.word = <uint32_t>hash(word), <int32_t>len(self.words)
        slot = match.hash & (self.slots - 1)
        while self.matches[slot].word >= 0:
            slot = (slot + 1) & (self.slots - 1)
        self.matches[slot] = match
        self.words.append(word)
        return 0

    cdef Match *match_of(
        self, Looked looked, Kept *one, Py_ssize_t at, bint surface
    ) except? NULL:
        """What the surface form or the stem of a chunk's token matches; NULL for nothing."""
        cdef Part *part = &parts_of(one)[at]
        cdef uint32_t code = part.surface if surface else part.stem
        cdef Py_ssize_t slot = code & (self.slots - 1)
        cdef Match *match = &self.matches[slot]
        while match.word >= 0:
            if match.hash == code and match.surface == surface:
                if looked.word(one, at, surface) == <str>self.words[match.word]:
                    return match
            slot = (slot + 1) & (self.slots - 1)
            match = &self.matches[slot]
        return NULL
