"""Clients that send nothing or slowly, or take their answers slowly, beside one that does not."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
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

SHORT = """
from web.serving import bounds
bounds.HEAD_SECONDS, bounds.IDLE_SECONDS, bounds.STALLED_SECONDS = 1.5, 1.5, 1.5
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("nothing", own_app=True, threads=2) as server:
        yield server


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    """A server whose limits are short."""
    with serving("nothing", own_app=True, prepare=SHORT, threads=2) as server:
        yield server


HALF = b"GET /healthz HTTP/1.1\r\nHost: warta.example\r\nX-Half: "


@pytest.mark.parametrize(
    "sent", [b"", HALF, b"G", request("/sleep?s=0")], ids=["silent", "half", "a byte", "kept alive"]
)
def test_a_thousand_idle_connections_cost_no_thread(server: Server, sent: bytes) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(server.connect())) for _ in range(1000)]
        for client in clients:
            client.sendall(sent)
            if sent.endswith(b"\r\n\r\n"):
                answer(client)
        assert ask(server, "/sleep?s=0")[2] == b"slept"
        assert ask(server, "/healthz")[2] == b"ok"
        assert len(server.workers()) == 1


def test_clients_that_drip_a_byte_at_a_time_cost_no_thread(server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(server.connect())) for _ in range(200)]
        for number in range(10):
            for client in clients:
                client.sendall(HALF[number : number + 1])
            assert ask(server, "/sleep?s=0")[2] == b"slept"


def test_a_request_in_pieces_is_answered(server: Server) -> None:
    with server.connect() as client:
        for byte in request("/healthz"):
            client.sendall(bytes([byte]))
        assert answer(client)[2] == b"ok"


def test_a_kept_connection_where_only_a_blank_line_came_is_closed_in_silence(
    hasty: Server,
) -> None:
    with hasty.connect() as client:
        client.sendall(request("/sleep?s=0") + b"\r\n")
        assert answer(client)[0] == 200
        assert until_closed(client) == b""


@pytest.mark.parametrize(
    "pieces",
    [(b"\r", b"\n"), (b"\r\n",), (b"\r\n\r\n",), (b"\r\n\r", b"\n"), (b"\r\n", b"\r\n", b"\r\n")],
)
def test_blank_lines_before_a_request_are_let_pass(
    server: Server, pieces: tuple[bytes, ...]
) -> None:
    *early, last = pieces
    with server.connect() as client:
        for piece in early:
            client.sendall(piece)
            time.sleep(0.1)
        client.sendall(last + request("/healthz"))
        assert answer(client)[2] == b"ok"


def test_a_carriage_return_alone_is_no_line(server: Server) -> None:
    with server.connect() as client:
        client.sendall(b"\r" + request("/healthz"))
        assert answer(client)[0] == 400


def test_requests_in_one_packet_are_answered_in_order(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("/large?n=3") + request("/sleep?s=0") + request("/healthz"))
        assert [answer(client)[2] for _ in range(3)] == [b"xxx", b"slept", b"ok"]


def test_a_client_that_closes_its_side_after_the_request_is_answered(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("/healthz"))
        client.shutdown(socket.SHUT_WR)
        assert answer(client)[2] == b"ok"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", None),
        (b"\r", None),
        (b"\r\n", None),
        (b"\r\n\r\n\r", None),
        (HALF, 408),
        (b"\r\n" + HALF, 408),
    ],
    ids=["silent: closed", "CR", "blank", "blanks", "half a head: 408", "blank and half: 408"],
)
def test_a_connection_without_a_request_is_closed(
    hasty: Server, sent: bytes, status: int | None
) -> None:
    with hasty.connect() as client:
        client.sendall(sent)
        found = until_closed(client)
    assert found.startswith(b"HTTP/1.1 408 ") if status else found == b""


def test_dripping_does_not_make_the_time_for_a_head_longer(hasty: Server) -> None:
    with hasty.connect() as client:
        begun = time.monotonic()
        with pytest.raises((BrokenPipeError, ConnectionResetError)):  # noqa: PT012
            while time.monotonic() < begun + 30:
                client.sendall(b"G")
                time.sleep(0.1)


def test_a_reader_that_takes_nothing_is_dropped(hasty: Server) -> None:
    with hasty.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(request("/stream?n=1000"))
        client.recv(1)
        time.sleep(3)
        assert len(until_closed(client)) < 60_000_000
    assert "Traceback" not in hasty.log


