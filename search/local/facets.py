"""Filters, facet counts and the histogram of dates, as masks and bincounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from index.fields import Facet
from search.histogram import bins, edges
from search.limits import MAX_FACET_VALUES
from search.local.candidates import Candidates
from search.local.matches import Documents, Mask, Matches
from search.local.matching.date_range import in_range
from search.local.matching.searcher import Searcher
from search.local.reading.columns import UNDATED, FacetColumn
from search.query.syntax.filters import DateRange
from search.request import SearchRequest
from search.response import FacetValue, HistogramBin

_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Filtered:
    """The matches that pass the request's filters, and how they are spread."""

    candidates: Candidates
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    histogram: tuple[HistogramBin, ...]


def filtered(request: SearchRequest, searcher: Searcher, matches: Matches) -> Filtered:
    """What passes the filters by days and facets, and, where asked for, how it is spread."""
    columns = searcher.snapshot.columns
    documents, scores = matches.documents, matches.scores
    if request.date_from is not None or request.date_to is not None:
        days = DateRange(request.date_from, request.date_to).in_days()
        passing = in_range(searcher, days, documents)
        documents, scores = documents[passing], scores[passing]
    masks = {
        facet: _mask(columns.facets[facet], values, documents)
        for facet, values in request.filters.items()
    }
    counts = {}
    if request.facets:
        counts = {
            facet: _counted(facet, column, request, documents, masks)
            for facet, column in columns.facets.items()
        }
    if masks:
        passing = np.logical_and.reduce(list(masks.values()))
        documents, scores = documents[passing], scores[passing]
    dates = columns.dates.take(documents)
    bars = histogram(dates) if request.facets else ()
    scores = scores.astype(np.float64, copy=False)
    return Filtered(Candidates(documents, scores, dates), counts, bars)


def _mask(column: FacetColumn, values: tuple[str, ...], documents: Documents) -> Mask:
    """Which of the documents have one of the values: (n,)."""
    passing = np.zeros(len(column.values), np.bool_)
    passing[_ordinals(column, values)] = True
    mask: Mask = passing[column.ordinals[documents]]
    return mask


def _counted(
    facet: Facet,
    column: FacetColumn,
    request: SearchRequest,
    documents: Documents,
    masks: Mapping[Facet, Mask],
) -> tuple[FacetValue, ...]:
    """The values of a facet among the documents that pass the other facets' filters."""
    others = [mask for other, mask in masks.items() if other is not facet]
    if others:
        documents = documents[np.logical_and.reduce(others)]
    selected = set(_ordinals(column, request.filters.get(facet, ())))
    return count_values(column, documents, selected, MAX_FACET_VALUES)


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
    """Counts by the day in Asia/Jakarta (UTC+7), in the bins of ``search.histogram``."""
    known = dates[dates != UNDATED]
    if not len(known):
        return ()
    days, counts = np.unique((known + _JAKARTA) // _DAY, return_counts=True)
    first, last = (date.min + timedelta(days=int(day)) for day in (days[0], days[-1]))
    bounds = edges(first, last)
    places = np.array([(bound - date.min).days for bound in bounds])
    places = np.searchsorted(places, days, side="right") - 1
    totals = np.bincount(places, weights=counts, minlength=len(bounds) - 1).astype(int)
    return bins(bounds, totals.tolist())


def _ordinals(column: FacetColumn, values: tuple[str, ...]) -> list[int]:
    """The ordinals of what values of a filter stand for; what no document has gives none."""
    return [ordinal for value in values for ordinal in column.known.filtered(value).numbers]
