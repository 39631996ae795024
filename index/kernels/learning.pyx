"""Distinct chunks to numbers of their terms: what ``index.analysis.learning`` does one by one."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.unicode cimport PyUnicode_FromStringAndSize
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memcmp, memcpy

from index.kernels.chunk_terms cimport LONGEST_CHUNK, ChunkTerms
from index.kernels.hashes cimport SPARE, word_at
from index.kernels.lists cimport Lists
from index.kernels.names cimport NONE, Names
from index.kernels.spans cimport Span
from index.kernels.stems cimport ABBREVIATION, OPEN, Text
from index.kernels.tokens cimport Tokens

import numpy as np

cdef enum:
    LONGEST_WRITTEN = 63    # letters of a word of which it is known which are capitals
    LETTERS = 1             # bits of what a chunk is: of ASCII letters alone
    MIXED = 2               # has a change of case inside a word
    UNDECIDED = 4           # these rules do not tell its terms
    AHEAD = 12              # so many chunks before its turn a word is fetched from memory

cdef struct Chunk:
    const char *text
    Py_ssize_t length

cdef struct Pairs:      # of ids of terms
    uint32_t *ids           # stems and surface forms in turns
    Py_ssize_t count
    Py_ssize_t room


cdef class Vocabulary:
    """Terms as ids from 0 on, in the order in which they come."""

    cdef Names _words
    cdef int32_t *_ids      # by number of a word; NONE: it is no such term
    cdef int64_t _room
    cdef int32_t *_numbers  # by id
    cdef int64_t _numbers_room
    cdef int64_t _count

    def __cinit__(self, Names words not None):
        self._words = words

    def __dealloc__(self):
        free(self._ids)
        free(self._numbers)

    cdef int64_t id_of(self, int64_t number) except -1 nogil:
        """The id of the word of a number, which is given one where it has none."""
        cdef int64_t room, at
        cdef int32_t *grown
        if number >= self._room:
            room = max(2 * self._room, self._words.count, 1 << 15)
            grown = <int32_t *>realloc(self._ids, <size_t>room * sizeof(int32_t))
            if grown == NULL:
                raise MemoryError
            for at in range(self._room, room):
                grown[at] = NONE
            self._ids, self._room = grown, room
        if self._ids[number] >= 0:
            return self._ids[number]
        if self._count == self._numbers_room:
            room = max(2 * self._numbers_room, 1 << 15)
            grown = <int32_t *>realloc(self._numbers, <size_t>room * sizeof(int32_t))
            if grown == NULL:
                raise MemoryError
            self._numbers, self._numbers_room = grown, room
        self._numbers[self._count] = <int32_t>number
        self._ids[number] = <int32_t>self._count
        self._count += 1
        return self._count - 1

    cdef list names(self, int64_t first):
        cdef int64_t at
        return [self._words.string(self._numbers[at]) for at in range(first, self._count)]

    cdef tuple texts(self, const int64_t[::1] ids):
        """The terms of ids as UTF-8, one after the other, (b,) uint8; and their bytes, (n,) int64.

        Raises IndexError.
        """
        cdef Py_ssize_t at, length, size = 0
        cdef const char *text
        lengths = np.empty(ids.shape[0], np.int64)
        cdef int64_t[::1] of_each = lengths
        for at in range(ids.shape[0]):
            if not 0 <= ids[at] < self._count:
                raise IndexError("there is no such term")
            self._words.text_of(self._numbers[ids[at]], &length)
            of_each[at] = length
            size += length
        found = np.empty(size, np.uint8)
        cdef uint8_t[::1] into = found
        size = 0
        for at in range(ids.shape[0]):
            text = self._words.text_of(self._numbers[ids[at]], &length)
            if length:
                memcpy(&into[size], text, <size_t>length)
            size += length
        return found, lengths

    cdef object heads(self, const int64_t[::1] ids):
        """The first 16 bytes of the terms of ids: (n, 2) uint64. Raises IndexError."""
        cdef Py_ssize_t at, length
        cdef const char *text
        found = np.empty((ids.shape[0], 2), np.uint64)
        cdef uint64_t[:, ::1] into = found
        for at in range(ids.shape[0]):
            if not 0 <= ids[at] < self._count:
                raise IndexError("there is no such term")
            text = self._words.text_of(self._numbers[ids[at]], &length)
            into[at, 0] = head_of(text, length)
            into[at, 1] = head_of(text + 8, length - 8) if length > 8 else 0
        return found


cdef class Learner:
    """A growing vocabulary of terms, by the rules of ``tokens``. Not safe under threads.

    ``written``: words with a change of case inside them, to which of their letters were capitals.
    """

    cdef readonly dict written
    cdef Tokens _tokens
    cdef Lists _lists
    cdef Names _words       # the lists' by the same numbers, and others
    cdef Vocabulary _stems
    cdef Vocabulary _surfaces
    cdef int32_t *_stem_of  # by number of a word of letters, the id of its stem; NONE: unknown
    cdef int64_t _room
    cdef bint _busy

    def __cinit__(self, Tokens tokens not None):
        self._tokens = tokens
        self._lists = tokens.stems.lists
        self._words = self._lists.names.copy()
        self._stems = Vocabulary(self._words)
        self._surfaces = Vocabulary(self._words)
        self.written = {}

    def __dealloc__(self):
        free(self._stem_of)

    def stems(self, int64_t first):
        """The stems of the ids from ``first`` on. Raises RuntimeError as ``learn``."""
        return self._names(self._stems, first)

    def surfaces(self, int64_t first):
        """The surface forms of the ids from ``first`` on. Raises RuntimeError as ``learn``."""
        return self._names(self._surfaces, first)

    def sizes(self):
        """How many stems and how many surface forms there are. Raises RuntimeError as ``learn``."""
        self._must_be_free()
        return self._stems._count, self._surfaces._count

    def stem_texts(self, ids):
        """The stems of ids, (n,) int64, as UTF-8, one after the other: (b,) uint8; and the bytes of
        each: (n,) int64. Raises IndexError, and as ``learn``."""
        return self._texts(self._stems, ids)

    def surface_texts(self, ids):
        """The same of the surface forms."""
        return self._texts(self._surfaces, ids)

    def stem_heads(self, ids):
        """The first 16 bytes of the stems of ids, (n,) int64, as two numbers that are in their
        order: (n, 2) uint64. Raises as ``stem_texts``."""
        return self._heads(self._stems, ids)

    def surface_heads(self, ids):
        """The same of the surface forms."""
        return self._heads(self._surfaces, ids)

    cdef object _heads(self, Vocabulary vocabulary, object ids):
        self._must_be_free()
        self._busy = True
        try:
            return vocabulary.heads(ids)
        finally:
            self._busy = False

    cdef list _names(self, Vocabulary vocabulary, int64_t first):
        self._must_be_free()
        self._busy = True
        try:
            return vocabulary.names(max(first, 0))
        finally:
            self._busy = False

    cdef tuple _texts(self, Vocabulary vocabulary, object ids):
        self._must_be_free()
        self._busy = True
        try:
            return vocabulary.texts(ids)
        finally:
            self._busy = False

    def ids(self, list terms not None):
        """The ids of terms, pairs of a surface form and a stem: (t, 2) uint32, stems first.

        Raises as ``learn``.
        """
        cdef Py_ssize_t at
        cdef tuple held = tuple(terms)
        found = np.empty((len(held), 2), np.uint32)
        cdef uint32_t[:, ::1] into = found
        self._must_be_free()
        self._busy = True
        try:
            for at in range(len(held)):
                surface, stem = held[at]
                into[at, 0] = <uint32_t>self._stems.id_of(self._words.number_of(stem))
                into[at, 1] = <uint32_t>self._surfaces.id_of(self._words.number_of(surface))
        finally:
            self._busy = False
        return found

    def learn(self, list chunks not None):
        """The terms of chunks, bytes of UTF-8, none of which was learned before.

        Returns ``counts``, (c,) int64, how many terms each chunk has; ``short``, (c,) bool, as
        ``is_short`` tells it; the ids of their terms, (t, 2) uint32, stems first; and which chunks
        these rules do not decide, (u,) int64, ascending: they are counted as having none. Raises
        TypeError, MemoryError, and RuntimeError where another thread is learning.
        """
        cdef tuple held = tuple(chunks)  # others may empty the list, of which texts are read
        cdef Py_ssize_t size = len(held)
        cdef Py_ssize_t at
        cdef Chunk *texts
        cdef char *text
        cdef Pairs pairs
        counts = np.zeros(size, np.int64)
        short, kinds = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
        cdef int64_t[::1] counts_view = counts
        cdef uint8_t[::1] short_view = short
        cdef uint8_t[::1] kinds_view = kinds
        self._must_be_free()
        pairs.ids, pairs.count, pairs.room = NULL, 0, 0
        texts = <Chunk *>malloc(<size_t>(size + 1) * sizeof(Chunk))
        if texts == NULL:
            raise MemoryError
        self._busy = True
        try:
            for at in range(size):
                PyBytes_AsStringAndSize(held[at], &text, &texts[at].length)
                texts[at].text = text
            if size:
                with nogil:
                    self._learn(
                        texts, size, &counts_view[0], &short_view[0], &kinds_view[0], &pairs
                    )
            for at in range(size):
                if kinds_view[at] & MIXED:
                    self._note_capitals(&texts[at])
            ids = np.empty((pairs.count, 2), np.uint32)
            copied(ids, &pairs)
        finally:
            self._busy = False
            free(texts)
            free(pairs.ids)
        return counts, short.view(np.bool_), ids, np.flatnonzero(kinds & UNDECIDED)

    cdef int _must_be_free(self) except -1:
        if self._busy:
            raise RuntimeError("another thread is learning")
        return 0

    cdef int _learn(
        self, const Chunk *chunks, Py_ssize_t size, int64_t *counts, uint8_t *short,
        uint8_t *kinds, Pairs *pairs,
    ) except -1 nogil:
        cdef Py_ssize_t at, each
        cdef ChunkTerms found
        cdef Chunk one
        for at in range(size):
            if at + AHEAD < size:
                self._expect(&chunks[at + AHEAD])
            one = chunks[at]
            kinds[at] = kind_of(&one)
            short[at] = is_degree(&one)
            if one.length <= LONGEST_CHUNK and kinds[at] & LETTERS:
                if not self._learn_word(&one, &short[at], pairs):
                    kinds[at] |= UNDECIDED
                    continue
                counts[at] = 1
                continue
            if not self._tokens.terms_of(one.text, one.length, &found):
                kinds[at] |= UNDECIDED
                continue
            for each in range(found.count):
                add(
                    pairs,
                    self._stems.id_of(self._number(&found.terms[each].stem)),
                    self._surfaces.id_of(self._number(&found.terms[each].surface)),
                )
            counts[at] = found.count
        return 0

    cdef void _expect(self, const Chunk *one) noexcept nogil:
        cdef char word[LONGEST_CHUNK + SPARE]
        if one.length <= LONGEST_CHUNK:
            small(one, word)
            self._words.expect(word, one.length)

    cdef int64_t _number(self, const Span *text) except -1 nogil:
        return self._words.number(text.letters, text.length)

    cdef int _learn_word(self, const Chunk *one, uint8_t *short, Pairs *pairs) except -1 nogil:
        """Add the term of a chunk of letters; whether these rules decide it."""
        cdef char word[LONGEST_CHUNK + SPARE]
        cdef Text stem
        cdef int64_t number, term, room, at
        cdef bint listed
        cdef int32_t *grown
        small(one, word)
        number = self._words.number(word, one.length)
        if number >= self._room:
            room = max(2 * self._room, self._words.count, 1 << 15)
            grown = <int32_t *>realloc(self._stem_of, <size_t>room * sizeof(int32_t))
            if grown == NULL:
                raise MemoryError
            for at in range(self._room, room):
                grown[at] = NONE
            self._stem_of, self._room = grown, room
        listed = number < self._lists.names.count  # whose numbers are the same
        if listed and one.length > 1:
            short[0] = self._lists.of_number(number) & ABBREVIATION != 0
        if self._stem_of[number] < 0:
            term = self._tokens.stems.term_number(
                word, one.length, number if listed else <int64_t>NONE, &stem
            )
            if term == OPEN:
                return False
            if term == NONE and is_same(one, word, &stem):
                term = number
            elif term == NONE:
                term = self._words.number(stem.letters, stem.length)
            self._stem_of[number] = <int32_t>self._stems.id_of(term)
        add(pairs, self._stem_of[number], self._surfaces.id_of(number))
        return True

    cdef int _note_capitals(self, const Chunk *one) except -1:
        """Note how the words of a chunk are written that have a change of case inside."""
        cdef Py_ssize_t at, start = 0, letter
        cdef uint64_t written
        cdef Chunk word
        cdef char letters[LONGEST_WRITTEN + SPARE]
        for at in range(one.length + 1):
            if at < one.length and is_letter(one.text[at]):
                continue
            word.text, word.length = one.text + start, at - start
            start = at + 1
            if word.length > LONGEST_WRITTEN or not kind_of(&word) & MIXED:
                continue
            written = 0
            for letter in range(word.length):
                if word.text[letter] < c"a":
                    written |= <uint64_t>1 << letter
            small(&word, letters)
            surface = PyUnicode_FromStringAndSize(letters, word.length)
            known = self.written.get(surface)
            if known is None or written < <uint64_t>known:
                self.written[surface] = written
        return 0


cdef int add(Pairs *pairs, int64_t stem, int64_t surface) except -1 nogil:
    cdef Py_ssize_t room
    cdef uint32_t *ids
    if pairs.count == pairs.room:
        room = max(2 * pairs.room, 1024)
        ids = <uint32_t *>realloc(pairs.ids, <size_t>room * 2 * sizeof(uint32_t))
        if ids == NULL:
            raise MemoryError
        pairs.ids, pairs.room = ids, room
    pairs.ids[2 * pairs.count] = <uint32_t>stem
    pairs.ids[2 * pairs.count + 1] = <uint32_t>surface
    pairs.count += 1
    return 0


cdef int copied(uint32_t[:, ::1] ids, const Pairs *pairs) except -1:
    if pairs.count:
        memcpy(&ids[0, 0], pairs.ids, <size_t>pairs.count * 2 * sizeof(uint32_t))
    return 0


cdef inline uint64_t head_of(const char *text, Py_ssize_t length) noexcept nogil:
    """The first eight bytes as a number that is in their order, zeros behind shorter texts."""
    cdef uint64_t word = word_at(<const uint8_t *>text, length), head = 0
    cdef int at
    for at in range(8):
        head = head << 8 | (word >> (8 * at) & 0xFF)
    return head


cdef inline bint is_letter(char letter) noexcept nogil:
    return c"a" <= letter <= c"z" or c"A" <= letter <= c"Z"


cdef inline bint is_capital(char letter) noexcept nogil:
    return c"A" <= letter <= c"Z"


cdef inline void small(const Chunk *one, char *into) noexcept nogil:
    """Copy a chunk of letters, as small ones."""
    cdef Py_ssize_t at
    for at in range(one.length):
        into[at] = one.text[at] | 32


cdef inline bint is_same(const Chunk *one, const char *word, const Text *stem) noexcept nogil:
    return stem.length == one.length and not memcmp(stem.letters, word, <size_t>one.length)


cdef uint8_t kind_of(const Chunk *one) noexcept nogil:
    """Whether a chunk is of letters, and whether it has a change of case inside a word."""
    cdef Py_ssize_t at
    cdef uint8_t kind = LETTERS if one.length else 0
    cdef char letter, before = 0, further = 0
    for at in range(one.length):
        letter = one.text[at]
        if is_capital(letter):
            if is_letter(before) and not is_capital(before):
                kind |= MIXED
        elif is_letter(letter):
            if is_capital(before) and is_capital(further):
                kind |= MIXED
        else:
            kind &= ~LETTERS
        further, before = before, letter
    return kind


cdef bint is_degree(const Chunk *one) noexcept nogil:
    """Whether it is a letter, or an academic degree or initials with full stops between them."""
    cdef Py_ssize_t at = 1, end
    cdef const char *text = one.text
    if one.length < 2:
        return one.length == 1 and is_letter(text[0])
    if not is_letter(text[0]):
        return False
    if not is_capital(text[0]):
        while at + 1 < one.length and text[at] == c"." and c"a" <= text[at + 1] <= c"z":
            at += 2
        return at == one.length
    end = min(at + 2, one.length)
    while at < end and c"a" <= text[at] <= c"z":
        at += 1
    if at == one.length:
        return False
    while at + 1 < one.length and text[at] == c"." and is_capital(text[at + 1]):
        at += 2
        end = min(at + 3, one.length)
        while at < end and c"a" <= text[at] <= c"z":
            at += 1
    return at == one.length
