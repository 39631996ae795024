"""More requests than can be answered: sent away in time, with the operator's addresses answered."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from struct import pack

import orjson
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

LIMITS = """
from web.serving import bounds
bounds.LONGEST_QUEUE, bounds.OLDEST_WAITING = 4, 1.4
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("nothing", own_app=True, prepare=LIMITS, threads=2) as server:
        yield server


def test_more_requests_than_wait_are_sent_away_and_health_answers(server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(server.connect())) for _ in range(6)]
        for client in clients:
            client.sendall(request("/sleep?s=2"))
            time.sleep(0.05)
        status, fields, body = ask(server, "/api/v1/sleep?s=0")
        assert (status, fields["retry-after"]) == (503, "2")
        assert fields["content-type"] == "application/problem+json"
        assert fields["connection"] == "close"
        assert orjson.loads(body)["type"] == "/api#problem-overloaded"
        status, fields, body = ask(server, "/sleep?s=0")
        assert (status, fields["retry-after"]) == (503, "2")
        assert b"Coba lagi" in body
        assert ask(server, "/healthz")[2] == b"ok"
        # Two were answered at once; the others had waited too long by then.
        statuses = [answer(client)[0] for client in clients]
        assert statuses[:2] == [200, 200]
        assert statuses[-1] == 503
        assert statuses == sorted(statuses)
    eventually(lambda: ask(server, "/sleep?s=0")[0] == 200)


def test_a_head_request_is_sent_away_without_a_body(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(6):
            client = stack.enter_context(closing(server.connect()))
            client.sendall(request("/sleep?s=0.5"))
            time.sleep(0.02)
        client = stack.enter_context(closing(server.connect()))
        client.sendall(request("/sleep?s=0", method="HEAD"))
        found = until_closed(client)
        assert found.startswith(b"HTTP/1.1 503 ")
        assert found.endswith(b"\r\n\r\n")
        eventually(lambda: ask(server, "/sleep?s=0")[0] == 200)


def test_a_flood_is_answered_or_sent_away_and_nothing_is_lost(server: Server) -> None:
    found: list[int] = []

    def many() -> None:
        found.extend(ask(server, "/sleep?s=0.01")[0] for _ in range(20))

    threads = [threading.Thread(target=many) for _ in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 300
    assert set(found) == {200, 503}
    assert ask(server, "/sleep?s=0")[0] == 200


def test_what_fails_before_it_is_sent_is_an_error_of_ours(server: Server) -> None:
    assert ask(server, "/broken")[0] == 500


def test_an_answer_that_would_end_its_process_ends_alone(server: Server) -> None:
    before = server.workers()
    for _ in range(8):
        assert ask(server, "/exit")[0] == 500
    assert server.workers() == before


def test_who_asks_one_question_does_not_wait_for_who_asks_many_at_once(server: Server) -> None:
    with ExitStack() as stack:
        many = [stack.enter_context(closing(server.connect("127.0.0.2"))) for _ in range(6)]
        for client in many:
            client.sendall(request("/sleep?s=0.6"))
            time.sleep(0.02)
        with server.connect() as one:
            one.sendall(request("/sleep?s=0"))
            begun = time.monotonic()
            assert answer(one)[0] == 200
            took = time.monotonic() - begun
        # It took the place of the last of the others, and had the first turn that came.
        assert [answer(client)[0] for client in many] == [200] * 5 + [503]
        assert took < time.monotonic() - begun
    eventually(lambda: ask(server, "/sleep?s=0")[0] == 200)


def test_a_question_whose_client_has_gone_is_not_computed(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(2):
            busy = stack.enter_context(closing(server.connect()))
            busy.sendall(request("/sleep?s=0.5"))
        time.sleep(0.1)
        for _ in range(4):
            with server.connect() as client:
                client.sendall(request("/sleep?s=5"))
                time.sleep(0.05)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))
        begun = time.monotonic()
        eventually(lambda: ask(server, "/sleep?s=0")[0] == 200)
        assert time.monotonic() - begun < 5


@pytest.fixture(scope="module")
def mounted() -> Iterator[Server]:
    """A server below a path, with one thread."""
    with serving("nothing", own_app=True, threads=1, base_url="https://a.example/arsip") as server:
        yield server


@pytest.mark.parametrize("path", ["/readyz", "/arsip/readyz", "/metrics"])
def test_the_operators_addresses_are_answered_while_all_threads_work(
    mounted: Server, path: str
) -> None:
    with mounted.connect() as busy:
        busy.sendall(request("/sleep?s=1.5"))
        time.sleep(0.1)
        assert ask(mounted, path)[2] == b"slow"
        busy.setblocking(False)
        with pytest.raises(BlockingIOError):
            busy.recv(1)


@pytest.mark.parametrize(
    "path", ["/x/metrics", "/x/readyz", "/metrics/", "//metrics", "/arsipx/metrics"]
)
def test_an_address_that_only_ends_like_an_operators_has_no_thread_of_its_own(
    mounted: Server, path: str
) -> None:
    with mounted.connect() as busy, mounted.connect() as other:
        busy.sendall(request("/sleep?s=0.5"))
        time.sleep(0.1)
        other.sendall(request(path))
        other.settimeout(0.2)
        with pytest.raises(TimeoutError):
            other.recv(1)
        assert answer(busy)[2] == b"slept"


def test_who_asks_many_probes_is_sent_away_before_who_asks_one(mounted: Server) -> None:
    with ExitStack() as stack:
        many = [stack.enter_context(closing(mounted.connect("127.0.0.2"))) for _ in range(25)]
        for client in many:
            client.sendall(request("/readyz"))
        time.sleep(0.1)
        assert ask(mounted, "/healthz")[2] == b"ok"
        assert ask(mounted, "/readyz")[0] == 200
        statuses = [answer(client)[0] for client in many]
    assert statuses.count(503) >= 8
    assert statuses[0] == 200
