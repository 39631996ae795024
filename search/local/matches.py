"""Documents and their scores as two arrays, and the arithmetic of such pairs.

Documents are numbered through all segments of an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass

Documents = NDArray[np.int32]
"""Document numbers: (n,), ascending, each once."""

Scores = NDArray[Any]
"""(n,) float32 where they are kept, float64 where they are added up.

Sums of a few float32 are exact in float64, so that they do not depend on the order, and the score
that a cursor holds is the same however it is computed.
"""

Mask = NDArray[np.bool_]
_Integer = TypeVar("_Integer", bound=np.integer[Any])

DENSE = 12
"""From one posting for so many documents on, an array over all of them beats sorting postings."""

_GROUP = 64
_SMALLEST_GROUP = 8


@dataclass(slots=True)
class Matches:
    """The documents that match a query, and the score of each; nobody changes it."""

    documents: Documents
    scores: Scores

    def __len__(self) -> int:
        return len(self.documents)

    def at(self, documents: Documents) -> tuple[Mask, Scores]:
        """Which of other documents match, and their scores, 0 where they do not: (n,) each."""
        known = self.documents
        if not len(known) or not len(documents):
            return np.zeros(len(documents), np.bool_), np.zeros(len(documents))
        if len(known) * DENSE < len(documents):
            mask = np.zeros(len(documents), np.bool_)
            scores = np.zeros(len(documents))
            places = documents.searchsorted(known)
            np.minimum(places, len(documents) - 1, out=places)
            found = documents[places] == known
            places = places[found]
            mask[places] = True
            scores[places] = self.scores[found]
            return mask, scores
        places = known.searchsorted(documents)
        np.minimum(places, len(known) - 1, out=places)
        mask = known[places] == documents
        return mask, np.multiply(self.scores[places], mask, dtype=np.float64)

    def common(self, others: Matches) -> Matches:
        """The intersection, scores added up; ``others`` must not be fewer."""
        known = others.documents
        if not len(self.documents):
            return self
        places = known.searchsorted(self.documents)
        np.minimum(places, len(known) - 1, out=places)
        mask = known[places] == self.documents
        scores = np.add(self.scores[mask], others.scores[places[mask]], dtype=np.float64)
        return Matches(self.documents[mask], scores)

    def where(self, mask: Mask) -> Matches:
        """Those of ``mask``: (n,)."""
        return Matches(self.documents[mask], self.scores[mask])

    def times(self, factor: float) -> Matches:
        """The same with all scores multiplied."""
        return self if factor == 1.0 else Matches(self.documents, self.scores * factor)


def are_in(few: NDArray[Any], many: NDArray[Any]) -> Mask:
    """Which of ``few``, (n,), are in ``many``: (n,). Both ascend."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    places = many.searchsorted(few)
    np.minimum(places, len(many) - 1, out=places)
    mask: Mask = many[places] == few
    return mask


def distinct(documents: NDArray[_Integer]) -> NDArray[_Integer]:
    """Documents in any order, ascending and each once; ``np.unique`` takes thrice as long."""
    documents = np.sort(documents)
    kept = np.ones(len(documents), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=kept[1:])
    return documents[kept]


def nothing() -> Matches:
    """No match."""
    return Matches(np.empty(0, np.int32), np.empty(0))


def added(parts: Sequence[Matches], size: int) -> Matches:
    """The union of the parts, scores added up; the index has ``size`` documents."""
    if len(parts) == 1:
        return parts[0]
    postings = sum(map(len, parts))
    if not postings:
        return nothing()
    if postings * DENSE >= size:
        documents = np.concatenate([part.documents for part in parts], dtype=np.intp)
        scores = np.concatenate([part.scores for part in parts], dtype=np.float64)
        present = np.zeros(size, np.bool_)
        present[documents] = True
        found = present.nonzero()[0]
        return Matches(found.astype(np.int32), np.bincount(documents, scores, size).take(found))
    rows, values, starts = grouped(parts)
    return Matches(rows[starts], np.add.reduceat(values, starts))


def highest(parts: Sequence[Matches]) -> Matches:
    """The union of the parts, each document with the highest of its scores."""
    if not sum(map(len, parts)):
        return nothing()
    documents, scores, starts = grouped(parts)
    return Matches(documents[starts], np.maximum.reduceat(scores, starts))


def grouped(parts: Sequence[Matches]) -> tuple[NDArray[np.int32], Scores, NDArray[np.intp]]:
    """All postings of parts that are not all empty, by document, and where each document begins.

    (n,) int32 ascending with repetitions, (n,) float64, (m,).
    """
    documents = np.concatenate([part.documents for part in parts]).astype(np.int32, copy=False)
    scores = np.concatenate([part.scores for part in parts], dtype=np.float64)
    # A stable sort merges runs that ascend already.
    order = documents.argsort(kind="stable")
    documents = documents[order]
    begins = np.empty(len(documents), np.bool_)
    begins[0] = True
    np.not_equal(documents[1:], documents[:-1], out=begins[1:])
    return documents, scores[order], begins.nonzero()[0]


def largest(key: NDArray[Any], count: int, threshold: float = -inf) -> NDArray[np.intp]:
    """Indices, ascending, among which are those of the ``count`` largest keys and of all equals.

    Keys below ``threshold`` are left out. Of the maxima of groups of keys, ``count`` are not below
    the ``count``-th largest maximum, so no key below it is among the largest: few maxima are
    partitioned in place of all keys.
    """
    if len(key) > 2 * count:
        maxima = key
        size = min(_GROUP, len(key) // (8 * max(count, 1)))
        if size >= _SMALLEST_GROUP:
            maxima = key[: len(key) // size * size].reshape(size, -1).max(axis=0)
        threshold = max(threshold, np.partition(maxima, len(maxima) - count)[len(maxima) - count])
    elif threshold == -inf:
        return np.arange(len(key))
    found: NDArray[np.intp] = (key >= threshold).nonzero()[0]
    return found
