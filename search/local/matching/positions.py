"""Where words stand: document and position in one number, compared by arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.matches import Documents
from search.local.reading.openings import TOKENS
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

DOCUMENT_SHIFT = 32
"""The bits of a place that hold the position; those above are the document's."""

_POSITION = (1 << DOCUMENT_SHIFT) - 1


def places_in(
    snapshot: Snapshot, field: str, place: Place, documents: Documents
) -> NDArray[np.int64]:
    """Every place of a term in documents of one segment, all of which have it: ascending.

    ``documents``: (n,) as numbered within the segment, ascending. A place is
    ``(index in documents << DOCUMENT_SHIFT) + position``.
    """
    index = snapshot.segments[place.segment].fields[field]
    bounds, positions = index.positions(place.ordinal)
    having = index.documents(place.ordinal)
    rows = having.searchsorted(documents.astype(having.dtype))
    counts = bounds[rows + 1] - bounds[rows]
    ends = np.cumsum(counts)
    # From where each document's positions stand in the result to where they stand in the file.
    shift = np.repeat(bounds[rows] - (ends - counts), counts)
    found = positions[np.arange(len(shift)) + shift].astype(np.int64)
    places: NDArray[np.int64] = (np.repeat(np.arange(len(rows)), counts) << DOCUMENT_SHIFT) + found
    return places


def bits_in(
    snapshot: Snapshot, field: str, place: Place, documents: Documents
) -> NDArray[np.uint64]:
    """Where a term stands among the first tokens of such documents, as in ``Openings``: (n,)."""
    places = places_in(snapshot, field, place, documents)
    positions = places & _POSITION
    early = positions < TOKENS
    found = np.zeros(len(documents), np.uint64)
    flags = np.uint64(1) << positions[early].astype(np.uint64)
    np.bitwise_or.at(found, places[early] >> DOCUMENT_SHIFT, flags)
    return found
