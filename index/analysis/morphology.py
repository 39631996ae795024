"""Finds the root of an Indonesian word by taking off its affixes.

A word is taken apart only where what is left is a known root, as Nazief and Adriani do it
("Confix stripping: approach to stemming algorithm for Bahasa Indonesia", 1996; Asian, J., Williams,
H. E. and Tahaghoghi, S. M. M., "Stemming Indonesian", ACSC 2005), so that names and foreign words
stay whole. The forms are those of Sneddon, J. N., "Indonesian: A Comprehensive Grammar" (1996),
chapter 1: which letter a nasal prefix hides, which suffix goes with which prefix, and which prefix
stands outside which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any, NamedTuple

from index.kernels import kernel

_kernel, _lists = kernel("morphology"), kernel("lists")
_LONGEST_COMPILED = 64

SELF, STEM, ROOT, WHOLE = 1, 2, 4, 8
"""The bits of the kernel's lists: words that are their own stems, and those of ``Known``."""

NEGATIONS = ("anti", "non", "tidak")
"""Prefixes that turn a word into its opposite, so that they stay in the stem: ``nontunai``."""

_SHORTEST_ROOT = 3
_SHORTEST_BEFORE_I = 4
_SHORTEST_BETWEEN = 4
"""A shorter root between affixes on both sides is tried only when no other reading is left."""
_SHORTEST_BEFORE_IN = 4

_MOST_PREFIXES = 3
_VOWELS = frozenset("aeiou")

_VERBAL = frozenset(("", "kan", "i"))
_SUFFIXES = {
    # The suffixes that go with each outermost prefix, "" being none of either.
    "di": _VERBAL,
    "me": _VERBAL,
    "ku": _VERBAL,
    "kau": _VERBAL,
    "ter": _VERBAL,
    "ber": frozenset(("", "kan", "an")),
    "pe": frozenset(("", "an")),
    "per": frozenset(("", "an", "kan", "i")),
    "ke": frozenset(("", "an", "kan", "i")),
    "se": frozenset(("", "an")),
    "tidak": frozenset(),
    "loan": frozenset(("", "an")),
}
_INSIDE = {
    # The prefixes that may stand inside each prefix.
    "di": frozenset(("per", "ber", "ter", "ke", "se", "pe", "loan")),
    "me": frozenset(("per", "ber", "ter", "ke", "se", "pe", "loan")),
    "ku": frozenset(("per", "ber", "ke", "se")),
    "kau": frozenset(("per", "ber", "ke", "se")),
    "ter": frozenset(("per", "se", "ke", "pe")),
    "ber": frozenset(("ke", "pe", "per", "se", "loan")),
    "pe": frozenset(("ber", "ter", "per", "ke", "se", "loan")),
    "per": frozenset(("ber", "se")),
    "ke": frozenset(("ber", "ter", "se", "pe", "per", "tidak", "loan")),
    "se": frozenset(("pe", "per", "ke", "ter", "ber")),
    "tidak": frozenset(("ber", "ter", "se", "pe", "per", "ke", "me", "di")),
    "loan": frozenset(("ber", "ke", "pe", "per", "ter")),
}
_BEFORE_WHOLE = frozenset(("loan", "ber", "se"))
"""Before these a known word keeps the suffix that it has: antarperusahaan, seangkatan."""
_LOAN_PREFIXES = ("anti", "antar", "pasca", "non", "pra", "pro", "semi", "multi")
"""Written together with a word that stands on its own; ``loan`` in the two tables above."""
_KINDS = dict.fromkeys(_LOAN_PREFIXES, "loan")
_BEGIN_BEFORE_WHOLE = frozenset(
    prefix[:2] for prefix in (*_BEFORE_WHOLE - {"loan"}, *_LOAN_PREFIXES)
)

_ENDS = frozenset("niauh")
"""The last letters of all suffixes and clitics."""

_SUFFIXES_BY_END = {"n": ("an", "kan", "wan"), "i": ("i", "wati")}
_PARTICLES = ("lah", "kah", "tah", "pun")
_POSSESSIVES = ("nya", "ku", "mu")
_NAMES = {"me": "meN-", "pe": "peN-", "nasal me": "meN-", "nasal pe": "peN-"}


