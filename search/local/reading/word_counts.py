"""The terms of a field of a segment by their words, and how often each of some is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import FieldIndex

_COMMONEST = 24
"""So many of a segment's words behind a run are looked at, the commonest."""
_KEPT = 10_000

Counts = tuple[Sequence[str], Sequence[int], int]
"""Words, how often each is there, and the sum for all, those that were left out too."""


class Terms:
    """The terms of a field of a segment; what was looked up is kept, as it is asked for again."""

    def __init__(self, index: FieldIndex) -> None:
        self.index = index
        self._ordinals: dict[str, int] = {}
        self._bounds: dict[str, tuple[int, int]] = {}
        self._texts: dict[int, str] = {}

    def ordinal(self, word: str) -> int:
        """The ordinal of a term, or -1."""
        known = self._ordinals.get(word)
        if known is None:
            if len(self._ordinals) >= _KEPT:
                self._ordinals.clear()
            known = self._ordinals[word] = self.index.find(word.encode("utf-8", "surrogatepass"))
        return known

    def bounds(self, beginning: str) -> tuple[int, int]:
        """The ordinals of the terms that begin so, from and up to."""
        known = self._bounds.get(beginning)
        if known is None:
            if len(self._bounds) >= _KEPT:
                self._bounds.clear()
            known = self.index.with_prefix(beginning.encode("utf-8", "surrogatepass"))
            self._bounds[beginning] = known
        return known

    def text(self, ordinal: int) -> str:
        """The term of an ordinal."""
        known = self._texts.get(ordinal)
        if known is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            known = self._texts[ordinal] = self.index.text(ordinal).decode("utf-8", "replace")
        return known

    def commonest(self, ordinals: NDArray[np.int64], counts: NDArray[np.int64]) -> Counts:
        """Of terms and how often each is there, (n,) each, the commonest and the sum of all."""
        if not len(counts):
            return (), (), 0
        total = int(counts.sum())
        if len(counts) > _COMMONEST:
            some = (-counts).argsort(kind="stable")[:_COMMONEST]
            ordinals, counts = ordinals[some], counts[some]
        return [self.text(ordinal) for ordinal in ordinals.tolist()], counts.tolist(), total
