"""The articles that an index of a cluster has stored: all of them, or those in use by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.bilingual import Text
from index.build.held_articles import has_prefix, place_of
from index.errors import ClusterTroubled, WartaError
from index.opensearch import companion
from index.opensearch.connection import Connection
from index.opensearch.documents import article_of
from index.opensearch.generations import Facts, current
from index.opensearch.layout import ARTICLE, NUMBER
from index.opensearch.looked_up import articles_with, damage_in
from index.opensearch.moment import Searched
from index.opensearch.unexpected import unexpected_told
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_PAGE = 200
"""Articles of one answer."""

_KEPT = "5m"
"""How long the cluster keeps what is read from one answer to the next."""


_GONE = Text(
    "what was being read is no longer there", "apa yang sedang dibaca tidak ada lagi di sana"
)


def stored_articles(connection: Connection, facts: Facts) -> Iterator[Article]:
    """Every article of an index as it is now, in the order of their numbers.

    Raises ``IndexDamaged`` where one is stored as no version of Warta has done.
    """
    return articles_from(connection, facts, 0)


def articles_from(connection: Connection, facts: Facts, number: int) -> Iterator[Article]:
    """The same of those that have the number or a later one."""
    # A bare range is cut short by OpenSearch 3.8, which counts deleted documents among so many.
    query = {"bool": {"filter": [{"range": {NUMBER: {"gte": number}}}]}}
    for hit in _hits(connection, facts.index, query):
        with damage_in(connection, facts.index):
            article = article_of(hit)
        yield article


def _hits(connection: Connection, index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a query finds, in the order of numbers; what changes meanwhile is not seen.

    Raises ``ClusterTroubled`` where the index is removed meanwhile, or is no longer kept so.
    """
    from opensearchpy.exceptions import NotFoundError

    try:
        yield from _kept_hits(connection, index, query)
    except NotFoundError:
        raise ClusterTroubled(connection.cluster.url, connection.cluster.node, _GONE) from None


def _kept_hits(
    connection: Connection, index: str, query: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    made = connection.asked(
        lambda client: client.create_pit(
            index=index, params={"keep_alive": _KEPT, "allow_partial_pit_creation": "false"}
        )
    )
    pit = made["pit_id"]
    after: list[Any] | None = None
    try:
        while True:
            body: dict[str, Any] = {
                "query": query,
                "size": _PAGE,
                "sort": [{NUMBER: "asc"}],
                "pit": {"id": pit, "keep_alive": _KEPT},
                "_source": True,  # which only layouts before have
                "docvalue_fields": [ARTICLE],
                "track_total_hits": False,
            }
            if after is not None:
                body["search_after"] = after
            answer = connection.asked(partial(_page, body=body))
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield from hits
            after, pit = hits[-1]["sort"], answer["pit_id"]
    finally:
        with suppress(WartaError), unexpected_told(connection.cluster):
            connection.asked(lambda client: client.delete_pit(body={"pit_id": [pit]}))


def _page(client: OpenSearch, body: dict[str, Any]) -> dict[str, Any]:
    whole = {"allow_partial_search_results": "false"}
    found: dict[str, Any] = client.search(body=body, params=whole)
    return found


class HeldOnCluster:
    """The articles of what is in use when they are asked for. See ``index.target.HeldArticles``.

    Which ids there are is known from the companion: most articles of an update are new, and the
    cluster is asked for none of them. ``turn`` gives another number whenever this process has begun
    to write: only then something else may be in use.
    """

    def __init__(self, connection: Connection, turn: Callable[[], int]) -> None:
        self._connection = connection
        self._turn = turn
        self._seen: int | None = None
        self._name: str | None = None
        self._index = ""
        self._segments: list[SegmentReader] = []
        self._moved = False

    def has_prefix(self, prefix: str) -> bool:
        """Whether the id of a live article begins so."""
        self._look()
        return has_prefix(self._segments, prefix)

    def find(self, article_id: str) -> Article | None:
        """The live article with the id."""
        self._look()
        if place_of(self._segments, article_id) is None:
            return None
        return articles_with(self._connection, Searched(self._index), [article_id])[0]

    def has_moved(self) -> bool:
        """Whether something was published since the first look."""
        return self._moved

    def _look(self) -> None:
        turn = self._turn()
        if turn == self._seen:
            return
        facts = current(self._connection)
        if facts is not None and not facts.is_of_this_version:
            facts = None
        name = None if facts is None else facts.name
        if name != self._name:
            self._moved |= self._seen is not None
            self._segments = []
            if facts is not None:
                light = companion.fetch(self._connection, facts.index, facts.companion)
                storage = FileStorage(str(light))
                self._segments = [open_segment(storage, one) for one in read_segments(light)]
                self._index = facts.index
        self._name, self._seen = name, turn