_HIDDEN = {"p": "m", "t": "n", "s": "y", "k": "g"}
"""The first letters of roots that a nasal prefix hides, and the last letter of that prefix."""

_COLLOQUIAL = (
    # What stands before -in in speech, and the letter of the root that it hides.
    ("di", ""),
    ("nge", ""),
    ("ng", ""),
    ("ng", "k"),
    ("ny", "s"),
    ("n", "t"),
    ("m", "p"),
)


class Derivation(NamedTuple):
    """A word taken apart.

    ``prefixes`` and ``suffixes`` from the outside to the root and from the root to the outside;
    ``nasal``: a prefix had hidden the root's first letter.
    """

    root: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    nasal: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The word's parts as a grammar writes them: ``meN-``, ``tangkap``, ``-kan``."""
        before = (_NAMES.get(prefix, prefix + "-") for prefix in self.prefixes)
        return (*before, self.root, *("-" + suffix for suffix in self.suffixes))

    @property
    def negation(self) -> str:
        """The prefixes that make the word another one, as its stem begins with them."""
        return "".join(prefix for prefix in self.prefixes if prefix in NEGATIONS)


class Known(NamedTuple):
    """The known words at which taking off affixes may end.

    ``roots``: what suffixes stand behind; ``stems``: those and words that take prefixes and clitics
    only, since they have affixes that are not taken off; ``whole``: those of them whose suffix is
    not that of a prefix before them.
    """

    roots: Collection[str]
    stems: Collection[str]
    whole: Collection[str] = ()


def derive(word: str, known: Known) -> Derivation | None:
    """How ``word`` (lower case) comes from a known one; None where it does not.

    The first reading wins in this order: without a clitic before with one; a suffix behind a root;
    affixes on both sides (peN- -an, meN- -kan); a prefix alone; whatever is left; -in.
    """
    if word[:2] not in _RESTS and word[-1:] not in _ENDS:
        return None
    found = _before_whole(word, known) or _without_clitics(word, known)
    if found is not None:
        return found
    if word.endswith(_POSSESSIVES):
        possessive = "nya" if word[-1] == "a" else word[-2:]
        base = _before(word, possessive)
        found = _base(base, known) or _before_whole(base, known) or _without_clitics(base, known)
        if found is not None:
            return found._replace(suffixes=(*found.suffixes, possessive))
    elif word.endswith(_PARTICLES):
        base = _before(word, word[-3:])
        found = _base(base, known) or derive(base, known)
        if found is not None:
            return found._replace(suffixes=(*found.suffixes, word[-3:]))
    return _colloquial(word, known) if word.endswith("in") else None


def compiled(known: Known, lists: Collection[tuple[int, Collection[str]]] | None = None) -> Any:
    """The kernel's Deriver by these known words, None where there is no kernel.

    ``lists``: what tells the same, and which words are their own stems, of fewer words that are
    there twice; as the kernel's ``Lists`` takes them.
    """
    if _kernel is None or _lists is None:
        return None
    if lists is None:
        lists = (ROOT, known.roots), (STEM, known.stems), (WHOLE, known.whole)
    return _kernel.Deriver(_lists.Lists(lists), known.roots, _SUFFIXES, _INSIDE, _BEFORE_WHOLE)


def deriver(known: Known, kernel: Any) -> Callable[[str], Derivation | None]:
    """``derive`` by these known words; ``kernel``: their ``compiled`` Deriver or None."""
    if kernel is None:
        return partial(derive, known=known)

    def derived(word: str) -> Derivation | None:
        if len(word) > _LONGEST_COMPILED or not word.isascii():
            return derive(word, known)
        found = kernel.derive(word)
        return None if found is None else Derivation(*found)

    return derived


def traces(root: str) -> tuple[str, ...]:
    """Strings of which every word that is ``root`` or comes from it holds one.

    Affixes are taken off from the outside, so the root stands in the word in one piece, save the
    first letter, in whose place may be the nasal that hides it: the ``mukul`` of *memukul*.
    """
    hidden = _HIDDEN.get(root[:1])
    if hidden is None or len(root) < _SHORTEST_ROOT:
        return (root,)
    return root, hidden + root[1:]


