"""From what a query found to a page of hits: filters, order, the cursor, facets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from index.fields import Facet
from search.limits import MARKED_CHARACTERS
from search.local import facets as facet_arrays
from search.local import order
from search.local.clock import microseconds
from search.local.columns import NO_DATE
from search.local.evaluate import Evaluation
from search.local.explain import explain
from search.local.features import NOTHING, Sought, gains
from search.local.headlines import marked_title
from search.local.marks import Wanted, mark
from search.local.matches import Documents, Matches
from search.local.ranking import Features
from search.local.snapshot import Snapshot
from search.local.snippets import snippet
from search.query import DateRange, query_tree
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit, Note, SearchResponse

_LOOSER = frozenset({"relaxed", "widened"})
_DAY = 24 * 3600 * 1e6


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, before filters, the second stage and order.

    ``matches``: all of them; or, where ``total`` is given, those of ``total`` that may be among the
    first of a page that asks for nothing but them, and among the candidates of the second stage,
    which looks for ``sought``.
    """

    query: whoosh_query.Query
    matches: Matches
    total: int | None
    notes: tuple[Note, ...]
    wanted: Wanted
    suggestion: str | None
    sought: Sought


@dataclass(frozen=True, slots=True)
class _Rows:
    """The hits and their sort keys, larger first: (n,) each."""

    numbers: Documents
    first: NDArray[np.float64]
    second: NDArray[np.int64]

    def at(self, chosen: NDArray[np.intp]) -> _Rows:
        return _Rows(self.numbers[chosen], self.first[chosen], self.second[chosen])


def answer(
    request: SearchRequest,
    evaluation: Evaluation,
    found: Found,
    features: Features,
    started: float,
) -> SearchResponse:
    """The page that is asked for; ``started``: when, by ``time.perf_counter``.

    Raises ``BadCursor`` and ``FileDamaged``.
    """
    snapshot = evaluation.snapshot
    cursor = None if request.cursor is None else order.Cursor.decode(request.cursor, request.sort)
    matches = _in_days(request, evaluation, found.matches)
    matched = matches.documents
    masks = facet_arrays.facet_masks(snapshot, request, matched)
    if masks:
        matches = matches.where(np.logical_and.reduce(list(masks.values())))
    numbers, scores = matches.documents, matches.scores.astype(np.float64, copy=False)
    now = cursor.now if cursor else microseconds(datetime.now(UTC))
    factors = None
    if request.recency is not None:
        factors = _recency(request.recency, snapshot, numbers, now)
        scores = scores * factors
    dates = snapshot.dates.take(numbers)
    gained = NOTHING
    if found.sought and request.sort is Sort.RELEVANCE and len(numbers):
        chosen = np.sort(order.top(features.candidates, scores, dates, numbers))
        first = matches.scores[chosen].astype(np.float64)
        gained = gains(evaluation, found.sought, features, numbers[chosen], first)
        scores = scores.copy()
        scores[chosen] = gained.scores if factors is None else gained.scores * factors[chosen]
    rows = _Rows(numbers, *order.keys(request.sort, scores, dates))
    if request.collapse:
        hashes = snapshot.hashes[numbers]
        rows = rows.at(order.distinct(hashes, rows.first, rows.second, numbers))
    total = len(rows.numbers) if found.total is None else found.total
    page, chosen, following = _page(request, rows, cursor, now)
    shown = rows.numbers[chosen]
    at = numbers.searchsorted(shown)
    explanations: list[Explanation | None] = [None] * len(shown)
    if request.explain:
        shares = np.ones(len(shown)) if factors is None else factors[at]
        explanations = explain(evaluation, found.query, shown, shares, gained)
    by_score = request.sort is Sort.RELEVANCE
    hits = [
        _hit(snapshot, found.wanted, number, score if by_score else None, same, parts, request)
        for number, score, same, parts in zip(
            shown.tolist(),
            scores[at].tolist(),
            _copies(evaluation, found, numbers, shown),
            explanations,
            strict=True,
        )
    ]
    notes = [*evaluation.notes]
    notes += [note for note in found.notes if note.code not in _LOOSER or len(numbers)]
    if evaluation.partial:
        notes.append(Note("partial", {"milliseconds": str(request.budget_ms)}))
    return SearchResponse(
        query=request.query,
        total=total,
        page=page,
        per_page=request.per_page,
        next_cursor=following,
        hits=tuple(hits),
        facets=facet_arrays.facet_counts(snapshot, request, matched, masks)
        if request.facets
        else {},
        histogram=facet_arrays.histogram(snapshot.dates[numbers]) if request.facets else (),
        suggestion=found.suggestion,
        notes=tuple(notes),
        partial=evaluation.partial,
        generation=snapshot.name,
        took_ms=(perf_counter() - started) * 1000,
    )


