"""How what was found is spread: over the values of facets, and over days as a histogram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from index.fields import COUNTED, Counted
from search.histogram import bins, edges
from search.local.find import Found
from search.local.matches import Documents
from search.local.page.values import Values, listed
from search.local.reading.columns import UNDATED, Columns
from search.local.reading.facet_column import FacetColumn
from search.local.reading.period_column import local_days
from search.request import SearchRequest
from search.response import FacetValue, HistogramBin


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts by the values of facets and periods, and by days; ``undated``: how many have no date.

    ``totals``: how many values there are.
    """

    facets: Mapping[Counted, tuple[FacetValue, ...]]
    totals: Mapping[Counted, int]
    histogram: tuple[HistogramBin, ...]
    undated: int


def spread(request: SearchRequest, columns: Columns, found: Found, every: Documents) -> Spread:
    """How the counted articles are spread.

    Values of a facet are counted among those that pass the filters of the other facets and of the
    periods, and so are years and months. Where equal texts are folded, a value counts them once,
    and of their dates that of the listed one counts, which is in ``every``, (n,) ascending.
    """
    values = {one: _counted(request, columns, found, one) for one in COUNTED}
    documents = found.counted
    if found.masks:
        documents = documents[np.logical_and.reduce(list(found.masks.values()))]
    if request.collapse:
        documents = np.intersect1d(documents, every, assume_unique=True)
    bars, undated = histogram(columns.dates.take(documents))
    facets = {one: some.shown for one, some in values.items()}
    totals = {one: some.total for one, some in values.items()}
    return Spread(facets, totals, bars, undated)


def _counted(request: SearchRequest, columns: Columns, found: Found, one: Counted) -> Values:
    """The values of a facet among the documents that pass the others' filters."""
    column, documents = columns.counted(one), found.counted
    others = [mask for other, mask in found.masks.items() if other is not one]
    if one in found.masks and found.with_all is not None:
        with_all = np.logical_and.reduce([found.with_all, *others])
        if with_all.any():
            others = [with_all]
    if others:
        documents = documents[np.logical_and.reduce(others)]
    if request.collapse:
        documents = _first_of_groups(column, columns.same_text.of, documents)
    return listed(request, one, column, documents)


def _first_of_groups(
    column: FacetColumn, groups: NDArray[np.int32], documents: Documents
) -> Documents:
    """One document of each group and value."""
    keys = groups[documents].astype(np.int64) * len(column.values) + column.ordinals[documents]
    return documents[np.unique(keys, return_index=True)[1]]


def histogram(dates: NDArray[np.int64]) -> tuple[tuple[HistogramBin, ...], int]:
    """Counts by the day in Asia/Jakarta (UTC+7), in the bins of ``search.histogram``.

    And how many of the dates are unknown.
    """
    known = dates[dates != UNDATED]
    undated = len(dates) - len(known)
    if not len(known):
        return (), undated
    days = local_days(known)
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
