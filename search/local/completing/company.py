"""The company that words keep: how often one stands in an article with others of a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from index.kernels import kernel
from search.budget import NODE, POSTING, TERM, Budget
from search.local.matches import Mask
from search.local.reading.snapshot import Snapshot

_kernel = kernel("counting")
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
        self._having = [self._articles(stem) for _, stem in some[:_MOST_WORDS]]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._having)

    def kept(self, stem: str) -> Kept:
        """How a word stands with the others. Raises ``FileDamaged``."""
        having = self._articles(stem)
        share = having.count / self._snapshot.size
        both = [(having.in_both(one), share * one.count) for one in self._having]
        often = sum(log1p(count) for count, _ in both) / len(both)
        by_chance = sum(log1p(expected) for _, expected in both) / len(both)
        return Kept(often, often - by_chance)

    def _articles(self, stem: str) -> _Mask | _Bits:
        snapshot = self._snapshot
        counts = [snapshot.dictionary.document_frequency(field, stem) for field in _FIELDS]
        self._budget.work += NODE + POSTING * snapshot.size // 16
        for count in counts:
            self._budget.work += TERM + POSTING * count // 4
        if _kernel is None or snapshot.columns.live is not None:
            return _Mask(_mask(snapshot, stem))
        fields = snapshot.dictionary.counting_in_each(_FIELDS)
        term = stem.encode("utf-8", "surrogatepass")
        return _Bits(_kernel.having(fields, snapshot.bases, snapshot.size, term))


class _Mask:
    """The articles that have a word, by NumPy."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self.count = int(np.count_nonzero(mask))

    def in_both(self, other: _Mask) -> int:
        """How many have another one, too."""
        return int(np.count_nonzero(self._mask & other._mask))


class _Bits:
    """The same as a kernel has them, a bit an article."""

    def __init__(self, bits: bytearray) -> None:
        self._bits = bits
        self.count = _kernel.in_both(bits, bits)

    def in_both(self, other: _Bits) -> int:
        found: int = _kernel.in_both(self._bits, other._bits)
        return found


def _mask(snapshot: Snapshot, stem: str) -> Mask:
    mask = np.zeros(snapshot.size, np.bool_)
    for field in _FIELDS:
        for place in snapshot.dictionary.term(field, stem).places:
            documents = snapshot.segments[place.segment].fields[field].documents(place.ordinal)
            mask[snapshot.bases[place.segment] :][documents] = True
    if snapshot.columns.live is not None:
        mask &= snapshot.columns.live
    return mask


def articles_with(snapshot: Snapshot, stem: str, scope: str | None = None) -> int:
    """About how many articles have a stem, deleted ones included; exactly 0 where none has it."""
    fields = _FIELDS if scope is None else (scope,)
    return max(snapshot.dictionary.document_frequency(field, stem) for field in fields)
