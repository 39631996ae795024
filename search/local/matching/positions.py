"""Where words stand: document and position in one number, compared by arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.segments import runs
from search.budget import POSITION, POSTING, TERM, Budget
from search.local.matches import Documents
from search.local.reading.openings import TOKENS
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

DOCUMENT_SHIFT = 32
"""The bits of a place that hold the position; those above are the document's."""

_POSITION = (1 << DOCUMENT_SHIFT) - 1


def places_in(
    snapshot: Snapshot, field: str, place: Place, documents: Documents, budget: Budget
) -> NDArray[np.int64]:
    """Every place of a term in documents of one segment, all of which have it: ascending.

    ``documents``: (n,) as numbered within the segment, ascending. A place is
    ``(index in documents << DOCUMENT_SHIFT) + position``.
    """
    index = snapshot.segments[place.segment].fields[field]
    bounds, positions = index.positions(place.ordinal)
    having = index.documents(place.ordinal)
    budget.work += TERM + POSTING * len(having) // 4
    rows = having.searchsorted(documents.astype(having.dtype, copy=False))
    firsts = bounds[rows]
    counts = bounds[rows + 1] - firsts
    numbers = np.arange(len(rows))
    if counts.max(initial=1) > 1:
        firsts, numbers = runs.places(firsts, counts), numbers.repeat(counts)
    budget.work += POSITION * len(numbers)
    return (numbers << DOCUMENT_SHIFT) + positions[firsts]


def bits_in(
    snapshot: Snapshot, field: str, place: Place, documents: Documents, budget: Budget
) -> NDArray[np.uint64]:
    """Where a term stands among the first tokens of such documents, as in ``Openings``: (n,)."""
    places = places_in(snapshot, field, place, documents, budget)
    positions = places & _POSITION
    early = positions < TOKENS
    found = np.zeros(len(documents), np.uint64)
    flags = np.uint64(1) << positions[early].astype(np.uint64)
    np.bitwise_or.at(found, places[early] >> DOCUMENT_SHIFT, flags)
    return found
