"""What a reader should know of the values of facets that a question asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from whoosh.query import And, ConstantScoreQuery, Query

from index.fields import COUNTED
from search.budget import Budget
from search.local.reading.columns import Columns
from search.query.facet_query import FacetQuery, facet_queries
from search.request import SearchRequest
from search.response import Note


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
            known = columns.counted[one].known
            note = known.note(known.filtered(value), value, f"{one}:{value}", None, budget)
            if note is not None:
                yield note
