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

_FEW = 8
"""Up to so many times the values that are wanted, putting all in order takes no longer."""


@dataclass(frozen=True, slots=True)
class Values:
    """``shown``: those that were asked for, in order; ``total``: how many there are."""

    shown: tuple[FacetValue, ...]
    total: int


def listed(
    request: SearchRequest, one: Counted, column: FacetColumn, counts: NDArray[np.intp]
) -> Values:
    """The values that a request asks for among those that are counted, see ``SearchRequest``.

    ``counts``: how many articles have each value of the column, (V,), 0 for no value.
    """
    used = counts.nonzero()[0]
    query = request.facet_query.strip()
    if query:
        used = used[column.with_part(query)[used]]
    end = request.facet_offset + request.facet_limit
    order = used
    if request.facet_sort is FacetSort.COUNT:
        order = used[::-1] if isinstance(one, Period) else _commonest(counts, used, end)
    shown = order[request.facet_offset : end]
    chosen, left_out = request.chosen(one), request.left_out(one)
    if not (chosen or left_out):
        return Values(_values(column, counts, shown), len(used))
    selected, excluded = set(ordinals(column, chosen)), set(ordinals(column, left_out))
    if not (query or request.facet_offset):
        more = (selected | excluded).difference(shown.tolist())
        behind = sorted(more, key=lambda ordinal: (-counts[ordinal], ordinal))
        shown = np.concatenate([shown, np.array(behind, np.intp)])
    values = tuple(
        FacetValue(value.value, value.count, ordinal in selected, ordinal in excluded)
        for value, ordinal in zip(_values(column, counts, shown), shown.tolist(), strict=True)
    )
    return Values(values, len(used))


def _values(
    column: FacetColumn, counts: NDArray[np.intp], shown: NDArray[np.intp]
) -> tuple[FacetValue, ...]:
    texts = column.values
    return tuple(
        map(FacetValue, [texts[one] for one in shown.tolist()], counts.take(shown).tolist())
    )


def commonest(column: FacetColumn, documents: Documents, limit: int) -> tuple[FacetValue, ...]:
    """The ``limit`` commonest values among the documents, then by name."""
    counts = counts_of(column, documents)
    first = _commonest(counts, counts.nonzero()[0], limit)[:limit]
    return _values(column, counts, first)


def counts_of(column: FacetColumn, documents: Documents) -> NDArray[np.intp]:
    """How many of the documents have each value: (V,), 0 for no value."""
    counts = np.bincount(column.ordinals.take(documents), minlength=len(column.values))
    counts[0] = 0
    return counts


def _commonest(counts: NDArray[np.intp], used: NDArray[np.intp], limit: int) -> NDArray[np.intp]:
    """Of the values ``used``, ascending, the ``limit`` commonest at least, then in their order."""
    having = counts[used]
    if 0 < _FEW * limit < len(used):
        least = np.partition(having, len(used) - limit)[len(used) - limit]
        used = used[having >= least]
        having = counts[used]
    return used[np.argsort(-having, kind="stable")]
