"""Which word comes next: by what stands behind the words before it, in titles and in bodies.

The share of a word among those with the same beginning, behind the last n words, is mixed with its
share behind the last n - 1, and so on down to its share among the words of all titles: Dirichlet
smoothing (MacKay and Peto 1995), so that long runs of words count for as much as they were seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import is_stop_word
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


@dataclass(frozen=True, slots=True)
class Next:
    """A word that may come next, how likely, and behind how many words titles have it.

    ``run``: 0 where no title has it behind any. ``bodies``: how many have it behind the last word.
    """

    word: str
    share: float
    run: int
    bodies: int


def next_words(
    snapshot: Snapshot, words: Sequence[str], beginning: str, budget: Budget, scope: str | None
) -> list[Next]:
    """The words with the beginning that texts have behind ``words``, the likeliest first.

    No stop words, unless behind two words or more titles have no other. Raises ``FileDamaged``.
    """
    if not words:
        return []
    levels: list[tuple[int, Following]] = []
    bodies = Following(Counter(), 0)
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
    return [Next(word, shares[word], behind[word], bodies.words[word]) for word in ordered]


def _shares(
    levels: Sequence[tuple[int, Following]], bodies: Following, words: dict[str, int]
) -> dict[str, float]:
    """The share of each word, mixed through all lengths."""
    shares = dict.fromkeys(words, 0.0)
    first = dict(levels).get(1, Following(Counter(), 0))
    total = _TITLE * first.total + bodies.total
    for word in words:
        shares[word] = (_TITLE * first.words[word] + bodies.words[word]) / total
    for length, found in levels:
        if length > 1:
            for word in words:
                seen = found.words[word] + _WEIGHT * shares[word]
                shares[word] = seen / (found.total + _WEIGHT)
    return shares


def with_all(
    snapshot: Snapshot, words: Sequence[str], beginning: str, budget: Budget
) -> Following:
    """The words with the beginning in the titles that have all of ``words`` anywhere, no stop word.

    Raises ``FileDamaged``.
    """
    documents = titles_with(snapshot, words, budget)
    found = snapshot.runs.beside(documents, beginning, budget)
    others = {word: count for word, count in found.words.items() if word not in words}
    kept = Counter({word: count for word, count in others.items() if not is_stop_word(word)})
    return Following(kept, kept.total())


def titles_with(
    snapshot: Snapshot, words: Sequence[str], budget: Budget
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The articles whose title has all words, stop words apart, ascending; deleted ones left out.

    None where all are stop words. Raises ``FileDamaged``.
    """
    told = [word for word in dict.fromkeys(words) if not is_stop_word(word)]
    found: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None
    for word in told:
        having = snapshot.runs.documents([word], None, budget)
        found = having if found is None else np.intersect1d(found, having, assume_unique=True)
        if not len(found) or budget.spent():
            break
    return np.empty(0, np.int64) if found is None else found
