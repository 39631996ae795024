"""From what was found to a page of hits: filters, the second stage, order, marks.

One array of candidates goes through all steps; each step is a function of its own module.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from index.clock import microseconds
from index.fields import Facet
from search.cursor import Cursor
from search.limits import MARKED_CHARACTERS
from search.local.facets import filtered
from search.local.find import Found
from search.local.matches import Documents, Matches
from search.local.matching.searcher import Searcher
from search.local.order import distinct, ordered, page
from search.local.plan import Plan
from search.local.reading.snapshot import Snapshot
from search.local.scoring.explain import explain
from search.local.scoring.features import second_stage
from search.local.scoring.ranking import Ranking
from search.local.scoring.recency import recency
from search.marking.headlines import marked_title
from search.marking.marks import mark
from search.marking.snippets import snippet
from search.query.syntax.node import Marked
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit, Note, SearchResponse


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
    if plan.features and request.sort is Sort.RELEVANCE and len(documents):
        gained = second_stage(searcher, plan.features, ranking.features, candidates, factors)
        scores = gained.added_to(documents, scores)
    if factors is not None:
        scores = scores * factors
    keys = ordered(request.sort, documents, scores, dates)
    if request.collapse:
        keys = keys.at(distinct(snapshot.columns.same_text.of[documents], keys))
    shown = page(request, keys, cursor, now)
    places = documents.searchsorted(shown.documents)
    explanations: list[Explanation | None] = [None] * len(places)
    if request.explain and found.query is not None:
        shares = np.ones(len(places)) if factors is None else factors[places]
        explanations = explain(searcher, found.query, shown.documents, shares, gained)
    by_score = request.sort is Sort.RELEVANCE
    copies = _copies(searcher, found, documents, shown.documents)
    hits = [
        _hit(
            snapshot, plan.question.marked, number, score if by_score else None, same, why, request
        )
        for number, score, same, why in zip(
            shown.documents.tolist(), scores[places].tolist(), copies, explanations, strict=True
        )
    ]
    return SearchResponse(
        query=request.query,
        total=len(keys.documents) if found.total is None else found.total,
        page=shown.number,
        per_page=request.per_page,
        next_cursor=shown.following,
        hits=tuple(hits),
        facets=candidates.facets,
        histogram=candidates.histogram,
        suggestion=suggestion,
        notes=_notes(request, searcher, plan, found.code if len(documents) else None),
        partial=searcher.budget.partial,
        generation=snapshot.name,
        took_ms=(perf_counter() - started) * 1000,
    )


def _notes(
    request: SearchRequest, searcher: Searcher, plan: Plan, code: str | None
) -> tuple[Note, ...]:
    """What the reader should know; ``code``: of the note that some of the words sufficed."""
    notes = [*searcher.notes, *plan.question.notes]
    if code is not None:
        notes.append(Note(code))
    if searcher.budget.partial:
        notes.append(Note("partial", {"milliseconds": str(request.budget_ms)}))
    return tuple(notes)


def _hit(  # noqa: PLR0917 - one call a hit, where keywords take a tenth of the time
    snapshot: Snapshot,
    marked: Marked,
    number: int,
    score: float | None,
    similar: int,
    explanation: Explanation | None,
    request: SearchRequest,
) -> Hit:
    stored = snapshot.stored(number) if request.snippets else snapshot.hit(number)
    title: str = stored["title"]
    date: datetime | None = stored.get("date")
    title_html, shown = escape(title), ""
    if request.snippets:
        title_html = marked_title(title, marked, snapshot.analysis)
        shown = snippet(mark(stored["body"][:MARKED_CHARACTERS], marked, snapshot.analysis))
    return Hit(
        stored["id"],
        title,
        title_html,
        shown,
        stored.get("url"),
        None if date is None else date.replace(tzinfo=UTC),
        {facet: stored[facet] for facet in Facet if facet in stored},
        score,
        similar,
        explanation,
    )


def _copies(searcher: Searcher, found: Found, documents: Documents, shown: Documents) -> list[int]:
    """How many other matches (``documents``, or all where these are some) have each one's text."""
    columns = searcher.snapshot.columns
    counts = [0] * len(shown)
    for place in columns.same_text.with_others(shown).nonzero()[0].tolist():
        others = columns.same_text.group(int(shown[place]))
        counts[place] = _matching(searcher, found, documents, others)
    return counts


def _matching(
    searcher: Searcher, found: Found, documents: Documents, group: NDArray[np.int32]
) -> int:
    """How many of a group match beside one; 0 where the time was up."""
    if found.total is None:
        matching, _ = Matches(documents, documents).at(group)
    elif found.query is None:
        return 0
    else:
        live = searcher.snapshot.columns.live
        matching, _ = searcher.probe(found.query, group if live is None else group[live[group]])
    return max(int(np.count_nonzero(matching)) - 1, 0)
