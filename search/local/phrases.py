"""Where words follow each other: the arithmetic of positions.

A word's positions, less its place in the phrase, are where phrases would begin. A beginning that
all words have in common, in one document, is a phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from search.local.matches import Documents, Mask
from search.local.postings import Place
from search.local.snapshot import Snapshot

_SHIFT = 32
_LOOKED_AT = 1024


def with_phrase(
    snapshot: Snapshot, field: str, words: Sequence[str], documents: Documents, deadline: float
) -> tuple[Mask, bool]:
    """Which of the documents, which have all the words, have them one after the other: (n,).

    The second is false where ``deadline`` (of ``time.monotonic``) cut it short.
    """
    mask = np.zeros(len(documents), np.bool_)
    places = [
        {place.segment: place for place in snapshot.term(field, word).places} for word in words
    ]
    edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
    for number, (left, right) in enumerate(pairwise(edges)):
        if left == right:
            continue
        if monotonic() > deadline:
            return mask, False
        inside = documents[left:right] - snapshot.bases[number]
        begins: NDArray[np.int64] | None = None
        # Words with few positions leave little to look for among those of the others.
        order = sorted(
            range(len(words)),
            key=lambda step: snapshot.document_frequency(field, words[step]),
        )
        for step in order:
            found = _keys(snapshot, field, places[step][number], inside) - step
            begins = found if begins is None else _common(begins, found)
            if not len(begins):
                break
        assert begins is not None
        mask[left + (begins >> _SHIFT)] = True
    return mask, True


def stand_together(snapshot: Snapshot, field: str, words: tuple[str, str], deadline: float) -> bool:
    """Whether an article has the second word directly behind the first.

    Of each segment no more than the first articles that have both are looked at.
    """
    first, second = (
        {place.segment: place for place in snapshot.term(field, word).places} for word in words
    )
    for number in first.keys() & second.keys():
        index = snapshot.segments[number].fields[field]
        few, many = (index.documents(places[number].ordinal) for places in (first, second))
        both = np.intersect1d(few, many, assume_unique=True)[:_LOOKED_AT].astype(np.int32)
        documents = both + np.int32(snapshot.bases[number])
        if with_phrase(snapshot, field, words, documents, deadline)[0].any():
            return True
    return False


def _keys(snapshot: Snapshot, field: str, place: Place, documents: Documents) -> NDArray[np.int64]:
    """Index in ``documents`` and position as one number, for all positions there: ascending."""
    bounds, positions = snapshot.positions(place, field)
    having = snapshot.segments[place.segment].fields[field].documents(place.ordinal)
    rows = having.searchsorted(documents.astype(having.dtype))
    counts = bounds[rows + 1] - bounds[rows]
    ends = np.cumsum(counts)
    # From where each document's positions stand in the result to where they stand in the file.
    shift = np.repeat(bounds[rows] - (ends - counts), counts)
    found = positions[np.arange(len(shift)) + shift].astype(np.int64)
    keys: NDArray[np.int64] = (np.repeat(np.arange(len(rows)), counts) << _SHIFT) + found
    return keys


def _common(few: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of ``few`` that are among ``many``; both ascend."""
    places = many.searchsorted(few)
    np.minimum(places, len(many) - 1, out=places)
    common: NDArray[np.int64] = few[many[places] == few]
    return common
