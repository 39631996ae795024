"""Where a word may be cut into two: by the bits of a set, and by what stands in bodies.

The compiled form of ``Remainders.cuts``, and of ``cuts`` and ``no_word`` in ``search.query.rewrite``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_AsStringAndSize
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcmp

from index.kernels.unaligned cimport bound
from index.kernels.company cimport Pairs, any_beside, together_in
from index.kernels.postings cimport Lookup, Place, find_in, lookup_of
from index.kernels.stems cimport Stems

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    LONGEST = 32
    FEW = 32    # segments
    CODE = 3    # letters of a name that a number is part of, though no one writes them together
    YEAR = 4    # digits
    AGAIN = 3   # letters with which a word begins again that is doubled
    UNKNOWN = 2
    MOST_KEPT = 256     # pairs of stems


def cuts(bytes bits not None, uint64_t prime, bytes word not None):
    """Places in ``word`` whose end may be in the set, ascending: ``(place, beginning)``.

    ``beginning``: whether what stands before may be in the set too. ``bits``: a bit for each
    remainder by ``prime``, the lowest first. Raises ``IndexError`` where there are too few bits.
    """
    cdef uint8_t beginning[LONGEST]
    cdef Py_ssize_t at, length = look(bits, prime, word, beginning)
    return [(at, beginning[at] == 2) for at in range(1, length) if beginning[at]]


cdef Py_ssize_t look(bytes bits, uint64_t prime, bytes word, uint8_t *found) except -1:
    """Fill ``found`` for each place of a word: 0 for no end of the set, 2 where both are in it.

    The length of the word.
    """
    cdef char *raw
    cdef char *set_
    cdef Py_ssize_t length, size, at
    cdef uint64_t number, power
    cdef uint64_t before[LONGEST]
    PyBytes_AsStringAndSize(word, &raw, &length)
    PyBytes_AsStringAndSize(bits, &set_, &size)
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 48:
        raise IndexError("there are too few bits")
    if length > LONGEST:
        raise IndexError("the word is too long")
    number, power = 0, 1
    for at in range(length):
        before[at] = number
        number = (number + <uint8_t>raw[at] * power) % prime
        power = power * 256 % prime
    number = 0
    for at in range(length - 1, 0, -1):
        number = (number * 256 + <uint8_t>raw[at]) % prime
        found[at] = has(set_, number) + has(set_, before[at]) if has(set_, number) else 0
    return length


cdef inline bint has(const char *bits, uint64_t place) noexcept nogil:
    return (<uint8_t>bits[place >> 3] >> (place & 7)) & 1


def mark(
    uint8_t[::1] bits not None, uint64_t prime, const uint8_t[::1] texts not None,
    const uint8_t[::1] ends not None, int width, const uint8_t[::1] postings not None, int of_postings,
    Py_ssize_t most,
):
    """Put terms of ``texts`` into the set: those of more than ``most`` postings.

    ``bits`` keep their size meanwhile: a bytearray is locked. ``ends``: where each term begins and
    the last one ends, as bytes of numbers of ``width`` bytes; ``postings``: where its postings do,
    of ``of_postings`` bytes. Of terms longer than 32 bytes the first 32 count. Raises
    ``IndexError`` where there are too few bits, or a term is outside the texts.
    """
    cdef Py_ssize_t ordinal, start, stop, at, terms, first, last = 0, size = bits.shape[0]
    cdef uint64_t number, power, word, high
    cdef const uint8_t *text = NULL
    cdef const uint8_t *bounds = NULL
    cdef const uint8_t *places = NULL
    cdef bint sound = True
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 24:
        raise IndexError("there are too few bits")
    if width not in (1, 2, 4, 8) or of_postings not in (1, 2, 4, 8):
        raise IndexError("there are no such numbers")
    if texts.shape[0]:
        text = &texts[0]
    if ends.shape[0]:
        bounds = &ends[0]
    terms = ends.shape[0] // width - 1
    if terms < 0 or postings.shape[0] // of_postings != terms + 1:
        raise IndexError("there are not as many terms")
    if postings.shape[0]:
        places = &postings[0]
        last = bound(places, of_postings, 0)
    high = (<uint64_t>1 << 63) % prime * 2 % prime  # 2**64
    with nogil:
        for ordinal in range(terms):
            first, last = last, bound(places, of_postings, ordinal + 1)
            if last - first <= most:
                continue
            start, stop = bound(bounds, width, ordinal), bound(bounds, width, ordinal + 1)
            if not 0 <= start <= stop <= texts.shape[0]:
                sound = False
                break
            stop = min(stop, start + LONGEST)
            number, power = 0, 1
            while start < stop:
                word = 0
                for at in range(min(start + 8, stop) - 1, start - 1, -1):
                    word = word << 8 | text[at]
                number = (number + word % prime * power) % prime
                power = power * high % prime
                start += 8
            bits[number >> 3] |= 1 << (number & 7)
    if not sound:
        raise IndexError("a term is outside the texts")


cdef class Cutter:
    """Cuts words of ASCII letters by what bodies have.

    ``bits`` and ``prime`` as above; ``fields``: one a segment, as for ``company.stand_beside``, and
    ``most`` as there; ``exact``: those of surface forms. ``how``: the ``TextAnalysis``, of which
    the stems are, and which words may be one with a hyphen.
    ``prefixes`` belong to what follows, ``affixes`` and ``endings`` to the word beside them where it
    has the same stem as the whole. ``particles`` are no slivers, nor is ``lone``, and ``stop_words``
    end no word. ``least``: the letters of what is no sliver; ``shortest``, ``longest``: those of what
    is cut. ``lexicon``: words that are known, ``exceptions``, of which a list has the stems, and
    ``names``: others; ``currencies`` are one with a number only where it is written so. ``prices``:
    see ``company.Prices``; to look for what stands beside costs one for four documents that have
    either, besides.
    """

    def __cinit__(
        self, bytes bits not None, uint64_t prime, fields not None, exact not None,
        Py_ssize_t most, how not None,
        frozenset prefixes not None, frozenset affixes not None,
        frozenset endings not None, frozenset particles not None, frozenset stop_words not None,
        str lone not None, Py_ssize_t least, Py_ssize_t shortest, Py_ssize_t longest,
        tuple lexicon not None, exceptions not None, frozenset names not None,
        frozenset currencies not None, tuple prices not None,
    ):
        self._bits, self._prime, self._most = bits, prime, most
        self._fields, self._exact = lookup_of(fields), lookup_of(exact)
        self._how, self._stems, self._hyphenated = how, how.known_stems, how.hyphenated
        self._ours = how.stems_itself
        self._prefixes, self._particles, self._stop_words = prefixes, particles, stop_words
        self._affixes, self._endings = affixes, endings
        self._lone, self._least = lone, least
        self._shortest, self._longest = shortest, longest
        self._prefix = max([len(one) for one in prefixes], default=0)
        self._lexicon, self._exceptions, self._names = lexicon, exceptions, names
        self._currencies, self._beside = currencies, {}
        (
            self._prices.looking, self._prices.compared, self._prices.position, self._prices.few
        ) = prices

    def cuts(self, str word not None, bint listed):
        """The cuts that are left, ``(first, second)`` each, and what looking cost.

        ``listed``: whether no part may be a sliver. Raises ``FileDamaged``, and ``IndexError`` where
        a word is too long.
        """
        cdef Cost cost
        cost.times = cost.quarters = cost.fewer = 0
        cost.listed = listed
        left = self.left_of(word, None, False, &cost)
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
        cdef str whole = first + second, of_whole
        if len(whole) > self._longest or not whole.isascii():
            return False
        if not whole.isalpha():
            return self.is_no_name(whole, first, second)
        if first in self._prefixes or self.are_one(whole, first, second):
            return False
        of_whole = self.stem_of(whole)
        if of_whole == stem or self.is_known(of_whole):
            return False
        return not has_documents(self._fields, of_whole)

    cdef bint is_no_name(self, str whole, str first, str second) except -1:
        """The same of a word and a number, see ``no_word``; True also for two numbers."""
        cdef str letters = first, number = second
        if second.isalpha():
            letters, number = second, first
        if not number.isdigit():
            return False
        if letters.isdigit():
            return True
        if not letters.isalpha():
            return False
        if (
            letters in self._prefixes
            or letters in self._affixes
            or letters in self._endings
            or whole in self._exceptions
            or whole in self._hyphenated
        ):
            return False
        if letters is first and letters not in self._currencies and (
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
        cdef str whole = first + second, stem, one, two
        cdef Py_ssize_t documents
        cdef bint affixed, known, listed, particle
        cdef int mutual = 2
        cdef Pairs pairs
        cdef int64_t work
        cdef object there = None
        if len(whole) > self._longest or not (whole.isascii() and whole.isalpha() and whole.islower()):
            return None
        if not first or not second or first in self._prefixes or self.are_one(whole, first, second):
            return None
        one, two, stem = self.stem_of(first), self.stem_of(second), self.stem_of(whole)
        affixed = first in self._affixes or second in self._endings
        if one == two or stem == two:
            return ()
        if stem == one and (affixed or not (whole == stem or whole in self._exceptions)):
            return ()
        documents = self._fields.documents_in(self._fields.find(stem))
        known = self.is_known(stem)
        listed = known or stem in self._names
        particle = first in self._particles or second in self._particles
        if first in self._stop_words or second in self._stop_words:
            mutual = 0
        elif stem == one:
            mutual = 1
        elif not (documents or known) or (listed and self.is_sliver(whole, len(first), len(whole))):
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
        """Whether a cut is left, or the word has anything but ASCII letters or but digits."""
        if not (word.isascii() and word.isalpha()):
            return not (word.isascii() and word.isdigit())
        if not self._shortest <= len(word) <= self._longest:
            return False
        return len(self.left_of(word, stem, True, cost)) > 0

    cdef list left_of(self, str word, str whole, bint first_only, Cost *cost):
        """The cuts that are left, or the first of them alone.

        ``whole``: the stem that a list may have, where ``cost`` does not know yet whether one has.
        """
        cdef uint8_t beginning[LONGEST]
        cdef Py_ssize_t length = look(self._bits, self._prime, word.encode("ascii"), beginning)
        cdef Py_ssize_t at
        cdef bint is_prefix
        cdef str first, second, stem, other
        cdef list left = []
        for at in range(1, length):
            if not beginning[at] or (beginning[at] != 2 and at > self._prefix):
                continue
            first = word[:at]
            is_prefix = at <= self._prefix and first in self._prefixes
            if not (beginning[at] == 2 or is_prefix):
                continue
            if cost.listed and self.is_sliver(word, at, length):
                if cost.listed == UNKNOWN:
                    cost.listed = self.is_known(whole) or whole in self._names
                if cost.listed:
                    continue
            second = word[at:]
            if second in self._stop_words:
                continue
            if second in self._endings and self.stem_of(first) == self.stem_of(word):
                continue
            if not is_prefix and first in self._affixes and self.stem_of(second) == self.stem_of(word):
                continue
            stem, other = self.stem_of(first), self.stem_of(second)
            if not is_prefix and not self.are_one(word, first, second):
                if stem == other or not self.stand_beside(stem, other, cost):
                    continue
            elif (
                # With a hyphen its stem is that of the whole, or it is found by its surface form.
                (is_prefix or first in self._affixes or second in self._endings)
                and word not in self._hyphenated
                and self.stem_of(word) not in (stem, other)
                and not self.stand_beside(stem, other, cost)
                and not has_documents(self._exact, f"{first}-{second}")
            ):
                continue
            left.append((first, second))
            if first_only:
                break
        return left

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

    cdef str stem_of(self, str word):
        cdef object known = self._stems.get(word)
        if known is not None:
            return <str?>known
        if self._rules is None:
            self._rules = self._how.rules
        known = None if self._rules is None else self._rules.term_of(word)
        return <str?>(self._how.stem(word) if known is None else known)

    cdef bint is_known(self, str stem) except -1:
        for words in self._lexicon:
            if stem in <frozenset>words:
                return True
        return False

    cdef bint is_sliver(self, str word, Py_ssize_t at, Py_ssize_t length) except -1:
        """Whether a part of a word cut at ``at`` is too short to be one; strings are made of few."""
        cdef str first
        if at < self._least or at == len(self._lone):
            first = word[:at]
            if first == self._lone:
                return length - at < self._least
            if at < self._least and first not in self._particles:
                return True
        return length - at < self._least and word[at:] not in self._particles

    cdef bint are_one(self, str word, str first, str second) except -1:
        """What ``may_be_one`` of the analysis says, which is not asked where that is known.

        Words that are neither affix, prefix nor ending, and in no list, are one only where the
        second begins with letters of the first, or with ``me`` and has its stem (*tolong-menolong*)
        by our stemmer, whoever stems the index.
        """
        if first in self._affixes:
            return True
        if (
            second in self._endings
            or first in self._prefixes
            or first == second
            or word in self._hyphenated
            or self.begins_again(first, second)
        ):
            return self._how.may_be_one(first, second)
        return False

    cdef bint begins_again(self, str first, str second) except -1:
        """Whether the second of two words of ASCII may be the first one, doubled."""
        cdef Py_ssize_t length, other, at
        cdef const char *one = PyUnicode_AsUTF8AndSize(first, &length)
        cdef const char *two = PyUnicode_AsUTF8AndSize(second, &other)
        if length < AGAIN:
            return False
        for at in range(length - AGAIN + 1 if other >= AGAIN else 0):
            if not memcmp(one + at, two, AGAIN):
                return True
        # A text ends in a zero. What has one stem by our stemmer has one in an index of its stems.
        return two[0] == c"m" and two[1] == c"e" and (
            not self._ours or self.stem_of(first) == self.stem_of(second)
        )


cdef bint is_year(str number):
    return len(number) == YEAR and (number.startswith("19") or number.startswith("20"))


cdef bint has_documents(Lookup lookup, str term) except -1:
    """Whether any document has a term, which most are not: what is found is not kept."""
    cdef Place few[FEW]
    cdef Place *places = few
    cdef char *letters
    cdef Py_ssize_t number, length
    cdef bytes held
    if lookup.segments > FEW:
        held = lookup.find(term)
        places = <Place *>PyBytes_AsString(held)
    else:
        held = term.encode("utf-8", "surrogatepass")
        PyBytes_AsStringAndSize(held, &letters, &length)
        find_in(lookup, <const uint8_t *>letters, length, places)
    for number in range(lookup.segments):
        if places[number].stop > places[number].start:
            return True
    return False
