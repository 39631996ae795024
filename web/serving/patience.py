"""Which clients have used up their time, their memory, or a place that a new one needs.

Says what is to be done about them; the event loop does it. All times are of ``monotonic``.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, auto
from math import inf
from time import monotonic

from web.serving import bounds
from web.serving.connection import Connection, Stage


class Verdict(Enum):
    """What is to be done about a connection."""

    KEEP = auto()
    CLOSE = auto()
    TOO_LONG_A_HEAD = auto()
    TOO_SLOW = auto()


def verdict(connection: Connection, now: float) -> Verdict:
    """Whether the time of the connection is up, by the limits for what it is at."""
    since = now - connection.since
    if connection.stage is Stage.READING:
        if connection.first_byte is None:
            return Verdict.CLOSE if since > bounds.IDLE_SECONDS else Verdict.KEEP
        late = now - connection.first_byte > bounds.HEAD_SECONDS
        return Verdict.TOO_LONG_A_HEAD if late else Verdict.KEEP
    if connection.stage is Stage.CLOSING:
        return Verdict.CLOSE if since > bounds.LINGER_SECONDS else Verdict.KEEP
    slow = connection.unsent() and (
        now - connection.last_taken > bounds.STALLED_SECONDS
        or _rate(connection, now) < bounds.LOWEST_RATE
    )
    return Verdict.TOO_SLOW if slow else Verdict.KEEP


def _rate(connection: Connection, now: float) -> float:
    """Bytes a second that the client took since it was first waited for; at first no bound."""
    since = now - connection.began_sending
    return connection.taken / since if since > bounds.STALLED_SECONDS else inf


def too_much_memory(connections: Collection[Connection]) -> list[Connection]:
    """The slowest, so many that without them the worker no longer holds too much."""
    held = sum(one.held() for one in connections)
    found: list[Connection] = []
    if held <= bounds.LARGEST_HELD:
        return found
    for connection in sorted(connections, key=_slowness, reverse=True):
        if held <= bounds.LARGEST_HELD:
            break
        held -= connection.held()
        found.append(connection)
    return found


def most_stalled(connections: Collection[Connection]) -> Connection | None:
    """Of those that are answered, the one that has taken nothing for the longest."""
    return min(
        (one for one in connections if one.stage in {Stage.SENDING, Stage.CLOSING}),
        key=lambda one: one.last_taken,
        default=None,
    )


def _slowness(connection: Connection) -> float:
    """Seconds since the client of a buffer last made it smaller, or began it."""
    if not connection.held():
        return 0.0
    return monotonic() - (connection.last_taken if connection.unsent() else connection.since)
