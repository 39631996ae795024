"""How what was found is spread: over the values of facets, and over days as a histogram."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.fields import COUNTED, Counted, Period
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.histogram import histogram
from search.local.find import Found
from search.local.matches import Documents
from search.local.page.values import counted, counted_by_day
from search.local.reading.columns import Columns
from search.local.reading.facet_column import FacetColumn
from search.local.reading.period_column import UNKNOWN
from search.request import SearchRequest
from search.response import FacetValue, HistogramBin

_compiled = kernel("values")


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts by the values of facets and periods, and by days; ``undated``: how many have no date.

    ``totals``: how many values there are.
    """

    facets: Mapping[Counted, tuple[FacetValue, ...]]
    totals: Mapping[Counted, int]
    histogram: tuple[HistogramBin, ...]
    undated: int | None


NOT_COUNTED = Spread({}, {}, (), None)
"""Of an answer without counts."""


def spread(request: SearchRequest, columns: Columns, found: Found, every: Documents) -> Spread:
    """How the counted articles are spread.

    Values of a facet are counted among those that pass the filters of the other facets and of the
    periods, and so are years and months. Where equal texts are folded, a value counts them once,
    and of their dates that of the listed one counts, which is in ``every``, (n,) ascending.
    """
    documents = found.counted
    if found.masks:
        documents = documents[np.logical_and.reduce(list(found.masks.values()))]
    if request.collapse:
        documents = np.intersect1d(documents, every, assume_unique=True)
    days, before, undated = _by_day(columns.days, documents)
    # Neither period being filtered, both are counted among the very articles of the histogram.
    same = not request.collapse and (not found.masks or found.masks.keys().isdisjoint(Period))
    facets: dict[Counted, tuple[FacetValue, ...]] = {}
    totals: dict[Counted, int] = {}
    for one in COUNTED:
        if same and isinstance(one, Period):
            facets[one], totals[one] = counted_by_day(request, one, columns, days, before)
        else:
            others = _others(request, columns, found, one)
            facets[one], totals[one] = counted(request, one, columns.counted[one], others)
    return Spread(facets, totals, histogram(days, before) if len(days) else (), undated)


def _others(request: SearchRequest, columns: Columns, found: Found, one: Counted) -> Documents:
    """The documents among which a facet or period counts: those that pass the others' filters."""
    documents = found.counted
    if not found.masks and not request.collapse:
        return documents
    others = [mask for other, mask in found.masks.items() if other is not one]
    if one in found.masks and found.with_all is not None:
        with_all = np.logical_and.reduce([found.with_all, *others])
        if with_all.any():
            others = [with_all]
    if others:
        documents = documents[np.logical_and.reduce(others)]
    if request.collapse:
        documents = _first_of_groups(columns.counted[one], columns.same_text.of, documents)
    return documents


def _first_of_groups(
    column: FacetColumn, groups: NDArray[np.int32], documents: Documents
) -> Documents:
    """One document of each group and value."""
    keys = groups[documents].astype(np.int64) * len(column.values) + column.ordinals[documents]
    return documents[np.unique(keys, return_index=True)[1]]


def _by_day(
    every: NDArray[np.int32], documents: Documents
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Of the days of documents each once, ascending: (d,).

    And how many are of those before each, and of all: (d + 1,). And how many are unknown.
    ``every``: (N,) as ``local_days`` has them.
    """
    if _compiled is not None:
        found: tuple[NDArray[np.int64], NDArray[np.int64], int] = _compiled.by_day(every, documents)
        return found
    days = every.take(documents)
    known = days[days != UNKNOWN]
    undated = len(days) - len(known)
    if not len(known):
        return np.empty(0, np.int64), np.zeros(1, np.int64), undated
    earliest = int(known.min())
    counts = np.bincount(known - earliest)  # there are no more days than dates can have
    having = counts.nonzero()[0]
    before = np.zeros(len(having) + 1, np.int64)
    counts[having].cumsum(out=before[1:])
    return having + earliest, before, undated
