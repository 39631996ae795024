"""Starting, replacing and ending workers, with requests under way."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.web.serving.servers import Server, answer, ask, eventually, request, serving

PATIENT = """
from web.serving import bounds
bounds.HEAD_SECONDS = bounds.IDLE_SECONDS = bounds.STALLED_SECONDS = 600.0
"""


def test_idle_connections_do_not_keep_a_server_from_ending() -> None:
    """It would wait ten minutes for them, and ``end`` waits one."""
    patient = serving("nothing", own_app=True, prepare=PATIENT, timeout=600)
    with patient as server, ExitStack() as stack:
        clients = [stack.enter_context(closing(server.connect())) for _ in range(50)]
        for number, client in enumerate(clients):
            client.sendall([b"", b"GET / HT", request("/healthz")][number % 3])
        ask(server, "/healthz")
        server.end()
        assert server.log.count("\n") == 1


def test_a_server_that_is_ended_while_its_workers_start_ends() -> None:
    """The signal comes before a worker can hear it; gunicorn would wait for ``timeout``."""
    with serving("nothing", own_app=True, workers=4, timeout=600) as server:
        server.end()


def test_an_answer_that_is_being_made_is_finished_at_the_end() -> None:
    with serving("nothing", own_app=True) as server, server.connect() as client:
        client.sendall(request("/sleep?s=1"))
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        status, fields, body = answer(client)
        assert (status, fields["connection"], body) == (200, "close", b"slept")
        # What it still sends does not make the system throw the answer away.
        for _ in range(2):
            client.sendall(b"x")
            time.sleep(0.2)
        assert client.recv(1) == b""
        assert server.process.wait(30) == 0


def test_a_reload_drops_no_request_and_no_kept_connection() -> None:
    with serving("nothing", own_app=True, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        done = threading.Event()
        failures: list[BaseException] = []

        def asking() -> None:
            try:
                while not done.is_set():
                    with server.connect() as client:
                        while not done.is_set():
                            client.sendall(request("/sleep?s=0.01"))
                            if answer(client)[1]["connection"] == "close":
                                break
            except BaseException as error:  # noqa: BLE001
                failures.append(error)

        threads = [threading.Thread(target=asking) for _ in range(8)]
        for thread in threads:
            thread.start()
        before = server.workers()
        with server.connect() as idle:
            idle.sendall(request("/healthz"))
            answer(idle)
            server.process.send_signal(signal.SIGHUP)
            eventually(lambda: server.workers() - before)
            time.sleep(0.5)
            # A request on a connection that its worker, which ends, has kept.
            idle.sendall(request("/healthz"))
            assert answer(idle)[0] == 200
        eventually(lambda: not server.workers() & before)
        done.set()
        for thread in threads:
            thread.join()
        assert not failures
        assert "Traceback" not in server.log


SHARE = """
import web.gunicorn_settings as own
usual = own.settings
web.serve.settings = lambda *a: {**usual(*a), "max_requests": 50, "max_requests_jitter": 0}
"""


def test_a_worker_that_has_answered_its_share_is_replaced_without_a_gap() -> None:
    with serving("nothing", own_app=True, prepare=SHARE, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        before = server.workers()
        with server.connect() as client:
            for _ in range(60):
                client.sendall(request("/healthz"))
                if answer(client)[1]["connection"] == "close":
                    break
            else:
                pytest.fail("the connection was kept")
        while server.workers() & before == before:
            assert ask(server, "/healthz")[0] == 200
            time.sleep(0.05)


@pytest.mark.parametrize("reason", ["share", "signal", "timeout"])
def test_a_slow_reader_of_the_only_worker_does_not_keep_its_successor_waiting(reason: str) -> None:
    timeout = 2 if reason == "timeout" else 30
    with (
        serving("nothing", own_app=True, prepare=SHARE, threads=4, timeout=timeout) as server,
        server.connect() as reader,
        server.connect() as stuck,
    ):
        eventually(server.workers)
        (before,) = server.workers()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.sendall(request("/stream?n=1000"))
        reader.recv(1)
        if reason == "share":
            for _ in range(50):
                assert ask(server, "/healthz")[0] == 200
        elif reason == "signal":
            os.kill(before, signal.SIGTERM)
        else:
            stuck.sendall(request("/compute?s=20"))
        eventually(lambda: server.workers() - {before})
        assert ask(server, "/sleep?s=0")[0] == 200
        if reason != "timeout":
            # The last answer of the first worker goes on.
            assert before in server.workers()
            assert reader.recv(1)
        reader.close()
        eventually(lambda: before not in server.workers())
        assert len(server.workers()) == 1


@pytest.fixture(scope="module")
def pair() -> Iterator[Server]:
    with serving("nothing", own_app=True, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        yield server


def test_a_worker_that_is_ended_alone_drops_no_kept_connection(pair: Server) -> None:
    before = pair.workers()
    with ExitStack() as stack:
        kept = [stack.enter_context(closing(pair.connect())) for _ in range(8)]
        for client in kept:
            client.sendall(request("/healthz"))
            assert answer(client)[0] == 200
        os.kill(min(before), signal.SIGTERM)
        time.sleep(0.3)
        for client in kept:
            client.sendall(request("/healthz"))
            assert answer(client)[0] == 200
    eventually(lambda: min(before) not in pair.workers() and len(pair.workers()) == 2)


@pytest.mark.parametrize("name", ["SIGHUP", "SIGUSR1", "SIGUSR2", "SIGTTIN", "SIGTTOU", "SIGWINCH"])
def test_a_worker_survives_signals_for_the_main_process(pair: Server, name: str) -> None:
    before = pair.workers()
    for worker in before:
        os.kill(worker, getattr(signal, name))
    time.sleep(0.2)
    assert ask(pair, "/healthz")[0] == 200
    assert pair.workers() == before


def test_no_second_server_is_begun_by_a_signal(pair: Server) -> None:
    before = pair.workers()
    pair.process.send_signal(signal.SIGUSR2)
    eventually(lambda: "SIGUSR2 does nothing here" in pair.log)
    assert pair.workers() == before


def test_a_killed_worker_costs_only_its_own_requests() -> None:
    with serving("nothing", own_app=True, workers=2) as server:
        eventually(lambda: len(server.workers()) == 2)
        victim = min(server.workers())
        os.kill(victim, signal.SIGKILL)
        for _ in range(20):
            assert ask(server, "/healthz")[0] == 200
        eventually(lambda: len(server.workers()) == 2 and victim not in server.workers())


def test_a_worker_whose_request_is_computed_too_long_is_replaced_and_says_so() -> None:
    with serving("nothing", own_app=True, timeout=2, threads=2) as server:
        eventually(server.workers)
        (worker,) = server.workers()
        with server.connect() as client, server.connect() as other:
            client.sendall(request("/compute?s=60"))
            time.sleep(1.5)
            other.sendall(request("/sleep?s=1.8"))
            assert answer(client)[0] == 503
            # What another thread computes is finished.
            assert answer(other)[2] == b"slept"
        eventually(lambda: worker not in server.workers())
        eventually(lambda: ask(server, "/healthz")[0] == 200)
        assert "GET /compute has been computed for more than 2 seconds" in server.log
        assert f"worker {worker} is replaced" in server.log
        assert "Traceback" not in server.log
        assert "TIMEOUT" not in server.log


def test_waiting_for_a_client_is_not_computing() -> None:
    with serving("nothing", own_app=True, timeout=2, threads=2) as server:
        eventually(server.workers)
        before = server.workers()
        with server.connect() as client:
            client.sendall(request("/stream?n=1000"))
            client.recv(1)
            time.sleep(4)
        assert server.workers() == before
