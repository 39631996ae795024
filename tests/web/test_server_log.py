"""What a real server writes: never who asked, nor what, unless the operator chose so."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from web.query_counts import days_in, file_of, read_counts, together

CLIENT = "127.0.0.9"
SECRET = "rahasiasekali"

HOSTILE = {
    "a line break in a path": b"GET /article/a%0a%0d{palsu} HTTP/1.1\r\nHost: x\r\n\r\n",
    "a terminal escape in a path": b"GET /%1b[2J%9b31m HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line separator in a path": b"GET /%e2%80%a8%c2%85 HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes that are no UTF-8": b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    "raw bytes": b"GET /\xff\xe2\x80\xa8 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long path": b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "no request": b"\x16\x03\x01\x02\x00\r\n\r\n",
    "an escape in a method": b"G\x1b[2J / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a broken version": b"GET /?q=rahasiasekali HTTP/9.9\r\nHost: x\r\n\r\n",
    "a request line of four": b"GET /?q=rahasiasekali x HTTP/1.1\r\nHost: x\r\n\r\n",
    "a broken header": b"GET /?q=rahasiasekali HTTP/1.1\r\nHost: x\r\nrahasia\x07sekali: y\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n rahasiasekali\r\n\r\n",
    "too long a line": b"GET /?q=rahasiasekali" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: rahasiasekali\r\n" * 99 + b"\r\n",
    "a broken length": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: rahasiasekali\r\n\r\n",
    "a broken coding": b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rahasiasekali\r\n\r\n",
    "an id with a break": b"GET / HTTP/1.1\r\nHost: x\r\nX-Request-ID: a b\x1b[2J\r\n\r\n",
    "an odd host": b"GET / HTTP/1.1\r\nHost: \x1b[2J\r\n\r\n",
    "a referrer": b"GET / HTTP/1.1\r\nHost: x\r\nReferer: http://x/?q=rahasiasekali\r\n\r\n",
    "a browser": b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: rahasiasekali\r\n\r\n",
    "a name": b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic cmFoYXNpYXNla2FsaTp4\r\n\r\n",
    "a query": b"GET /search?q=rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "a query of a program": b"GET /api/v1/search?q=rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "a fragment of a query": b"GET //x?q=rahasiasekali?rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "a whole address": b"GET http://x/search?q=rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "another method": b"POST /search?q=rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "a wrong parameter": b"GET /search?page=rahasiasekali HTTP/1.1\r\nHost: x\r\n\r\n",
    "a forwarded client": b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.77\r\n\r\n",
}


@dataclass
class Server:
    """A running server whose output goes to two files."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int = 0

    def out(self) -> str:
        return (self.folder / "out").read_text()

    def err(self) -> str:
        return (self.folder / "err").read_text()

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            assert self.process.poll() is None, self.err()
            assert time.monotonic() < deadline, self.err()
            time.sleep(0.05)

    def send(self, request: bytes) -> bytes:
        with socket.socket() as client:
            client.bind((CLIENT, 0))
            client.connect(("127.0.0.1", self.port))
            client.settimeout(30)
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while piece := client.recv(65_536):
                    answer += piece
            except ConnectionError:
                pass
        return answer

    def get(self, target: str, *headers: str) -> bytes:
        lines = [f"GET {target} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
        return self.send("\r\n".join(lines).encode())


def serving(index: Path, folder: Path, *options: str) -> Server:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "web.cli", "serve", "--index", str(index), "--port", "0"]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            [*command, "--workers", "1", *options],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(folder)},
            stdout=out,
            stderr=err,
        )
    server = Server(process, folder)
    try:
        server.until(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/[\"\n]", server.err()))
        found = re.findall(r"http://127\.0\.0\.1:(\d+)/[\"\n]", server.err())
        server.port = int(found[-1])
    except BaseException:
        process.kill()
        process.wait()
        raise
    return server


def stopped(server: Server, number: int = signal.SIGTERM) -> None:
    server.process.send_signal(number)
    try:
        server.process.wait(60)
    finally:
        server.process.kill()
        server.process.wait()