def _colloquial(word: str, known: Known) -> Derivation | None:
    """A word with the -in that speech has for -kan and -i: ``dibilangin``, ``nolongin``.

    Without a prefix it counts behind a vowel alone (``bacain``): consonants before it are those
    of names (``Arifin``), and the verbs among them stand in the list of irregular forms.
    """
    base = _before(word, "in")
    if len(base) < _SHORTEST_BEFORE_IN:
        return None
    if base[-1] in _VOWELS and base in known.roots:
        return Derivation(base, (), ("in",), nasal=False)
    for prefix, hidden in _COLLOQUIAL:
        root = hidden + base[len(prefix) :]
        if base.startswith(prefix) and len(root) >= _SHORTEST_BEFORE_IN and root in known.roots:
            return Derivation(root, (prefix,), ("in",), nasal=bool(hidden))
    return None


def _base(word: str, known: Known) -> Derivation | None:
    """A word that clitics stand behind, if it is known itself."""
    return Derivation(word, (), (), nasal=False) if word in known.stems else None


def _before(word: str, ending: str) -> str:
    """The word without the ending, empty where it has not that or would be too short."""
    if word.endswith(ending) and len(word) >= _SHORTEST_ROOT + len(ending):
        return word[: -len(ending)]
    return ""


def _without_clitics(word: str, known: Known) -> Derivation | None:
    prefixed = word[:2] in _RESTS
    suffixes = _SUFFIXES_BY_END.get(word[-1:])
    if suffixes is None:
        return _prefixed(word, "", known, None) if prefixed else None
    bases = [
        (suffix, word[: -len(suffix)])
        for suffix in suffixes
        if word.endswith(suffix) and len(word) >= _SHORTEST_ROOT + len(suffix)
    ]
    short = None  # the first reading with affixes on both sides that is the last resort
    for suffix, base in bases:
        if base in known.roots and (suffix != "i" or len(base) >= _SHORTEST_BEFORE_I):
            return Derivation(base, (), (suffix,), nasal=False)
        if prefixed and suffix != "i":
            found = _prefixed(base, suffix, known, None)
            if found is not None:
                found = Derivation(found.root, found.prefixes, (suffix,), found.nasal)
                if len(found.root) >= _SHORTEST_BETWEEN:
                    return found
                short = short or found
    if not prefixed:
        return None
    found = _prefixed(word, "", known, None)
    if found is None and bases and bases[0][0] == "i":
        found = _prefixed(bases[0][1], "i", known, None)
        if found is not None:
            return Derivation(found.root, found.prefixes, ("i",), found.nasal)
    return found or short


def _before_whole(word: str, known: Known) -> Derivation | None:
    """A prefix before a word that keeps its suffix."""
    if not known.whole or word[:2] not in _BEGIN_BEFORE_WHOLE:
        return None
    for prefix, rest, _ in _RESTS[word[:2]](word):
        if rest in known.whole and _KINDS.get(prefix, prefix) in _BEFORE_WHOLE:
            return Derivation(rest, (prefix,), (), nasal=False)
    return None


def _prefixed(
    word: str,
    suffix: str,
    known: Known,
    allowed: Collection[str] | None,
    prefixes: int = 1,
) -> Derivation | None:
    """The derivation of a word that has a prefix, its suffix taken off already.

    ``allowed``: the prefixes that may stand here, None outermost.
    """
    rests = _RESTS.get(word[:2])
    if rests is None:
        return None
    for prefix, rest, nasal in rests(word):
        if len(rest) < _SHORTEST_ROOT:
            continue
        kind = _KINDS.get(prefix, prefix)
        if suffix not in _SUFFIXES[kind] if allowed is None else kind not in allowed:
            continue
        if rest in known.stems:
            return Derivation(rest, (prefix,), (), nasal)
        if prefixes < _MOST_PREFIXES:
            inner = _prefixed(rest, suffix, known, _INSIDE[kind], prefixes + 1)
            if inner is not None:
                return inner._replace(
                    prefixes=(prefix, *inner.prefixes), nasal=nasal or inner.nasal
                )
    return None


