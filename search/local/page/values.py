"""The values of a facet that an answer has, each with its count, and how many there are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.fields import Counted, Period
from index.kernels import kernel
from search.local.filters import ordinals
from search.local.matches import Documents
from search.local.reading.columns import Columns
from search.local.reading.facet_column import FacetColumn
from search.making import maker_of
from search.request import FacetSort, SearchRequest
from search.response import FacetValue

_compiled = kernel("values")
_maker = maker_of(FacetValue, {})

_FEW = 8
"""Up to so many times the values that are wanted, putting all in order takes no longer."""


def counted(
    request: SearchRequest, one: Counted, column: FacetColumn, documents: Documents
) -> tuple[tuple[FacetValue, ...], int]:
    """The values that a request asks for among some documents, and how many there are."""
    if isinstance(one, Period) or not _is_plain(request, one):
        return listed(request, one, column, of_values(column, documents))
    begin = request.facet_offset
    texts, counts, total = _compiled.commonest(
        column.ordinals, column.values, documents, begin, begin + request.facet_limit
    )
    return _made(texts, counts), total


def counted_by_day(
    request: SearchRequest,
    one: Period,
    columns: Columns,
    days: NDArray[np.int64],
    before: NDArray[np.int64],
) -> tuple[tuple[FacetValue, ...], int]:
    """The same of years or months, of documents whose days are counted: see ``of_days``."""
    column, starts = columns.counted[one], columns.period_starts[one]
    if not _is_plain(request, one):
        return listed(request, one, column, of_days(starts, days, before))
    begin = request.facet_offset
    texts, counts, total = _compiled.periods(
        starts, days, before, column.values, begin, begin + request.facet_limit
    )
    return _made(texts, counts), total


def _is_plain(request: SearchRequest, one: Counted) -> bool:
    """Whether a kernel counts and lists: no values but the commonest, or latest, are asked for."""
    return _compiled is not None and not (
        request.facet_query.strip()
        or request.facet_sort is not FacetSort.COUNT
        or one in request.chosen
        or one in request.left_out
    )


def of_values(column: FacetColumn, documents: Documents) -> NDArray[np.intp]:
    """How many of the documents have each value: (V,), 0 for no value."""
    counts = np.bincount(column.ordinals.take(documents), minlength=len(column.values))
    counts[0] = 0
    return counts


def of_days(
    starts: NDArray[np.int64], days: NDArray[np.int64], before: NDArray[np.int64]
) -> NDArray[np.intp]:
    """How many articles each of p periods has, the last ending behind all days: (1 + p,).

    ``starts``: (p,), the days that they begin with; ``days``, (d,), and ``before``, (d + 1,), as in
    ``search.histogram``.
    """
    counts = np.zeros(len(starts) + 1, np.intp)
    if len(starts):
        begun = before.take(days.searchsorted(starts))
        np.subtract(begun[1:], begun[:-1], out=counts[1:-1])
        counts[-1] = before[-1] - begun[-1]
    return counts


def listed(
    request: SearchRequest, one: Counted, column: FacetColumn, counts: NDArray[np.intp]
) -> tuple[tuple[FacetValue, ...], int]:
    """The values that a request asks for, see ``SearchRequest``, and how many there are.

    ``counts``: how many articles have each value of a column, (V,), 0 for no value.
    """
    query = request.facet_query.strip()
    chosen, left_out = request.chosen.get(one, ()), request.left_out.get(one, ())
    used = counts.nonzero()[0]
    if query:
        used = used[column.with_part(query)[used]]
    end = request.facet_offset + request.facet_limit
    order = used
    if request.facet_sort is FacetSort.COUNT:
        order = used[::-1] if isinstance(one, Period) else _commonest(counts, used, end)
    shown = order[request.facet_offset : end]
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
    return _made([texts[number] for number in shown.tolist()], counts.take(shown).tolist())


def _made(texts: list[str], counts: list[int]) -> tuple[FacetValue, ...]:
    return _maker.of_rows([()] * len(texts), (texts, counts, False, False))


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
