"""The values of a facet that an answer has, each with its count, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.fields import Counted, Period
from search.local.filters import ordinals
from search.local.reading.facet_column import FacetColumn
from search.request import FacetSort, SearchRequest
from search.response import FacetValue

_FEW = 8
"""Up to so many times the values that are wanted, putting all in order takes no longer."""


def listed(
    request: SearchRequest,
    columns: Mapping[Counted, FacetColumn],
    counts: Mapping[Counted, NDArray[np.intp]],
) -> tuple[dict[Counted, tuple[FacetValue, ...]], dict[Counted, int]]:
    """The values that a request asks for, see ``SearchRequest``, and how many there are.

    ``counts``: how many articles have each value of a column, (V,), 0 for no value.
    """
    facets, totals = {}, {}
    query = request.facet_query.strip()
    chosen, left_out = request.chosen, request.left_out
    for one, having in counts.items():
        given = chosen.get(one, ()), left_out.get(one, ())
        facets[one], totals[one] = _listed(request, one, columns[one], having, query, given)
    return facets, totals


def _listed(  # noqa: PLR0917 - what a list is made of
    request: SearchRequest,
    one: Counted,
    column: FacetColumn,
    counts: NDArray[np.intp],
    query: str,
    given: tuple[tuple[str, ...], tuple[str, ...]],
) -> tuple[tuple[FacetValue, ...], int]:
    """``given``: what is chosen of it, and what is excluded."""
    used = counts.nonzero()[0]
    if query:
        used = used[column.with_part(query)[used]]
    end = request.facet_offset + request.facet_limit
    order = used
    if request.facet_sort is FacetSort.COUNT:
        order = used[::-1] if isinstance(one, Period) else _commonest(counts, used, end)
    shown = order[request.facet_offset : end]
    chosen, left_out = given
    if not (chosen or left_out):
        return _values(column, counts, shown), len(used)
    selected, excluded = set(ordinals(column, chosen)), set(ordinals(column, left_out))
    if not (query or request.facet_offset):
        more = (selected | excluded).difference(shown.tolist())
        behind = sorted(more, key=lambda ordinal: (-counts[ordinal], ordinal))
        shown = np.concatenate([shown, np.array(behind, np.intp)])
    values = tuple(
        FacetValue(value.value, value.count, ordinal in selected, ordinal in excluded)
        for value, ordinal in zip(_values(column, counts, shown), shown.tolist(), strict=True)
    )
    return values, len(used)


def _values(
    column: FacetColumn, counts: NDArray[np.intp], shown: NDArray[np.intp]
) -> tuple[FacetValue, ...]:
    texts = column.values
    return tuple(
        map(FacetValue, [texts[one] for one in shown.tolist()], counts.take(shown).tolist())
    )


def commonest(column: FacetColumn, limit: int) -> tuple[FacetValue, ...]:
    """The ``limit`` commonest values among all articles, then by name."""
    counts = np.array(column.counts, np.intp)
    return _values(column, counts, _commonest(counts, counts.nonzero()[0], limit)[:limit])


def _commonest(counts: NDArray[np.intp], used: NDArray[np.intp], limit: int) -> NDArray[np.intp]:
    """Of the values ``used``, ascending, the ``limit`` commonest at least, then in their order."""
    having = counts[used]
    if 0 < _FEW * limit < len(used):
        least = np.partition(having, len(used) - limit)[len(used) - limit]
        used = used[having >= least]
        having = counts[used]
    return used[np.argsort(-having, kind="stable")]