def _in_days(request: SearchRequest, evaluation: Evaluation, matches: Matches) -> Matches:
    """The matches of the days that are asked for."""
    if request.date_from is None and request.date_to is None:
        return matches
    days = query_tree(DateRange(request.date_from, request.date_to))
    return matches.where(evaluation.probe(days, matches.documents)[0])


def _hit(  # noqa: PLR0917 - one call a hit, where keywords take a tenth of the time
    snapshot: Snapshot,
    sought: Wanted,
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
        title_html = marked_title(title, sought, snapshot.analysis)
        shown = snippet(mark(stored["body"][:MARKED_CHARACTERS], sought, snapshot.analysis))
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


def _copies(
    evaluation: Evaluation, found: Found, numbers: Documents, shown: Documents
) -> list[int]:
    """How many other matches (``numbers``, or all where these are some) have each one's text."""
    copies = evaluation.snapshot.copies
    counts = [0] * len(shown)
    groups = copies.group.take(shown)
    if not len(shown) or groups.max() < 0:
        return counts
    for place in (groups >= 0).nonzero()[0].tolist():
        others = copies.of(int(shown[place]))
        if found.total is None:
            matching, _ = Matches(numbers, numbers).at(others)
        else:
            if evaluation.snapshot.live is not None:
                others = others[evaluation.snapshot.live[others]]
            matching, _ = evaluation.probe(found.query, others)
        counts[place] = max(int(np.count_nonzero(matching)) - 1, 0)  # 0 where the time was up
    return counts


def _recency(
    half_life: float, snapshot: Snapshot, numbers: Documents, now: int
) -> NDArray[np.float64]:
    """What age leaves of each score; an article without a date counts as the oldest."""
    dates = snapshot.dates
    known = dates[dates != NO_DATE]
    oldest = int(known.min()) if len(known) else now
    dated = np.where(dates[numbers] == NO_DATE, oldest, dates[numbers])
    ages = np.maximum(now - dated, 0) / _DAY
    factors: NDArray[np.float64] = np.exp2(-ages / half_life)
    return factors


def _page(
    request: SearchRequest, rows: _Rows, cursor: order.Cursor | None, now: int
) -> tuple[int, NDArray[np.intp], str | None]:
    """The page's number, its rows in order, and the cursor to the next page if there is one."""
    size = request.per_page
    if cursor is None:
        page = request.page
        ordered = order.top(page * size + 1, rows.first, rows.second, rows.numbers)
        window = ordered[(page - 1) * size :]
    else:
        page = cursor.page
        later = order.after(cursor, rows.first, rows.second, rows.numbers).nonzero()[0]
        rest = rows.at(later)
        window = later[order.top(size + 1, rest.first, rest.second, rest.numbers)]
    chosen = window[:size]
    if len(window) <= size:
        return page, chosen, None
    last = int(chosen[-1])
    following = order.Cursor(
        request.sort,
        page + 1,
        float(rows.first[last]),
        int(rows.second[last]),
        int(rows.numbers[last]),
        now,
    )
    return page, chosen, following.encode()
