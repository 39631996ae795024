"""Articles into an index of a cluster, by several processes: each analyses and sends its share.

A process makes the next request while the cluster works on the one before, and no more: so a slow
cluster holds up the reading of articles, and memory does not fill with what waits.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice

from index.analysis import UserWords, analysis, use_words
from index.article import Article
from index.build.workers import Workers
from index.light_dataclass import dataclass
from index.location import ClusterAlias
from index.opensearch.bulk import MOST_BYTES, MOST_CHANGES, Action, inserted, send
from index.opensearch.connection import Connection
from index.opensearch.documents import Documents
from index.target import Progress

_BATCH = 256
_BATCH_CHARACTERS = 1 << 22
"""A batch ends at so many characters of text, too: several wait for every process."""

_WORTH_PROCESSES = 4
"""Batches from which on processes are worth their start."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Processes load ``index``: articles analysed with ``words``, numbered from ``first`` on.

    The index is named by a fence (``index.opensearch.fence``).
    """

    cluster: ClusterAlias
    index: str
    words: UserWords
    first: int = 0

    def begin(self) -> Loader:
        """What one process does."""
        use_words(self.words)
        return Loader(self)


class Loader:
    """Sends articles as documents. Not safe under threads.

    ``ahead``: whether one request is under way while the next is made.
    """

    def __init__(self, loading: Loading, *, ahead: bool = True) -> None:
        self._loading = loading
        self._connection = Connection(loading.cluster)
        self._documents = Documents(analysis(loading.words))
        self._sender = ThreadPoolExecutor(1) if ahead else None
        self._under_way: Future[None] | None = None
        self._waiting: list[Action] = []
        self._bytes = 0

    def add(self, articles: Sequence[Article], first: int) -> None:
        """Send a batch, or keep it for the next request. Raises as ``bulk.send``."""
        for document in self._documents.of(articles, self._loading.first + first):
            change = inserted(document)
            size = len(change.packed)
            if self._waiting and (
                len(self._waiting) == MOST_CHANGES or self._bytes + size > MOST_BYTES
            ):
                self._send()
            self._waiting.append(change)
            self._bytes += size

    def finish(self) -> None:
        """Send what is left, and wait until all is taken. Raises as ``bulk.send``."""
        self._send()
        self._wait()

    def complete(self) -> None:
        """Let go of what sends."""
        if self._sender is not None:
            self._sender.shutdown()

    def _send(self) -> None:
        self._wait()
        request, self._waiting, self._bytes = self._waiting, [], 0
        if self._sender is None:
            send(self._connection, self._loading.index, request)
        else:
            self._under_way = self._sender.submit(
                send, self._connection, self._loading.index, request
            )

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()


def loaded(
    articles: Iterable[Article], loading: Loading, processes: int, progress: Progress
) -> Generator[Article]:
    """The articles; each batch is loaded before the next is read, and all when they have ended.

    A generator that must be closed. Few articles are loaded by this process. Raises
    ``ArticleUnfit``, ``ArticleRefused``, ``WorkerDied``, and as ``bulk.send``.
    """
    incoming = _batches(articles)
    begun = list(islice(incoming, _WORTH_PROCESSES)) if processes > 1 else []
    if len(begun) == _WORTH_PROCESSES:
        with Workers(loading, processes) as workers:
            for batch in chain(begun, incoming):
                workers.add(batch, progress)
                yield from batch
            workers.finish(progress)
            workers.complete()
        return
    loader, done = Loader(loading, ahead=False), 0
    for batch in chain(begun, incoming):
        loader.add(batch, done)
        done += len(batch)
        progress("index", done, None)
        yield from batch
    loader.finish()
    loader.complete()


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.body)
        if len(batch) == _BATCH or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
