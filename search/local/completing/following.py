"""Which word comes next: by what stands behind the words before it, in titles and in bodies.

The share of a word among those with the same beginning, behind the last n words, is mixed with its
share behind the last n - 1, and so on down to its share among the words of all titles: Dirichlet
smoothing (MacKay and Peto 1995), so that long runs of words count for as much as they were seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import is_stop_word
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.reading.runs import Following
from search.local.reading.snapshot import Snapshot

TITLES = "title_exact"
BODIES = "body_exact"

_WEIGHT = 2.0
"""So many occurrences a share behind fewer words counts for."""
_TITLE = 4
"""So many bodies a title counts for."""
_LENGTHS = (1, 2, 3, 4)
_SURE = 2
"""Behind so many words or more, a stop word may be the only one that follows: "habis gelap t"."""

_CUT_FROM = 4
_CUT = 3
_LIKELIER = 8
"""A word of so many letters or more that lacks up to so many of one so much likelier."""


@dataclass(frozen=True, slots=True)
class Next:
    """A word that may come next, how likely, and behind how many words titles have it.

    ``run``: 0 where no title has it behind any. ``bodies``: how many have it behind the last word.
    ``once``: whether it is there behind so many in one title alone.
    """

    word: str
    share: float
    run: int
    bodies: int
    once: bool = False


def next_words(
    snapshot: Snapshot, words: Sequence[str], beginning: str, budget: Budget, scope: str | None
) -> list[Next]:
    """The words with the beginning that texts have behind ``words``, the likeliest first.

    No stop words, unless behind two words or more titles have no other. Raises ``FileDamaged``.
    """
    if not words:
        return []
    levels: list[tuple[int, Following]] = []
    bodies = Following({}, 0)
    if scope != "title":
        bodies = snapshot.runs.in_bodies(words[-1], beginning, budget)
    runs = sorted({*_LENGTHS, len(words)})
    for length in runs:
        if length > len(words) or budget.spent():
            break
        found = snapshot.runs.in_titles(words[-length:], beginning, budget)
        if not found.total:
            break
        levels.append((length, found))
    behind: dict[str, int] = dict.fromkeys(bodies.words, 0)
    for length, found in levels:
        behind.update(dict.fromkeys(found.words, length))
    if not behind:
        return []
    shares = _shares(levels, bodies, behind)
    stops = {word for word in behind if is_stop_word(word)}
    if levels and levels[-1][0] >= _SURE and stops >= levels[-1][1].words.keys():
        stops -= levels[-1][1].words.keys()
    ordered = sorted(behind.keys() - stops, key=lambda word: (-shares[word], word))
    once = {
        word
        for length, found in levels
        if found.whole
        for word, count in found.words.items()
        if count == 1 and behind[word] == length
    }
    return [
        Next(word, shares[word], behind[word], bodies.words.get(word, 0), word in once)
        for word in _not_cut(ordered, shares)
    ]


def _not_cut(ordered: Sequence[str], shares: dict[str, float]) -> Iterator[str]:
    """The words, the likeliest first, but for what is hardly more than where a likelier one begins.

    Texts that are cut off have such.
    """
    begun: dict[str, float] = {}
    for word in ordered:
        share = shares[word]
        if len(word) < _CUT_FROM or begun.get(word, 0) < _LIKELIER * share:
            yield word
        for length in range(max(len(word) - _CUT, _CUT_FROM), len(word)):
            begun.setdefault(word[:length], share)


def _shares(
    levels: Sequence[tuple[int, Following]], bodies: Following, words: dict[str, int]
) -> dict[str, float]:
    """The share of each word, mixed through all lengths."""
    shares = dict.fromkeys(words, 0.0)
    first = dict(levels).get(1, Following({}, 0))
    total = _TITLE * first.total + bodies.total
    for word in words:
        some = _TITLE * first.words.get(word, 0) + bodies.words.get(word, 0)
        shares[word] = some / total
    for length, found in levels:
        if length > 1:
            for word in words:
                seen = found.words.get(word, 0) + _WEIGHT * shares[word]
                shares[word] = seen / (found.total + _WEIGHT)
    return shares


@dataclass(frozen=True, slots=True)
class Beside:
    """The titles that have some words anywhere: the articles, ascending, and their other words."""

    snapshot: Snapshot
    words: Sequence[str]
    documents: NDArray[np.int64]

    def having(self, beginning: str, budget: Budget) -> dict[str, int]:
        """How many have the other words with the beginning, commonest first, no stop words."""
        found = self.snapshot.runs.beside(self.documents, beginning, budget).words
        return {
            word: found[word]
            for word in sorted(found, key=lambda word: (-found[word], word))
            if word not in self.words and not is_stop_word(word)
        }


def _both(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is in both; they ascend."""
    if not len(others):
        return others
    found: NDArray[np.int64] = some[others.take(others.searchsorted(some), mode="clip") == some]
    return found


def titles_with(snapshot: Snapshot, words: Sequence[str], budget: Budget) -> Beside:
    """The titles that have all words, stop words apart; none where all are stop words.

    Raises ``FileDamaged``.
    """
    told = [word for word in dict.fromkeys(words) if not is_stop_word(word)]
    told.sort(key=lambda word: snapshot.dictionary.document_frequency(TITLES, word))
    found: NDArray[np.int64] | None = None
    for word in told:
        if found is not None and (not len(found) or budget.spent()):
            break
        having = snapshot.runs.documents([word], None, budget)
        found = having if found is None else _both(found, having)
    return Beside(snapshot, words, np.empty(0, np.int64) if found is None else found)
