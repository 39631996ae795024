"""A request's way over a cluster: planned here, found there, ranked and shown here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from index.opensearch.connection import Connection
from index.opensearch.layout import TEXT_HASH, Dsl
from search.budget import Budget
from search.cursor import Cursor
from search.limits import FINDING, MAX_DEPTH, NAMING, PAGE
from search.local import value_notes
from search.local.find import find
from search.local.matching.searcher import Searcher
from search.local.page.answer import answer
from search.local.page.order import moment_of
from search.local.page.telling import told
from search.local.plan import Plan
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.ranking import Ranking
from search.opensearch.ageing import ageing
from search.opensearch.asking import Asking, Named, counting
from search.opensearch.counts import Counting
from search.opensearch.dsl import Translation, typed_as
from search.opensearch.filters import Filters, filters_of
from search.opensearch.head import HeadRows, HeadSnapshot
from search.opensearch.listing import Listed, Listing, Sought
from search.opensearch.opened import Opened
from search.opensearch.order import BLOCK, Keys, following, window
from search.opensearch.page import Pages, in_reading_order
from search.opensearch.sifting import candidates
from search.request import SearchRequest, Sort
from search.response import Hit, Note, SearchResponse


class Answering:
    """Answers one request over what is open; ``started``: when, by ``time.perf_counter``."""

    def __init__(
        self,
        request: SearchRequest,
        opened: Opened,
        connection: Connection,
        ranking: Ranking,
        started: float,
        *,
        whole: Budget | None = None,
    ) -> None:
        """``whole``: by default what the request allows. Raises ``BadCursor``."""
        self._request = request
        self._opened = opened
        self._ranking = ranking
        self._started = started
        self._notes: list[Note] = []
        self._cursor = None
        if request.cursor is not None:
            self._cursor = Cursor.decode(request.cursor, request.sort)
        self._now = self._cursor.now if self._cursor else moment_of(request.today)
        size = opened.companion.size
        self._whole = whole or Budget(request.budget_ms / 1000)
        self._asking = Asking(connection, opened.searched, request.query, self._whole)
        self._finding = self._whole.part(FINDING.of(size))
        self._showing = self._whole.part(PAGE.of(size))

    def answered(self) -> SearchResponse:
        """The answer. Raises ``IndexUnavailable`` and ``FileDamaged``."""
        request, columns = self._request, self._opened.companion.columns
        plans, whole = self._opened.plans, self._whole
        plan = plans.plan(request.query, whole, correct=request.correct, today=request.today)
        suggestion = plans.suggestion(plan, whole) if request.offering else None
        if request.chosen or request.left_out:
            naming = whole.part(NAMING.of(self._opened.companion.size))
            self._notes += value_notes.of_filters(request, columns, naming)
            whole.partial |= naming.partial
        if plan.query is None:
            return self._sifted(plan, [], suggestion)
        sought = self._translated(plan)
        filters = filters_of(request, columns)
        if sought.exact:
            whole.partial |= filters.cut
            return self._listed(plan, sought, filters, suggestion)
        query = sought.best if request.sort is Sort.RELEVANCE else sought.both
        days = list(filters.days)
        named = candidates(self._asking, query, days, request.sort, sought.ageing)
        return self._sifted(plan, named, suggestion)

    def _listed(
        self, plan: Plan, sought: Sought, filters: Filters, suggestion: str | None
    ) -> SearchResponse:
        """The answer by what the cluster counts and names."""
        request, opened = self._request, self._opened
        here = window(request, self._cursor)
        repeated = opened.companion.repeated if request.collapse else {}
        counted = Counting(request, opened.companion.columns, filters, repeated)
        asked = Listing(request, sought, counted, here, self._asking)
        listed = asked.listed()
        pages = Pages(
            request,
            opened,
            self._ranking,
            self._finding,
            self._showing,
            self._now,
            self._notes,
        )
        hits, _ = pages.hits(plan, here, listed.named[asked.lead :])
        hits = self._with_copies(hits, pages.texts, listed.query, filters)
        self._tell_partial()
        totals = listed.total, listed.partial_total, listed.listed
        partial, unmarked = self._showing.partial, pages.unmarked
        corrected, notes, partial, offers = told(
            request, plan, totals, self._notes, partial=partial, unmarked=unmarked
        )
        return SearchResponse(
            query=request.query,
            corrected=corrected,
            total=listed.total,
            partial_total=listed.partial_total,
            listed=listed.listed,
            per_page=request.per_page,
            notes=notes,
            question=plan.question,
            offers=offers,
            partial=partial,
            facets=listed.spread.facets,
            facet_totals=listed.spread.totals,
            histogram=listed.spread.histogram,
            undated=listed.spread.undated,
            page=here.page,
            next_cursor=self._next(asked, listed, len(hits)),
            hits=tuple(hits),
            suggestion=suggestion,
            generation=opened.name,
            took_ms=(perf_counter() - self._started) * 1000,
        )

    def _tell_partial(self) -> None:
        """Hand on to the page what was cut short before it."""
        cut = self._whole, self._finding, self._asking
        self._showing.partial |= any(one.partial for one in cut)

    def _translated(self, plan: Plan) -> Sought:
        """The plan's queries as the cluster is asked them."""
        assert plan.query is not None
        request, by_score = self._request, self._request.sort is Sort.RELEVANCE
        rows, budget = self._opened.rows, self._whole
        translation = Translation(rows, budget)
        queries = [plan.query] if plan.relaxed is None else [plan.query, plan.relaxed]
        matching = [translation.of(one, scored=False) for one in queries]
        scored, age = matching, None
        if by_score:
            scored = [translation.of(one) for one in queries]
            first = typed_as(plan.question, self._ranking.features, rows, budget)
            scored = [replace(one, query=_lifted(one.query, first)) for one in scored]
        if request.recency is not None and by_score:
            age = ageing(request.recency, self._opened.companion.columns.every_date, self._now)
        strict, some = matching[0].query, matching[1].query if len(queries) > 1 else None
        return Sought(
            strict,
            some,
            (scored[0].query, None if some is None else scored[1].query),
            plan.complete_first,
            all(one.exact for one in (*matching, *scored)),
            age,
        )

    def _sifted(self, plan: Plan, named: Sequence[Named], suggestion: str | None) -> SearchResponse:
        """The answer from all articles that may match, by the embedded engine's code alone."""
        snapshot = HeadSnapshot(in_reading_order(named), self._opened.companion)
        rows = HeadRows(snapshot, self._opened.rows)
        features = None
        if not plan.question.nothing:
            features = plan_features(plan.queries, self._ranking.features, rows, self._finding)
        plan = replace(plan, features=features)
        searcher = Searcher(snapshot, rows, self._finding, self._notes)
        found = find(plan, searcher, self._request, self._ranking)
        self._tell_partial()
        searcher = replace(searcher, budget=self._showing)
        return answer(
            self._request, searcher, plan, found, suggestion, self._ranking, self._started
        )

    def _with_copies(
        self, hits: list[Hit], texts: Mapping[str, str], query: Dsl, filters: Filters
    ) -> list[Hit]:
        """The hits, each with the number of other listed articles that have its text.

        ``texts``: of each hit's id the hash of its text, as ``Pages`` found it. ``query``: what is
        listed.
        """
        repeated = self._opened.companion.repeated
        if not repeated:
            return hits
        wanted = sorted({texts[hit.id] for hit in hits} & repeated.keys())
        if not wanted:
            return hits
        terms = {"terms": {TEXT_HASH: wanted}}
        aggs = {"texts": {"terms": {"field": TEXT_HASH, "size": len(wanted)}}}
        (answer,) = self._asking.answers([counting(query, [*filters.every, terms], aggs)])
        buckets = answer["aggregations"]["texts"]["buckets"]
        copies = {one["key"]: one["doc_count"] - 1 for one in buckets}
        return [replace(hit, similar_count=copies.get(texts[hit.id], 0)) for hit in hits]

    def _next(self, asked: Listing, listed: Listed, shown: int) -> str | None:
        """The cursor to the page behind; None behind the last."""
        here, request, now = asked.window, self._request, self._now
        # Where counting was cut short, a page that is full may have another behind it.
        full = self._asking.partial and shown == here.stop - here.start
        if not shown or (listed.listed <= here.stop and not full):
            return None
        leading = not asked.in_turn or here.stop <= listed.total
        if request.collapse:  # a cluster cannot fold texts and go on behind keys
            return (
                None
                if here.stop >= MAX_DEPTH
                else following(request, here, None, now, leading=leading)
            )
        begin = here.stop
        if request.sort is Sort.RELEVANCE:
            begin -= begin % BLOCK
        before: tuple[Keys, bool] | None = None
        if begin == here.begin and here.after is not None:
            before = here.after, here.leading
        elif begin:
            place = begin - here.begin + asked.lead - 1
            if place >= len(listed.named):
                return None
            before = listed.named[place].keys, listed.leading[place]
        return following(request, here, before, now, leading=leading)


def _lifted(query: Dsl, first: Sequence[Dsl]) -> Dsl:
    """A query with what comes first among what it finds."""
    return {"bool": {"must": [query], "should": list(first)}} if first else query