Rests = Iterable[tuple[str, str, bool]]
"""What may be left without the first prefix: (prefix, rest, whether a letter is restored)."""


def _plain(word: str) -> Rests:
    return ((word[:2], word[2:], False),)


def _behind_me(word: str) -> Rests:
    return _behind_nasal("me", word[2:])


def _behind_pe(word: str) -> Rests:
    rests = _behind_nasal("pe", word[2:])
    if word[2:3] == "r" or word.startswith("pelajar"):
        rests.append(("per", word[3:], False))
    return rests


def _behind_r(word: str) -> Rests:
    """ber- and ter-: ber-jalan, be-rambut, be-kerja."""
    prefix = word[:2] + "r"
    if word[2:3] == "r":
        return (prefix, word[3:], False), (prefix, word[2:], False)
    if word[3:5] == "er":
        return ((prefix, word[2:], False),)
    return ()


def _behind_se(word: str) -> Rests:
    if word.startswith("semi"):
        return ("se", word[2:], False), ("semi", word[4:], False)
    return (("se", word[2:], False),)


def _behind_tidak(word: str) -> Rests:
    return (("tidak", word[5:], False),) if word.startswith("tidak") else ()


def _behind_kau(word: str) -> Rests:
    return (("kau", word[3:], False),) if word.startswith("kau") else ()


def _behind_loan(word: str) -> Rests:
    return [
        (loan, word[len(loan) :], False)
        for loan in _LOAN_PREFIXES
        if word.startswith(loan) and len(word) > len(loan) + _SHORTEST_ROOT
    ]


def _behind_nasal(prefix: str, rest: str) -> list[tuple[str, str, bool]]:
    """What may stand behind meN- or peN-; ``rest`` is the word without me or pe.

    Before a vowel m hides p, n hides t, ny hides s and ng hides k; loans keep their consonant.
    """
    first = rest[:1]
    if first == "m":
        return _behind_m(prefix, rest)
    if first == "n":
        return [*_behind_n(prefix, rest), (prefix, rest, False)]  # me-nilai, me-nyanyi
    if first in {"l", "r", "w", "y"} or prefix == "pe":
        return [(prefix, rest, False)]
    return []


def _behind_m(prefix: str, rest: str) -> list[tuple[str, str, bool]]:
    after = rest[1:]
    if after[:1] in _VOWELS:
        return [(prefix, "p" + after, True), (prefix, rest, False)]  # mem-ilih, me-makan
    if after[:1] in {"b", "f", "p", "v"}:
        return [(prefix, after, False)]
    if after[:1] in {"l", "r"}:
        return [(prefix, "p" + after, True)]  # pem-rosesan
    return [(prefix, rest, False)]


def _behind_n(prefix: str, rest: str) -> list[tuple[str, str, bool]]:
    after = rest[1:]
    if after[:1] == "g":
        after = after[1:]
        if after[:1] not in _VOWELS:
            return [(prefix, after, False)]
        found = [(prefix, after, False), (prefix, "k" + after, True)]
        if after[0] == "e":
            found.append((prefix, after[1:], False))  # menge-cat
        return found
    if after[:1] == "y":
        return [(prefix, "s" + after[1:], True)]
    if after[:1] in _VOWELS:
        return [(prefix, "t" + after, True)]
    return [(prefix, after, False)]  # men-cari, men-syukur


_RESTS: dict[str, Callable[[str], Rests]] = {
    # By a word's first two letters.
    "di": _plain,
    "ke": _plain,
    "ku": _plain,
    "se": _behind_se,
    "me": _behind_me,
    "pe": _behind_pe,
    "be": _behind_r,
    "te": _behind_r,
    "ti": _behind_tidak,
    "ka": _behind_kau,
    **dict.fromkeys({loan[:2] for loan in _LOAN_PREFIXES} - {"se"}, _behind_loan),
}
