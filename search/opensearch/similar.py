"""Articles like one on a cluster: found there by its most telling words, ranked and shown here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from index.article import Article
from index.opensearch.connection import Connection
from index.opensearch.documents import document_id
from index.opensearch.layout import TEXT_HASH
from index.opensearch.looked_up import articles_with
from search.budget import Budget
from search.limits import BUDGET_MS, FINDING, PAGE
from search.local.find import all_of
from search.local.matching.searcher import Searcher
from search.local.page.answer import answer
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.similar import plan_of, similar_query
from search.opensearch.asking import BROUGHT, Asking, named
from search.opensearch.dsl import Translation
from search.opensearch.head import HeadRows, HeadSnapshot
from search.opensearch.opened import Opened
from search.opensearch.order import sorting
from search.opensearch.page import in_reading_order
from search.request import SearchRequest, Sort
from search.response import SearchResponse

_MORE = 16
"""So many more than are wanted are ranked again here, as the cluster rounds lengths."""


def similar(  # noqa: PLR0917 - what an answer is made of
    opened: Opened,
    connection: Connection,
    ranking: Ranking,
    article_id: str,
    limit: int,
    started: float,
    *,
    snippets: bool = True,
) -> SearchResponse | None:
    """Articles about the same matter, without the article; None for an unknown id.

    ``started``: when, by ``time.perf_counter``. Raises ``FileDamaged`` and ``IndexUnavailable``.
    """
    (article,) = articles_with(connection, opened.searched, [article_id])
    if article is None:
        return None
    companion, rows = opened.companion, opened.rows
    budget = Budget(BUDGET_MS / 1000, FINDING.of(companion.size))
    query = similar_query(Searcher(companion, rows, budget), article)
    told = Translation(rows, budget).of(query).query
    asking = Asking(connection, opened.searched, article_id, budget)
    total, found = _found(asking, told, article_id, limit + _MORE)
    head = HeadSnapshot(found, companion)
    shown = budget.part(PAGE.of(companion.size))
    shown.partial = budget.partial or asking.partial
    searcher = Searcher(head, HeadRows(head, rows), shown)
    plan = plan_of(query)
    request = SearchRequest(per_page=limit, facets=False, collapse=True, snippets=snippets)
    matching = all_of(plan, searcher.run(query))._replace(total=total, listed=total)
    response = answer(request, searcher, plan, matching, None, ranking, started)
    own = companion.number_of(article_id)
    hits = tuple(
        replace(one, similar_count=_copies(companion, one.id, own)) for one in response.hits
    )
    return replace(response, hits=hits, listed=len(hits), next_cursor=None)


def _found(
    asking: Asking, query: dict[str, Any], article_id: str, size: int
) -> tuple[int, list[Article]]:
    """How many articles but one a query finds, and the first of them in reading order.

    One of each text.
    """
    body = {
        "query": {
            "bool": {
                "must": [query],
                "must_not": [{"ids": {"values": [document_id(article_id)]}}],
            }
        },
        "size": size,
        "collapse": {"field": TEXT_HASH},
        "sort": sorting(Sort.RELEVANCE),
        "track_total_hits": True,
        **BROUGHT,
    }
    (answered,) = asking.answers([body])
    return answered["hits"]["total"]["value"], in_reading_order(named(answered, Sort.RELEVANCE))


def _copies(companion: Snapshot, article_id: str, besides: int | None) -> int:
    """How many other articles have the text of one; without one more."""
    number, columns = companion.number_of(article_id), companion.columns
    if number is None or not columns.same_text.several[number]:
        return 0
    group = columns.same_text.group(number)
    if columns.live is not None:
        group = group[columns.live[group]]
    return int(
        np.count_nonzero((group != number) & (group != (-1 if besides is None else besides)))
    )
