"""A page by relevance in one call of a compiled kernel: second stage, order, and what is shown.

The same as ``entering``, ``second_stage`` and ``paged`` give one after the other, for what most
readers ask: no cursor, no ages, no folded texts, no explanation.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from search.local.find import Found
from search.local.matching.compiled import CompiledWords
from search.local.matching.searcher import Searcher
from search.local.page.order import Page, moment_of
from search.local.page.stage import NO_STAGE
from search.local.plan import Plan
from search.local.scoring.features import pay, price_beside, price_of
from search.request import SearchRequest, Sort


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
    budget, fixed, each, now = searcher.budget, 0, 0, moment_of(request.today)
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
    number, size = request.page, request.per_page
    start = (number - 1) * size
    shown, reached, complete, entered, following, _ = paging.page(
        documents, scores, found.complete, plan.complete_first, start, size, now, *stage
    )
    if fixed:
        pay(budget, fixed + each * entered, fresh)
    return Page(number, shown, reached, None, complete, documents, following)
