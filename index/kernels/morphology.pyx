"""How an Indonesian word comes from a known root: the compiled form of ``index.analysis.morphology``.

The grammar is described there, and its tables come from there: which suffixes go with which prefix,
and which prefixes stand inside which. Here is what a word is compared with letter by letter.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.set cimport PySet_Contains
from cpython.unicode cimport PyUnicode_FromStringAndSize
from libc.string cimport memcmp, memcpy

cdef enum:
    LONGEST = 64
    SHORTEST_ROOT = 3
    SHORTEST_BEFORE_I = 4
    SHORTEST_BETWEEN = 4
    SHORTEST_BEFORE_IN = 4
    MOST_PREFIXES = 3
    MOST_RESTS = 9      # what may be left without a first prefix, at most: one a loan prefix, and se
    NO_SUFFIX = 1       # bits of what stands behind a root beside a prefix
    KAN = 2
    I = 4
    AN = 8
    OTHER = 16          # wan and wati go with none

NAMES = (
    "di", "me", "ku", "kau", "ter", "ber", "pe", "per", "ke", "se", "tidak",
    "anti", "antar", "pasca", "non", "pra", "pro", "semi", "multi",
)
cdef enum Prefix:
    DI
    ME
    KU
    KAU
    TER
    BER
    PE
    PER
    KE
    SE
    TIDAK
    LOAN        # the first of the loans; as a kind all of them
    SEMI = LOAN + 6
    PREFIXES = LOAN + 8

cdef struct Text:
    char letters[LONGEST + 1]
    int length

cdef struct Rest:
    Text text
    int prefix
    bint nasal

cdef struct Found:
    Text root
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
        cdef Text text
        encoded = word.encode("ascii")
        PyBytes_AsStringAndSize(encoded, &raw, &length)
        if length > LONGEST:
            raise IndexError("the word is too long")
        take(&text, raw, <int>length)
        return self.derived(&text)

    cdef object derived(self, const Text *word):
        cdef Text base
        cdef Found one
        cdef int suffix
        if not may_begin(word) and (not word.length or word.letters[word.length - 1] not in b"niauh"):
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

    cdef object behind_clitic(self, const Text *word):
        """A word that clitics stand behind, if it is known itself."""
        if not has(self._stems, word):
            return None
        return text_of(word), (), (), False

    cdef object before_whole(self, const Text *word):
        """A prefix before a word that keeps its suffix."""
        cdef Rest rests[MOST_RESTS]
        cdef int number, at
        if not self._whole or not may_begin(word):
            return None
        number = rests_of(word, rests)
        for at in range(number):
            if not self._before_whole >> kind_of(rests[at].prefix) & 1:
                continue
            if has(self._whole, &rests[at].text):
                return text_of(&rests[at].text), (self._names[rests[at].prefix],), (), False
        return None

    cdef object without_clitics(self, const Text *word):
        cdef bint prefixed = may_begin(word)
        cdef Text base
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
        self, const Text *word, int suffix, int allowed, int prefixes, Found *found
    ) except -1:
        """Fill ``found`` with the derivation of a word that has a prefix; whether there is one.

        ``suffix``: what was taken off already; ``allowed``: a bit for each kind of prefix that may
        stand here, -1 outermost.
        """
        cdef Rest rests[MOST_RESTS]
        cdef int number, at, kind, each
        if not may_begin(word):
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

    cdef object colloquial(self, const Text *word):
        """A word with the -in that speech has for -kan and -i."""
        cdef Text base, root
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


cdef inline int kind_of(int prefix) noexcept nogil:
    return prefix if prefix < LOAN else <int>LOAN


cdef inline bint is_vowel(char letter) noexcept nogil:
    return letter == c"a" or letter == c"e" or letter == c"i" or letter == c"o" or letter == c"u"


cdef inline bint has(object known, const Text *word) except -1:
    return PySet_Contains(known, text_of(word))


cdef inline object text_of(const Text *word):
    return PyUnicode_FromStringAndSize(word.letters, word.length)


cdef inline object text(const char *letters, int length):
    return PyUnicode_FromStringAndSize(letters, length)


cdef object with_suffix(tuple found, const Text *word, int length):
    root, prefixes, suffixes, nasal = found
    ending = text(&word.letters[word.length - length], length)
    return root, prefixes, (*suffixes, ending), nasal


cdef inline void take(Text *text, const char *letters, int length) noexcept nogil:
    memcpy(text.letters, letters, length)
    text.length = length


cdef inline void join(Text *text, char letter, const Text *word, int start) noexcept nogil:
    """A letter, 0 for none, and the letters of a word from ``start`` on, which may be none.

    The letter stands for at least one that is left out, so that the room suffices.
    """
    cdef int shift = letter != 0
    cdef int length = word.length - start if word.length > start else 0
    text.letters[0] = letter
    memcpy(&text.letters[shift], &word.letters[start], length)
    text.length = length + shift


cdef inline void before(Text *base, const Text *word, int ending) noexcept nogil:
    """The word without its ending; nothing where it would be too short."""
    take(base, word.letters, word.length - ending if word.length >= SHORTEST_ROOT + ending else 0)


cdef inline bint ends(const Text *word, const char *ending, int length) noexcept nogil:
    return word.length >= length and not memcmp(
        &word.letters[word.length - length], ending, length
    )


cdef inline bint begins(const Text *word, const char *letters, int length) noexcept nogil:
    return word.length >= length and not memcmp(word.letters, letters, length)


cdef inline char letter_at(const Text *word, int place) noexcept nogil:
    """A letter of a word, 0 behind it."""
    return word.letters[place] if place < word.length else 0


cdef bint may_begin(const Text *word) noexcept nogil:
    """Whether any prefix begins with the first two letters."""
    cdef char one, two
    if word.length < 2:
        return False
    one, two = word.letters[0], word.letters[1]
    if one == c"k":
        return two == c"e" or two == c"u" or two == c"a"
    if one == c"s" or one == c"b":
        return two == c"e"
    if one == c"m":
        return two == c"e" or two == c"u"
    if one == c"p":
        return two == c"e" or two == c"a" or two == c"r"
    if one == c"t":
        return two == c"e" or two == c"i"
    if one == c"d":
        return two == c"i"
    if one == c"a":
        return two == c"n"
    return one == c"n" and two == c"o"


cdef void put(
    Rest *rests, int *number, int prefix, char letter, const Text *word, int start
) noexcept nogil:
    """One rest more: a letter that was hidden, 0 for none, and the word from ``start`` on."""
    join(&rests[number[0]].text, letter, word, start)
    rests[number[0]].prefix, rests[number[0]].nasal = prefix, letter != 0
    number[0] += 1


cdef int rests_of(const Text *word, Rest *rests) noexcept nogil:
    """What may be left of a word that may begin with a prefix without it; how many."""
    cdef int number = 0
    cdef char one = word.letters[0], two = word.letters[1]
    if one == c"d" and two == c"i":
        put(rests, &number, DI, 0, word, 2)
    elif one == c"k":
        if two == c"e":
            put(rests, &number, KE, 0, word, 2)
        elif two == c"u":
            put(rests, &number, KU, 0, word, 2)
        elif begins(word, "kau", 3):
            put(rests, &number, KAU, 0, word, 3)
    elif one == c"s":
        put(rests, &number, SE, 0, word, 2)
        if begins(word, "semi", 4):
            put(rests, &number, SEMI, 0, word, 4)
    elif one == c"m" and two == c"e":
        behind_nasal(word, ME, rests, &number)
    elif one == c"p" and two == c"e":
        behind_nasal(word, PE, rests, &number)
        if letter_at(word, 2) == c"r" or begins(word, "pelajar", 7):
            put(rests, &number, PER, 0, word, 3)
    elif (one == c"b" or one == c"t") and two == c"e":
        behind_r(word, BER if one == c"b" else TER, rests, &number)
    elif one == c"t":
        if begins(word, "tidak", 5):
            put(rests, &number, TIDAK, 0, word, 5)
    else:
        behind_loan(word, rests, &number)
    return number


cdef void behind_r(const Text *word, int prefix, Rest *rests, int *number) noexcept nogil:
    """ber- and ter-: ber-jalan, be-rambut, be-kerja."""
    if letter_at(word, 2) == c"r":
        put(rests, number, prefix, 0, word, 3)
        put(rests, number, prefix, 0, word, 2)
    elif letter_at(word, 3) == c"e" and letter_at(word, 4) == c"r":
        put(rests, number, prefix, 0, word, 2)


cdef void behind_loan(const Text *word, Rest *rests, int *number) noexcept nogil:
    loan(word, LOAN, "anti", 4, rests, number)
    loan(word, LOAN + 1, "antar", 5, rests, number)
    loan(word, LOAN + 2, "pasca", 5, rests, number)
    loan(word, LOAN + 3, "non", 3, rests, number)
    loan(word, LOAN + 4, "pra", 3, rests, number)
    loan(word, LOAN + 5, "pro", 3, rests, number)
    loan(word, LOAN + 7, "multi", 5, rests, number)


cdef void loan(
    const Text *word, int prefix, const char *letters, int length, Rest *rests, int *number
) noexcept nogil:
    if begins(word, letters, length) and word.length > length + SHORTEST_ROOT:
        put(rests, number, prefix, 0, word, length)


cdef void behind_nasal(const Text *word, int prefix, Rest *rests, int *number) noexcept nogil:
    """What may stand behind meN- or peN-, whose first letter may be hidden."""
    cdef char first = letter_at(word, 2)
    cdef char after = letter_at(word, 3)
    if first == c"m":
        if is_vowel(after):
            put(rests, number, prefix, c"p", word, 3)
            put(rests, number, prefix, 0, word, 2)
        elif after == c"b" or after == c"f" or after == c"p" or after == c"v":
            put(rests, number, prefix, 0, word, 3)
        elif after == c"l" or after == c"r":
            put(rests, number, prefix, c"p", word, 3)
        else:
            put(rests, number, prefix, 0, word, 2)
    elif first == c"n":
        behind_n(word, prefix, after, rests, number)
        put(rests, number, prefix, 0, word, 2)
    elif first == c"l" or first == c"r" or first == c"w" or first == c"y" or prefix == PE:
        put(rests, number, prefix, 0, word, 2)


cdef void behind_n(
    const Text *word, int prefix, char after, Rest *rests, int *number
) noexcept nogil:
    if after == c"g":
        put(rests, number, prefix, 0, word, 4)
        if is_vowel(letter_at(word, 4)):
            put(rests, number, prefix, c"k", word, 4)
            if letter_at(word, 4) == c"e":
                put(rests, number, prefix, 0, word, 5)
    elif after == c"y":
        put(rests, number, prefix, c"s", word, 4)
    elif is_vowel(after):
        put(rests, number, prefix, c"t", word, 3)
    else:
        put(rests, number, prefix, 0, word, 3)
