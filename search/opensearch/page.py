"""The hits of a page: blocks of what the cluster named, ranked and shown by the embedded code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.article import Article
from search.budget import Budget
from search.limits import MAX_PER_PAGE
from search.local.find import Found, find
from search.local.matching.searcher import Searcher
from search.local.page.answer import ranked
from search.local.page.hits import hits_of
from search.local.page.order import in_order, page_of
from search.local.plan import Plan
from search.local.reading.columns import hash_column
from search.local.scoring.explain import explain
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.ranking import Ranking
from search.marking import Marker, sought
from search.opensearch.asking import Named
from search.opensearch.head import HeadRows, HeadSnapshot
from search.opensearch.opened import Opened
from search.opensearch.order import Window
from search.request import SearchRequest
from search.response import Hit, Note


@dataclass
class Pages:
    """Makes hits of what the cluster named for one request.

    ``finding``, ``showing``: what may be spent on scores, and on marks. ``now``: the moment from
    which ages count. ``notes`` say what was searched for otherwise than asked. ``unmarked``:
    whether marks were cut short; ``texts``: of the hits' ids the hashes of their texts.
    """

    request: SearchRequest
    opened: Opened
    ranking: Ranking
    finding: Budget
    showing: Budget
    now: int
    notes: list[Note] = field(default_factory=list)
    unmarked: bool = field(default=False, init=False)
    texts: dict[str, str] = field(default_factory=dict, init=False)

    def hits(self, plan: Plan, window: Window, named: Sequence[Named]) -> tuple[list[Hit], Found]:
        """Those of the page, and what was found in its first block.

        ``named``: from ``window.begin`` on. Raises ``FileDamaged``.
        """
        marker = None
        if self.request.snippets:
            marker = Marker(sought(plan.question.marked, self.opened.companion.analysis))
        hits: list[Hit] = []
        first: Found | None = None
        for begin, end in window.blocks:
            block = named[begin - window.begin : end - window.begin]
            if first is None or block:
                more, found = self._of_block(plan, window, begin, block, marker)
                hits += more
                first = first or found
        assert first is not None
        self.unmarked = marker is not None and marker.work.partial
        return hits, first

    def _of_block(
        self,
        plan: Plan,
        window: Window,
        begin: int,
        block: Sequence[Named],
        marker: Marker | None,
    ) -> tuple[tuple[Hit, ...], Found]:
        request = _within(self.request)
        # What was read of one head counts in no other, and is none of its documents.
        self.finding.counted = self.showing.counted = {}
        snapshot = HeadSnapshot(in_reading_order(block), self.opened.companion)
        rows = HeadRows(snapshot, self.opened.rows)
        features = None
        if not begin:  # what stands behind cannot be among the candidates
            features = plan_features(plan.queries, self.ranking.features, rows, self.finding)
        plan = replace(plan, features=features)
        searcher = Searcher(snapshot, rows, self.finding, [])
        found = find(plan, searcher, request, self.ranking)
        if begin == window.begin:
            self.notes += searcher.notes
        searcher = replace(searcher, budget=self.showing)
        candidates, gained = ranked(request, searcher, plan, found, self.ranking, self.now)
        places = in_order(candidates, request.sort)
        places = places[max(window.start - begin, 0) : max(window.stop - begin, 0)]
        page = page_of(window.page, candidates, found.complete, places, candidates.documents, None)
        reasons = explain(searcher, found, page, gained) if request.explain else None
        hits = hits_of(request, searcher, plan, found, page, reasons, marker)
        hashes = hash_column(snapshot.segments)[page.documents].tolist()
        for hit, text in zip(hits, hashes, strict=True):
            self.texts[hit.id] = f"{text:016x}"
        return hits, found


def in_reading_order(named: Sequence[Named]) -> list[Article]:
    """The articles by their numbers, as ties are broken."""
    return [one.article for one in sorted(named, key=lambda one: one.number)]


def _within(request: SearchRequest) -> SearchRequest:
    """The request as it is asked of a block, of which all articles pass the filters."""
    return replace(
        request,
        page=1,
        per_page=MAX_PER_PAGE,
        cursor=None,
        filters={},
        excluded={},
        years=(),
        months=(),
        excluded_years=(),
        excluded_months=(),
        date_from=None,
        date_to=None,
        collapse=False,
        facets=False,
    )
