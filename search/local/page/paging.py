"""A page by relevance in one call of a compiled kernel: second stage, order, and what is shown.

The same as ``entering``, ``second_stage`` and ``paged`` give one after the other, for what most
readers ask: no cursor, no ages, no folded texts, no explanation. Where nothing else is asked for
and all of a question is words that are ready, the same call finds the articles, too: the same as
``find`` and then these.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.budget import COMPARED, Budget
from search.local.find import Found
from search.local.matches import Documents, nothing
from search.local.matching.compiled import CompiledWords
from search.local.matching.searcher import Searcher
from search.local.page.order import Page, following, moment_of
from search.local.plan import Plan
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.features import part_of, pay, price_beside, price_of
from search.local.scoring.ranking import Features, Ranking
from search.request import Partial, SearchRequest, Sort

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.words import Word

_NOTHING = nothing()
_UNKNOWN = np.empty(0, np.int32)
"""Documents of all pages, where only the first are known."""


def page_at_once(  # noqa: PLR0917 - what a page is made of
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
    ranking: Ranking,
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
        holding = _holding(features, worth)
        budget, fixed, each = searcher.budget, 0, 0
        fresh: list[Hashable] = []
        if ready is not None:
            before = found.words.ready if isinstance(found.words, CompiledWords) else None
            if before is not None and len(before.keys) == len(budget.counted):
                fixed, each, fresh = price_beside(ready, before)
            else:
                fixed, each, fresh = price_of(ready, budget.counted)
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
    return _page(request, searcher, shown, reached, complete, documents, complete_first)


def found_and_paged(
    plan: Plan, searcher: Searcher, of_page: Budget, request: SearchRequest, ranking: Ranking
) -> tuple[Found, Page] | None:
    """What is found and the page of it that is asked for; ``of_page``: what that may cost.

    None where the steps must be taken one by one. Then nothing was counted. Raises ``FileDamaged``.
    """
    flat, paging = plan.flat, searcher.snapshot.columns.paging
    if flat is None or paging is None or not _asks_for_the_best(request):
        return None
    budget, words, features = searcher.budget, searcher.rows.ready(flat), plan.features
    if words is None or budget.partial or budget.counted:
        return None
    work, unknown = words.all_work()
    if not budget.lasts(work + COMPARED * words.scorer.size * len(unknown)):
        return None
    most = fixed = each = 0
    holding: _Held = ()
    sought: Sought | None = None
    alike: tuple[Word, ...] = ()
    if features is not None:
        ready, most = features.ready, ranking.features.candidates
        if features.answers or (ready is None and (features.pairs or features.words)):
            return None
        if features.holding:
            holding = _holding(features, ranking.features)
        if ready is not None:
            fixed, each, _ = price_beside(ready, words)
            sought, alike = ready.sought, ready.words
            if not of_page.lasts(fixed + each * most * (1 + len(holding))):
                return None
    size, first = request.per_page, plan.complete_first
    start = (request.page - 1) * size
    must, loose, may = words.words
    known = paging.page_of_words(
        words.scorer,
        must,
        loose,
        may,
        first,
        first,
        start,
        start + size + 1,
        most,
        holding,
        sought,
        alike,
        ranking.features.alike,
    )
    if known is None:
        return None
    total, partial, shown, reached, complete, entered = known
    budget.work += work
    for one in unknown:
        budget.work += COMPARED * one.documents
    if total or partial:
        of_page.work += fixed + each * entered
    asked = CompiledWords(words.scorer, budget, must, loose, may, [], None, words)
    graded = bool(must and loose)
    if not graded:
        total, partial = total or partial, 0
    found = Found(
        *(plan, graded, _NOTHING, None, False),
        *(total, partial, total + partial, _UNKNOWN, {}, None, asked),
    )
    return found, _page(request, searcher, shown, reached, complete, _UNKNOWN, first)


_Held = tuple[tuple[NDArray[np.int32], float], ...]
"""Articles that have a question as it was typed, and what they gain."""


def _holding(plan: FeaturePlan, features: Features) -> _Held:
    return tuple([(one.documents, part_of(one, features)) for one in plan.holding])


def _asks_for_the_best(request: SearchRequest) -> bool:
    """Whether nothing is asked for but the first articles by relevance, and how many there are."""
    more = request.facets or request.restricted or request.collapse or request.explain
    return not (
        more
        or request.sort is not Sort.RELEVANCE
        or request.partial is Partial.OFF
        or request.cursor is not None
        or request.recency is not None
    )


def _page(  # noqa: PLR0917 - what a page is made of
    request: SearchRequest,
    searcher: Searcher,
    documents: list[int],
    scores: list[float],
    complete: list[bool] | None,
    every: Documents,
    complete_first: bool,
) -> Page:
    """The page of its documents, and of one more where there is another page."""
    size = request.per_page
    if len(documents) <= size:
        return Page(request.page, documents, scores, None, complete, every, None)
    more = following(
        request,
        request.page,
        (request.page - 1) * size,
        scores[size - 1],
        searcher.snapshot.columns.dates[documents[size - 1]],
        documents[size - 1],
        moment_of(request.today),
        leading=complete is None or not complete_first or complete[size - 1],
    )
    del documents[size:], scores[size:]
    if complete is not None:
        del complete[size:]
    return Page(request.page, documents, scores, None, complete, every, more)
