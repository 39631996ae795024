"""The same articles in an index directory and in a cluster: what does a query find in both?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from whoosh.query import Query

from index.analysis import analysis
from index.article import Article
from index.build import LocalTarget
from index.opensearch.documents import Documents
from index.opensearch.layout import mappings, settings
from index.target import BuildOptions
from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.opensearch.dsl import Translated, Translation

_AT_ONCE = 100
LONG = 1e6
"""Seconds that suffice for anything."""


@dataclass(frozen=True)
class Both:
    """A snapshot of an index directory, and an index of the cluster with its articles."""

    snapshot: Snapshot
    client: OpenSearch
    index: str

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.snapshot, Ranking().model)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.rows, Ranking())

    @cached_property
    def ids(self) -> list[str]:
        """By the numbers of documents."""
        return [self.snapshot.hit(number)["id"] for number in range(self.snapshot.size)]

    @property
    def searcher(self) -> Searcher:
        return Searcher(self.snapshot, self.rows, Budget(LONG))

    def translated(self, query: Query, *, scored: bool = True) -> Translated:
        return Translation(self.rows, Budget(LONG)).of(query, scored=scored)

    def here(self, query: Query) -> Mapping[str, float]:
        """The ids that a query finds in the directory, with their scores."""
        found = self.searcher.run(query)
        ids = [self.ids[number] for number in found.documents.tolist()]
        return dict(zip(ids, found.scores.tolist(), strict=True))

    def there(self, queries: Sequence[dict[str, Any]]) -> list[Mapping[str, float]]:
        """The same of queries of the cluster, which has 10,000 articles at the most."""
        return list(self._there(queries))

    def _there(self, queries: Sequence[dict[str, Any]]) -> Iterator[Mapping[str, float]]:
        header = {"index": self.index, "search_type": "dfs_query_then_fetch"}
        for at in range(0, len(queries), _AT_ONCE):
            lines: list[dict[str, Any]] = []
            for query in queries[at : at + _AT_ONCE]:
                body = {"query": query, "size": 10_000, "_source": False}
                lines += [header, body]
            for one in self.client.msearch(body=lines, request_timeout=120)["responses"]:
                assert "error" not in one, one
                assert one["_shards"]["successful"] == one["_shards"]["total"]
                yield {hit["_id"]: hit["_score"] for hit in one["hits"]["hits"]}


@contextmanager
def in_both(articles: Sequence[Article], folder: Path, hosts: Sequence[str]) -> Iterator[Both]:
    """The articles in a new index directory ``folder`` and in a new index of two shards."""
    LocalTarget(folder).rebuild(articles, BuildOptions())
    snapshot = Snapshot(folder)
    index, model = f"dsl-{secrets.token_hex(6)}", Ranking().model
    with OpenSearch([f"http://{host}" for host in hosts], timeout=120) as client:
        body = {"settings": settings(2, 0, model.k1, model.b), "mappings": mappings()}
        client.indices.create(index=index, body=body)
        try:
            _load(client, index, articles)
            yield Both(snapshot, client, index)
        finally:
            client.indices.delete(index=index)


def _load(client: OpenSearch, index: str, articles: Sequence[Article]) -> None:
    documents = Documents(analysis())
    for at in range(0, len(articles), _AT_ONCE):
        lines: list[dict[str, Any]] = []
        for one in documents.of(articles[at : at + _AT_ONCE], at):
            lines += [{"index": {"_index": index, "_id": one.id}}, one.source]
        assert not client.bulk(body=lines)["errors"]
    client.indices.refresh(index=index)
