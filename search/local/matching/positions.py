"""Where words stand: document and position in one number, compared by arithmetic.

What the kernel ``positions`` does is written here in NumPy, too: both give the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.segments import runs
from search.budget import POSITION, POSTING, TERM, Budget
from search.local.matches import Documents, are_in
from search.local.reading.openings import TOKENS
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

DOCUMENT_SHIFT = 32
"""The bits of a place that hold the position; those above are the document's."""

_POSITION = (1 << DOCUMENT_SHIFT) - 1
_compiled = kernel("positions")


def places_in(
    snapshot: Snapshot, field: str, place: Place, documents: Documents, budget: Budget
) -> NDArray[np.int64]:
    """Every place of a term in documents of one segment, all of which have it: ascending.

    ``documents``: (n,) as numbered within the segment, ascending. A place is
    ``(index in documents << DOCUMENT_SHIFT) + position``.
    """
    index = snapshot.segments[place.segment].fields[field]
    budget.work += TERM + POSTING * (place.stop - place.start) // 4
    if _compiled is not None:
        narrow = documents.astype(np.int32, copy=False)
        found: NDArray[np.int64] = _compiled.places(index.compiled, place.ordinal, narrow)
        budget.work += POSITION * len(found)
        return found
    bounds, positions = index.positions(place.ordinal)
    having = index.documents(place.ordinal)
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
    if _compiled is not None:
        index = snapshot.segments[place.segment].fields[field]
        bits: NDArray[np.uint64]
        bits, count = _compiled.bits(index.compiled, place.ordinal, documents)
        budget.work += TERM + POSTING * (place.stop - place.start) // 4 + POSITION * count
        return bits
    places = places_in(snapshot, field, place, documents, budget)
    positions = places & _POSITION
    early = positions < TOKENS
    found = np.zeros(len(documents), np.uint64)
    flags = np.uint64(1) << positions[early].astype(np.uint64)
    np.bitwise_or.at(found, places[early] >> DOCUMENT_SHIFT, flags)
    return found


def common(few: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those places of ``few`` that are among ``many``; both ascend."""
    if _compiled is not None:
        both: NDArray[np.int64] = _compiled.common(few, many)
        return both
    return few[are_in(few, many)]
