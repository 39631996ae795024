"""What of an index is searched: what it holds at each question, or what it held at one moment.

The latter is a *point in time* of the cluster: its shards keep what they held when it was opened,
whatever is written or deleted meanwhile. Each shard of it is one context of one copy, of which a
node keeps 300; so no page that a reader may come back to has one, and whatever opens one closes it:
left over is only one of which the cluster told too late that it is open, until ``KEPT`` is over.
It is lost with a node that has a part of it, and with its index: no other copy can take its place.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from index.errors import IndexUnavailable, MomentLost
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.layout import Dsl

KEPT = "5m"
"""How long a cluster keeps a point in time of which nothing is asked."""

_PATIENCE = 1.0
"""Seconds for which a cluster that is busy is asked for one again."""

_TO_OPEN = 5.0
"""Seconds in which a node must open one: it takes as long as its slowest shard."""

_HURRIED = 2
"""Seconds in which a node must close one."""

_TOO_MUCH = frozenset({"circuit_breaking_exception", "rejected_execution_exception"})
"""Failures of a shard that are over soon, and lose nothing."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Searched:
    """An index as it is when it is asked, or as it was at ``point``, a point in time by its id."""

    index: str
    point: str | None = None

    def line(self, search: Dsl, preference: str | None = None, **header: Any) -> list[Dsl]:
        """A search as two lines of several: its header and itself.

        ``preference``: what has the same asks the same copies of shards, as a point always does.
        """
        if self.point is not None:  # which says itself what is searched, and where
            return [header, {**search, "pit": {"id": self.point, "keep_alive": KEPT}}]
        if preference is not None:
            header["preference"] = preference
        return [{"index": self.index, **header}, search]

    def require(self, connection: Connection, answers: Iterable[Dsl]) -> None:
        """Raise ``MomentLost`` where the answers to some searches of a point in time lack shards.

        A shard that answered late is none of these. Where all that are lacking had too much to do,
        that is a ``TransportError``, after which the same can be asked again.
        """
        from opensearchpy.exceptions import TransportError

        if self.point is None:
            return
        for one in answers:
            shards = one.get("_shards")
            if shards is None or shards["successful"] == shards["total"]:
                continue
            failures = {each["reason"]["type"] for each in shards.get("failures", ())}
            if failures and failures <= _TOO_MUCH:
                raise TransportError(429, ", ".join(sorted(failures)), one)
            raise MomentLost(connection.cluster.url)


def opened(connection: Connection, index: str) -> Searched:
    """An index as it is now; as it is when it is asked where the cluster refuses that.

    It may have too many points in time, or too much to do, or too few of the index's shards. No
    node is asked for a second one where the first may have opened one. Raises ``NotFoundError``
    where there is no such index.
    """
    from opensearchpy.exceptions import NotFoundError, TransportError

    params = {
        "keep_alive": KEPT,
        "allow_partial_pit_creation": "false",
        "request_timeout": _TO_OPEN,
    }
    try:
        made = connection.asked(
            lambda client: client.create_pit(index=index, params=dict(params)),
            again=False,
            patience=_PATIENCE,
        )
    except NotFoundError:
        raise
    except (TransportError, IndexUnavailable) as error:
        _log.warning("no point in time of %s, so it is read as it changes: %s", index, error)
        return Searched(index)
    return Searched(index, made["pit_id"])


def closed(connection: Connection, searched: Searched) -> None:
    """Let a point in time go, if the cluster can be asked for it; else it ends after ``KEPT``."""
    from opensearchpy.exceptions import TransportError

    if searched.point is None:
        return
    with suppress(TransportError, IndexUnavailable):
        connection.asked(
            lambda client: client.delete_pit(
                body={"pit_id": [searched.point]}, params={"request_timeout": _HURRIED}
            ),
            patience=0.0,
        )
