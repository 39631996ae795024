"""Asks a cluster for the totals of a question and for the articles that come first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.article import Article
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.documents import article_of
from index.opensearch.layout import ARTICLE, DATE, NUMBER

HEAD = 64
"""So many articles are ranked again here: twice as many as the second stage looks at."""

Dsl = dict[str, Any]

ORDER = [{"_score": "desc"}, {DATE: {"order": "desc", "missing": "_last"}}, {NUMBER: "asc"}]


@dataclass(frozen=True, slots=True)
class First:
    """What a query finds: how many articles, and the first of them. ``partial``: not all answered."""

    total: int
    articles: Sequence[tuple[int, Article]]
    partial: bool


def firsts(connection: Connection, index: str, queries: Sequence[Dsl]) -> list[First]:
    """The totals and the first articles of several queries, asked at once."""
    lines: list[Dsl] = []
    for query in queries:
        lines += [
            {"index": index, "search_type": "dfs_query_then_fetch"},
            {
                "query": query,
                "size": HEAD,
                "sort": ORDER,
                "track_total_hits": True,
                "_source": [ARTICLE, NUMBER],
            },
        ]
    found = connection.asked(lambda client: client.msearch(body=lines))["responses"]
    return [_first(one) for one in found]


def _first(one: Dsl) -> First:
    shards = one["_shards"]
    return First(
        one["hits"]["total"]["value"],
        [(hit["_source"][NUMBER], article_of(hit["_source"])) for hit in one["hits"]["hits"]],
        bool(one["timed_out"] or shards["successful"] < shards["total"]),
    )
