"""Whether two parts that stand together are two words.

The compiled form of ``judging``, ``small`` and ``case`` of ``index.glued``.
"""

include "source.pxi"

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcpy, memset

from index.kernels.hashes cimport SPARE
from index.kernels.junctions cimport (
    BACK,
    BRANDS,
    COMMON,
    DERIVED,
    FAR,
    FRONT,
    KNOWN,
    LISTED,
    LONGEST,
    NAME,
    NAMES,
    NAMING,
    NOT_ASKED,
    NO_BRANDS,
    OF_NAMES,
    SHORT_WORDS,
    SMALL_BACK,
    SMALL_FRONT,
    TITLES,
    TWICE,
    UNKNOWN,
    Side,
    begins,
    ends,
    equal,
    is_behind_preposition,
    is_echo,
    is_one_name,
    is_preposition,
    is_word,
    may_be_derived,
)
from index.kernels.lists cimport Lists
from index.kernels.stems cimport Stems, Text

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    MOST_WORTH = 5
    SHORT = 4
    LONG = 5
    FOREIGN = 6
    SHORTEST = 8
    SHORTEST_PART = 3
    NEAR_NAMES = 7
    SEEN = 4
    APART = 5
    OFTEN = 4
    MANY = 20
    DATELINES = 2
    OPEN = 255


