"""Where a word may be cut into two: by the bits of a set, and by what stands in bodies.

The compiled form of ``cuts`` and ``no_word`` in ``search.query.rewrite``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcmp

from index.kernels.ascii cimport (
    SHORT, are_digits, are_letters, are_small, ascii_of, copy, joined, same, text_of,
)
from index.kernels.company cimport Pairs, any_beside, together_in
from index.kernels.hashes cimport SPARE
from index.kernels.in_use cimport any_has, has_documents
from index.kernels.lists cimport Lists
from index.kernels.morphology cimport ROOT
from index.kernels.postings cimport lookup_of
from index.kernels.remainders cimport look, need_bits
from index.kernels.stems cimport OPEN, Text

cdef enum:
    YEAR = 4    # digits
    AGAIN = 3   # letters with which a word begins again that is doubled
    UNKNOWN = 2
    MOST_KEPT = 256     # pairs of stems


cdef class Cutter:
    """Cuts words of ASCII letters by what bodies have.

    ``bits`` and ``prime`` as in ``remainders``; ``fields``: one a segment, as for
    ``company.stand_beside``, and ``most`` as there; ``exact``: those of surface forms. ``how``: the
    ``TextAnalysis``, of which the stems are, and which words may be one with a hyphen.
    ``prefixes`` belong to what follows, ``affixes`` and ``endings`` to the word beside them where it
    has the same stem as the whole. ``particles`` are no slivers, nor is ``lone``, and ``stop_words``
    end no word. ``least``: the letters of what is no sliver; ``shortest``, ``longest``: those of what
    is cut, of which no more than 32 are. ``roots`` and ``lexicalised``: words that are known,
    ``exceptions``, of which a list has the stems, and ``names``: others; ``currencies`` are one with a
    number only where it is written so. ``prices``: see ``company.Prices``; to look for what stands
    beside costs one for four documents that have either, besides. Raises ``IndexError`` where there
    are too few bits.
    """

    def __cinit__(
        self, bytes bits not None, uint64_t prime, fields not None, exact not None,
        Py_ssize_t most, how not None,
        frozenset prefixes not None, frozenset affixes not None,
        frozenset endings not None, frozenset particles not None, frozenset stop_words not None,
        str lone not None, Py_ssize_t least, Py_ssize_t shortest, Py_ssize_t longest,
        frozenset roots not None, frozenset lexicalised not None, exceptions not None,
        frozenset names not None, frozenset currencies not None, tuple prices not None,
    ):
        need_bits(len(bits), prime)
        self._bits, self._set, self._prime, self._most = bits, PyBytes_AsString(bits), prime, most
        self._fields, self._exact = lookup_of(fields), lookup_of(exact)
        self._how, self._stems, self._ours = how, how.known_stems, how.stems_itself
        # In the order of the bits of ``cuts.pxd``.
        lists = (
            prefixes, affixes, endings, particles, stop_words, (lone,), currencies, how.hyphenated,
            lexicalised,
        )
        self._lists = Lists([(1 << at, words) for at, words in enumerate(lists)])
        self._alone, self._least = len(lone), least
        self._shortest, self._longest = shortest, min(longest, <Py_ssize_t>SHORT)
        self._prefix = max([len(one) for one in prefixes], default=0)
        self._roots, self._exceptions, self._names = roots, exceptions, names
        self._beside = {}
        (
            self._prices.looking, self._prices.compared, self._prices.position, self._prices.few
        ) = prices

    def cuts(self, str word not None, bint listed):
        """The cuts that are left, ``(first, second)`` each, and what looking cost.

        ``listed``: whether no part may be a sliver. Raises ``FileDamaged``, ``IndexError`` where a
        word is too long, ``ValueError`` where it is not of ASCII.
        """
        cdef Cost cost
        cost.times = cost.quarters = cost.fewer = 0
        cost.listed = listed
        left = self.left_of(word, &cost)
        return left, self._cost(&cost)

    def uncut(self, str surface not None):
        """What looking costs where no cut of a word and of its stem is left, else -1.

        -1, too, where either has anything but ASCII letters, or but digits. Raises ``FileDamaged``.
        """
        return self.uncut_of(surface, self.stem_of(surface))

    cdef Py_ssize_t uncut_of(self, str surface, str stem) except -2:
        """The same of a word that has this stem."""
        cdef Cost cost
        cost.times = cost.quarters = cost.fewer = 0
        cost.listed = UNKNOWN
        if self.leaves_any(surface, stem, &cost):
            return -1
        if stem != surface and self.leaves_any(stem, stem, &cost):
            return -1
        return self._cost(&cost)

    def is_no_word(self, str first not None, str second not None):
        """Whether two words can only be written as one that nobody knows and no document has.

        False where that is longer than what is cut, or has anything but ASCII letters and digits.
        Raises ``FileDamaged``.
        """
        return self.are_no_word(first, second, self.stem_of(first))

    cdef bint are_no_word(self, str first, str second, str stem) except -1:
        """The same of a first word that has this stem."""
        cdef char letters[SHORT + SPARE]
        cdef const char *own
        cdef const char *term
        cdef Py_ssize_t at, size, end, length = joined(first, second, letters, &at)
        cdef int64_t number = OPEN
        cdef int of_first
        cdef Text found
        cdef str of_whole
        if not 0 <= length <= self._longest:
            return False
        if not are_letters(letters, length):
            return self.is_no_name(first + second, first, second)
        of_first = self._lists.of(letters, at)
        if of_first & BELONGS or self._are_one(
            letters, length, at, of_first, self._lists.of(letters + at, length - at)
        ):
            return False
        if self._rules is not None or self._has_rules():
            number = self._rules.term_number(
                letters, length, self._rules.names.find(letters, length), &found
            )
        if number == OPEN:
            of_whole = self.stem_of(text_of(letters, length))
            if of_whole == stem or self.is_known(of_whole):
                return False
            return not has_documents(self._fields, of_whole)
        term, end = found.letters, found.length
        if number >= 0:
            term = self._rules.names.text_of(number, &end)
        own = ascii_of(stem, &size)
        if own == NULL or same(own, size, term, end):
            return False
        if self._know_roots:  # what has no number is on no list
            if self._rules.lists.of_number(number) & ROOT or self._lists.of(term, end) & LEXICALISED:
                return False
        elif self._is_known(term, end):
            return False
        return not any_has(self._fields, term, end)

    cdef bint is_no_name(self, str whole, str first, str second) except -1:
        """The same of a word and a number, see ``no_word``; True also for two numbers."""
        cdef str letters = first, number = second
        cdef int of_letters
        if second.isalpha():
            letters, number = second, first
        if not number.isdigit():
            return False
        if letters.isdigit():
            return True
        if not letters.isalpha():
            return False
        of_letters = self.lists_of(letters)
        if (
            of_letters & (BELONGS | AFFIX | ENDING)
            or whole in self._exceptions
            or self.lists_of(whole) & HYPHENATED
        ):
            return False
        if letters is first and not of_letters & CURRENCY and (
            len(letters) <= CODE
            or number == "2"  # the word itself, doubled
            or not (is_year(number) or self.is_known(self.stem_of(letters)))
        ):
            return False
        return not has_documents(self._fields, self.stem_of(whole))

    def seen(self, str first not None, str second not None, int64_t left):
        """What lexicon and vocabulary tell of two words that may be one: see ``mutual``.

        ``(stem, stem, stem of both, documents with it, mutual, known, phrasal, there)``; ``mutual``:
        0 for no, 1 for yes, 2 where it is for the documents with both stems to say. Of these
        ``there`` says how many have the second one behind the first, how many they are, and what
        finding that counts; None where ``left`` is less, or they are many. () where the two can be
        no word; None where that is not to be told here: of anything but small ASCII letters, of
        prefixes, and where a hyphen may make them one. Raises ``FileDamaged``.
        """
        return self.seen_of(first, second, left)

    cdef tuple seen_of(self, str first, str second, int64_t left):
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t documents, at, length = joined(first, second, letters, &at)
        cdef str whole, stem, one, two
        cdef int of_first, of_second
        cdef bint affixed, known, listed, particle
        cdef int mutual = 2
        cdef Pairs pairs
        cdef int64_t work
        cdef object there = None
        if not 0 < at < length <= self._longest or not are_small(letters, length):
            return None
        of_first, of_second = self._lists.of(letters, at), self._lists.of(letters + at, length - at)
        if of_first & BELONGS or self._are_one(letters, length, at, of_first, of_second):
            return None
        whole = first + second
        one, two, stem = self.stem_of(first), self.stem_of(second), self.stem_of(whole)
        affixed = of_first & AFFIX or of_second & ENDING
        if one == two or stem == two:
            return ()
        if stem == one and (affixed or not (whole == stem or whole in self._exceptions)):
            return ()
        documents = self._fields.documents_in(self._fields.find(stem))
        known = self.is_known(stem)
        listed = known or stem in self._names
        particle = (of_first | of_second) & PARTICLE
        if (of_first | of_second) & STOP_WORD:
            mutual = 0
        elif stem == one:
            mutual = 1
        elif not (documents or known) or (
            listed and self._is_sliver(at, length, of_first, of_second)
        ):
            mutual = 0
        if mutual == 2 and together_in(
            self._fields, one, two, self._most, left, &self._prices, &pairs, &work
        ):
            there = pairs.beside, pairs.both, work
        return (
            one, two, stem, documents, mutual, known,
            particle and documents > 0 and not self.is_known(one), there,
        )

    cdef Py_ssize_t _cost(self, Cost *cost) noexcept:
        return (
            cost.times * self._prices.looking + cost.quarters + cost.fewer * self._prices.compared
        )

    cdef bint leaves_any(self, str word, str stem, Cost *cost) except -1:
        """Whether a cut is left, or the word has anything but ASCII letters or but digits.

        ``stem``: that a list may have, where ``cost`` does not know yet whether one has.
        """
        cdef uint8_t beginning[SHORT]
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t at, length
        cdef const char *text = ascii_of(word, &length)
        if text == NULL or not are_letters(text, length):
            return text == NULL or not are_digits(text, length)
        if not self._shortest <= length <= self._longest:
            return False
        copy(letters, text, length)
        look(self._set, self._prime, <const uint8_t *>letters, length, beginning)
        for at in range(1, length):
            if beginning[at] and self._is_left(letters, length, at, beginning[at] == 2, stem, cost):
                return True
        return False

    cdef list left_of(self, str word, Cost *cost):
        """The cuts that are left; ``cost`` knows whether a list has the stem."""
        cdef uint8_t beginning[SHORT]
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t at, length
        cdef const char *text = ascii_of(word, &length)
        cdef list left = []
        if text == NULL:
            raise ValueError("a word of ASCII is needed")
        if length > SHORT:
            raise IndexError("the word is too long")
        copy(letters, text, length)
        look(self._set, self._prime, <const uint8_t *>letters, length, beginning)
        for at in range(1, length):
            if beginning[at] and self._is_left(letters, length, at, beginning[at] == 2, None, cost):
                left.append((word[:at], word[at:]))
        return left

    cdef bint _is_left(
        self, const char *word, Py_ssize_t length, Py_ssize_t at, bint both, str whole, Cost *cost
    ) except -1:
        """Whether the cut at a place is left, where what follows may be common.

        ``both``: whether what stands before may be, too; ``whole`` is ``stem`` of ``leaves_any``.
        """
        cdef int first, second
        cdef bint is_prefix
        cdef str stem, other
        if not both and at > self._prefix:
            return False
        first = self._lists.of(word, at)
        is_prefix = first & BELONGS
        if not (both or is_prefix):
            return False
        second = self._lists.of(word + at, length - at)
        if cost.listed and self._is_sliver(at, length, first, second):
            if cost.listed == UNKNOWN:
                cost.listed = self.is_known(whole) or whole in self._names
            if cost.listed:
                return False
        if second & STOP_WORD:
            return False
        if second & ENDING and self._has_one_stem(word, at, word, length):
            return False
        if (
            not is_prefix and first & AFFIX
            and self._has_one_stem(word + at, length - at, word, length)
        ):
            return False
        stem, other = self.stem_of(text_of(word, at)), self.stem_of(text_of(word + at, length - at))
        if not is_prefix and not self._are_one(word, length, at, first, second):
            return stem != other and self.stand_beside(stem, other, cost)
        # With a hyphen its stem is that of the whole, or it is found by its surface form.
        return not (
            (is_prefix or first & AFFIX or second & ENDING)
            and not self._lists.of(word, length) & HYPHENATED
            and self.stem_of(text_of(word, length)) not in (stem, other)
            and not self.stand_beside(stem, other, cost)
            and not has_documents(
                self._exact, f"{text_of(word, at)}-{text_of(word + at, length - at)}"
            )
        )

    cdef bint stand_beside(self, str stem, str other, Cost *cost) except -1:
        cdef Py_ssize_t documents, fewer
        cdef bint found
        found = self.any_beside(stem, other, &documents, &fewer)
        cost.times += 1
        cost.quarters += documents // 4
        cost.fewer += fewer
        return found

    cdef bint any_beside(
        self, str stem, str other, Py_ssize_t *documents, Py_ssize_t *fewer
    ) except -1:
        """As that of ``company``. What is side by side is asked about again: it is kept."""
        cdef bint found
        cdef tuple both = (stem, other)
        known = self._beside.get(both)
        if known is not None:
            documents[0], fewer[0] = <tuple>known
            return True
        found = any_beside(self._fields, stem, other, self._most, documents, fewer)
        if found:
            if len(self._beside) >= MOST_KEPT:
                self._beside.clear()
            self._beside[both] = documents[0], fewer[0]
        return found

    cdef int lists_of(self, str word) noexcept:
        """On which lists a word is; on none unless it is of ASCII, and of no more than 32 letters."""
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t length
        cdef const char *text = ascii_of(word, &length)
        if text == NULL or length > SHORT:
            return 0
        copy(letters, text, length)
        return self._lists.of(letters, length)

    cdef str stem_of(self, str word):
        cdef object known
        if self._rules is not None or self._has_rules():
            known = self._rules.term_of(word)
            if known is not None:
                return <str>known
        known = self._stems.get(word)
        return <str?>(self._how.stem(word) if known is None else known)

    cdef bint _has_rules(self) except -1:
        """Whether there are rules, which are made ready at some time."""
        self._rules = self._how.rules
        self._know_roots = self._rules is not None and self._rules.roots is self._roots
        return self._rules is not None

    cdef bint _term(self, const char *word, Py_ssize_t length, Text *into) except -1:
        """Write the stem of a word; False where rules do not tell it."""
        if self._rules is None and not self._has_rules():
            return False
        return self._rules.term(word, length, into)

    cdef bint _has_one_stem(
        self, const char *one, Py_ssize_t length, const char *other, Py_ssize_t size
    ) except -1:
        """Whether two words of ASCII have the same."""
        cdef Text first, second
        if self._term(one, length, &first) and self._term(other, size, &second):
            return same(first.letters, first.length, second.letters, second.length)
        return self.stem_of(text_of(one, length)) == self.stem_of(text_of(other, size))

    cdef bint is_known(self, str stem) except -1:
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t length
        cdef const char *text = ascii_of(stem, &length)
        if text == NULL or length > SHORT:
            return stem in self._roots
        copy(letters, text, length)
        return self._is_known(letters, length)

    cdef bint _is_known(self, const char *stem, Py_ssize_t length) except -1:
        """The same; behind the stem ``SPARE`` bytes are readable."""
        if self._lists.of(stem, length) & LEXICALISED:
            return True
        if self._know_roots:
            return self._rules.lists.of(stem, length) & ROOT
        return text_of(stem, length) in self._roots

    cdef bint _is_sliver(self, Py_ssize_t at, Py_ssize_t length, int first, int second) noexcept:
        """Whether a part of a word cut at ``at`` is too short to be one.

        ``first``, ``second``: on which lists they are.
        """
        if at == self._alone and first & LONE:
            return length - at < self._least
        if at < self._least and not first & PARTICLE:
            return True
        return length - at < self._least and not second & PARTICLE

    cdef bint are_one(self, str first, str second) except -1:
        """What ``may_be_one`` of the analysis says, which is not asked where that is known.

        Words that are neither affix, prefix nor ending, and in no list, are one only where the
        second begins with letters of the first, or with ``me`` and has its stem (*tolong-menolong*)
        by our stemmer, whoever stems the index.
        """
        cdef char letters[SHORT + SPARE]
        cdef Py_ssize_t at, length = joined(first, second, letters, &at)
        if length < 0:
            return self._how.may_be_one(first, second)
        return self._are_one(
            letters, length, at, self._lists.of(letters, at),
            self._lists.of(letters + at, length - at),
        )

    cdef bint _are_one(
        self, const char *word, Py_ssize_t length, Py_ssize_t at, int first, int second
    ) except -1:
        """The same of a word's parts, which are on such lists."""
        if first & AFFIX:
            return True
        if (
            second & ENDING
            or first & BELONGS
            or same(word, at, word + at, length - at)
            or self._lists.of(word, length) & HYPHENATED
            or self._begins_again(word, length, at)
        ):
            return self._how.may_be_one(text_of(word, at), text_of(word + at, length - at))
        return False

    cdef bint _begins_again(self, const char *word, Py_ssize_t length, Py_ssize_t at) except -1:
        """Whether the second part of a word of ASCII may be the first one, doubled."""
        cdef const char *second = word + at
        cdef Py_ssize_t place
        if at < AGAIN:
            return False
        for place in range(at - AGAIN + 1 if length - at >= AGAIN else 0):
            if word[place] == second[0] and not memcmp(word + place, second, AGAIN):
                return True
        # What has one stem by our stemmer has one in an index of its stems.
        return length - at >= 2 and second[0] == c"m" and second[1] == c"e" and (
            not self._ours or self._has_one_stem(word, at, second, length - at)
        )


cdef bint is_year(str number) except -1:
    """Whether digits are a year of this century or the last."""
    return len(number) == YEAR and (number.startswith("19") or number.startswith("20"))
