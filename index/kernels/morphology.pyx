"""How an Indonesian word comes from a known root: the compiled form of ``index.analysis.morphology``.

The grammar is described there, and its tables come from there: which suffixes go with which prefix,
and which prefixes stand inside which. Here is what a word is compared with letter by letter.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.set cimport PySet_Contains
from cpython.unicode cimport PyUnicode_FromStringAndSize

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
    MOST_PREFIXES = 3
    NO_SUFFIX = 1       # bits of what stands behind a root beside a prefix
    KAN = 2
    I = 4
    AN = 8
    OTHER = 16          # wan and wati go with none

NAMES = (   # in the order of ``Prefix`` of ``index.kernels.prefixes``
    "di", "me", "ku", "kau", "ter", "ber", "pe", "per", "ke", "se", "tidak",
    "anti", "antar", "pasca", "non", "pra", "pro", "semi", "multi",
)

cdef struct Found:
    Letters root
    int prefixes[MOST_PREFIXES]
    int count
    bint nasal


cdef class Deriver:
    """Takes words apart by sets of known ones: ``roots``, ``stems`` and ``whole`` of ``Known``.

    ``suffixes``: of each kind of prefix those that go with it; ``inside``: the kinds that may stand
    inside each; ``before_whole``: those before words that keep their suffix.
    """

    cdef object _roots
    cdef object _stems
    cdef object _whole
    cdef int _suffixes[LOAN + 1]
    cdef int _inside[LOAN + 1]
    cdef int _before_whole
    cdef list _names

    def __cinit__(
        self, frozenset roots not None, frozenset stems not None, frozenset whole not None,
        dict suffixes not None, dict inside not None, before_whole,
    ):
        cdef int kind
        bits = {"": NO_SUFFIX, "kan": KAN, "i": I, "an": AN}
        kinds = [*NAMES[:LOAN], "loan"]
        self._roots, self._stems, self._whole = roots, stems, whole
        self._names = list(NAMES)
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
        encoded = word.encode("ascii")
        PyBytes_AsStringAndSize(encoded, &raw, &length)
        if length > LONGEST:
            raise IndexError("the word is too long")
        take(&text, raw, <int>length)
        return self.derived(&text)

    cdef object derived(self, const Letters *word):
        cdef Letters base
        cdef Found one
        cdef int suffix
        if not may_have_prefix(word) and (not word.length or word.letters[word.length - 1] not in b"niauh"):
            return None
        found = self.before_whole(word)
        if found is None:
            found = self.without_clitics(word)
        if found is not None:
            return found
        if ends(word, "nya", 3) or ends(word, "ku", 2) or ends(word, "mu", 2):
            suffix = 3 if word.letters[word.length - 1] == c"a" else 2
            before(&base, word, suffix)
            found = self.behind_clitic(&base)
            if found is None:
                found = self.before_whole(&base)
            if found is None:
                found = self.without_clitics(&base)
            return None if found is None else with_suffix(found, word, suffix)
        if ends(word, "lah", 3) or ends(word, "kah", 3) or ends(word, "tah", 3) or ends(word, "pun", 3):
            before(&base, word, 3)
            found = self.behind_clitic(&base)
            if found is None:
                found = self.derived(&base)
            if found is not None:
                return with_suffix(found, word, 3)
        return self.colloquial(word) if ends(word, "in", 2) else None

    cdef object behind_clitic(self, const Letters *word):
        """A word that clitics stand behind, if it is known itself."""
        if not has(self._stems, word):
            return None
        return text_of(word), (), (), False

    cdef object before_whole(self, const Letters *word):
        """A prefix before a word that keeps its suffix."""
        cdef Rest rests[MOST_RESTS]
        cdef int number, at
        if not self._whole or not may_have_prefix(word):
            return None
        number = rests_of(word, rests)
        for at in range(number):
            if not self._before_whole >> kind_of(rests[at].prefix) & 1:
                continue
            if has(self._whole, &rests[at].text):
                return text_of(&rests[at].text), (self._names[rests[at].prefix],), (), False
        return None

    cdef object without_clitics(self, const Letters *word):
        cdef bint prefixed = may_have_prefix(word)
        cdef Letters base
        cdef Found found, short
        cdef bint is_short = False
        cdef int at, first = -1
        cdef const char *suffixes[3]
        cdef int lengths[3]
        cdef int bits[3]
        cdef int number = 0
        if ends(word, "n", 1):
            suffixes[0], lengths[0], bits[0] = "an", 2, AN
            suffixes[1], lengths[1], bits[1] = "kan", 3, KAN
            suffixes[2], lengths[2], bits[2] = "wan", 3, OTHER
            number = 3
        elif ends(word, "i", 1):
            suffixes[0], lengths[0], bits[0] = "i", 1, I
            suffixes[1], lengths[1], bits[1] = "wati", 4, OTHER
            number = 2
        for at in range(number):
            if not ends(word, suffixes[at], lengths[at]):
                continue
            if word.length < SHORTEST_ROOT + lengths[at]:
                continue
            if first < 0:
                first = at
            before(&base, word, lengths[at])
            if (bits[at] != I or base.length >= SHORTEST_BEFORE_I) and has(self._roots, &base):
                return text_of(&base), (), (text(suffixes[at], lengths[at]),), False
            if prefixed and bits[at] != I and self.prefixed(&base, bits[at], -1, 1, &found):
                if found.root.length >= SHORTEST_BETWEEN:
                    return self.of(&found, (text(suffixes[at], lengths[at]),))
                if not is_short:
                    short, is_short = found, True
                    base_suffix = text(suffixes[at], lengths[at])
        if not prefixed:
            return None
        if self.prefixed(word, NO_SUFFIX, -1, 1, &found):
            return self.of(&found, ())
        if first == 0 and bits[0] == I:
            before(&base, word, 1)
            if self.prefixed(&base, I, -1, 1, &found):
                return self.of(&found, ("i",))
        return self.of(&short, (base_suffix,)) if is_short else None

    cdef bint prefixed(
        self, const Letters *word, int suffix, int allowed, int prefixes, Found *found
    ) except -1:
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
            if has(self._stems, &rests[at].text):
                found.root = rests[at].text
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

    cdef object colloquial(self, const Letters *word):
        """A word with the -in that speech has for -kan and -i."""
        cdef Letters base, root
        before(&base, word, 2)
        if base.length < SHORTEST_BEFORE_IN:
            return None
        if is_vowel(base.letters[base.length - 1]) and has(self._roots, &base):
            return text_of(&base), (), ("in",), False
        for prefix, hidden in COLLOQUIAL:
            if not begins(&base, prefix, len(prefix)):
                continue
            join(&root, hidden[0] if hidden else 0, &base, len(prefix))
            if root.length >= SHORTEST_BEFORE_IN and has(self._roots, &root):
                return text_of(&root), (prefix.decode(),), ("in",), bool(hidden)
        return None

    cdef object of(self, const Found *found, tuple suffixes):
        prefixes = tuple([self._names[found.prefixes[at]] for at in range(found.count)])
        return text_of(&found.root), prefixes, suffixes, found.nasal != 0


COLLOQUIAL = (
    (b"di", b""), (b"nge", b""), (b"ng", b""), (b"ng", b"k"), (b"ny", b"s"), (b"n", b"t"),
    (b"m", b"p"),
)


cdef inline bint has(object known, const Letters *word) except -1:
    return PySet_Contains(known, text_of(word))


cdef inline object text_of(const Letters *word):
    return PyUnicode_FromStringAndSize(word.letters, word.length)


cdef inline object text(const char *letters, int length):
    return PyUnicode_FromStringAndSize(letters, length)


cdef object with_suffix(tuple found, const Letters *word, int length):
    root, prefixes, suffixes, nasal = found
    ending = text(&word.letters[word.length - length], length)
    return root, prefixes, (*suffixes, ending), nasal
