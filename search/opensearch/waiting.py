"""How long a question waits for the cluster: the rule, and the one way in which searches are asked.

A budget (``search.budget``) is processor time of this machine, of which waiting takes none. So a
question waits as many seconds besides, by the clock on the wall, in all of its requests together
(``Budget.patience``). Time between requests does not count, or a process whose threads wait for
each other would cut short answers that cost nothing.

- Each search says as its ``timeout`` what is left. A shard that needs longer answers with what it
  has found, and the answer is ``partial``.
- Planning asks as long as anything is left, and goes on with what it knows (``settling``).
- What is to be found is asked for whatever is left: such a search has ``LEAST`` seconds, of which a
  question has at most three behind its time (``listing``: two, and the copies of hits).
- What a shard's limit does not see, as the queue of a node that is busy, or a node that hangs, has
  ``GRACE`` seconds more. Then the next node is asked, once, and it is ``ClusterBusy``.

A search is not cancelled by the cluster after a time (``cancel_after_time_interval``): that gives
an error in the place of what was found. When nobody waits any more, its nodes end it by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from time import monotonic
from typing import Any

from index.opensearch.connection import Connection
from index.opensearch.moment import Searched
from search.budget import Budget

Dsl = dict[str, Any]

LEAST = 0.5
"""Seconds that a search has at the least. The limits of all are multiples of it, rounded up: nodes
keep answers by the whole text of a search, and would know none again with another limit."""

GRACE = 5.0
"""Seconds after a search's limit in which its answer may still come."""

_LONGEST = 3600.0
"""Seconds; no answer is worth more."""


def answers(
    connection: Connection,
    searched: Searched,
    budget: Budget,
    searches: Sequence[tuple[Dsl, Dsl]],
    preference: str | None = None,
) -> list[Dsl]:
    """The answers to some searches, header and body each, in their order, asked at once.

    The time is taken from the budget's ``patience``. What has the same ``preference`` asks the same
    copies of shards. Raises ``IndexUnavailable``, and opensearch-py's ``NotFoundError`` and
    ``RequestError``, also where one search alone failed.
    """
    found: list[Dsl] = []
    begun, patience = monotonic(), budget.patience

    def ask(client: Any) -> list[Dsl]:
        limit = _limit(patience - (monotonic() - begun))
        told = {"timeout": f"{limit * 1000:.0f}ms"}
        lines = [
            line
            for header, body in searches
            for line in searched.line({**body, **told}, preference, **header)
        ]
        return _answered(client.msearch(body=lines, params={"request_timeout": limit + GRACE}))

    try:
        found = connection.asked(ask)
    finally:
        budget.wait(monotonic() - begun)
    searched.require(connection, found)
    return found


def is_whole(answer: Dsl) -> bool:
    """Whether all shards answered a search, each with all that it has."""
    shards = answer["_shards"]
    return not answer["timed_out"] and bool(shards["successful"] == shards["total"])


def _limit(left: float) -> float:
    """Seconds for a search where so many are left."""
    return LEAST * ceil(min(max(left, LEAST), _LONGEST) / LEAST)


def _answered(answer: Dsl) -> list[Dsl]:
    """The answers in that to several searches. Raises ``TransportError`` for one that failed."""
    from opensearchpy.exceptions import HTTP_EXCEPTIONS, TransportError

    found: list[Dsl] = answer["responses"]
    for one in found:
        if "error" in one:
            kind = HTTP_EXCEPTIONS.get(one["status"], TransportError)
            raise kind(one["status"], one["error"].get("type", ""), one)
    return found
