"""What stands behind some words in titles and bodies: counted in suffix arrays and tables of pairs.

A *run* is some words one behind the other. All occurrences of a run in the titles of a segment are
neighbours in its suffix array (``index.derived.titles``), ordered by the word behind them, so that
those whose next word has a beginning are neighbours too: a few bisections find them, however many
words the run has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.derived import pairs_of, titles_of
from index.derived.pairs import FIELD as BODY
from index.derived.titles import FIELD as TITLE
from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.budget import Budget
from search.local.reading.pairs import PairsOfSegment
from search.local.reading.title_runs import TitlesOfSegment
from search.local.reading.word_counts import Counts, Terms, added

_COMPARED = 64
"""Up to so many titles of the same length are compared word by word."""


@dataclass(frozen=True, slots=True)
class Following:
    """The words that stand behind a run: how often each, and how often any with the beginning.

    The commonest of each segment; ``whole``: whether that is all of them.
    """

    words: dict[str, int]
    total: int
    whole: bool = True


class Runs:
    """The runs of words of a snapshot's segments. Shared by threads; raises ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader], bases: Sequence[int]) -> None:
        self._segments = segments
        self._bases = bases

    @cached_property
    def _titles(self) -> list[TitlesOfSegment]:
        return [
            TitlesOfSegment(titles, Terms(segment.fields[TITLE]), base, segment.deleted)
            for base, segment in zip(self._bases, self._segments, strict=True)
            if (titles := titles_of(segment)) is not None
        ]

    @cached_property
    def _pairs(self) -> list[PairsOfSegment]:
        return [
            PairsOfSegment(pairs, Terms(segment.fields[BODY]))
            for segment in self._segments
            if (pairs := pairs_of(segment)) is not None
        ]

    def in_titles(self, run: Sequence[str], beginning: str, budget: Budget) -> Following:
        """The commonest words with the beginning behind a run in titles, by their occurrences."""
        return _added(one.following(run, beginning, budget) for one in self._titles)

    def in_bodies(self, word: str, beginning: str, budget: Budget) -> Following:
        """The same behind a word in bodies, by the bodies that have both (see ``derived.pairs``).

        Articles that were deleted since their segment was made count.
        """
        return _added(one.following(word, beginning, budget) for one in self._pairs)

    def documents(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """The articles whose title has the run and then a word with the beginning: ascending.

        If it is None, whatever follows. Where a segment has more than 262,144 such places, of as
        many only, unless the run is one word whatever follows.
        """
        parts = [one.documents(run, beginning, budget) for one in self._titles]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def count(self, run: Sequence[str], budget: Budget) -> int:
        """How many articles have the run in their title; of more than 262,144 places some."""
        return sum(one.count(run, budget) for one in self._titles)

    def are_same_behind(self, run: Sequence[str], budget: Budget) -> bool:
        """Whether the same word may stand behind a run in all titles; False: it does not."""
        return all(one.is_same_behind(run, budget) for one in self._titles)

    def headlines(
        self, run: Sequence[str], beginning: str, budget: Budget
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """As ``documents``, and of which the title begins with the run: (n,) each."""
        parts = [one.headlines(run, beginning, budget) for one in self._titles]
        keys = np.concatenate([np.empty(0, np.int64), *parts])
        return keys >> 1, keys & 1 == 0

    def alike(self, document: int, among: NDArray[np.int64], budget: Budget) -> int:
        """How many of some articles, (n,) ascending, have the title of one of them."""
        if len(among) == 1:
            return 1
        parts = [(one, one.inside(among)) for one in self._titles]
        own, title = next(
            (one, document - one.base)
            for one, inside in parts
            if document - one.base in range(len(one.titles.starts)) and len(inside)
        )
        length = own.length(title)
        # Hardly any other has as many words.
        alike = [(one, one.having_length(inside, length)) for one, inside in parts]
        count = sum(len(inside) for _, inside in alike)
        if count == 1:
            return 1
        words = own.title(title)
        if count > _COMPARED:
            return len(self.whole(words, budget))
        return sum(len(one.having_words(inside, words)) for one, inside in alike)

    def whole(self, run: Sequence[str], budget: Budget) -> NDArray[np.int64]:
        """The articles whose title is the run."""
        parts = [one.whole(run, budget) for one in self._titles]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def beside(self, documents: NDArray[np.int64], beginning: str, budget: Budget) -> Following:
        """The words with the beginning in the titles of some articles, (n,) ascending."""
        return _added(one.beside(documents, beginning, budget) for one in self._titles)


def _added(found: Iterator[Counts]) -> Following:
    return Following(*added(list(found)))
