"""Where a word of letters may be two, as far as a glance at the articles tells: seldom anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from index.analysis import TextAnalysis, lexicon
from search.query.rewrite.compound_parts import BELONGING, ENDINGS, is_sliver

MIN_WORD, MAX_WORD = 3, 30
"""Letters of a word that is cut, or made of two."""


class Glance(Protocol):
    """What of the articles of an index is soon told."""

    def ends(self, word: str) -> Iterable[tuple[int, bool]]:
        """Places in a word, ascending, whose end may be common, and whether the beginning may be.

        May is a glance: True for all that are common, and for hardly any other.
        """

    def stand_beside(self, first: str, second: str) -> bool:
        """Whether any body has two stems, one behind the other: told sooner than how often."""

    def is_written(self, surface: str) -> bool:
        """Whether any body has a surface form."""


def cuts_of(
    surface: str, how: TextAnalysis, glance: Glance, *, listed: bool
) -> list[tuple[str, str]]:
    """The cuts between letters that are left after a glance: most words have none.

    ``listed``: whether no part may be a sliver. A word and its affix are none. Without a third
    spelling, such as one with a hyphen, parts are two words only where they stand side by side.
    """
    stop_words, affixes = lexicon().stop_words, lexicon().prefixes
    whole = how.stem(surface)
    found = []
    for at, may_begin in glance.ends(surface):
        first, second = surface[:at], surface[at:]
        if not (may_begin or first in BELONGING) or (listed and is_sliver(first, second)):
            continue
        if second in stop_words:
            continue
        if second in ENDINGS and how.stem(first) == whole:
            continue
        if first in affixes and first not in BELONGING and how.stem(second) == whole:
            continue
        if surface.isascii():
            stem, other = how.stem(first), how.stem(second)
            if first not in BELONGING and not how.may_be_one(first, second):
                if stem == other or not glance.stand_beside(stem, other):
                    continue
            elif (
                # With a hyphen its stem is that of the whole, or it is found by its surface form.
                (first in affixes or first in BELONGING or second in ENDINGS)
                and surface not in how.hyphenated
                and whole not in (stem, other)
                and not glance.stand_beside(stem, other)
                and not glance.is_written(f"{first}-{second}")
            ):
                continue
        found.append((first, second))
    return found
