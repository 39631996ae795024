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
from search.local.page.order import Page, following
from search.local.plan import Plan
from search.local.scoring.features import part_of, pay, price_of
from search.local.scoring.ranking import Ranking
from search.request import SearchRequest, Sort


def page_at_once(  # noqa: PLR0917 - what a page is made of
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
    ranking: Ranking,
    now: int,
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
    size, complete_first = request.per_page, plan.complete_first
    start = (request.page - 1) * size
    features = plan.features if len(documents) else None
    if features is None:
        shown, reached, complete, _ = paging.page(
            documents, scores, found.complete, complete_first, start, start + size + 1
        )
    else:
        ready, most = features.ready, ranking.features.candidates
        if features.answers or (ready is None and (features.pairs or features.words)):
            return None
        worth = ranking.features
        holding = tuple([(one.documents, part_of(one, worth)) for one in features.holding])
        budget, fixed, each = searcher.budget, 0, 0
        fresh: list[Hashable] = []
        if ready is not None:
            before = found.words.counted if isinstance(found.words, CompiledWords) else None
            fixed, each, fresh = price_of(budget, ready, before)
            entering = most + sum([min(len(one), most) for one, _ in holding])
            if not budget.lasts(fixed + each * min(len(documents), entering)):
                return None
        shown, reached, complete, entered = paging.page(
            documents,
            scores,
            found.complete,
            complete_first,
            start,
            start + size + 1,
            most,
            holding,
            None if ready is None else ready.sought,
            () if ready is None else ready.words,
            worth.alike,
        )
        pay(budget, fixed + each * entered, fresh)
    if len(shown) <= size:
        return Page(request.page, shown, reached, None, complete, documents, None)
    more = following(
        request,
        request.page,
        start,
        reached[size - 1],
        searcher.snapshot.columns.dates[shown[size - 1]],
        shown[size - 1],
        now,
        leading=complete is None or not complete_first or complete[size - 1],
    )
    del shown[size:], reached[size:]
    if complete is not None:
        del complete[size:]
    return Page(request.page, shown, reached, None, complete, documents, more)
