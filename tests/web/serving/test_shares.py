"""New connections go to the worker that has few, and to another where that does not take them."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.web.serving.servers import Server, answer, ask, eventually, request, serving
from tests.web.serving.test_lifecycle import SHARE
from web.serving.shares import MANY, Shares


def test_a_worker_has_the_largest_share_when_another_has_fewer() -> None:
    shares = Shares(3)
    first, second, third = (shares.share(seat) for seat in range(3))
    first.is_of(2)
    assert not first.is_largest()
    second.is_of(2)
    assert not first.is_largest()
    third.is_of(MANY)
    assert [one.is_largest() for one in (first, second, third)] == [False, False, True]
    second.is_of(0)
    assert [one.is_largest() for one in (first, second, third)] == [True, False, True]
    second.ends()
    assert [one.is_largest() for one in (first, second, third)] == [False, False, True]


def test_a_worker_beyond_the_last_seat_leaves_nothing_and_is_left_nothing() -> None:
    shares = Shares(1)
    counted, other = shares.share(0), shares.share(1)
    counted.is_of(5)
    other.is_of(0)
    assert not counted.is_largest()
    other.is_of(9)
    assert not other.is_largest()
    other.ends()


@pytest.fixture
def pair() -> Iterator[Server]:
    with serving("nothing", own_app=True, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        answered: set[bytes] = set()
        while len(answered) < 2:
            answered.add(ask(server, "/worker")[2])
        yield server


def worker_of(client: socket.socket) -> int:
    client.sendall(request("/worker"))
    return int(answer(client)[2])


def is_stopped(process: int) -> bool:
    """Whether all of its threads are."""
    states = [one.read_text() for one in Path(f"/proc/{process}/task").glob("*/status")]
    return all("State:\tT" in state for state in states)


def test_kept_connections_are_shared_among_the_workers(pair: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(pair.connect())) for _ in range(40)]
        counts = Counter(worker_of(client) for client in clients)
        assert set(counts) == pair.workers()
        # Many may come before the first is counted.
        assert min(counts.values()) >= 12


def test_connections_are_taken_though_the_worker_with_fewer_takes_none(pair: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(pair.connect())) for _ in range(2)]
        first = worker_of(clients[0])
        (stopped,) = pair.workers() - {first}
        os.kill(stopped, signal.SIGSTOP)
        try:
            eventually(lambda: is_stopped(stopped))
            more = [stack.enter_context(closing(pair.connect())) for _ in range(10)]
            begun = time.monotonic()
            # One of the two that came first may be with the worker that is stopped.
            assert {worker_of(client) for client in more} == {first}
            assert time.monotonic() - begun < 5
        finally:
            os.kill(stopped, signal.SIGCONT)


def test_a_worker_that_is_to_be_replaced_leaves_new_connections_to_others() -> None:
    with serving("nothing", own_app=True, prepare=SHARE, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        with server.connect() as client:
            retired = worker_of(client)
            for _ in range(50):
                client.sendall(request("/worker"))
                if answer(client)[1]["connection"] == "close":
                    break
        counts = Counter(int(ask(server, "/worker")[2]) for _ in range(20))
        assert counts[retired] <= 4
