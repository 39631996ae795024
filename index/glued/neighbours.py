"""How often two words stand beside each other in the bodies of an archive."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT, TEXTS
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

_BODY = TEXTS[-1] + EXACT
_SHIFT = 32
_MOST = 200
"""A word of more articles is not looked for in all of them: the first ones tell enough."""

_KEPT = 500


class Neighbours:
    """Counts, and keeps what was counted."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        fields = [one.fields[_BODY] for one in segments if _BODY in one.fields]
        self._fields = [field for field in fields if field.has_positions]
        self._known: dict[tuple[str, str], int] = {}

    def together(self, one: str, two: str) -> int:
        """At how many places the second word follows the first. Raises ``FileDamaged``."""
        pair = one, two
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = sum(
                _in_field(field, one.encode(), two.encode()) for field in self._fields
            )
        return known


def _in_field(field: FieldIndex, one: bytes, two: bytes) -> int:
    first, second = field.find(one), field.find(two)
    if min(first, second) < 0:
        return 0
    rare = min(first, second, key=field.document_frequency)
    documents = np.asarray(field.documents(rare)[:_MOST])
    here = [_places(field, ordinal, documents) for ordinal in (first, second)]
    return len(np.intersect1d(here[0] + 1, here[1], assume_unique=True))


def _places(field: FieldIndex, ordinal: int, documents: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where a term stands in some documents: document and position as one number."""
    all_of = field.documents(ordinal)
    rows = np.minimum(all_of.searchsorted(documents), len(all_of) - 1)
    rows = rows[all_of[rows] == documents]
    bounds, positions = field.positions(ordinal)
    counts = bounds[rows + 1] - bounds[rows]
    starts = np.repeat(bounds[rows] - (np.cumsum(counts) - counts), counts)
    found = positions[starts + np.arange(len(starts))].astype(np.int64)
    return found + (np.repeat(all_of[rows].astype(np.int64), counts) << _SHIFT)
