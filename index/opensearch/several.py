"""Several searches asked at once, whose answers are told apart from what failed, in one way.

Each has an answer or an error of its own; one that failed fails all of them, as if the request had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from index.opensearch.connection import Connection
from index.opensearch.layout import Dsl
from index.opensearch.moment import Searched


def answers(
    connection: Connection,
    searched: Searched,
    searches: Sequence[tuple[Dsl, Dsl]],
    *,
    preference: str | None = None,
    within: Callable[[], tuple[float, float]] | None = None,
    whole: bool = False,
) -> list[Dsl]:
    """The answers to some searches, header and body each, in their order.

    ``preference``: what has the same asks the same copies of shards. ``within``: asked before each
    request for the seconds in which shards are to answer, and those in which the node is; without
    it a node has ``connection.TO_ANSWER``, or what its connection says, and shards have no limit.
    ``whole``: an answer that lacks shards counts as failed, and is asked for again.

    Raises ``IndexUnavailable``, which is ``MomentLost`` where shards of a point in time are
    missing, and opensearch-py's ``NotFoundError`` and ``RequestError``, also where one search alone
    failed.
    """

    def ask(client: Any) -> list[Dsl]:
        told: Dsl = {}
        params: Dsl = {}
        if within is not None:
            limit, node = within()
            told, params = {"timeout": f"{limit * 1000:.0f}ms"}, {"request_timeout": node}
        lines = [
            line
            for header, body in searches
            for line in searched.line({**body, **told}, preference, **header)
        ]
        found: list[Dsl] = client.msearch(body=lines, params=params)["responses"]
        for one in found:
            _require(one)
        searched.require(connection, found)
        if whole:
            _require_whole(found)
        return found

    return connection.asked(ask)


def is_whole(answer: Dsl) -> bool:
    """Whether all shards answered a search, each with all that it has."""
    shards = answer["_shards"]
    return not answer["timed_out"] and bool(shards["successful"] == shards["total"])


def _require(answer: Dsl) -> None:
    """Raise ``TransportError`` for a search that failed, of the kind that its status has."""
    from opensearchpy.exceptions import HTTP_EXCEPTIONS, TransportError

    if "error" in answer:
        kind = HTTP_EXCEPTIONS.get(answer["status"], TransportError)
        raise kind(answer["status"], answer["error"].get("type", ""), answer)


def _require_whole(found: Sequence[Dsl]) -> None:
    from opensearchpy.exceptions import TransportError

    for one in found:
        if not is_whole(one):
            raise TransportError(503, "shards are missing", one)