@pytest.mark.parametrize("answers", ["/large?n=900000", "/large?n=30000000"])
def test_slow_readers_hold_no_thread_or_half_of_them(server: Server, answers: str) -> None:
    count = 50 if answers == "/large?n=900000" else 1
    with ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(closing(server.connect()))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request(answers))
        assert ask(server, "/sleep?s=0")[2] == b"slept"


def test_a_large_answer_arrives_whole(server: Server) -> None:
    assert ask(server, "/large?n=30000000")[2] == b"x" * 30_000_000


def test_exports_hold_at_most_half_of_the_threads(server: Server) -> None:
    with server.connect() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        first.sendall(request("/stream?n=1000"))
        first.recv(1)
        status, fields, _ = ask(server, "/stream?n=1")
        assert (status, fields["retry-after"]) == (503, "2")
        assert ask(server, "/sleep?s=0")[2] == b"slept"
    # When its reader has gone, the place is free.
    for _ in range(100):
        if ask(server, "/stream?n=1")[0] == 200:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the place was not given back")


def test_after_less_than_was_announced_the_connection_is_closed(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("/short") + request("/healthz"))
        # Whoever kept it would take the next answer for the rest of this one.
        assert until_closed(client).endswith(b"\r\n\r\nabc")


@pytest.mark.parametrize(("path", "method"), [("/short", "HEAD"), ("/unchanged", "GET")])
def test_an_answer_that_has_no_body_keeps_its_connection(
    server: Server, path: str, method: str
) -> None:
    with server.connect() as client:
        client.sendall(request(path, method=method) + request("/healthz"))
        answer(client, method="HEAD")
        assert answer(client)[2] == b"ok"


def test_a_body_is_not_waited_for(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("/healthz", "Content-Length: 1000000", method="POST"))
        client.sendall(b"x" * 10)
        status, fields, _ = answer(client)
        assert (status, fields["connection"]) == (405, "close")


def test_an_expectation_to_go_on_is_not_met(server: Server) -> None:
    with server.connect() as client:
        client.sendall(
            request("/healthz", "Content-Length: 5", "Expect: 100-continue", method="POST")
        )
        assert answer(client)[0] == 405


def test_the_longest_idle_connection_makes_place_for_a_new_one() -> None:
    few = "from web.serving import open_files; open_files.MOST_CONNECTIONS = 20"
    with serving("nothing", own_app=True, prepare=few) as server, ExitStack() as stack:
        clients = [stack.enter_context(closing(server.connect())) for _ in range(30)]
        assert ask(server, "/healthz")[2] == b"ok"
        assert until_closed(clients[0]) == b""
        clients[-1].sendall(request("/healthz"))
        assert answer(clients[-1])[2] == b"ok"


@pytest.mark.parametrize(
    "few",
    [
        "from web.serving import open_files; open_files.MOST_CONNECTIONS = 16",
        (
            "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))\n"
            "import web.serving.loop as loop; loop.connections_allowed = lambda: 1000"
        ),
    ],
    ids=["connections", "files"],
)
def test_a_client_that_must_wait_for_a_place_costs_no_time(few: str) -> None:
    with (
        serving("nothing", own_app=True, prepare=few, threads=4) as server,
        ExitStack() as stack,
    ):
        eventually(server.workers)
        (worker,) = server.workers()
        for _ in range(40):
            client = stack.enter_context(closing(server.connect()))
            client.sendall(request("/sleep?s=0.4"))
        time.sleep(0.4)
        before, begun = _processor_seconds(worker), time.monotonic()
        time.sleep(1)
        assert _processor_seconds(worker) - before < 0.4 * (time.monotonic() - begun)
        eventually(lambda: ask(server, "/sleep?s=0")[0] == 200)


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_few_open_files_close_idle_connections_and_refuse_none() -> None:
    few = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (80, 80))"
    with serving("nothing", own_app=True, prepare=few) as server, ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(closing(server.connect()))
        assert ask(server, "/sleep?s=0")[2] == b"slept"
        assert "Traceback" not in server.log


def test_what_slow_readers_make_a_worker_hold_is_bounded() -> None:
    little = "from web.serving import bounds; bounds.LARGEST_HELD = 1_000_000"
    with serving("nothing", own_app=True, prepare=little) as server, ExitStack() as stack:
        for _ in range(10):
            client = stack.enter_context(closing(server.connect()))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request("/large?n=5000000"))
        eventually(lambda: "were dropped: they held too much memory" in server.log)
        eventually(lambda: ask(server, "/sleep?s=0")[2] == b"slept")
        assert "Traceback" not in server.log
