"""What a part of a glued word is: a function word, a derived word, a known one, a name, or unknown.

The lists in ``data/``: ``front.txt`` and ``back.txt``, function words that begin and end glued
words; ``whole.txt``, words that look glued and are none; ``inside.txt``, what makes a word that
holds it a whole one; ``brands.txt``, what names of firms and sites begin with; ``bound.txt``, first
parts that make one word with what follows; ``names.txt``, what names end with; ``common.txt``,
common words; ``titles.txt``, what stands before names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from pathlib import Path

from index.analysis import TextAnalysis, lexicon
from index.light_dataclass import dataclass

_DATA = Path(__file__).with_name("data")

PREFIXES = ("me", "di", "ber", "ter", "pe", "ke", "se")
"""What derived words begin with."""

SHORTEST_DERIVED = 6

_NASALS = {"k": "ng", "p": "m", "s": "ny", "t": "n"}
"""What *me-* and *pe-* put in the place of a word's first letter."""


class Kind(Enum):
    """What is known of a part without the archive."""

    UNKNOWN = 0
    NAME = 1
    KNOWN = 2
    DERIVED = 3
    """Known, with a prefix: hardly any name holds such a word."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists. All words are folded. ``inside`` finds a compound anywhere in a word."""

    front: frozenset[str]
    back: frozenset[str]
    whole: frozenset[str]
    bound: frozenset[str]
    common: frozenset[str]
    names: frozenset[str]
    titles: frozenset[str]
    inside: re.Pattern[str]


@cache
def lists() -> Lists:
    """The lists that come with the program."""
    return Lists(
        front=frozenset(_words("front")),
        back=frozenset(_words("back")),
        whole=frozenset(_words("whole")),
        bound=frozenset(_words("bound")),
        common=frozenset(_words("common")),
        names=frozenset(_words("names")),
        titles=frozenset(_words("titles")),
        inside=_inside(_words("inside")),
    )


def _inside(compounds: Sequence[str]) -> re.Pattern[str]:
    """Compounds as they are, or behind *me-* and *pe-*: few alternatives at any one letter."""
    by_letter: dict[str, list[str]] = {}
    for compound in compounds:
        by_letter.setdefault(compound[0], []).append(compound[1:])
    plain = [f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()]
    behind = [f"{_NASALS[one[0]]}{one[1:]}" for one in compounds if one[0] in _NASALS]
    if behind:
        plain.append(rf"^[mp]e(?:{'|'.join(behind)})(?:an|i|kan)?(?:nya)?$")
    return re.compile("|".join(plain))


@cache
def brands() -> frozenset[str]:
    """What names of firms and sites begin with, folded."""
    return frozenset(_words("brands"))


class Kinds:
    """The kinds of words by one analysis, kept. Not safe under threads."""

    def __init__(self, how: TextAnalysis) -> None:
        self.how = how
        self._kinds: dict[str, Kind] = {}

    def of(self, word: str) -> Kind:
        """The kind of a folded word."""
        kind = self._kinds.get(word)
        if kind is None:
            kind = self._kinds[word] = self._find(word)
        return kind

    def is_derived(self, word: str) -> bool:
        """Whether its kind is ``DERIVED``."""
        return may_be_derived(word) and self.of(word) is Kind.DERIVED

    def _find(self, word: str) -> Kind:
        words = lexicon()
        if word in words.roots or word in words.lexicalised:
            return Kind.KNOWN
        if word in words.names:
            return Kind.NAME
        if not self.how.knows(word):
            return Kind.UNKNOWN
        return Kind.DERIVED if may_be_derived(word) else Kind.KNOWN

    def is_whole(self, word: str) -> bool:
        """Whether a word that is not known is one by the lists of what looks glued."""
        here = lists()
        return (
            word in here.whole
            or word in self.how.words.protected
            or here.inside.search(word) is not None
        )


def may_be_derived(word: str) -> bool:
    """Whether a word looks as if it had a prefix."""
    return word.startswith(PREFIXES) and len(word) >= SHORTEST_DERIVED


def _words(name: str) -> list[str]:
    text = (_DATA / f"{name}.txt").read_text("utf-8")
    return [word for line in text.splitlines() if line[:1] != "#" for word in line.split()]
