"""What a reader should know of the values of facets that a question asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations

from whoosh.query import And, ConstantScoreQuery, Query

from index.fields import BY_NAME, COUNTED, Facet
from search.budget import Budget
from search.local.reading.columns import Columns
from search.local.reading.facet_column import FacetColumn
from search.query.facet_query import FacetQuery, facet_queries
from search.request import SearchRequest
from search.response import Note
from search.values import quoted


def of_query(query: Query, columns: Columns, budget: Budget) -> Iterator[Note]:
    """Of the values in a query, each once, in its order. Raises ``FileDamaged``."""
    seen = set()
    for one in facet_queries(query):
        if (one.facet, one.text, one.whole) in seen:
            continue
        seen.add((one.facet, one.text, one.whole))
        known = columns.facets[one.facet].known
        meant = known.meant(one.text, whole=one.whole)
        note = known.note(meant, one.text, one.written, one.position, budget)
        if note is not None:
            yield note
    yield from _apart(query, columns)


def _apart(query: Query, columns: Columns) -> Iterator[Note]:
    """Of values of one facet that must fit both, and of which an article has only one."""
    beside = []
    for child in query.children():
        yield from _apart(child, columns)
        one = child.child if isinstance(child, ConstantScoreQuery) else child
        if isinstance(query, And) and isinstance(one, FacetQuery):
            known = columns.facets[one.facet].known
            beside.append((one, {*known.meant(one.text, whole=one.whole).numbers}))
    for (first, some), (second, others) in combinations(beside, 2):
        if first.facet is second.facet and some and others and some.isdisjoint(others):
            facts = {"written": first.written, "other": second.written}
            yield Note("values-apart", facts, second.position)


def of_filters(request: SearchRequest, columns: Columns, budget: Budget) -> Iterator[Note]:
    """Of the values that a request chooses and excludes, each once. Raises ``FileDamaged``."""
    for one in COUNTED:
        for value in dict.fromkeys((*request.chosen.get(one, ()), *request.left_out.get(one, ()))):
            column = columns.counted[one]
            meant = column.known.filtered(value)
            if isinstance(one, Facet):
                written = f"{BY_NAME[one].query_names[0]}:{value}"
                note = column.known.note(meant, value, written, None, budget)
            else:
                note = None if meant.numbers else _of_period(value, column)
            if note is not None:
                yield note


def _of_period(value: str, column: FacetColumn) -> Note:
    """Of a year or month of no article: the last one before it that has some, and the next."""
    having = [one for one, count in zip(column.values, column.counts, strict=True) if count]
    at = bisect_left(having, value)
    nearest = having[max(at - 1, 0) : at + 1]
    if not nearest:
        return Note("unknown-value", {"written": value})
    return Note("nearest-values", {"written": value, "values": quoted(nearest)})
