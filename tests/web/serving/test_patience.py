"""How slowly a client may take an answer."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from web.serving.connection import Connection, Stage
from web.serving.patience import Verdict, verdict


@pytest.mark.parametrize(
    ("seconds", "ago", "taken", "expected"),
    [
        (10, 5, 0, Verdict.KEEP),
        (40, 35, 10_000_000, Verdict.TOO_SLOW),
        (40, 1, 40 * 8192, Verdict.KEEP),
        (40, 1, 40 * 8000, Verdict.TOO_SLOW),
        (5000, 1, 5000 * 9000, Verdict.KEEP),
        (5000, 1, 4000 * 8192, Verdict.TOO_SLOW),
    ],
    ids=["at first", "stalled", "slow", "too slow", "steady for long", "too slow for long"],
)
def test_a_steady_reader_may_take_as_long_as_it_needs(
    seconds: float, ago: float, taken: int, expected: Verdict
) -> None:
    ours, theirs = socket.socketpair()
    with closing(theirs):
        connection = Connection(
            ours, ("127.0.0.1", 1), ("localhost", "80"), metrics_only=False, has_unsent=_nothing
        )
        connection.sendall(b"x" * 900_000)
        assert connection.unsent()
        connection.enter(Stage.SENDING)
        now = connection.began_sending + seconds
        connection.taken, connection.last_taken = taken, now - ago
        found = verdict(connection, now)
        connection.close()
    assert found is expected


def _nothing(_: Connection) -> None:
    pass
