"""Suggestions at work: names and headlines of the archive, cut in their last word, typed anew.

Names are runs of two or three capitalised words within sentences of bodies or in headlines, which
many articles have; headlines are any. All are drawn by a seed and cut after one to three letters of
the last word. What was cut is right; printed is how often it comes first, and within eight.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.analysis import analysis, is_stop_word
from index.article import Article
from search.engine import SearchEngine

SHOWN = 8
"""As many suggestions as the page asks for."""

_WORD = r"[A-Z][\w'\u2019-]+"
_RUN = re.compile(rf"(?<=[a-z,] )({_WORD}(?: {_WORD}){{1,2}})(?![\w'\u2019-]| [A-Z])")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """What is typed, and what it is the beginning of."""

    typed: str
    whole: str


def names(articles: Sequence[Article], *, titles: bool, fewest: int) -> list[str]:
    """The names that so many articles have in their titles or in their bodies, the commonest first.

    None with a stop word at its end.
    """
    found: Counter[str] = Counter()
    for one in articles:
        text = one.title if titles else one.body
        found.update({match[1] for match in _RUN.finditer(text)})
    return [
        name
        for name, count in found.most_common()
        if count >= fewest and not is_stop_word(name.split()[-1].lower())
    ]


def headlines(articles: Sequence[Article]) -> list[str]:
    """Those of four words or more, each once."""
    found = (" ".join(one.title.split()) for one in articles if not one.derived_title)
    return [one for one in dict.fromkeys(found) if len(one.split()) >= _FEWEST_WORDS]


def cuts(wholes: Sequence[str], number: int, seed: int) -> list[Cut]:
    """So many of them, each cut after one to three letters of its last word."""
    rng = random.Random(seed)
    found = []
    for whole in rng.sample(wholes, min(number, len(wholes))):
        before, _, last = whole.rpartition(" ")
        left = rng.randint(1, min(3, max(len(last) - 1, 1)))
        found.append(Cut(f"{before} {last[:left]}", whole))
    return found


def rank(engine: SearchEngine, one: Cut) -> int | None:
    """The place of what was cut among what is suggested, from 0 on, compared by words."""
    wanted = _words(one.whole)
    for place, suggestion in enumerate(engine.suggest(one.typed, SHOWN)):
        if _words(suggestion.text) == wanted:
            return place
    return None


def _words(text: str) -> list[str]:
    return [token.surface for token in analysis().tokens(text)]


def shares(ranks: Sequence[int | None]) -> tuple[float, float]:
    """How often the first place is right, and one of them."""
    there = [one for one in ranks if one is not None]
    return sum(one == 0 for one in there) / len(ranks), len(there) / len(ranks)
