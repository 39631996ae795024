"""The index target over a cluster: a rebuild writes a new index and switches the alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.analysis import NO_WORDS, analysis
from index.article import Article
from index.build import LocalTarget
from index.companion import lighten
from index.location import ClusterAlias
from index.opensearch import companion, generations
from index.opensearch.connection import Connection
from index.opensearch.documents import Documents
from index.opensearch.layout import LAYOUT_VERSION, mappings, settings
from index.schema import VERSION
from index.store import Store
from index.target import BuildOptions, Progress, Published, no_progress

_BATCH = 256


class OpenSearchTarget:
    """Writes an alias of a cluster. See ``index.target.IndexTarget``."""

    def __init__(self, cluster: ClusterAlias) -> None:
        self._connection = Connection(cluster)

    def rebuild(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Write a new index, beside a companion, and put it to use."""
        connection = self._connection
        index = generations.new_name(connection.cluster.alias)
        body = {"settings": settings(2, 0, 1.2, 0.75), "mappings": mappings()}
        connection.asked(lambda client: client.indices.create(index=index, body=body))
        with TemporaryDirectory() as folder:
            scratch, light = Path(folder) / "scratch", Path(folder) / "light"
            light.mkdir()
            sent = self._sent(articles, index)
            done = LocalTarget(scratch).rebuild(sent, options, progress)
            with Store(scratch).open_current() as generation:
                lighten(generation.path, light)
            facts = companion.store(connection, index, light)
        connection.asked(lambda client: client.indices.refresh(index=f"{index},{index}-companion"))
        meta = {
            "version": VERSION,
            "layout": LAYOUT_VERSION,
            "published": datetime.now(UTC).isoformat(),
            "articles": done.articles,
            "companion": facts,
        }
        generations.tell(connection, index, meta)
        generations.put_to_use(connection, index)
        return Published(index, done.articles, done.added, repeated=done.repeated)

    def _sent(self, articles: Iterable[Article], index: str) -> Iterator[Article]:
        """The articles, each batch of them sent to the cluster before the next."""
        documents, numbers = Documents(analysis(NO_WORDS)), count(0, _BATCH)
        batch: list[Article] = []
        for article in articles:
            batch.append(article)
            if len(batch) == _BATCH:
                self._send(documents, batch, next(numbers), index)
                yield from batch
                batch = []
        if batch:
            self._send(documents, batch, next(numbers), index)
            yield from batch

    def _send(self, documents: Documents, batch: list[Article], first: int, index: str) -> None:
        lines: list[dict[str, Any]] = []
        for one in documents.of(batch, first):
            version = {"version": one.source["number"], "version_type": "external_gte"}
            lines += [{"index": {"_index": index, "_id": one.id, **version}}, one.source]
        self._connection.asked(lambda client: client.bulk(body=lines))
