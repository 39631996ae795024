"""How an Indonesian word comes from a known root: the compiled form of ``index.analysis.morphology``.

The grammar is described there, and its tables come from there: which suffixes go with which prefix,
and which prefixes stand inside which. Here is what a word is compared with letter by letter.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.unicode cimport PyUnicode_FromStringAndSize

from index.kernels.lists cimport Lists
from index.kernels.prefixes cimport (
    LOAN,
    LONGEST,
    MOST_RESTS,
    SHORTEST_ROOT,
    Letters,
    Rest,
    before,
    begins,
    ends,
    is_vowel,
    join,
    kind_of,
    may_have_prefix,
    rests_of,
    take,
)

cdef enum:
    SHORTEST_BEFORE_I = 4
    SHORTEST_BETWEEN = 4
    SHORTEST_BEFORE_IN = 4
    NO_SUFFIX = 1       # bits of what stands behind a root beside a prefix
    KAN = 2
    I = 4
    AN = 8
    OTHER = 16          # wan and wati go with none

NAMES = (   # in the order of ``Prefix`` of ``index.kernels.prefixes``
    "di", "me", "ku", "kau", "ter", "ber", "pe", "per", "ke", "se", "tidak",
    "anti", "antar", "pasca", "non", "pra", "pro", "semi", "multi",
)

cdef struct Ending:
    const char *letters
    int length
    int bits


cdef class Deriver:
    """Takes words apart by known ones: ``known`` has the lists of ``Known``, ``roots`` is of those.

    ``suffixes``: of each kind of prefix those that go with it; ``inside``: the kinds that may stand
    inside each; ``before_whole``: those before words that keep their suffix. Safe under threads.
    """

    def __cinit__(
        self, Lists known not None, roots, dict suffixes not None, dict inside not None, before_whole,
    ):
        cdef int kind
        bits = {"": NO_SUFFIX, "kan": KAN, "i": I, "an": AN}
        kinds = [*NAMES[:LOAN], "loan"]
        self.known, self.roots = known, roots
        for kind in range(LOAN + 1):
            self._suffixes[kind] = sum([bits[one] for one in suffixes[kinds[kind]]])
            self._inside[kind] = sum([1 << kinds.index(one) for one in inside[kinds[kind]]])
        self._before_whole = sum([1 << kinds.index(one) for one in before_whole])

    def derive(self, str word not None):
        """The root of a word of ASCII letters, its prefixes, its suffixes and whether a nasal hid.

        As ``Derivation`` has them; None where it comes from no known word. Raises ``IndexError``
        where it is longer than 64 letters.
        """
        cdef char *raw
        cdef Py_ssize_t length
        cdef Letters text
        cdef Taken found
        cdef int at, start
        encoded = word.encode("ascii")
        PyBytes_AsStringAndSize(encoded, &raw, &length)
        if length > LONGEST:
            raise IndexError("the word is too long")
        take(&text, raw, <int>length)
        if not self.taken(&text, &found):
            return None
        prefixes = [NAMES[found.prefixes[at]] for at in range(found.count)]
        if found.spoken >= 0:
            prefixes.append(SPOKEN[found.spoken])
        start = text.length
        for at in range(found.endings):
            start -= found.lengths[at]
        suffixes = []
        for at in range(found.endings):
            suffixes.append(word[start : start + found.lengths[at]])
            start += found.lengths[at]
        root = PyUnicode_FromStringAndSize(found.root.letters, found.root.length)
        return root, tuple(prefixes), tuple(suffixes), found.nasal != 0

    cdef bint is_stem(self, const Letters *word) noexcept nogil:
        return self.known.of(word.letters, word.length) & STEM != 0

    cdef bint taken(self, const Letters *word, Taken *found) noexcept nogil:
        """Fill ``found`` with how a word comes from a known one; whether it does."""
        cdef Letters base
        cdef int suffix
        if not may_have_prefix(word) and (
            not word.length or word.letters[word.length - 1] not in b"niauh"
        ):
            return False
        if self.before_whole(word, found) or self.without_clitics(word, found):
            return True
        if ends(word, "nya", 3) or ends(word, "ku", 2) or ends(word, "mu", 2):
            suffix = 3 if word.letters[word.length - 1] == c"a" else 2
            before(&base, word, suffix)
            return (
                self.behind_clitic(&base, found)
                or self.before_whole(&base, found)
                or self.without_clitics(&base, found)
            ) and behind(found, suffix)
        if ends(word, "lah", 3) or ends(word, "kah", 3) or ends(word, "tah", 3) or ends(word, "pun", 3):
            before(&base, word, 3)
            if self.behind_clitic(&base, found) or self.taken(&base, found):
                return behind(found, 3)
        return ends(word, "in", 2) and self.colloquial(word, found)

    cdef bint behind_clitic(self, const Letters *word, Taken *found) noexcept nogil:
        """A word that clitics stand behind, if it is known itself."""
        return self.is_stem(word) and is_root(found, word)

    cdef bint before_whole(self, const Letters *word, Taken *found) noexcept nogil:
        """A prefix before a word that keeps its suffix."""
        cdef Rest rests[MOST_RESTS]
        cdef int number, at
        if not may_have_prefix(word):
            return False
        number = rests_of(word, rests)
        for at in range(number):
            if not self._before_whole >> kind_of(rests[at].prefix) & 1:
                continue
            if self.known.of(rests[at].text.letters, rests[at].text.length) & WHOLE:
                is_root(found, &rests[at].text)
                found.prefixes[0], found.count = rests[at].prefix, 1
                return True
        return False

    cdef bint without_clitics(self, const Letters *word, Taken *found) noexcept nogil:
        cdef bint prefixed = may_have_prefix(word)
        cdef Letters base
        cdef Taken short
        cdef bint is_short = False
        cdef int at, first = -1
        cdef Ending possible[3]
        cdef int number = 0
        if ends(word, "n", 1):
            possible[0].letters, possible[0].length, possible[0].bits = "an", 2, AN
            possible[1].letters, possible[1].length, possible[1].bits = "kan", 3, KAN
            possible[2].letters, possible[2].length, possible[2].bits = "wan", 3, OTHER
            number = 3
        elif ends(word, "i", 1):
            possible[0].letters, possible[0].length, possible[0].bits = "i", 1, I
            possible[1].letters, possible[1].length, possible[1].bits = "wati", 4, OTHER
            number = 2
        for at in range(number):
            if not ends(word, possible[at].letters, possible[at].length):
                continue
            if word.length < SHORTEST_ROOT + possible[at].length:
                continue
            if first < 0:
                first = at
            before(&base, word, possible[at].length)
            if possible[at].bits != I or base.length >= SHORTEST_BEFORE_I:
                if self.known.of(base.letters, base.length) & ROOT:
                    return is_root(found, &base) and behind(found, possible[at].length)
            if prefixed and possible[at].bits != I and self.prefixed(
                &base, possible[at].bits, -1, 1, found
            ):
                behind(found, possible[at].length)
                if found.root.length >= SHORTEST_BETWEEN:
                    return True
                if not is_short:
                    short, is_short = found[0], True
        if not prefixed:
            return False
        if self.prefixed(word, NO_SUFFIX, -1, 1, found):
            return True
        if first == 0 and possible[0].bits == I:
            before(&base, word, 1)
            if self.prefixed(&base, I, -1, 1, found):
                return behind(found, 1)
        if is_short:
            found[0] = short
        return is_short

    cdef bint prefixed(
        self, const Letters *word, int suffix, int allowed, int prefixes, Taken *found
    ) noexcept nogil:
        """Fill ``found`` with the derivation of a word that has a prefix; whether there is one.

        ``suffix``: what was taken off already; ``allowed``: a bit for each kind of prefix that may
        stand here, -1 outermost.
        """
        cdef Rest rests[MOST_RESTS]
        cdef int number, at, kind, each
        if not may_have_prefix(word):
            return False
        number = rests_of(word, rests)
        for at in range(number):
            if rests[at].text.length < SHORTEST_ROOT:
                continue
            kind = kind_of(rests[at].prefix)
            if allowed < 0:
                if not self._suffixes[kind] & suffix:
                    continue
            elif not allowed >> kind & 1:
                continue
            if self.is_stem(&rests[at].text):
                is_root(found, &rests[at].text)
                found.prefixes[0] = rests[at].prefix
                found.count, found.nasal = 1, rests[at].nasal
                return True
            if prefixes < MOST_PREFIXES and self.prefixed(
                &rests[at].text, suffix, self._inside[kind], prefixes + 1, found
            ):
                for each in range(found.count, 0, -1):
                    found.prefixes[each] = found.prefixes[each - 1]
                found.prefixes[0] = rests[at].prefix
                found.count += 1
                found.nasal |= rests[at].nasal
                return True
        return False

    cdef bint colloquial(self, const Letters *word, Taken *found) noexcept nogil:
        """A word with the -in that speech has for -kan and -i."""
        cdef Letters base
        before(&base, word, 2)
        if base.length < SHORTEST_BEFORE_IN:
            return False
        if is_vowel(base.letters[base.length - 1]):
            if self.known.of(base.letters, base.length) & ROOT:
                return is_root(found, &base) and behind(found, 2)
        return (  # by the numbers of ``SPOKEN``
            self.spoken(&base, "di", 2, 0, 0, found)
            or self.spoken(&base, "nge", 3, 0, 1, found)
            or self.spoken(&base, "ng", 2, 0, 2, found)
            or self.spoken(&base, "ng", 2, c"k", 2, found)
            or self.spoken(&base, "ny", 2, c"s", 3, found)
            or self.spoken(&base, "n", 1, c"t", 4, found)
            or self.spoken(&base, "m", 1, c"p", 5, found)
        )

    cdef bint spoken(
        self, const Letters *base, const char *prefix, int length, char hidden, int number,
        Taken *found,
    ) noexcept nogil:
        """A word before -in with a prefix of speech, which hid a letter (0: none) of its root."""
        cdef Letters root
        if not begins(base, prefix, length):
            return False
        join(&root, hidden, base, length)
        if root.length < SHORTEST_BEFORE_IN:
            return False
        if not self.known.of(root.letters, root.length) & ROOT:
            return False
        is_root(found, &root)
        found.spoken, found.nasal = number, hidden != 0
        return behind(found, 2)


SPOKEN = ("di", "nge", "ng", "ny", "n", "m")


cdef inline bint is_root(Taken *found, const Letters *word) noexcept nogil:
    """Make a word the root, with nothing before or behind it; True."""
    found.root = word[0]
    found.count = found.endings = 0
    found.spoken, found.nasal = -1, False
    return True


cdef inline bint behind(Taken *found, int length) noexcept nogil:
    """Note an ending behind those that there are; True."""
    found.lengths[found.endings] = length
    found.endings += 1
    return True
