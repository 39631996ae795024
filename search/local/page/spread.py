"""How what was found is spread: facet counts and the histogram of dates, as bincounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from index.fields import Facet
from search.histogram import bins, edges
from search.limits import MAX_FACET_VALUES
from search.local.filters import ordinals
from search.local.find import Found
from search.local.matches import Documents
from search.local.reading.columns import UNDATED, Columns, FacetColumn
from search.request import SearchRequest
from search.response import FacetValue, HistogramBin

_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts by the values of facets and by days; ``undated``: how many have no date."""

    facets: Mapping[Facet, tuple[FacetValue, ...]]
    histogram: tuple[HistogramBin, ...]
    undated: int


def spread(request: SearchRequest, columns: Columns, found: Found, every: Documents) -> Spread:
    """How the counted articles are spread.

    Values of a facet are counted among those that pass the other facets' filters. Where equal texts
    are folded, a value counts them once, and of their dates that of the listed one counts, which is
    in ``every``, (n,) ascending.
    """
    facets = {
        facet: _counted(request, columns, found, facet, column)
        for facet, column in columns.facets.items()
    }
    documents = found.counted
    if found.masks:
        documents = documents[np.logical_and.reduce(list(found.masks.values()))]
    if request.collapse:
        documents = np.intersect1d(documents, every, assume_unique=True)
    bars, undated = histogram(columns.dates.take(documents))
    return Spread(facets, bars, undated)


def _counted(
    request: SearchRequest, columns: Columns, found: Found, facet: Facet, column: FacetColumn
) -> tuple[FacetValue, ...]:
    """The values of a facet among the documents that pass the other facets' filters."""
    documents = found.counted
    others = [mask for other, mask in found.masks.items() if other is not facet]
    if facet in found.masks and found.with_all is not None:
        with_all = np.logical_and.reduce([found.with_all, *others])
        if with_all.any():
            others = [with_all]
    if others:
        documents = documents[np.logical_and.reduce(others)]
    if request.collapse:
        documents = _first_of_groups(column, columns.same_text.of, documents)
    values = request.filters.get(facet)
    selected = set(ordinals(column, values)) if values else set()
    return count_values(column, documents, selected, MAX_FACET_VALUES)


def _first_of_groups(
    column: FacetColumn, groups: NDArray[np.int32], documents: Documents
) -> Documents:
    """One document of each group and value."""
    keys = groups[documents].astype(np.int64) * len(column.values) + column.ordinals[documents]
    return documents[np.unique(keys, return_index=True)[1]]


def count_values(
    column: FacetColumn, documents: Documents, selected: set[int], limit: int
) -> tuple[FacetValue, ...]:
    """The ``limit`` commonest values among the documents, then by name."""
    counts = np.bincount(column.ordinals.take(documents), minlength=len(column.values))
    counts[0] = 0
    order = np.argsort(-counts, kind="stable").tolist()
    shown = [ordinal for ordinal in order[:limit] if counts[ordinal] or ordinal in selected]
    shown += [ordinal for ordinal in order[limit:] if ordinal in selected]
    return tuple(
        FacetValue(column.values[ordinal], int(counts[ordinal]), ordinal in selected)
        for ordinal in shown
        if ordinal
    )


def histogram(dates: NDArray[np.int64]) -> tuple[tuple[HistogramBin, ...], int]:
    """Counts by the day in Asia/Jakarta (UTC+7), in the bins of ``search.histogram``.

    And how many of the dates are unknown.
    """
    known = dates[dates != UNDATED]
    undated = len(dates) - len(known)
    if not len(known):
        return (), undated
    days = (known + _JAKARTA) // _DAY
    earliest = int(days.min())
    counts = np.bincount(days - earliest)  # there are no more days than dates can have
    days = counts.nonzero()[0]
    counts, days = counts[days], days + earliest
    first, last = (date.min + timedelta(days=int(day)) for day in (days[0], days[-1]))
    bounds = edges(first, last)
    places = np.array([(bound - date.min).days for bound in bounds])
    places = np.searchsorted(places, days, side="right") - 1
    totals = np.bincount(places, weights=counts, minlength=len(bounds) - 1).astype(int)
    return bins(bounds, totals.tolist()), undated
