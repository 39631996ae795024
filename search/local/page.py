"""From what was found to a page of hits: filters, the second stage, order, marks.

One array of candidates goes through all steps; each step is a function of its own module.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from index.clock import microseconds
from search.cursor import Cursor
from search.local.facets import filtered
from search.local.find import Found
from search.local.hits import hits_of
from search.local.matching.searcher import Searcher
from search.local.order import Ordered, distinct, ordered, page, top
from search.local.plan import Plan
from search.local.scoring.explain import explain
from search.local.scoring.features import second_stage
from search.local.scoring.ranking import Ranking
from search.local.scoring.recency import recency
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
    candidates = filtered(request, searcher, found.matches)
    documents, dates = candidates.matches.documents, candidates.dates
    scores = candidates.matches.scores.astype(np.float64, copy=False)
    factors = None
    if request.recency is not None:
        factors = recency(request.recency, dates, snapshot.columns.dates, now)
    gained = None
    if plan.features is not None and request.sort is Sort.RELEVANCE and len(documents):
        aged = scores if factors is None else scores * factors
        best = np.sort(top(ranking.features.candidates, Ordered(documents, aged, dates)))
        gained = second_stage(
            searcher, plan.features, ranking.features, documents[best], scores[best]
        )
        scores = scores.copy()
        scores[best] = gained.scores
    if factors is not None:
        scores = scores * factors
    keys = ordered(request.sort, documents, scores, dates)
    if request.collapse:
        keys = keys.at(distinct(snapshot.columns.same_text.of[documents], keys))
    shown = page(request, keys, cursor, now)
    places = documents.searchsorted(shown.documents)
    explanations: list[Explanation | None] = [None] * len(places)
    if request.explain:
        shares = np.ones(len(places)) if factors is None else factors[places]
        explanations = explain(searcher, found.query, shown.documents, shares, gained)
    hits = hits_of(
        request,
        searcher,
        plan.question.marked,
        found,
        documents,
        shown.documents,
        scores[places],
        explanations,
    )
    notes = [*searcher.notes, *plan.question.notes]
    if found.code is not None and len(documents):
        notes.append(Note(found.code))
    if searcher.budget.partial:
        notes.append(Note("partial", {"milliseconds": str(request.budget_ms)}))
    return SearchResponse(
        query=request.query,
        total=len(keys.documents) if found.total is None else found.total,
        page=shown.number,
        per_page=request.per_page,
        next_cursor=shown.following,
        hits=hits,
        facets=candidates.facets,
        histogram=candidates.histogram,
        suggestion=suggestion,
        notes=tuple(notes),
        partial=searcher.budget.partial,
        generation=snapshot.name,
        took_ms=(perf_counter() - started) * 1000,
    )
