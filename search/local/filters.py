"""The request's filters by facets and periods: which documents pass them."""

from __future__ import annotations

from collections.abc import Mapping

from index.fields import COUNTED, Counted
from search.local.matches import Documents, Mask
from search.local.reading.columns import Columns
from search.local.reading.facet_column import FacetColumn
from search.request import SearchRequest


def masks(
    request: SearchRequest, columns: Columns, documents: Documents | slice
) -> Mapping[Counted, Mask]:
    """Which of the documents, (n,), each facet and each period that is filtered lets pass.

    Those that have one of the values that are chosen, and none of those that are excluded.
    """
    passing: dict[Counted, Mask] = {}
    for one in COUNTED:
        chosen, left_out = request.chosen.get(one, ()), request.left_out.get(one, ())
        column = columns.counted[one] if chosen or left_out else None
        if column is None:
            continue
        if chosen:
            passing[one] = column.having(ordinals(column, chosen), documents)
        if left_out:
            without = ~column.having(ordinals(column, left_out), documents)
            passing[one] = passing[one] & without if chosen else without
    return passing


def ordinals(column: FacetColumn, values: tuple[str, ...]) -> list[int]:
    """The ordinals of what the values of a filter stand for; what no document has gives none."""
    return [ordinal for value in values for ordinal in column.known.filtered(value).numbers]
