"""From what was found to a page of hits: filters, the second stage, order, marks.

One array of candidates goes through all steps; each step is a function of its own module.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

from index.clock import microseconds
from search.cursor import Cursor
from search.local.facets import filtered
from search.local.find import Found
from search.local.hits import hits_of
from search.local.matching.searcher import Searcher
from search.local.order import paged
from search.local.plan import Plan
from search.local.scoring.entering import entering, with_holdings
from search.local.scoring.explain import explain
from search.local.scoring.features import second_stage
from search.local.scoring.ranking import Ranking
from search.local.scoring.recency import aged
from search.request import SearchRequest, Sort
from search.response import Explanation, Note, SearchResponse


def answer(  # noqa: PLR0917 - what an answer is made of
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
    suggestion: str | None,
    ranking: Ranking,
    started: float,
) -> SearchResponse:
    """The page that is asked for; ``started``: when, by ``time.perf_counter``.

    Raises ``BadCursor`` and ``FileDamaged``.
    """
    snapshot = searcher.snapshot
    cursor = None if request.cursor is None else Cursor.decode(request.cursor, request.sort)
    now = cursor.now if cursor else microseconds(datetime.now(UTC))
    passing = filtered(request, searcher, found.matches)
    candidates = passing.candidates
    if request.recency is not None:
        candidates = aged(candidates, request.recency, snapshot.columns.dates, now)
    gained = None
    if plan.features is not None and request.sort is Sort.RELEVANCE and len(candidates.documents):
        if found.total is not None:
            candidates = with_holdings(searcher, found.query, plan.features, candidates)
        places = entering(plan.features, ranking.features, candidates)
        candidates, gained = second_stage(
            searcher, plan.features, ranking.features, candidates, places
        )
    groups = snapshot.columns.same_text.of if request.collapse else None
    shown = paged(request, candidates, groups, cursor, now)
    explanations: list[Explanation | None] = [None] * len(shown.documents)
    if request.explain:
        explanations = explain(searcher, found.query, shown, gained)
    marked, documents = plan.question.marked, candidates.documents
    hits = hits_of(request, searcher, marked, found, documents, shown, explanations)
    notes = [*searcher.notes, *plan.question.notes]
    if found.code is not None and len(documents):
        notes.append(Note(found.code))
    if searcher.budget.partial:
        notes.append(Note("partial", {"milliseconds": str(request.budget_ms)}))
    return SearchResponse(
        query=request.query,
        corrected=None,
        total=shown.total if found.total is None else found.total,
        partial_total=0,
        listed=shown.total if found.total is None else found.total,
        page=shown.number,
        per_page=request.per_page,
        next_cursor=shown.following,
        hits=hits,
        facets=passing.facets,
        histogram=passing.histogram,
        undated=0,
        suggestion=suggestion,
        notes=tuple(notes),
        partial=searcher.budget.partial,
        generation=snapshot.name,
        took_ms=(perf_counter() - started) * 1000,
    )