cdef class Judging:
    """Judges the junctions of one archive. ``stems``: those of its analysis.

    ``lists``: sets of words in the order of the bits of ``junctions``. ``fewest``, ``common``, ``everywhere``
    and ``few`` as of ``Judge``; ``are_together`` tells of two words whether they stand beside each
    other so many times.
    """

    cdef Stems _stems
    cdef Lists _lists
    cdef int64_t _fewest
    cdef int64_t _common
    cdef int64_t _everywhere
    cdef bint _few
    cdef object _are_together

    def __cinit__(
        self, Stems stems not None, Lists lists not None, int64_t fewest, int64_t common,
        int64_t everywhere, bint few, are_together not None,
    ):
        self._stems, self._lists = stems, lists
        self._fewest, self._common, self._everywhere = fewest, common, everywhere
        self._few, self._are_together = few, are_together

    def worths(
        self, const uint8_t[::1] text not None, const int64_t[:, ::1] bounds not None,
        const int64_t[:, ::1] articles not None, const uint8_t[::1] loose not None,
        uint8_t[::1] found not None,
    ):
        """How certain it is that the parts of each cut are words, 0 for not at all, into ``found``.

        0, too, where the whole is a known one.
        ``bounds``: (4, k), where the parts of each begin in ``text`` and the last one ends; a second
        and a third one that begin and end at one place are one part less. ``articles``: (4, k), how
        many have the whole and each part; ``loose``: (k,), which wholes are in small letters alone.
        255 where there is anything but letters from a to z, and of a whole that is too long. Raises
        ``IndexError`` where a part lies outside the text, and ``FileDamaged``.
        """
        cdef Py_ssize_t at, count = found.shape[0]
        cdef Side one, two, three, whole
        cdef int least
        if not (bounds.shape[0] == articles.shape[0] == 4):
            raise IndexError("cuts have other columns")
        if not (bounds.shape[1] == articles.shape[1] == loose.shape[0] == count):
            raise IndexError("cuts differ in number")
        with nogil:
            for at in range(count):
                if not self._is_told(text, bounds[0, at], bounds[3, at]):
                    found[at] = OPEN
                    continue
                self._take(&one, text, bounds[0, at], bounds[1, at], articles[1, at])
                self._take(&two, text, bounds[1, at], bounds[2, at], articles[2, at])
                least = self._worth(&one, &two, articles[0, at], loose[at])
                if least and bounds[2, at] != bounds[3, at]:
                    self._take(&three, text, bounds[2, at], bounds[3, at], articles[3, at])
                    least = min(least, self._worth(&two, &three, articles[0, at], loose[at]))
                if least:
                    self._take(&whole, text, bounds[0, at], bounds[3, at], articles[0, at])
                    least = least if self._kind(&whole) == UNKNOWN else 0
                found[at] = <uint8_t>min(least, MOST_WORTH)

    def joined(
        self, str word not None, uint64_t written, list bounds not None, dict inner not None,
        dict having not None, int64_t articles,
    ):
        """The parts of a word between changes of case, joined again where none divides it.

        As ``Archive._joined``, which has the same arguments; None of other words than of letters of
        ASCII. Raises ``IndexError`` where it is too long or ``bounds`` lie outside, and ``FileDamaged``.
        """
        cdef Side one, two
        cdef Py_ssize_t left, right, at, begin, last
        cdef bint small, initials
        cdef list parts = [], starts = []
        if not (word.isascii() and word.isalpha()):
            return None
        for left, right in bounds:
            if not 0 <= left <= right <= len(word) or left >= LONGEST:
                raise IndexError("a part lies outside the word, or the word is too long")
            piece = word[left:right]
            first, *more = inner.get(piece, (piece,))
            if not parts:
                parts.append(first)
                starts.append(left)
            else:
                last = len(parts) - 1
                begin = starts[last]
                before = parts[last]
                self._take_text(&one, before, having)
                self._take_text(&two, first, having)
                small, initials = not written >> begin & 1, not written >> left & 1
                if self._divides(&one, &two, articles, small, initials) and not (
                    self._same(&one, &two)
                ):
                    parts.append(first)
                    starts.append(left)
                else:
                    parts[last] = before + first
            at = left + len(first)
            for part in more:
                parts.append(part)
                starts.append(at)
                at += len(part)
        if len(parts) > 1:
            self._take_text(&one, word, having)
            if self._kind(&one) != UNKNOWN:
                self._take_text(&one, parts[0], having)
                self._take_text(&two, parts[1], having)
                if not is_behind_preposition(&one, &two, articles):
                    return (word,)
        return tuple(parts)

    cdef int _take_text(self, Side *part, str text, dict having) except -1:
        cdef Py_ssize_t length
        cdef const char *letters = PyUnicode_AsUTF8AndSize(text, &length)
        cdef int64_t articles = having.get(text, 0)
        if not 0 < length <= LONGEST:
            raise IndexError("a part is too long")
        self._fill(part, letters, <int>length, articles)
        return 0

    cdef bint _is_told(self, const uint8_t[::1] text, int64_t start, int64_t end) except -1 nogil:
        """Whether a whole has no other letters and is not too long."""
        cdef int64_t at
        if not 0 <= start <= end <= text.shape[0]:
            with gil:
                raise IndexError("a word lies outside the text")
        if end - start > LONGEST:
            return False
        for at in range(start, end):
            if not c"a" <= text[at] <= c"z":
                return False
        return True

    cdef int _take(
        self, Side *part, const uint8_t[::1] text, int64_t start, int64_t end, int64_t articles
    ) except -1 nogil:
        if not (0 <= start < end <= text.shape[0] and end - start <= LONGEST):
            with gil:
                raise IndexError("a part lies outside the text or is too long")
        self._fill(part, <const char *>&text[start], <int>(end - start), articles)
        return 0

    cdef void _fill(
        self, Side *part, const char *letters, int length, int64_t articles
    ) noexcept nogil:
        part.length = length
        memcpy(part.letters, letters, <size_t>length)
        memset(part.letters + length, 0, SPARE)
        part.articles = articles
        part.bits = self._lists.of(part.letters, length)
        part.kind = NOT_ASKED
        part.stemmed = False

    cdef int _kind(self, Side *part) noexcept nogil:
        if part.kind == NOT_ASKED:
            if part.bits & LISTED:
                part.kind = KNOWN
            elif part.bits & OF_NAMES:
                part.kind = NAME
            elif not self._stems.knows(part.letters, part.length):
                part.kind = UNKNOWN
            else:
                part.kind = DERIVED if may_be_derived(part) else KNOWN
        return part.kind

    cdef bint _is_derived(self, Side *part) noexcept nogil:
        return may_be_derived(part) and self._kind(part) == DERIVED

    cdef const Text *_stem(self, Side *part) except NULL nogil:
        if not part.stemmed:
            if not self._stems.term(part.letters, part.length, &part.stem):
                with gil:
                    raise IndexError("a stem is too long")
            part.stemmed = True
        return &part.stem

    cdef bint _is_stem(self, Side *part) except -1 nogil:
        """Whether it is its own stem."""
        cdef const Text *stem = self._stem(part)
        return equal(part.letters, part.length, stem.letters, stem.length)

    cdef int _worth(self, Side *one, Side *two, int64_t articles, bint loose) except -1 nogil:
        """That of a junction, by whichever of the three ways there is."""
        cdef int found = self._strictly(one, two, articles)
        if found:
            return found
        return self._loosely(one, two, articles) if loose else self._cautiously(one, two)

    cdef int _strictly(self, Side *one, Side *two, int64_t articles) except -1 nogil:
        """As ``Judge.worth``."""
        cdef bint first = one.bits & FRONT, second = two.bits & BACK, derived, other
        cdef int64_t far = FAR * articles if articles > 2 else 0
        cdef int found = 0
        if is_preposition(one) or is_word(one, "ia", 2):
            return 2 if two.length >= NEAR_NAMES and self._is_derived(two) else 0
        if is_preposition(two):
            return 5 if one.length >= NEAR_NAMES and self._is_derived(one) else 0
        if min(one.length, two.length) < SHORTEST_PART or ends(one, two.letters, two.length):
            return 0
        if is_word(one, "antara", 6) and not (second or is_word(two, "lain", 4)):
            return 0
        if not (first or one.articles >= far) or not (second or two.articles >= far):
            return 0
        if first and second:
            return 3
        derived, other = self._is_derived(one), self._is_derived(two)
        if derived and other:
            found = 0 if self._is_one_verb(one, two) else 5
        elif derived:
            found = self._beside_derived(two, second, articles)
        elif other:
            found = self._beside_derived(one, first, articles)
        elif first:
            found = self._beside_function(one, two, articles)
        elif second:
            found = self._beside_function(two, one, articles)
        return found if found and not self._same(one, two) else 0

    cdef bint _is_one_verb(self, Side *one, Side *two) except -1 nogil:
        """As ``Judge._has_affixes_around``."""
        cdef const Text *root
        if not (ends(two, "kan", 3) or ends(two, "i", 1)):
            return False
        if ends(one, "kan", 3) or ends(one, "i", 1) or ends(one, "an", 2):
            return False
        root = self._stem(two)
        return not self._is_stem(two) and begins(two, root.letters, <int>root.length)

    cdef int _beside_derived(self, Side *side, bint function, int64_t articles) except -1 nogil:
        cdef int kind
        if function or side.bits & SHORT_WORDS:
            return 4
        if side.length < SHORT:
            return 0
        kind = self._kind(side)
        if kind == UNKNOWN:
            return 4 if side.length >= LONG and side.articles >= max(self._fewest, articles) else 0
        if kind != KNOWN or not (ends(side, "i", 1) or ends(side, "an", 2)):
            return 4
        return 4 if self._is_stem(side) else 0

    cdef int _beside_function(self, Side *function, Side *side, int64_t articles) noexcept nogil:
        cdef bint known = self._kind(side) != UNKNOWN
        if function.length < SHORT:
            if side.articles < max(2 * self._fewest, FAR * articles):
                return 0
            return 2 if side.length >= (LONG if known else NEAR_NAMES - 1) else 0
        if known:
            return 3 if side.length >= SHORT else 0
        return 3 if side.length >= LONG and side.articles >= max(self._fewest, articles) else 0

    cdef bint _same(self, Side *one, Side *two) except -1 nogil:
        """As ``Judge.same``."""
        cdef const Text *root = self._stem(two)
        cdef const Text *other
        cdef int length = two.length - 3 if ends(two, "nya", 3) else two.length
        if ends(one, two.letters, length) or ends(one, two.letters, two.length):
            return True
        if ends(one, root.letters, <int>root.length):
            return True
        other = self._stem(one)
        return equal(other.letters, other.length, root.letters, root.length)

    cdef int _loosely(self, Side *one, Side *two, int64_t articles) except -1 nogil:
        """As ``loosely`` of ``index.glued.small``."""
        cdef Side *other
        if self._same(one, two) or is_echo(one, two):
            return 0
        if one.bits & TWICE and two.bits & TWICE:
            return 2
        if two.bits & SMALL_BACK:
            return self._beside_small(one)
        if one.bits & SMALL_FRONT:
            return self._beside_small(two) if not two.bits & NAMES else 0
        if is_one_name(one, two):
            return 0
        if one.bits & SHORT_WORDS or two.bits & SHORT_WORDS:
            other = one if two.bits & SHORT_WORDS else two
            return other.length >= LONG and other.bits & COMMON != 0
        return self._of_two_words(one, two, articles)

    cdef int _cautiously(self, Side *one, Side *two) except -1 nogil:
        """As ``cautiously`` of ``index.glued.small``."""
        cdef Side *other
        if is_one_name(one, two) or one.bits & BRANDS or two.bits & NAMING:
            return 0
        if self._same(one, two) or is_echo(one, two):
            return 0
        if two.bits & SMALL_BACK or one.bits & SMALL_FRONT:
            other = one if two.bits & SMALL_BACK else two
            return other.length >= LONG and other.bits & COMMON != 0
        if min(one.length, two.length) < SHORT or max(one.length, two.length) < LONG:
            return 0
        return one.bits & two.bits & COMMON != 0

    cdef int _of_two_words(self, Side *one, Side *two, int64_t articles) except -1 nogil:
        cdef Side *rare
        cdef bint first, known
        if min(one.length, two.length) < SHORT or one.length + two.length < SHORTEST:
            return 0
        if self._has_affixes_around(one, two):
            return 0
        first = self._is_common(one)
        if first == self._is_common(two):
            return 2 if first else 0
        if self._apart_mostly(one, two, articles, APART):
            return 1
        rare = two if first else one
        known = self._kind(rare) != UNKNOWN
        if self._few or rare.length < (LONG if known else FOREIGN):
            return 0
        return rare.articles >= (1 if known else OFTEN) * max(self._fewest, articles)

    cdef bint _is_common(self, Side *side) noexcept nogil:
        """As ``is_common`` of ``index.glued.small``."""
        cdef bint many
        if side.bits & COMMON or self._is_derived(side):
            return True
        many = side.articles >= (OFTEN if side.length >= LONG else MANY) * self._fewest
        if side.length < LONG:
            return side.length >= SHORT and many and not self._few and self._kind(side) == KNOWN
        if many and self._kind(side) != UNKNOWN:
            return True
        return (
            self._is_common_before(side, "nya", 3) or self._is_common_before(side, "lah", 3)
            or self._is_common_before(side, "kah", 3) or self._is_common_before(side, "pun", 3)
            or self._is_common_before(side, "ku", 2) or self._is_common_before(side, "mu", 2)
        )

    cdef bint _is_common_before(self, Side *side, const char *ending, int length) noexcept nogil:
        """Whether what stands before an ending is a common word."""
        return ends(side, ending, length) and (
            self._lists.of(side.letters, side.length - length) & COMMON
        )

    cdef bint _has_affixes_around(self, Side *one, Side *two) except -1 nogil:
        """As ``has_affixes_around`` of ``index.glued.small``."""
        cdef bint kan = ends(two, "kan", 3), an = ends(two, "an", 2)
        if not (an or ends(two, "i", 1)) or not self._is_derived(one):
            return False
        if ends(one, "an", 2) or ends(one, "nya", 3):
            return False
        if two.bits & COMMON or self._is_derived(two) or self._is_stem(two):
            return False
        return not ((begins(one, "me", 2) or begins(one, "di", 2)) and an and not kan)

    cdef int _beside_small(self, Side *side) noexcept nogil:
        """As ``_beside_function`` of ``index.glued.small``."""
        cdef bint known
        if side.length >= SHORT and self._is_common(side):
            return 2
        known = self._kind(side) != UNKNOWN
        if self._few or side.articles < OFTEN * self._fewest:
            return 0
        return side.length >= (LONG if known else FOREIGN)

    cdef bint _divides(
        self, Side *one, Side *two, int64_t articles, bint small, bint initials
    ) except -1 nogil:
        """As ``divides`` of ``index.glued.case``."""
        if two.length < SHORTEST_PART:
            return False
        if one.bits & BRANDS and not (small and one.bits & NO_BRANDS):
            return self._apart_mostly(one, two, articles, FAR)
        if is_preposition(one):
            return small
        if one.length < SHORTEST_PART:
            return False
        if initials:
            return self._is_strong(two) or (two.bits & COMMON and two.length > SHORT)
        if (one.bits & FRONT and (small or one.length >= SHORT)) or self._is_derived(one):
            return True
        if small:
            return self._kind(one) == KNOWN and self._is_word(two)
        return self._are_two_words(one, two, articles) or self._are_two_names(one, two, articles)

    cdef bint _are_two_words(self, Side *one, Side *two, int64_t articles) noexcept nogil:
        if min(one.length, two.length) < SHORT:
            return False
        if self._is_strong(two):
            return self._is_word(one)
        if one.articles >= self._everywhere and articles <= DATELINES:
            return self._is_word(two)
        if min(one.articles, two.articles) < max(self._common, FAR * articles):
            return False
        return self._kind(one) == KNOWN or self._kind(two) == KNOWN

    cdef bint _are_two_names(self, Side *one, Side *two, int64_t articles) except -1 nogil:
        cdef int times = APART if min(one.length, two.length) > SHORT else 2 * APART
        if one.bits & TITLES and self._is_word(two):
            return True
        return self._apart_mostly(one, two, articles, times)

    cdef bint _is_strong(self, Side *part) noexcept nogil:
        return (part.bits & BACK and part.length >= SHORT) or self._is_derived(part)

    cdef bint _is_word(self, Side *part) noexcept nogil:
        return part.articles >= self._fewest or self._kind(part) != UNKNOWN

    cdef bint _apart_mostly(
        self, Side *one, Side *two, int64_t articles, int times
    ) except -1 nogil:
        """As ``Judge.apart_mostly``."""
        cdef int64_t least = times * max(articles, 1)
        if self._few or min(one.articles, two.articles) < max(least, SEEN * self._fewest):
            return False
        with gil:
            return self._are_together(
                one.letters[: one.length].decode("ascii"),
                two.letters[: two.length].decode("ascii"),
                least,
            )
