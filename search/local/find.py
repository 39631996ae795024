"""Finds a plan's matches: all, or only the top k where nothing but the first pages is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh.query import NullQuery, Query

from search.local.matches import Matches, nothing
from search.local.matching.searcher import Searcher
from search.local.matching.term import row
from search.local.matching.top_k import disjunction_of, top_of_any
from search.local.plan import Plan
from search.local.scoring.ranking import Ranking
from search.request import SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, before filters, the second stage and order.

    ``matches`` of ``query``: all of them; or, where ``total`` is given, those of ``total`` that may
    be among the first of a page that asks for nothing but them, and among the candidates of the
    second stage. ``code``: of the note that says that some of the words sufficed.
    """

    query: Query
    matches: Matches
    total: int | None = None
    code: str | None = None


def find(plan: Plan, searcher: Searcher, request: SearchRequest, ranking: Ranking) -> Found:
    """What matches all words or, where few articles do, some of them.

    Sorted by date, where scores cannot keep the latter behind, only where nothing has all words.
    """
    if plan.query is None:
        return Found(NullQuery, nothing())
    count = None
    if _first_only(request):
        candidates = 0 if plan.features is None else ranking.features.candidates
        count = max(request.page * request.per_page + 1, candidates)
    if plan.relaxed is None or not ranking.enough:
        return _found(searcher, plan.query, count)
    strict = _found(searcher, plan.query, None)
    enough = ranking.enough if request.sort is Sort.RELEVANCE else 1
    if searcher.budget.partial or len(strict.matches) >= enough:
        return strict
    some = _found(searcher, plan.relaxed, count)
    number = len(some.matches) if some.total is None else some.total
    # What was cut short may lack the very articles that have all the words.
    if number == len(strict.matches) or (len(strict.matches) and searcher.budget.partial):
        return strict
    code = "widened" if len(strict.matches) else "relaxed"
    return Found(some.query, some.matches, some.total, code)


def _found(searcher: Searcher, query: Query, count: int | None) -> Found:
    """All matches; of an OR of words only the top ``count``, unless that is None."""
    words = None if count is None else disjunction_of(query)
    if words is None or count is None:
        return Found(query, searcher.run(query))
    found = top_of_any(
        [row(searcher, terms) for terms in words.words],
        [row(searcher, terms) for terms in words.optional],
        searcher.snapshot.size,
        count,
    )
    return Found(query, found.matches, found.total)


def _first_only(request: SearchRequest) -> bool:
    """Whether no more than the first hits and the number of all are asked for."""
    return (
        request.sort is Sort.RELEVANCE
        and request.cursor is None
        and request.recency is None
        and not (
            request.facets
            or request.collapse
            or request.date_from
            or request.date_to
            or request.filters
        )
    )
