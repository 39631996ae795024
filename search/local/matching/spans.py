"""Spans: where parts of a query stand, as two arrays of places.

A *place* is ``(document << DOCUMENT_SHIFT) + position``, a span the places of its first and of its
last word. Documents are numbered within their segment.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from search.local.matching.positions import DOCUMENT_SHIFT

EVERYWHERE = 1 << DOCUMENT_SHIFT
"""No text has so many words."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Spans, each once, ascending by their beginnings and then by their ends: (n,) places each.

    Of what takes one word both are the same array.
    """

    starts: Numbers
    ends: Numbers

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def of_one_word(self) -> bool:
        return self.ends is self.starts

    @property
    def documents(self) -> Numbers:
        """The documents that have one, ascending: (k,)."""
        return documents_of(self.starts)


def documents_of(places: Numbers) -> Numbers:
    """The documents of ascending places, each once."""
    return distinct(places >> DOCUMENT_SHIFT)


def words_at(places: Numbers) -> Spans:
    """Spans of one word each; the places ascend."""
    return Spans(places, places)


def nowhere() -> Spans:
    """No span."""
    return words_at(np.empty(0, np.int64))


def spans_of(starts: Numbers, ends: Numbers) -> Spans:
    """Spans in any order, however often each is given."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    kept = np.ones(len(starts), np.bool_)
    kept[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return Spans(starts[kept], ends[kept])


def union(parts: Sequence[Spans]) -> Spans:
    """All spans of the parts, one or more."""
    if len(parts) == 1:
        return parts[0]
    starts = np.concatenate([part.starts for part in parts])
    if all(part.of_one_word for part in parts):
        return words_at(distinct(np.sort(starts)))
    return spans_of(starts, np.concatenate([part.ends for part in parts]))


def distinct(ascending: Numbers) -> Numbers:
    """Each number once."""
    kept = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=kept[1:])
    return ascending[kept]
