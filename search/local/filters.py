"""The request's filters by facets: which documents pass them."""

from __future__ import annotations

from collections.abc import Mapping

from index.fields import Facet
from search.local.matches import Documents, Mask
from search.local.matching.searcher import Searcher
from search.local.reading.columns import FacetColumn
from search.request import SearchRequest


def of_facets(
    request: SearchRequest, searcher: Searcher, documents: Documents
) -> Mapping[Facet, Mask]:
    """For each facet that is filtered, which of the documents, (n,), have one of its values."""
    columns = searcher.snapshot.columns
    masks = {}
    for facet, values in request.filters.items():
        column = columns.facets[facet]
        masks[facet] = column.having(ordinals(column, values), documents)
    return masks


def ordinals(column: FacetColumn, values: tuple[str, ...]) -> list[int]:
    """The ordinals of what the values of a filter stand for; what no document has gives none."""
    return [ordinal for value in values for ordinal in column.known.filtered(value).numbers]
