"""The stems of words by lists and rules: the compiled form of ``index.analysis.stemmer``."""

include "source.pxi"

from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport int32_t, int64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp, memcpy, memset

from index.kernels.ascii cimport ascii_of
from index.kernels.hashes cimport SPARE
from index.kernels.lists cimport Lists
from index.kernels.morphology cimport ANTI, NON, SELF, STEM, Deriver, Taken
from index.kernels.names cimport NONE
from index.kernels.prefixes cimport LONGEST, TIDAK, Letters, ends, take

cdef enum:
    SHORTEST_WITH_NYA = 6


cdef class Stems:
    """``lists``: sets of words in the order of the bits of ``stems.pxd``. Safe under threads.

    ``deriver``: what has those of ``morphology.pxd``; ``irregular``: forms to their stems;
    ``standard``: stems to their standard spelling.
    """

    def __cinit__(
        self, tuple lists not None, dict irregular not None, dict standard not None,
        Deriver deriver not None,
    ):
        cdef Py_ssize_t at
        others = {*irregular, *irregular.values(), *standard, *standard.values()}
        bits = [(PREFIX << at, words) for at, words in enumerate(lists)]
        self.lists, self.roots = Lists(bits, others, deriver.known), deriver.roots
        self.names = self.lists.names
        self._deriver = deriver
        self._irregular = <int32_t *>malloc(<size_t>(self.names.count + 1) * sizeof(int32_t))
        self._standard = <int32_t *>malloc(<size_t>(self.names.count + 1) * sizeof(int32_t))
        if self._irregular == NULL or self._standard == NULL:
            raise MemoryError
        for at in range(self.names.count):
            self._irregular[at] = self._standard[at] = NONE
        for form, stem in irregular.items():
            self._irregular[self.names.number_of(form)] = <int32_t>self.names.number_of(stem)
        for spelling, other in standard.items():
            self._standard[self.names.number_of(spelling)] = <int32_t>self.names.number_of(other)

    def __dealloc__(self):
        free(self._irregular)
        free(self._standard)

    def of(self, str word not None):
        """The stem of a folded word in its standard spelling; None where these do not tell it.

        They do of ASCII, of up to 64 letters. As ``TextAnalysis.stem``.
        """
        return self.term_of(word)

    cdef str term_of(self, str word):
        """What ``of`` gives."""
        cdef char letters[LONGEST + SPARE]
        cdef Py_ssize_t length
        cdef const char *text = ascii_of(word, &length)
        cdef Text found
        if text == NULL or length > LONGEST:
            return None
        memcpy(letters, text, <size_t>length)
        memset(letters + length, 0, SPARE)
        if not self.term(letters, length, &found):
            return None
        if found.length == length and not memcmp(found.letters, letters, <size_t>length):
            return word
        return PyUnicode_DecodeUTF8(found.letters, found.length, NULL)

    cdef bint stem(self, const char *word, Py_ssize_t length, Text *into) noexcept nogil:
        """Fill ``into`` with the stem of a word of ASCII; whether it was found out.

        It is not where the word has more than 64 letters. Behind it ``SPARE`` bytes are readable.
        """
        cdef int64_t number = self._stem(word, length, self.names.find(word, length), into)
        return number >= NONE and (number == NONE or self._put(number, into))

    cdef bint term(self, const char *word, Py_ssize_t length, Text *into) noexcept nogil:
        """The same in its standard spelling."""
        cdef int64_t number = self.term_number(word, length, self.names.find(word, length), into)
        return number >= NONE and (number == NONE or self._put(number, into))

    cdef int64_t term_number(
        self, const char *word, Py_ssize_t length, int64_t number, Text *into
    ) noexcept nogil:
        """The number of the term of a word that has a ``number`` itself, or none.

        ``NONE`` where it has none, and only then is it written into ``into``; ``OPEN`` where it
        is not found out.
        """
        number = self._stem(word, length, number, into)
        return self._standard[number] if number >= 0 and self._standard[number] >= 0 else number

    cdef int64_t _stem(
        self, const char *word, Py_ssize_t length, int64_t number, Text *into
    ) noexcept nogil:
        """The number of a stem, as ``term_number`` has it."""
        cdef Letters letters
        cdef Taken found
        cdef Py_ssize_t at
        if length > LONGEST:
            return OPEN
        while True:
            if number >= 0:
                if self.lists.of_number(number) & SELF:
                    return number
                if self._irregular[number] >= 0:
                    return self._irregular[number]
            take(&letters, word, <int>length)
            into.length = 0
            if not is_word(&letters):
                break
            if self._deriver.taken(&letters, &found):
                return self._stem_of(&found, into)
            if length < SHORTEST_WITH_NYA or not ends(&letters, "nya", 3):
                break
            length -= 3
            number = self.names.find(word, length)
        if number < 0:
            add(into, word, length)
        return number

    cdef int64_t _stem_of(self, Taken *found, Text *into) noexcept nogil:
        """The root, or the stem of an irregular form that stands behind affixes."""
        cdef int64_t number = self.names.find(found.root.letters, found.root.length)
        cdef const char *root = found.root.letters
        cdef Py_ssize_t at, length = found.root.length
        for at in range(found.count):
            if found.prefixes[at] == TIDAK:
                add(into, "tidak", 5)
            elif found.prefixes[at] == ANTI:
                add(into, "anti", 4)
            elif found.prefixes[at] == NON:
                add(into, "non", 3)
        if number >= 0 and self._irregular[number] >= 0:
            number = self._irregular[number]
        if number >= 0 and not into.length:
            return number
        if number >= 0:
            root = self.names.text_of(number, &length)
        if not add(into, root, length):
            return OPEN
        return self.names.find(into.letters, into.length)

    cdef bint knows(self, const char *word, Py_ssize_t length) noexcept nogil:
        """Whether a word of ASCII, of 64 letters at the most, is a known stem or comes from one."""
        cdef Letters letters
        cdef Taken found
        if self.lists.of(word, length) & STEM:
            return True
        take(&letters, word, <int>length)
        return self._deriver.taken(&letters, &found)

    cdef bint _put(self, int64_t number, Text *into) noexcept nogil:
        cdef Py_ssize_t length
        cdef const char *text = self.names.text_of(number, &length)
        into.length = 0
        return add(into, text, length)


cdef inline bint is_word(const Letters *word) noexcept nogil:
    """Whether it is small letters alone."""
    cdef int at
    for at in range(word.length):
        if not c"a" <= word.letters[at] <= c"z":
            return False
    return True


cdef inline bint add(Text *into, const char *text, Py_ssize_t length) noexcept nogil:
    """Write letters behind those that there are; False where there is no room for them."""
    if into.length + length > LONGEST_STEM:
        return False
    memcpy(into.letters + into.length, text, <size_t>length)
    into.length += length
    return True
