"""The values of a facet that an answer has, each with its count, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fields import Counted, Period
from search.local.filters import ordinals
from search.local.matches import Documents
from search.local.reading.facet_column import FacetColumn
from search.request import FacetSort, SearchRequest
from search.response import FacetValue


@dataclass(frozen=True, slots=True)
class Values:
    """``shown``: those that were asked for, in order; ``total``: how many there are."""

    shown: tuple[FacetValue, ...]
    total: int


def listed(
    request: SearchRequest, one: Counted, column: FacetColumn, documents: Documents
) -> Values:
    """The values that a request asks for among those that the documents, (n,), have.

    Those chosen or excluded are there too, see ``SearchRequest``.
    """
    counts = _counts(column, documents)
    used = counts.nonzero()[0]
    query = request.facet_query.strip()
    if query:
        used = used[column.with_part(query)[used]]
    end = request.facet_offset + request.facet_limit
    if request.facet_sort is FacetSort.COUNT:
        order = used[::-1] if isinstance(one, Period) else _commonest(counts, used, end)
    else:
        order = used
    shown = order[request.facet_offset : end].tolist()
    chosen, left_out = request.chosen(one), request.left_out(one)
    selected = set(ordinals(column, chosen)) if chosen else set()
    excluded = set(ordinals(column, left_out)) if left_out else set()
    if not (query or request.facet_offset):
        more = (selected | excluded).difference(shown)
        shown += sorted(more, key=lambda ordinal: (-counts[ordinal], ordinal))
    values = tuple(
        FacetValue(column.values[ordinal], count, ordinal in selected, ordinal in excluded)
        for ordinal, count in zip(shown, counts[shown].tolist(), strict=True)
    )
    return Values(values, len(used))


def commonest(column: FacetColumn, documents: Documents, limit: int) -> tuple[FacetValue, ...]:
    """The ``limit`` commonest values among the documents, then by name."""
    counts = _counts(column, documents)
    first = _commonest(counts, counts.nonzero()[0], limit)[:limit]
    return tuple(FacetValue(column.values[one], int(counts[one])) for one in first.tolist())


def _counts(column: FacetColumn, documents: Documents) -> NDArray[np.intp]:
    """How many of the documents have each value: (V,), 0 for no value."""
    counts = np.bincount(column.ordinals.take(documents), minlength=len(column.values))
    counts[0] = 0
    return counts


def _commonest(
    counts: NDArray[np.intp], used: NDArray[np.intp], limit: int
) -> NDArray[np.intp]:
    """Of the values ``used``, ascending, the ``limit`` commonest at least, then in their order."""
    having = counts[used]
    if 0 < limit < len(used):
        least = np.partition(having, len(used) - limit)[len(used) - limit]
        used = used[having >= least]
        having = counts[used]
    return used[np.argsort(-having, kind="stable")]
