"""The answer to a question of plain words: from its text, or its plan, to the page in one call.

For what most readers ask: the best articles, and nothing of the rest. The same as ``find`` and
``answer`` give one after the other, which are its witness.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from index.kernels import kernel
from search.budget import COMPARED, TERM, Budget
from search.cursor import order_sum
from search.limits import CORRECTING
from search.local.find import Found
from search.local.matches import nothing
from search.local.matching.compiled import CompiledWords
from search.local.matching.searcher import Searcher
from search.local.page.hits import as_typed, copies, hit_maker, hits_with, marker_of, missing
from search.local.page.order import BEFORE_1970, DAY, OF_DAYS
from search.local.page.spread import NOT_COUNTED
from search.local.page.telling import Told, Totals, told
from search.local.plan import Plan
from search.local.plans import Plans
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.features import price_beside
from search.local.scoring.ranking import Ranking
from search.making import maker_of
from search.request import Partial, SearchRequest, Sort
from search.response import Hit, SearchResponse

if TYPE_CHECKING:
    from index.kernels.answering import Answering

_kernel = kernel("answering")
_maker = maker_of(SearchResponse, {})
_NOTHING = nothing()
_UNKNOWN = np.empty(0, np.int32)
"""Documents of all pages, where only the first are known."""


def answering_of(
    rows: Rows, plans: Plans, ranking: Ranking, most: tuple[int, int]
) -> Answering[SearchResponse] | None:
    """What answers such questions at once over the index of ``rows``; None without kernels.

    ``most``: the work that finding articles and a page of them may cost. Raises ``FileDamaged``.
    """
    snapshot = rows.snapshot
    scorer, paging, shelf = rows.scorer, snapshot.columns.paging, snapshot.shelf
    if _kernel is None or scorer is None or paging is None or shelf is None:
        return None
    none = NOT_COUNTED
    found: Answering[SearchResponse] = _kernel.Answering(
        scorer,
        paging,
        shelf,
        hit_maker,
        _maker,
        of_none=(none.facets, none.totals, none.histogram, none.undated),
        generation=snapshot.name,
        relevance=Sort.RELEVANCE,
        off=Partial.OFF,
        day=DAY,
        begins=(OF_DAYS, BEFORE_1970),
        term=TERM,
        compared=COMPARED,
        clock=perf_counter,
        steps=Steps(rows, plans),
        planned=plans.kept if plans.texts else None,
        texts=plans.texts,
        planner=plans.planner if plans.texts else None,
        corrects=ranking.correction,
        order=order_sum(ranking),
        most=(CORRECTING.of(snapshot.size), *most),
        deleted=snapshot.columns.live is not None,
    )
    return found


class Steps:
    """What few of these answers need, step by step."""

    def __init__(self, rows: Rows, plans: Plans) -> None:
        self._rows = rows
        self.shown = rows.snapshot.shown
        self.suggestion = plans.suggestion

    def ready(self, plan: Plan) -> Ready | None:
        """The words of a plan, with which they may have been made ready."""
        ready = plan.ready
        if ready is not None and ready.scorer is self._rows.scorer:
            return ready
        flat = plan.flat  # which takes long to make
        return None if flat is None else self._rows.ready(flat)

    def price(self, plan: Plan, ready: Ready) -> tuple[int, int] | None:
        """What the second stage costs beside such words, and each document in it besides."""
        if plan.ready is ready:
            return plan.price
        features = plan.features
        if features is None or features.ready is None:
            return None
        return price_beside(features.ready, ready)[:2]

    def lacking(
        self, plan: Plan, documents: list[int], complete: list[bool]
    ) -> list[tuple[str, ...]]:
        """Which words each hit lacks, all of which may."""
        ready = self.ready(plan)
        assert ready is not None
        return ready.scorer.lacking(ready.words[0], plan.spared_texts, documents, complete)

    def beside(  # noqa: PLR0917 - what is known of a page
        self,
        plan: Plan,
        finding: Budget,
        of_page: Budget,
        totals: tuple[int, int],
        documents: list[int],
        complete: list[bool] | None,
        few: list[tuple[str, ...]] | tuple[()],
    ) -> tuple[list[tuple[str, ...]] | tuple[()], list[int] | int]:
        """Which words each hit lacks, where ``few`` do not say it, and its copies."""
        ready = self.ready(plan)
        assert ready is not None
        searcher = Searcher(self._rows.snapshot, self._rows, of_page)
        found = _found(plan, ready, finding, *totals)
        if complete is not None:
            few = missing(searcher, plan, found, documents, complete)
        return few, copies(searcher, found, documents)

    def hits(  # noqa: PLR0917 - what hits are made of
        self,
        request: SearchRequest,
        plan: Plan,
        of_page: Budget,
        documents: list[int],
        scores: list[float],
        few: list[tuple[str, ...]] | tuple[()],
        same: list[int] | int,
    ) -> tuple[tuple[Hit, ...], bool]:
        """The hits, and whether marking them was cut short."""
        snapshot = self._rows.snapshot
        marker = marker_of(request, plan, snapshot)
        few = as_typed(plan, few)
        hits = hits_with(request, snapshot, of_page, documents, scores, few, same, None, marker)
        return hits, marker is not None and marker.work.partial

    def told(self, request: SearchRequest, plan: Plan, totals: Totals, *cut: Any) -> Told:
        """What is said; ``cut``: whether the page, and marking it, was cut short."""
        partial, unmarked = cut
        return told(request, plan, totals, (), partial=partial, unmarked=unmarked)


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
