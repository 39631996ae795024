"""A worker whose threads lend each other the loop: nothing is lost, held up or polled for."""

from __future__ import annotations

import random
import re
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.serving.servers import (
    Server,
    answer,
    ask,
    eventually,
    request,
    serving,
    until_closed,
)
from tests.web.serving.test_lifecycle import SHARE
from web.serving.bounds import LEAD_SECONDS, LOOK_SECONDS


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("nothing", own_app=True, threads=3) as server:
        eventually(server.workers)
        yield server


def echo(chance: random.Random, name: str) -> bytes:
    """A request that takes nothing, or so long that the loop is just taken back, or longer."""
    asleep, work = (
        LOOK_SECONDS * chance.choice((0, 0, 0, 0, 0, 0.5, 1, 1.5, 2, 2.2, 5)) for _ in range(2)
    )
    return request(f"/echo/{name}?s={asleep}&w={work}")


class Clients:
    """Connections that ask one request after the other until they are told to stop.

    ``wrong`` is what nobody should get; where ``ends`` the server may close a connection in place
    of an answer, but not within one.
    """

    def __init__(self, server: Server, count: int, *, ends: bool = False) -> None:
        self.server, self.ends = server, ends
        self.answered = Counter[str]()
        self.wrong: list[object] = []
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(own,)) for own in range(count)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _run(self, own: int) -> None:
        chance, number = random.Random(own), 0
        try:
            while not self._done.is_set():
                with self.server.connect(f"127.0.0.{1 + own % 3}") as client:
                    kept = True
                    while kept and not self._done.is_set():
                        number += 1
                        kept = self._ask(client, chance, f"{own}-{number}")
        except OSError as error:
            if not self.ends:
                self.wrong.append(error)
        except BaseException as error:  # noqa: BLE001
            self.wrong.append(error)

    def _ask(self, client: socket.socket, chance: random.Random, name: str) -> bool:
        client.sendall(echo(chance, name))
        try:
            status, fields, body = answer(client)
        except EOFError as error:
            if self.ends and error.args == (b"",):
                raise ConnectionResetError from None
            raise
        if status == 503:
            return False
        assert (status, body) == (200, name.encode())
        self.answered[name] += 1
        return fields["connection"] != "close"


def test_each_of_many_requests_is_answered_with_its_own_answer(server: Server) -> None:
    clients = Clients(server, 16)
    eventually(lambda: len(clients.answered) > 300, 120)
    begun = time.monotonic()
    assert ask(server, "/healthz")[2] == b"ok"
    assert time.monotonic() - begun < 5
    clients.stop()
    assert clients.wrong == []
    assert set(clients.answered.values()) == {1}
    assert "Traceback" not in server.log


def test_requests_sent_at_once_on_one_connection_are_answered_in_order(server: Server) -> None:
    chance = random.Random(3)
    with server.connect() as client:
        client.sendall(b"".join(echo(chance, str(number)) for number in range(60)))
        assert [answer(client)[2] for _ in range(60)] == [b"%d" % number for number in range(60)]
        client.sendall(request("/healthz", "Connection: close"))
        assert until_closed(client).endswith(b"ok")


@pytest.mark.parametrize("kind", ["compute", "sleep"])
def test_short_answers_do_not_wait_for_long_ones(server: Server, kind: str) -> None:
    with server.connect() as first, server.connect() as second:
        for long in (first, second):
            long.sendall(request(f"/{kind}?s=4"))
        time.sleep(0.1)
        for number in range(10):
            assert ask(server, f"/echo/{number}?s=0&w=0")[2] == b"%d" % number
        for long in (first, second):
            long.setblocking(False)
            with pytest.raises(BlockingIOError):
                long.recv(1)
        for long in (first, second):
            long.settimeout(20)
            assert answer(long)[0] == 200


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.05, 0.3])
def test_a_server_that_is_ended_while_the_loop_changes_hands_breaks_no_answer(
    seconds: float,
) -> None:
    with serving("nothing", own_app=True, threads=2, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        clients = Clients(server, 8, ends=True)
        eventually(lambda: len(clients.answered) > 20)
        with server.connect() as last:
            # Begun before the end.
            last.sendall(request("/echo/last?s=0.3&w=0.1"))
            time.sleep(0.1 + seconds)
            begun = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            assert answer(last)[2] == b"last"
        assert server.process.wait(20) == 0
        assert time.monotonic() - begun < 10
        clients.stop()
        assert clients.wrong == []
        assert set(clients.answered.values()) == {1}
        server._reader.join(10)
        assert "Traceback" not in server.log


def test_workers_that_are_replaced_while_the_loop_changes_hands_lose_nothing() -> None:
    with serving("nothing", own_app=True, prepare=SHARE, threads=2, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        before = server.workers()
        clients = Clients(server, 8)
        eventually(lambda: not before & server.workers())
        server.process.send_signal(signal.SIGHUP)
        time.sleep(3)
        clients.stop()
        assert clients.wrong == []
        assert set(clients.answered.values()) == {1}
        assert "Traceback" not in server.log


def switches(server: Server) -> dict[str, int]:
    """How often each thread of the only worker has waited since it began."""
    (worker,) = server.workers()
    found = {}
    for task in Path(f"/proc/{worker}/task").iterdir():
        said = re.search(
            r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.MULTILINE
        )
        assert said is not None
        found[task.name] = int(said[1])
    return found


def test_an_idle_worker_does_not_poll(server: Server) -> None:
    assert ask(server, "/echo/a?s=0&w=0")[2] == b"a"
    time.sleep(LEAD_SECONDS * 4)
    before = switches(server)
    time.sleep(2)
    assert sum(switches(server).values()) - sum(before.values()) < 12


def test_a_short_answer_wakes_no_other_thread(server: Server) -> None:
    def others_woken() -> int:
        before = switches(server)
        with server.connect() as client:
            for _ in range(200):
                client.sendall(request("/echo/a?s=0&w=0"))
                assert answer(client)[0] == 200
        now = switches(server)
        # Without the one that answers and the main one, which looks.
        return sum(sorted(now[task] - before[task] for task in now)[:-2])

    # On a machine that is busy otherwise, an answer may look like one that waits.
    eventually(lambda: others_woken() < 50)
