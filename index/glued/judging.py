"""Whether two words that stand together without a blank between them are two.

A junction is judged by its two sides alone: what they are (see ``parts``) and how many articles
have them beside those that have the glued word. Two nouns or two names may always be one name
(Sukabumi, Sriwijaya, Tanjungpinang), so that one side has to be a function word or a derived one,
which names do not hold, or the writer has to have changed case there (see ``case``).
"""

from __future__ import annotations

from index.glued.neighbours import Neighbours
from index.glued.parts import Kind, Kinds, lists
from index.light_dataclass import dataclass

SHORTEST, LONGEST = 8, 40
"""Letters of a glued word without a change of case, and of any: of shorter ones none is certain."""

SHORTEST_SMALL = 6
"""The same of one in small letters that has a function word as a part."""

SHORTEST_PART = 3
PREPOSITIONS = frozenset(("di", "ke"))
_BEFORE_DERIVED = PREPOSITIONS | {"ia"}
_BETWEEN, _OTHERS = "antara", "lain"
"""The first makes one word with a noun behind it, as *antar* does, but not with the second."""

SHORT = 4
"""Letters of a short part: of shorter ones little is certain."""

_LONG = 5

SHORT_WORDS = frozenset(
    (
        "abu",
        "ada",
        "air",
        "aja",
        "aku",
        "apa",
        "bom",
        "bus",
        "dia",
        "dua",
        "era",
        "gas",
        "gim",
        "gol",
        "hal",
        "jet",
        "kru",
        "tak",
        "tim",
        "uji",
    )
)
"""Short words beside a derived one."""

_NEAR_NAMES = 7
"""Letters from which on a part that the archive has is no syllable of a name."""

FAR, _SEEN = 20, 4
"""How many times the articles of a glued word, of several, each part of it has."""

_VERBAL = ("kan", "i")
_SUFFIXED = ("kan", "i", "an")
"""What ends the second part where a compound has affixes on both sides: menindak-lanjuti."""


@dataclass(frozen=True, slots=True)
class Side:
    """A part and how many articles have it as a word of its own, in title and body twice."""

    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the junctions of one archive.

    ``fewest``: in how many articles a word is that is no typing error. ``common``, ``everywhere``:
    in how many one is that many are about, or most come from. ``few``: whether the archive has so
    few words that their numbers say nothing.
    """

    kinds: Kinds
    fewest: int
    common: int
    everywhere: int
    few: bool
    neighbours: Neighbours

    def worth(self, one: Side, two: Side, articles: int) -> int:  # noqa: PLR0911 - a case each
        """How certain it is that two parts are two words, 0 for not at all.

        ``articles``: how many have them glued.
        """
        here = lists()
        if one.text in _BEFORE_DERIVED:
            return 2 if self.kinds.is_derived(two.text) and len(two.text) >= _NEAR_NAMES else 0
        if two.text in PREPOSITIONS:
            return 5 if self.kinds.is_derived(one.text) and len(one.text) >= _NEAR_NAMES else 0
        first, second = one.text in here.front, two.text in here.back
        if min(len(one.text), len(two.text)) < SHORTEST_PART or one.text.endswith(two.text):
            return 0
        if one.text == _BETWEEN and not (second or two.text == _OTHERS):
            return 0
        far = FAR * articles if articles > 2 else 0
        if not (first or one.articles >= far) or not (second or two.articles >= far):
            return 0
        if first and second:
            return 3
        worth = 0
        derived, other = self.kinds.is_derived(one.text), self.kinds.is_derived(two.text)
        if derived and other:
            worth = 0 if self._has_affixes_around(one.text, two.text) else 5
        elif derived or other:
            side, function = (two, second) if derived else (one, first)
            worth = self._beside_derived(side, function, articles)
        elif first or second:
            worth = self._beside_function(*((one, two) if first else (two, one)), articles)
        return worth if worth and not self.same(one.text, two.text) else 0

    def _beside_derived(self, side: Side, function: bool, articles: int) -> int:
        if function or side.text in SHORT_WORDS:
            return 4
        if len(side.text) < SHORT:
            return 0
        kind = self.kinds.of(side.text)
        if kind is Kind.UNKNOWN:
            enough = side.articles >= max(self.fewest, articles)
            return 4 if enough and len(side.text) >= _LONG else 0
        how = self.kinds.how
        suffixed = side.text.endswith(_SUFFIXED) and how.stem(side.text) != side.text
        return 0 if suffixed and kind is Kind.KNOWN else 4

    def _beside_function(self, function: Side, side: Side, articles: int) -> int:
        size, known = len(side.text), self.kinds.of(side.text) is not Kind.UNKNOWN
        if len(function.text) < SHORT:
            often = side.articles >= max(2 * self.fewest, FAR * articles)
            return 2 if often and size >= (_LONG if known else _NEAR_NAMES - 1) else 0
        if known:
            return 3 if size >= SHORT else 0
        often = side.articles >= max(self.fewest, articles)
        return 3 if size >= _LONG and often else 0

    def apart_mostly(self, one: Side, two: Side, articles: int, times: int) -> bool:
        """Whether the two stand beside each other ``times`` as often as they are glued."""
        least = times * max(articles, 1)
        if self.few or min(one.articles, two.articles) < max(least, _SEEN * self.fewest):
            return False
        return self.neighbours.are_together(one.text, two.text, least)

    def _has_affixes_around(self, one: str, two: str) -> bool:
        """Whether what looks as if both had a prefix has it once: ``menumbuh-kembangkan``."""
        if not two.endswith(_VERBAL) or one.endswith(_SUFFIXED):
            return False
        root = self.kinds.how.stem(two)
        return root != two and two.startswith(root)

    def same(self, one: str, two: str) -> bool:
        """Whether one word stands there twice: ``berlarutlarut`` lacks a hyphen, no blank."""
        stem = self.kinds.how.stem
        root = stem(two)
        return one.endswith((two, root, two.removesuffix("nya"))) or stem(one) == root
