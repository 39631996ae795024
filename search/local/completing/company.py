"""The company that words keep: how often one stands in an article with others of a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from search.budget import NODE, POSTING, TERM, Budget
from search.local.matches import Mask
from search.local.reading.snapshot import Snapshot

_FIELDS = ("title", "body")
_MOST_WORDS = 4
"""Of a longer query the rarest words tell enough."""


@dataclass(frozen=True, slots=True)
class Kept:
    """``often``: the mean over the others of log(1 + the articles that have both), 0 for none.

    ``drawn``: how much that is more than by chance, as a difference.
    """

    often: float
    drawn: float


class Company:
    """The articles of some words, given by their stems; those that no article has do not count."""

    def __init__(self, snapshot: Snapshot, stems: Sequence[str], budget: Budget) -> None:
        self._snapshot = snapshot
        self._budget = budget
        found = {stem: articles_with(snapshot, stem) for stem in dict.fromkeys(stems)}
        some = sorted((count, stem) for stem, count in found.items() if count)
        self._masks = [self._having(stem) for _, stem in some[:_MOST_WORDS]]
        self._counts = [np.count_nonzero(mask) for mask in self._masks]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._masks)

    def kept(self, stem: str) -> Kept:
        """How a word stands with the others. Raises ``FileDamaged``."""
        having = self._having(stem)
        share = np.count_nonzero(having) / len(having)
        both = [
            (np.count_nonzero(having & mask), share * count)
            for mask, count in zip(self._masks, self._counts, strict=True)
        ]
        often = sum(log1p(count) for count, _ in both) / len(both)
        by_chance = sum(log1p(expected) for _, expected in both) / len(both)
        return Kept(often, often - by_chance)

    def _having(self, stem: str) -> Mask:
        snapshot = self._snapshot
        mask = np.zeros(snapshot.size, np.bool_)
        self._budget.work += NODE + POSTING * snapshot.size // 16
        for field in _FIELDS:
            term = snapshot.dictionary.term(field, stem)
            self._budget.work += TERM + POSTING * term.document_frequency // 4
            for place in term.places:
                documents = snapshot.segments[place.segment].fields[field].documents(place.ordinal)
                mask[snapshot.bases[place.segment] :][documents] = True
        if snapshot.columns.live is not None:
            mask &= snapshot.columns.live
        return mask


def articles_with(snapshot: Snapshot, stem: str, scope: str | None = None) -> int:
    """About how many articles have a stem, deleted ones included; exactly 0 where none has it."""
    fields = _FIELDS if scope is None else (scope,)
    return max(snapshot.dictionary.document_frequency(field, stem) for field in fields)
