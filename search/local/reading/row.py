"""Cached scores of one word, with their upper bound, the best of them and a bitmap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.local.matches import Documents, Mask, Matches, Scores, largest

BEST = 256
"""How many of its best documents a row knows."""

LONG = 64
"""From one posting for so many documents on, a row has a bitmap."""

_BITS = np.uint8(7)
_TOP = np.uint8(0x80)


class Row(Matches):
    """Documents and their scores, none negative, in an index of ``size`` documents.

    ``work``: what reading it cost, as budgets count it.

    The derived arrays are made when they are first asked for, and kept.
    """

    def __init__(self, documents: Documents, scores: Scores, size: int, work: int = 0) -> None:
        super().__init__(documents, scores)
        self.__dict__.update(size=size, work=work)
        self.size: int
        self.work: int

    @cached_property
    def best(self) -> Matches:
        """The ``BEST`` best documents, or all where there are fewer."""
        if len(self) <= BEST:
            return self
        chosen = largest(self.scores, BEST)  # and equals of the last of them
        if len(chosen) > 2 * BEST:
            chosen = chosen[np.argpartition(self.scores[chosen], -BEST)[-BEST:]]
            chosen.sort()
        return self.at_places(chosen)

    @cached_property
    def max_score(self) -> float:
        """The upper bound of its scores, which is the highest; 0 where there is none."""
        return float(self.best.scores.max(initial=0.0))

    def at_places(self, places: NDArray[np.intp]) -> Matches:
        """Those at some places of the row."""
        return Matches(self.documents[places], self.scores[places])

    @property
    def long(self) -> bool:
        return len(self) * LONG > self.size

    @cached_property
    def bits(self) -> NDArray[np.uint8]:
        """The documents as a bitmap, the first in the highest bit; a multiple of 8 bytes."""
        mask = np.zeros(-(-self.size // 64) * 64, np.bool_)
        mask[self.documents] = True
        return np.packbits(mask)

    def at(self, documents: Documents) -> tuple[Mask, Scores]:
        """As ``Matches.at``; of many documents the bitmap first tells which are there."""
        if not self.long or len(documents) * LONG < len(self):
            return super().at(documents)
        mask = holds(self.bits, documents)
        scores = np.zeros(len(documents))
        scores[mask] = self.scores[self.documents.searchsorted(documents[mask])]
        return mask, scores


def holds(bits: NDArray[np.uint8], documents: Documents) -> Mask:
    """Which documents are in a bitmap: (n,)."""
    within = documents.astype(np.uint8)
    within &= _BITS
    found: Mask = (bits[documents >> 3] << within) & _TOP != 0
    return found


def number_in_bitmaps(rows: Sequence[Row]) -> int:
    """How many documents are in at least one of the rows."""
    long = [row for row in rows if row.long]
    short = [row.documents for row in rows if not row.long]
    if not long:
        return len(np.unique(np.concatenate(short)))
    bits = long[0].bits
    for row in long[1:]:
        bits = bits | row.bits
    total = int(np.bitwise_count(bits.view(np.uint64)).sum(dtype=np.int64))
    if short:
        others = short[0] if len(short) == 1 else np.unique(np.concatenate(short))
        total += len(others) - int(np.count_nonzero(holds(bits, others)))
    return total
