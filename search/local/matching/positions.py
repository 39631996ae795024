"""Where words stand: document and position in one number, compared by arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.matches import Documents
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

DOCUMENT_SHIFT = 32
"""The bits of a place that hold the position; those above are the document's."""


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
