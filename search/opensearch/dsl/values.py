"""Dates and values of facets: comparisons that add nothing to scores."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.query import DateRange

from index.analysis import fold_value
from index.clock import microseconds
from index.opensearch.layout import DATE, Dsl
from search.opensearch.dsl.clauses import any_term, scoreless
from search.opensearch.dsl.context import Context, Kinds, Translated
from search.query.facet_query import FacetQuery


def having(name: str, values: Sequence[str]) -> Dsl:
    """What has one of some values of a facet, as they are shown; nothing of none."""
    return scoreless(any_term(name, [fold_value(value) for value in values]))


def _dates(context: Context, query: DateRange) -> Translated:  # noqa: ARG001 - a kind's
    first = 0 if query.startdate is None else microseconds(query.startdate)
    bounds = {"gt" if query.startexcl else "gte": first}
    if query.enddate is not None:
        bounds["lt" if query.endexcl else "lte"] = microseconds(query.enddate)
    return Translated(scoreless({"range": {DATE: bounds}}))


def _facet(context: Context, query: FacetQuery) -> Translated:
    column = context.searcher.snapshot.columns.facets[query.facet]
    numbers = column.known.meant(query.text, whole=query.whole).numbers
    return Translated(having(query.facet.value, [column.values[one] for one in numbers]))


KINDS: Kinds = {DateRange: _dates, FacetQuery: _facet}
