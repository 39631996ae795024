"""The engine over a cluster: it finds there, and is planned, ranked and shown here."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from index.analysis import TokenAnalysis, analysis
from index.article import Article
from index.location import ClusterAlias
from index.opensearch.documents import article_of, document_id
from search.budget import Budget
from search.local.find import find
from search.local.matching.searcher import Searcher
from search.local.page.answer import answer
from search.local.plan import Plan
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.ranking import Ranking
from search.opensearch.asking import HEAD, firsts
from search.opensearch.dsl import Translation
from search.opensearch.head import HeadRows, HeadSnapshot
from search.opensearch.opened import Current, Opened
from search.request import SearchRequest
from search.response import SearchResponse


class OpenSearchEngine:
    """Searches an alias of a cluster. See ``search.engine.SearchEngine``."""

    def __init__(self, cluster: ClusterAlias, ranking: Ranking | None = None) -> None:
        self._ranking = ranking or Ranking()
        self._current = Current(cluster, self._ranking)

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of hits, and what is known of all."""
        started = perf_counter()
        with self._current.reading() as opened:
            whole = Budget(request.budget_ms / 1000)
            plan = opened.plans.plan(
                request.query, whole, correct=request.correct, today=request.today
            )
            total, partial_total, head, partial = self._asked(opened, plan, whole)
            snapshot = HeadSnapshot([one for _, one in sorted(head, key=_number)], opened.companion)
            rows = HeadRows(snapshot, opened.rows)
            features = plan_features(plan.queries, self._ranking.features, rows, whole)
            plan = replace(plan, features=features)
            searcher = Searcher(snapshot, rows, whole)
            found = find(plan, searcher, request, self._ranking)
            found = replace(
                found, total=total, partial_total=partial_total, listed=total + partial_total
            )
            response = answer(request, searcher, plan, found, None, self._ranking, started)
            return replace(response, partial=response.partial or partial)

    def _asked(
        self, opened: Opened, plan: Plan, budget: Budget
    ) -> tuple[int, int, list[tuple[int, Article]], bool]:
        """How many articles have all words, how many only some, and the first of both."""
        if plan.query is None:
            return 0, 0, [], False
        translation = Translation(opened.rows, budget)
        queries = [translation.of(plan.query).query]
        if plan.relaxed is not None:
            some = translation.of(plan.relaxed).query
            if plan.complete_first:
                some = {"bool": {"must": [some], "must_not": queries[:1]}}
            queries.append(some)
        found = firsts(self._current.connection, opened.index, queries)
        every, *rest = found
        partial = any(one.partial for one in found)
        if not rest:
            return every.total, 0, list(every.articles), partial
        if plan.complete_first:
            both = [*every.articles, *rest[0].articles][:HEAD]
            return every.total, rest[0].total, both, partial
        return every.total, rest[0].total - every.total, list(rest[0].articles), partial

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        from opensearchpy.exceptions import NotFoundError

        with self._current.reading() as opened:
            try:
                found = self._current.connection.asked(
                    lambda client: client.get(index=opened.index, id=document_id(article_id))
                )
            except NotFoundError:
                return None
            return article_of(found["_source"])

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text."""
        return analysis().explain(text)

    def generation(self) -> str:
        """The name that was seen last."""
        return self._current.name()

    def refused(self) -> None:
        """Nothing is refused yet."""


def _number(one: tuple[int, Article]) -> int:
    return one[0]
