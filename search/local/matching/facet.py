"""Values of a facet: looked up once among all values, then compared over the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching.kind import Kind, without_parts
from search.query.facet_query import FacetQuery

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def _fitting(searcher: Searcher, query: FacetQuery, documents: Documents) -> Mask:
    """Which of the documents have a value that fits: (n,)."""
    column = searcher.snapshot.columns.facets[query.facet]
    return column.having(column.known.meant(query.text, whole=query.whole).numbers, documents)


def _run(searcher: Searcher, query: FacetQuery) -> Matches:
    everything = searcher.snapshot.columns.everything
    return everything.where(_fitting(searcher, query, everything.documents))


def _probe(
    searcher: Searcher,
    query: FacetQuery,
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001 - a kind's ``probe``
) -> tuple[Mask, Scores]:
    return _fitting(searcher, query, documents), np.zeros(len(documents))


def _expected(searcher: Searcher, query: FacetQuery) -> int:
    column = searcher.snapshot.columns.facets[query.facet]
    meant = column.known.meant(query.text, whole=query.whole)
    return sum(column.counts[number] for number in meant.numbers)


KINDS = {FacetQuery: Kind(_run, _probe, _expected, without_parts)}
