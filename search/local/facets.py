"""Filters, facet counts and the histogram of dates, as masks and bincounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold_value
from index.fields import Facet
from search.limits import MAX_FACET_VALUES
from search.local.clock import day, day_number
from search.local.columns import NO_DATE, FacetColumn
from search.local.matches import Documents, Mask
from search.local.snapshot import Snapshot
from search.request import SearchRequest
from search.response import FacetValue, HistogramBin

_MAX_DAYS = 45
_MAX_MONTHS = 48
_MAX_YEARS = 60


def facet_masks(
    snapshot: Snapshot, request: SearchRequest, documents: Documents
) -> Mapping[Facet, Mask]:
    """For every facet that the request filters, which of the documents pass: (n,)."""
    masks = {}
    for facet, wanted in request.filters.items():
        column = snapshot.facets[facet]
        passing = np.zeros(len(column.values), np.bool_)
        passing[_ordinals(column, wanted)] = True
        masks[facet] = passing[column.ordinals[documents]]
    return masks


def facet_counts(
    snapshot: Snapshot,
    request: SearchRequest,
    documents: Documents,
    masks: Mapping[Facet, Mask],
) -> dict[Facet, tuple[FacetValue, ...]]:
    """The values of every facet among the documents that pass the other facets' filters."""
    counts = {}
    for facet, column in snapshot.facets.items():
        passing = documents
        others = [mask for other, mask in masks.items() if other is not facet]
        if others:
            passing = documents[np.logical_and.reduce(others)]
        selected = set(_ordinals(column, request.filters.get(facet, ())))
        counts[facet] = count_values(column, passing, selected, MAX_FACET_VALUES)
    return counts


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


def histogram(dates: NDArray[np.int64]) -> tuple[HistogramBin, ...]:
    """Counts by day, month, year or decade, whichever fits the span; bins adjoin each other."""
    known = dates[dates != NO_DATE]
    if not len(known):
        return ()
    days, counts = np.unique(day_number(known), return_counts=True)
    edges = _edges(day(int(days[0])), day(int(days[-1])))
    bounds = np.array([(edge - date.min).days for edge in edges])
    bins = np.searchsorted(bounds, days, side="right") - 1
    totals = np.bincount(bins, weights=counts, minlength=len(edges) - 1).astype(int).tolist()
    return tuple(
        HistogramBin(start, end - timedelta(days=1), total)
        for start, end, total in zip(edges, edges[1:], totals, strict=False)
    )


def _edges(first: date, last: date) -> list[date]:
    """Where bins begin, and at the end where the one after the last would begin."""
    if (last - first).days < _MAX_DAYS:
        return [first + timedelta(days=step) for step in range((last - first).days + 2)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= _MAX_MONTHS:
        start = first.year * 12 + first.month - 1
        return [date((start + m) // 12, (start + m) % 12 + 1, 1) for m in range(months + 1)]
    step = 1 if last.year - first.year < _MAX_YEARS else 10
    years = range(first.year - first.year % step, last.year + step + 1, step)
    return [date(max(year, 1), 1, 1) for year in years if year <= date.max.year]


def _ordinals(column: FacetColumn, values: tuple[str, ...]) -> list[int]:
    """The ordinals of values; one that no document has gives none."""
    found = (column.by_folded.get(fold_value(value)) for value in values)
    return [ordinal for ordinal in found if ordinal is not None]
