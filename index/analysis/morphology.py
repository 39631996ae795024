"""Affixes off, root found: Indonesian derivation read backwards.

A word is taken apart only where what is left is a known root, as Nazief and Adriani do it
("Confix stripping: approach to stemming algorithm for Bahasa Indonesia", 1996; Asian, J., Williams,
H. E. and Tahaghoghi, S. M. M., "Stemming Indonesian", ACSC 2005), so that names and foreign words
stay whole. The forms are those of Sneddon, J. N., "Indonesian: A Comprehensive Grammar" (1996),
chapter 1: which letter a nasal prefix hides, which suffix goes with which prefix, and which prefix
stands outside which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

_SHORTEST_ROOT = 3
_SHORTEST_BETWEEN = 4
"""A shorter root is not sought behind affixes on both sides as long as other readings are left."""

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
    "loan": frozenset(("",)),
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
_LOAN_PREFIXES = ("anti", "antar", "pasca", "non", "pra", "pro", "semi", "multi")
"""Written together with a word that stands on its own."""

_ENDS = frozenset("niauh")
"""The last letters of all suffixes and clitics."""

_SUFFIXES_BY_END = {"n": ("an", "kan"), "i": ("i",)}
_PARTICLES = ("lah", "kah", "tah", "pun")
_POSSESSIVES = ("nya", "ku", "mu")
_NAMES = {"me": "meN-", "pe": "peN-", "nasal me": "meN-", "nasal pe": "peN-"}


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


def derive(
    word: str, roots: Collection[str], irregular: Mapping[str, str] | None = None
) -> Derivation | None:
    """How ``word`` (lower case) comes from one of ``roots``; None where it does not.

    ``irregular``: forms whose root no rule gives; they are known behind clitics.

    The first reading wins in this order: without a clitic before with one; with affixes on both
    sides (peN- -an, meN- -kan) before a prefix alone, and that before a suffix alone; the longer
    rest before the shorter.
    """
    prefixed = word[:2] in _RESTS
    if not prefixed and word[-1:] not in _ENDS:
        return None
    found = _without_clitics(word, roots)
    if found is not None:
        return found
    if word.endswith(_POSSESSIVES):
        possessive = "nya" if word[-1] == "a" else word[-2:]
        base = _before(word, possessive)
        if base:
            found = _root(base, roots, irregular) or _without_clitics(base, roots)
            if found is not None:
                return found._replace(suffixes=(*found.suffixes, possessive))
    elif word.endswith(_PARTICLES):
        base = _before(word, word[-3:])
        if base:
            found = _root(base, roots, irregular) or derive(base, roots, irregular)
            if found is not None:
                return found._replace(suffixes=(*found.suffixes, word[-3:]))
    return None


def _root(
    word: str, roots: Collection[str], irregular: Mapping[str, str] | None = None
) -> Derivation | None:
    if irregular and word in irregular:
        return Derivation(irregular[word], (), (), nasal=False)
    return Derivation(word, (), (), nasal=False) if word in roots else None


def _before(word: str, ending: str) -> str:
    """The word without the ending, empty where it has not that or would be too short."""
    if word.endswith(ending) and len(word) >= _SHORTEST_ROOT + len(ending):
        return word[: -len(ending)]
    return ""


def _without_clitics(word: str, roots: Collection[str]) -> Derivation | None:
    prefixed = word[:2] in _RESTS
    suffixes = _SUFFIXES_BY_END.get(word[-1:], ())
    if prefixed:
        for suffix in suffixes:
            if suffix != "i" and word.endswith(suffix):
                found = _prefixed(word[: -len(suffix)], suffix, roots, None)
                if found is not None and len(found.root) >= _SHORTEST_BETWEEN:
                    return found._replace(suffixes=(suffix,))
        found = _prefixed(word, "", roots, None)
        if found is not None:
            return found
    for suffix in suffixes:
        base = _before(word, suffix)
        if base:
            found = _root(base, roots) or (
                _prefixed(base, suffix, roots, None) if prefixed else None
            )
            if found is not None:
                return found._replace(suffixes=(suffix,))
    return None


def _prefixed(
    word: str,
    suffix: str,
    roots: Collection[str],
    allowed: Collection[str] | None,
    prefixes: int = 1,
) -> Derivation | None:
    """The derivation of a word that has a prefix, its suffix taken off already.

    ``allowed``: the prefixes that may stand here, None outermost.
    """
    for prefix, rest, nasal in _RESTS[word[:2]](word) if word[:2] in _RESTS else ():
        if len(rest) < _SHORTEST_ROOT:
            continue
        if suffix not in _SUFFIXES[prefix] if allowed is None else prefix not in allowed:
            continue
        if rest in roots:
            return Derivation(rest, (prefix,), (), nasal)
        if prefixes < _MOST_PREFIXES:
            inner = _prefixed(rest, suffix, roots, _INSIDE[prefix], prefixes + 1)
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
    """ber- and ter-: be-rambut, ber-jalan, be-kerja."""
    prefix = word[:2] + "r"
    if word[2:3] == "r":
        return (prefix, word[2:], False), (prefix, word[3:], False)
    if word[3:5] == "er":
        return ((prefix, word[2:], False),)
    return ()


def _behind_se(word: str) -> Rests:
    if word.startswith("semi"):
        return ("se", word[2:], False), ("loan", word[4:], False)
    return (("se", word[2:], False),)


def _behind_tidak(word: str) -> Rests:
    return (("tidak", word[5:], False),) if word.startswith("tidak") else ()


def _behind_kau(word: str) -> Rests:
    return (("kau", word[3:], False),) if word.startswith("kau") else ()


def _behind_loan(word: str) -> Rests:
    return [
        ("loan", word[len(loan) :], False)
        for loan in _LOAN_PREFIXES
        if word.startswith(loan) and len(word) > len(loan) + _SHORTEST_ROOT
    ]


def _behind_nasal(prefix: str, rest: str) -> list[tuple[str, str, bool]]:
    """What may stand behind meN- or peN-; ``rest`` is the word without me or pe.

    Before a vowel m hides p, n hides t, ny hides s and ng hides k; loans keep their consonant.
    """
    first = rest[:1]
    if first == "m":
        after = rest[1:]
        if after[:1] in _VOWELS:
            return [(prefix, "p" + after, True), (prefix, rest, False)]
        if after[:1] in {"b", "f", "p", "v"}:
            return [(prefix, after, False)]
        return [(prefix, rest, False)]
    if first == "n":
        return [*_behind_n(prefix, rest), (prefix, rest, False)]  # me-nilai, me-nyanyi
    if first in {"l", "r", "w", "y"} or prefix == "pe":
        return [(prefix, rest, False)]
    return []


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
