"""From what was found to a page of hits: the second stage, order, marks, counts.

Most pages are made at once (``paging``, and ``at_once`` with what is found). Else one array of
candidates goes through all steps, each a function of its own module.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from search.cursor import Cursor
from search.local.candidates import Candidates
from search.local.find import Found
from search.local.matching.searcher import Searcher
from search.local.page.entering import entering
from search.local.page.hits import hits_of, marker_of
from search.local.page.order import moment_of, paged
from search.local.page.paging import page_at_once
from search.local.page.spread import NOT_COUNTED, spread
from search.local.page.telling import told
from search.local.plan import Plan
from search.local.scoring.explain import explain
from search.local.scoring.features import Gained, second_stage
from search.local.scoring.ranking import Ranking
from search.local.scoring.recency import aged
from search.request import SearchRequest, Sort
from search.response import SearchResponse


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
    explanations = None
    shown = page_at_once(request, searcher, plan, found)
    if shown is None:
        cursor = None if request.cursor is None else Cursor.decode(request.cursor, request.sort)
        now = cursor.now if cursor else moment_of(request.today)
        candidates, gained = ranked(request, searcher, plan, found, ranking, now)
        groups = snapshot.columns.same_text.of if request.collapse else None
        shown = paged(request, candidates, found.complete, groups, cursor, now)
        explanations = explain(searcher, found, shown, gained) if request.explain else None
    marker = marker_of(request, plan, snapshot)
    hits = hits_of(request, searcher, plan, found, shown, explanations, marker)
    unmarked = marker is not None and marker.work.partial
    totals = found.total, found.partial_total, found.listed
    partial = searcher.budget.partial
    corrected, notes, partial, offers = told(
        request, plan, totals, searcher.notes, partial=partial, unmarked=unmarked
    )
    counts = NOT_COUNTED
    if request.facets:
        counts = spread(request, snapshot.columns, found, shown.every)
    return SearchResponse(
        query=request.query,
        corrected=corrected,
        total=found.total,
        partial_total=found.partial_total,
        listed=found.listed,
        per_page=request.per_page,
        notes=notes,
        question=plan.question,
        offers=offers,
        partial=partial,
        facets=counts.facets,
        facet_totals=counts.totals,
        histogram=counts.histogram,
        undated=counts.undated,
        page=shown.number,
        next_cursor=shown.following,
        hits=hits,
        suggestion=suggestion,
        generation=snapshot.name,
        took_ms=(perf_counter() - started) * 1000,
    )


def ranked(  # noqa: PLR0917 - what an order is made of
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
    ranking: Ranking,
    now: int,
) -> tuple[Candidates, Gained | None]:
    """What was found with its age and what the second stage gives, and what that is.

    ``now``: the moment from which ages count. Raises ``FileDamaged``.
    """
    candidates = _candidates(searcher, plan, found)
    if request.recency is not None:
        candidates = aged(candidates, request.recency, searcher.snapshot.columns.every_date, now)
    if plan.features is None or request.sort is not Sort.RELEVANCE or not len(candidates.documents):
        return candidates, None
    places = entering(plan.features, ranking.features, candidates)
    return second_stage(
        searcher, plan.features, ranking.features, candidates, places, explained=request.explain
    )


def _candidates(searcher: Searcher, plan: Plan, found: Found) -> Candidates:
    documents = found.matches.documents
    return Candidates(
        documents,
        found.matches.scores.astype(np.float64, copy=False),
        searcher.snapshot.columns.dates.take(documents),
        leading=found.complete if plan.complete_first else None,
        numbers=searcher.snapshot.columns.numbers.take(documents),
    )