@pytest.fixture(scope="module")
def attacked(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Server]:
    """Servers of both forms after hostile requests."""
    servers = {}
    for form in ("text", "json"):
        folder = tmp_path_factory.mktemp(form)
        server = serving(sample_index, folder, "--access-log", "--log-format", form)
        try:
            for request in HOSTILE.values():
                assert server.send(request)
        finally:
            stopped(server)
        servers[form] = server
    return servers


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_log_has_no_client_and_no_query(attacked: dict[str, Server], form: str) -> None:
    server = attacked[form]
    for text in (server.out(), server.err()):
        assert CLIENT not in text
        assert "203.0.113.77" not in text
        assert SECRET not in re.sub(r"[^a-z]", "", text)
    # The requests of a form that we understand are there all the same.
    assert server.out().count("\n") >= len(HOSTILE) // 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_requests_break_no_line(attacked: dict[str, Server], form: str) -> None:
    server = attacked[form]
    for text in (server.out(), server.err()):
        assert text.isascii()
        assert text.splitlines() == text.split("\n")[:-1]
        for line in text.splitlines():
            assert line.isprintable()
            if form == "json":
                assert json.loads(line)["time"].endswith("Z")
            else:
                assert re.match(r"Warta: http|\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ [\w.]+: ", line)


def test_a_request_is_one_object(attacked: dict[str, Server]) -> None:
    lines = [json.loads(line) for line in attacked["json"].out().splitlines()]
    found = next(line for line in lines if line["path"] == "/api/v1/search")
    assert found["status"] == 200
    assert (found["logger"], found["method"]) == ("gunicorn.access", "GET")
    assert found["bytes"] > 0
    assert found["processor_ms"] > 0
    assert 0 < found["ms"] <= found["sent_ms"] + 1
    assert re.fullmatch(r"[0-9a-f]{16}", found["request_id"])
    assert re.fullmatch(r"\d{8}T\d+-[0-9a-f]+", found["generation"])
    assert len({line["request_id"] for line in lines if "request_id" in line}) >= len(HOSTILE) // 2


@pytest.fixture
def server(sample_index: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    server = serving(sample_index, tmp_path / "server", *request.param)
    yield server
    stopped(server)


CHOSEN = (
    "--access-log",
    "--log-addresses",
    "--slow-ms",
    "1",
    "--log-format",
    "json",
    "--trusted-proxy",
    CLIENT,
)


@pytest.mark.parametrize("server", [CHOSEN], indirect=True)
def test_what_the_operator_chose_is_logged(server: Server) -> None:
    answer = server.get("/api/v1/search?q=harga+berass&source=Lintas+Niaga", "X-Request-ID: dari-1")
    assert b"\r\nX-Request-ID: dari-1\r\n" in answer
    server.until(lambda: "dari-1" in server.out())
    access = [json.loads(line) for line in server.out().splitlines()]
    assert [one["address"] for one in access] == [CLIENT]
    slow = [json.loads(line) for line in server.err().splitlines()]
    (found,) = [one for one in slow if one["logger"] == "web.slow"]
    assert found["query"] == "harga berass"
    assert found["request_id"] == "dari-1"
    assert found["filters"] == {"source": ["Lintas Niaga"]}
    assert found["processor_ms"] >= 1
    assert {"sort", "page", "per_page", "total", "partial_total", "partial", "ms"} <= set(found)


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, pytest.param(signal.SIGINT, marks=pytest.mark.long)],
)
def test_counts_are_written_when_a_worker_ends(
    sample_index: Path, tmp_path: Path, number: int
) -> None:
    folder = tmp_path / "kueri"
    server = serving(sample_index, tmp_path / "server", "--query-log", str(folder))
    try:
        for target in (
            "/search?q=Beras",
            "/api/v1/search?q=beras&per_page=5",
            "/search?q=beras&page=2",
            "/search?q=beras&source=Lintas+Niaga",
            "/search.rss?q=beras",
            "/search.csv?q=beras",
            "/search?q=",
            "/api/v1/suggest?q=beras",
        ):
            assert b" 200 " in server.get(target)[:20]
        if number == signal.SIGHUP:
            server.process.send_signal(number)
            server.until(folder.exists)
            server.until(lambda: list(days_in(folder)))
    finally:
        stopped(server, signal.SIGTERM if number == signal.SIGHUP else number)
    found: Any = together(read_counts(file_of(folder, day)) for day in days_in(folder))
    assert {query: one.asked for query, one in found.queries.items()} == {"beras": 2}
    assert found.refined == 3
    assert server.err().count("\n") == 1
