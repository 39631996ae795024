"""How often two words stand beside each other in the bodies of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT, TEXTS
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

_BODY = TEXTS[-1] + EXACT
_SHIFT = 32
_MOST = 200
"""A rarer word of more articles is not looked for in all of them: the first ones tell enough."""

_KEPT = 500
"""So many words are kept at hand, of each segment: *prabowo*, *kabupaten* are asked about often."""


class Neighbours:
    """Counts, and keeps what was counted."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        fields = [one.fields[_BODY] for one in segments if _BODY in one.fields]
        self._fields = [_Field(field, {}) for field in fields if field.has_positions]
        self._known: dict[tuple[str, str], int] = {}

    def together(self, one: str, two: str) -> int:
        """At how many places the second word follows the first. Raises ``FileDamaged``.

        Where both have many articles, of a part of them.
        """
        pair = one, two
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = sum(field.together(one, two) for field in self._fields)
        return known


@dataclass(frozen=True, slots=True)
class _Word:
    """``documents``: (n,). ``bounds``: (n + 1,), where the positions of each begin."""

    documents: NDArray[np.unsignedinteger]
    bounds: NDArray[np.int64]
    positions: NDArray[np.unsignedinteger]

    def places(self, documents: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
        """Where it stands in some documents: document and position as one number."""
        rows = self.documents.searchsorted(documents)
        there = self.documents.take(rows, mode="clip") == documents
        rows, documents = rows[there], documents[there]
        first = self.bounds[rows]
        counts = self.bounds[rows + 1] - first
        first -= np.cumsum(counts) - counts
        where = np.repeat(first, counts)
        where += np.arange(len(where))
        found = np.repeat(documents.astype(np.int64) << _SHIFT, counts)
        found += self.positions[where]
        return found


@dataclass(frozen=True, slots=True)
class _Field:
    index: FieldIndex
    kept: dict[str, _Word | None]

    def together(self, one: str, two: str) -> int:
        first, second = self._word(one), self._word(two)
        if first is None or second is None:
            return 0
        rare = min(first.documents, second.documents, key=len)[:_MOST]
        before, behind = first.places(rare) + 1, second.places(rare)
        if not len(behind):
            return 0
        return int((behind.take(behind.searchsorted(before), mode="clip") == before).sum())

    def _word(self, word: str) -> _Word | None:
        if word in self.kept:
            return self.kept[word]
        if len(self.kept) >= _KEPT:
            self.kept.clear()
        ordinal = self.index.find(word.encode())
        found = None
        if ordinal >= 0:
            found = _Word(self.index.documents(ordinal), *self.index.positions(ordinal))
        self.kept[word] = found
        return found
