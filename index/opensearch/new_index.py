"""A new index of a cluster: made for loading, completed when all is in it, and looked over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from index.errors import ArticlesLost, LeaseLost
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, asked_of_own
from index.opensearch.generations import META
from index.opensearch.layout import mappings, settings
from index.opensearch.making import make
from index.opensearch.unexpected import afterwards

SHARDS, REPLICAS = 2, 1
"""Of an alias that had no index yet, where nobody says otherwise."""

K1, B = 1.2, 0.75
"""BM25's parameters, as the embedded engine has them."""

_FOR_REPLICAS = 10.0
"""Seconds that copies of shards are waited for. They go on being made; searches need none."""

_LOOKED_AGAIN = 0.2


@dataclass(frozen=True, slots=True)
class Copies:
    """How many ``shards`` an index has, and copies (``replicas``) of each."""

    shards: int
    replicas: int


def copies_of(connection: Connection, index: str | None) -> Copies:
    """Those of an index; the usual ones for none, or one that is gone."""
    if index is None:
        return Copies(SHARDS, REPLICAS)
    got = connection.asked(
        lambda client: client.indices.get_settings(
            index=index, params={"ignore_unavailable": "true", "flat_settings": "true"}
        )
    )
    if index not in got:
        return Copies(SHARDS, REPLICAS)
    held = got[index]["settings"]
    return Copies(int(held["index.number_of_shards"]), int(held["index.number_of_replicas"]))


def create(connection: Connection, index: str, shards: int) -> None:
    """Make an index that is loaded before it is searched: not refreshed, no copies yet."""
    body = {"settings": settings(shards, 0, K1, B), "mappings": mappings()}
    body["settings"]["index"]["refresh_interval"] = "-1"
    body["mappings"]["_meta"] = {META: {"begun": datetime.now(UTC).isoformat()}}
    make(connection, index, body)


def complete(connection: Connection, fence: Fence, index: str, articles: int, replicas: int) -> int:
    """Make what was loaded visible, count it, and have it copied; how many copies are missing.

    Raises ``ArticlesLost`` where the index does not hold so many ``articles``, ``LeaseLost``, and
    ``ClusterTroubled`` where shards are missing.
    """
    own = fence.of(index)
    refresh(connection, own)
    held = count(connection, own)
    if held != articles:
        raise ArticlesLost(articles, held)
    restored = {"number_of_replicas": replicas, "refresh_interval": None}
    asked_of_own(
        connection,
        lambda client: client.indices.put_settings(index=own, body={"index": restored}),
    )
    return _missing_copies(connection, index, replicas)


def refresh(connection: Connection, index: str) -> None:
    """Let searches see what was written.

    Raises ``ClusterTroubled`` where a shard fails, ``LeaseLost`` where the index, or the fence that
    names it, is gone. Copies that are not there are left out, and see it when they are made.
    """
    _whole(connection, index, lambda client: client.indices.refresh(index=index), copies=True)


def count(connection: Connection, index: str) -> int:
    """How many articles it holds. Raises as ``refresh``."""
    answer = _whole(connection, index, lambda client: client.count(index=index), copies=False)
    found: int = answer["count"]
    return found


@contextmanager
def unseen(connection: Connection, index: str) -> Iterator[None]:
    """What is written meanwhile is seen by searches only once the index is refreshed.

    ``index`` is named by a fence. Raises ``LeaseLost``.
    """

    def refreshed(every: str | None) -> None:
        body = {"index": {"refresh_interval": every}}
        asked_of_own(connection, lambda client: client.indices.put_settings(index=index, body=body))

    with afterwards(connection.cluster, partial(refreshed, None)):
        refreshed("-1")
        yield


def _whole(connection: Connection, index: str, call: Any, *, copies: bool) -> dict[str, Any]:
    """The answer of a request in which every shard took part."""
    from opensearchpy.exceptions import NotFoundError

    def asked(client: Any) -> dict[str, Any]:
        from opensearchpy.exceptions import TransportError

        answer: dict[str, Any] = call(client)
        shards = answer["_shards"]
        needed = 1 if copies else shards["total"]
        if shards["failed"] or shards["successful"] < needed:
            why = f"{index}: {shards['successful']} of {shards['total']} shards answered"
            raise TransportError(503, "shards are missing", {"error": {"reason": why}})
        return answer

    try:
        return connection.asked(asked)
    except NotFoundError:
        raise LeaseLost(connection.cluster.url) from None


def _missing_copies(connection: Connection, index: str, replicas: int) -> int:
    """How many copies of shards are not there, after a while in which they may be made."""
    deadline = time.monotonic() + _FOR_REPLICAS
    while True:
        health = connection.asked(
            lambda client: client.cluster.health(index=index, params={"level": "indices"})
        )
        own = health["indices"][index]
        shards, active = int(own["number_of_shards"]), int(own["active_shards"])
        have_room = min(replicas, int(health["number_of_data_nodes"]) - 1)
        if active >= shards * (1 + have_room) or time.monotonic() > deadline:
            return max(shards * (1 + replicas) - active, 0)
        time.sleep(_LOOKED_AGAIN)
