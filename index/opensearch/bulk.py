"""Many changes of an index in one request, sent again until the cluster has taken every one.

Each carries a version, the number of its article: a change that comes late, or twice, never undoes
a later one. So whatever may or may not have been done is simply sent again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import orjson

from index.errors import (
    ArticleRefused,
    ClusterBusy,
    ClusterTroubled,
    IndexUnreachable,
    LeaseLost,
)
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.documents import Document, document_id
from index.opensearch.layout import ID, NUMBER

MOST_BYTES = 5_000_000
"""Of one request, unless a single article has more."""

MOST_CHANGES = 500
"""In one request."""

PATIENCE = 300.0
"""Seconds in which a cluster must have taken something more: a node may come back meanwhile."""

_TO_ANSWER = 120
"""Seconds that one request may take, and half of them that a shard may be waited for."""

_GUARD = b'{"update":{"_id":"-"}}\n{"doc":{}}\n'
"""A change of nothing, put before deletions: for those, as they have versions, a cluster would make
an index that is not there, whatever ``require_alias`` says."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
_NO_INDEX = "index_not_found_exception"
_CONFLICT, _GONE, _FAULT = 409, 404, 500
_NOT_THE_ARTICLES = frozenset({401, 403, 429})
"""Who asks may not, the index is blocked, or there is too much to do."""


@dataclass(frozen=True, slots=True)
class Action:
    """An article that is put into an index, or taken out; ``packed``: its lines of a request."""

    article: str
    packed: bytes
    deletes: bool = False


def inserted(document: Document) -> Action:
    """The change that puts a document into an index, instead of one of its id."""
    action = {"index": _versioned(document.id, document.source[NUMBER])}
    lines = orjson.dumps(action), orjson.dumps(document.source), b""
    return Action(document.source[ID], b"\n".join(lines))


def _deleted(article_id: str, version: int) -> Action:
    """The change that takes an article out."""
    action = {"delete": _versioned(document_id(article_id), version)}
    return Action(article_id, orjson.dumps(action) + b"\n", deletes=True)


def _versioned(identity: str, version: int) -> dict[str, Any]:
    return {"_id": identity, "version": version, "version_type": "external_gte"}


def send(connection: Connection, index: str, changes: Iterable[Action]) -> None:
    """Make the changes of one request; what is turned down for now is sent again, ever more seldom.

    ``index`` is named by a fence (``fence``). Raises ``LeaseLost`` where that is gone,
    ``ArticleRefused`` where the cluster never takes an article, ``ClusterBusy``,
    ``ClusterTroubled`` and ``IndexUnreachable`` where it has taken nothing for ``PATIENCE``
    seconds, and as ``Connection.asked``.
    """
    waiting = list(changes)
    pause, deadline = _FIRST_PAUSE, time.monotonic() + PATIENCE
    while waiting:
        before = len(waiting)
        try:
            connection.asked(lambda client: _sent(connection, client, index, waiting))
        except (ClusterBusy, ClusterTroubled, IndexUnreachable):
            if len(waiting) < before:
                pause, deadline = _FIRST_PAUSE, time.monotonic() + PATIENCE
            elif time.monotonic() > deadline:
                raise
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
            pause = min(2 * pause, _LONGEST_PAUSE)


def delete(connection: Connection, index: str, ids: Iterable[str], version: int) -> None:
    """Take articles out; those that are not there are no error. Raises as ``send``."""
    waiting = iter(ids)
    while part := list(islice(waiting, MOST_CHANGES)):
        send(connection, index, [_deleted(one, version) for one in part])


def _sent(connection: Connection, client: Any, index: str, waiting: list[Action]) -> None:
    """Send what waits; what the cluster has taken is taken off the list.

    Raises ``LeaseLost`` where the index is not there, and opensearch-py's ``TransportError`` with
    the status of a change that it turned down.
    """
    from opensearchpy.exceptions import TransportError

    packed = [change.packed for change in waiting]
    guards = [_GUARD] if any(change.deletes for change in waiting) else []
    answer = client.bulk(
        index=index,
        body=b"".join([*guards, *packed]).decode(),
        params={
            "filter_path": "items.*.status,items.*.error",
            "require_alias": "true",  # Else one is made of what articles look like.
            "timeout": f"{_TO_ANSWER // 2}s",
            "request_timeout": _TO_ANSWER,
        },
    )
    outcomes = [outcome for item in answer["items"] for outcome in item.values()]
    if any(one.get("error", {}).get("type") == _NO_INDEX for one in outcomes):
        raise LeaseLost(connection.cluster.url)
    left, fault = [], None
    for change, outcome in zip(waiting, outcomes[len(guards) :], strict=True):
        if _is_taken(change, outcome):
            continue
        left.append(change)
        fault = outcome
    waiting[:] = left
    if fault is not None:
        error = fault["error"]
        raise TransportError(fault["status"], error["type"], {"error": error})


def _is_taken(change: Action, outcome: Mapping[str, Any]) -> bool:
    """Whether a change is done, or need not be. Raises ``ArticleRefused``."""
    status = outcome["status"]
    if status < 300 or status == _CONFLICT or (change.deletes and status == _GONE):
        return True
    if status not in _NOT_THE_ARTICLES and status < _FAULT:
        error = outcome["error"]
        inner = error.get("caused_by", {}).get("reason")
        reason = f"{error['reason']}: {inner}" if inner else error["reason"]
        raise ArticleRefused(change.article, reason)
    return False
