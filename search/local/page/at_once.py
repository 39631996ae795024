"""The answer to a question of plain words that are ready: from the words to the page in one call.

For what most readers ask: the best articles, and nothing of the rest. The same as ``find`` and
``answer`` give one after the other, which are its witness.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from search.budget import COMPARED, Budget
from search.local.find import Found
from search.local.matches import nothing
from search.local.matching.compiled import CompiledWords
from search.local.matching.searcher import Searcher
from search.local.page.hits import as_typed, copies, hits_with, marker_of, missing, pays_for_missing
from search.local.page.order import moment_of
from search.local.page.spread import NOT_COUNTED
from search.local.page.stage import Stage
from search.local.page.telling import told
from search.local.plan import Plan
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.features import price_beside
from search.making import maker_of
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse

if TYPE_CHECKING:
    from index.kernels.word import Word

_maker = maker_of(SearchResponse, {})
_NOTHING = nothing()
_UNKNOWN = np.empty(0, np.int32)
"""Documents of all pages, where only the first are known."""


def answer_at_once(  # noqa: PLR0917 - what an answer is made of
    request: SearchRequest,
    rows: Rows,
    plan: Plan,
    whole: Budget,
    finding: Budget,
    of_page: Budget,
    suggestion: str | None,
    started: float,
) -> SearchResponse | None:
    """The answer without facets, as ``answer``; None where the steps must be taken one by one.

    Then nothing was counted. The budgets are what is left of the ``whole``, and what ``finding``
    and the page may cost. Raises ``FileDamaged``.
    """
    words, snapshot = _ready(request, rows, plan, finding), rows.snapshot
    stage, paging = None if words is None else plan.stage, snapshot.columns.paging
    if words is None or stage is None or paging is None:
        return None
    charge = _charge(plan, words, stage, finding, of_page)
    if charge is None:
        return None
    must, loose, may = words.words
    number, size, now = request.page, request.per_page, moment_of(request.today)
    total, partial, documents, scores, complete, entered, following, alone, lacking = (
        paging.page_of_words(
            words.scorer,
            must,
            loose,
            may,
            plan.complete_first,
            (number - 1) * size,
            size,
            now,
            *stage,
        )
    )
    work, unknown, fixed, each = charge
    finding.work += work
    for one in unknown:
        finding.work += COMPARED * one.documents
    if total or partial:
        of_page.work += fixed + each * entered
    if not (must and loose):
        total, partial = total or partial, 0
    of_page.partial = whole.partial
    few: list[tuple[str, ...]] | tuple[()] = ()
    same: list[int] | int = 0
    if complete is not None and plan.spares_words:
        if False in complete and pays_for_missing(of_page, len(must), documents):
            few = _lacking(plan, words, documents, complete, lacking)
        complete = None
    if complete is not None or not alone:
        searcher = Searcher(snapshot, rows, of_page)
        found = _found(plan, words, finding, total, partial)
        if complete is not None:
            few = missing(searcher, plan, found, documents, complete)
        same = copies(searcher, found, documents)
    marker = marker_of(request, plan, snapshot)
    few = as_typed(plan, few)
    hits = hits_with(request, snapshot, of_page, documents, scores, few, same, None, marker)
    listed = total + partial
    corrected, notes, cut, offers = told(
        request,
        plan,
        (total, partial, listed),
        (),
        partial=of_page.partial,
        unmarked=marker is not None and marker.work.partial,
    )
    return _maker.one(  # in the order of the answer's fields
        request.query,
        corrected,
        total,
        partial,
        listed,
        (perf_counter() - started) * 1000,
        number,
        size,
        following,
        hits,
        NOT_COUNTED.facets,
        NOT_COUNTED.totals,
        NOT_COUNTED.histogram,
        NOT_COUNTED.undated,
        suggestion,
        notes,
        plan.question,
        cut,
        snapshot.name,
        offers,
    )


def _lacking(
    plan: Plan, words: Ready, documents: list[int], complete: list[bool], bits: list[int] | None
) -> list[tuple[str, ...]]:
    """Which words each hit lacks, all of which may; ``bits``: the same by numbers, if known."""
    if bits is not None:
        return plan.lacking.of(bits)
    return words.scorer.lacking(words.words[0], plan.spared_texts, documents, complete)


def _found(plan: Plan, words: Ready, finding: Budget, total: int, partial: int) -> Found:
    """The same as ``find`` gives it, without the articles."""
    must, loose, may = words.words
    return Found(
        plan,
        bool(must and loose),
        _NOTHING,
        None,
        whole=False,
        total=total,
        partial_total=partial,
        listed=total + partial,
        counted=_UNKNOWN,
        masks={},
        words=CompiledWords(words.scorer, finding, must, loose, may, [], None, words),
    )


def _charge(
    plan: Plan, words: Ready, stage: Stage, finding: Budget, of_page: Budget
) -> tuple[int, list[Word], int, int] | None:
    """What is counted; None where the budgets may not last for it.

    The work of finding, but for words of which nobody knows yet how many documents have them, and
    these; what the second stage costs beside, and each document in it.
    """
    work, unknown = words.all_work()
    price = plan.price
    if words is not plan.ready:
        features = plan.features
        if features is not None and features.ready is not None:
            price = price_beside(features.ready, words)[:2]
    fixed, each = price or (0, 0)
    # Of a holding no more enter than of all the rest.
    if price is not None and not of_page.lasts(fixed + each * stage[0] * (1 + len(stage[1]))):
        return None
    if not finding.lasts(work + COMPARED * words.scorer.size * len(unknown)):
        return None
    return work, unknown, fixed, each


def _ready(request: SearchRequest, rows: Rows, plan: Plan, budget: Budget) -> Ready | None:
    """The words of a question whose best articles are all that is asked for, if they are ready."""
    if request.restricted or request.explain or request.collapse:
        return None
    if request.sort is not Sort.RELEVANCE or request.partial is Partial.OFF:
        return None
    if request.cursor is not None or request.recency is not None:
        return None
    if budget.partial or budget.counted:
        return None
    ready = plan.ready
    if ready is not None and ready.scorer is rows.scorer:
        return ready
    flat = plan.flat
    return None if flat is None else rows.ready(flat)
