"""A page by relevance in one call of a compiled kernel: second stage, order, and what is shown.

The same as ``entering``, ``second_stage`` and ``paged`` give one after the other, for what most
readers ask: no cursor, no ages, no folded texts, no explanation. Where nothing else is asked for
and all of a question is words that are ready, the same call finds the articles, too: the same as
``find`` and then these.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from search.budget import COMPARED, Budget
from search.local.find import Found
from search.local.matches import nothing
from search.local.matching.compiled import CompiledWords
from search.local.matching.searcher import Searcher
from search.local.page.order import Page, first_of
from search.local.page.stage import NO_STAGE
from search.local.plan import Plan
from search.local.reading.made import Ready
from search.local.scoring.features import pay, price_beside, price_of
from search.request import Partial, SearchRequest, Sort

_NOTHING = nothing()
_UNKNOWN = np.empty(0, np.int32)
"""Documents of all pages, where only the first are known."""


def page_at_once(
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
) -> Page | None:
    """The page that is asked for; None where its steps must be taken one by one.

    Then nothing was counted. Raises ``FileDamaged``.
    """
    paging = searcher.snapshot.columns.paging
    if paging is None or request.sort is not Sort.RELEVANCE or request.cursor is not None:
        return None
    if request.explain or request.collapse or request.recency is not None:
        return None
    documents, scores = found.matches.documents, found.matches.scores
    if scores.dtype != np.float64:
        scores = scores.astype(np.float64)
    stage = plan.stage if len(documents) else NO_STAGE
    if stage is None:
        return None
    budget, fixed, each = searcher.budget, 0, 0
    fresh: list[Hashable] = []
    features = None if stage is NO_STAGE else plan.features
    if features is not None and features.ready is not None:
        before = found.words.ready if isinstance(found.words, CompiledWords) else None
        if before is not None and len(before.keys) == len(budget.counted):
            fixed, each, fresh = price_beside(features.ready, before)
        else:
            fixed, each, fresh = price_of(features.ready, budget.counted)
        most, holding, *_ = stage
        entering = most + sum([min(len(one), most) for one, _ in holding])
        if not budget.lasts(fixed + each * min(len(documents), entering)):
            return None
    size, columns = request.per_page, searcher.snapshot.columns
    complete_first = plan.complete_first
    start = (request.page - 1) * size
    shown, reached, complete, entered = paging.page(
        documents, scores, found.complete, complete_first, start, start + size + 1, *stage
    )
    if fixed:
        pay(budget, fixed + each * entered, fresh)
    return first_of(request, columns, shown, reached, complete, documents, complete_first)


def found_and_paged(
    plan: Plan, searcher: Searcher, of_page: Budget, request: SearchRequest
) -> tuple[Found, Page] | None:
    """What is found of a question of plain words, and the page of it that is asked for.

    ``of_page``: what that may cost.

    None where the steps must be taken one by one. Then nothing was counted. Raises ``FileDamaged``.
    """
    words, paging = _ready(plan, searcher, request), searcher.snapshot.columns.paging
    budget = searcher.budget
    stage = None if words is None else plan.stage
    if words is None or stage is None or paging is None:
        return None
    work, unknown = words.all_work()
    fixed = each = 0
    price = _price(plan, words)
    if price is not None:
        # Of a holding no more enter than of all the rest.
        fixed, each = price
        if not of_page.lasts(fixed + each * stage[0] * (1 + len(stage[1]))):
            return None
    if not budget.lasts(work + COMPARED * words.scorer.size * len(unknown)):
        return None
    size, columns = request.per_page, searcher.snapshot.columns
    complete_first = plan.complete_first
    start = (request.page - 1) * size
    must, loose, may = words.words
    total, partial, shown, reached, complete, entered, lacking = paging.page_of_words(
        words.scorer,
        must,
        loose,
        may,
        complete_first,
        start,
        start + size + 1,
        *stage,
    )
    budget.work += work
    for one in unknown:
        budget.work += COMPARED * one.documents
    of_page.work += fixed + each * entered if total or partial else 0
    asked = CompiledWords(words.scorer, budget, must, loose, may, [], None, words)
    graded = bool(must and loose)
    if not graded:
        total, partial = total or partial, 0
    found = Found(
        plan,
        graded,
        _NOTHING,
        None,
        whole=False,
        total=total,
        partial_total=partial,
        listed=total + partial,
        counted=_UNKNOWN,
        masks={},
        words=asked,
    )
    page = first_of(request, columns, shown, reached, complete, _UNKNOWN, complete_first, lacking)
    return found, page


def _price(plan: Plan, words: Ready) -> tuple[int, int] | None:
    """What the second stage costs beside words, and each document besides; None for nothing."""
    if words is plan.ready:
        return plan.price
    features = plan.features
    if features is None or features.ready is None:
        return None
    return price_beside(features.ready, words)[:2]


def _ready(plan: Plan, searcher: Searcher, request: SearchRequest) -> Ready | None:
    """The words of a question whose best articles are all that is asked for, if they are ready."""
    if request.facets or request.restricted or request.explain or request.collapse:
        return None
    if request.sort is not Sort.RELEVANCE or request.partial is Partial.OFF:
        return None
    if request.cursor is not None or request.recency is not None:
        return None
    budget, ready = searcher.budget, plan.ready
    if budget.partial or budget.counted:
        return None
    if ready is not None and ready.scorer is searcher.rows.scorer:
        return ready
    flat = plan.flat
    return None if flat is None else searcher.rows.ready(flat)
