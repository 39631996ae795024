from __future__ import annotations

import csv
import hashlib
import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT, article
from tests.nodes import closed_port
from web.serve import serve
from web.serving.listening import AddressUnusable, _url
from web.settings import ServerSettings

PROGRAM = """
import sys
from web.serve import serve
from web.settings import ServerSettings
serve(sys.argv[1], ServerSettings(port=0, workers=2, timeout=60))
"""


@dataclass(frozen=True)
class Server:
    """A running server, and the lines that it writes to standard error."""

    process: subprocess.Popen[str]
    url: str

    def get(self, address: str) -> bytes:
        with urllib.request.urlopen(self.url + address, timeout=120) as response:
            content: bytes = response.read()
        return content

    def workers(self) -> set[int]:
        pid = self.process.pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def stop(self) -> None:
        """End it however the test went; its workers end with it."""
        self.process.terminate()
        self.process.communicate(timeout=120)


def running(index: str | Path, directory: Path) -> Server:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(index)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(directory)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.fullmatch(r"Warta: (http://127\.0\.0\.1:\d+)/\n", line)
    if found is None:
        process.kill()
        _, rest = process.communicate()
        pytest.fail(f"the server did not start: {line}{rest}")
    return Server(process, found[1])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    LocalTarget(path).rebuild(ARCHIVE[:3], BuildOptions())
    return path


@pytest.fixture
def metrics(tmp_path: Path) -> Path:
    path = tmp_path / "metrics"
    path.mkdir()
    return path


@pytest.fixture
def server(index: Path, metrics: Path) -> Iterator[Server]:
    server = running(index, metrics)
    yield server
    server.stop()


def until(condition: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def reload(server: Server) -> None:
    """Replace the two workers, asking all the while."""
    before = server.workers()
    server.process.send_signal(signal.SIGHUP)

    def replaced() -> bool:
        assert server.get("/healthz") == b'{"status":"ok"}'
        now = server.workers()
        return len(now) == 2 and not now & before

    until(replaced)


def total(server: Server) -> int:
    answer = orjson.loads(server.get("/api/v1/search?facets=0"))
    return int(answer["total"])


def test_a_server_follows_the_index_is_reloaded_and_ends_cleanly(
    server: Server, index: Path, metrics: Path
) -> None:
    assert total(server) == 3
    LocalTarget(index).rebuild(ARCHIVE, BuildOptions())
    assert total(server) == 12

    until(lambda: len(server.workers()) == 2)
    reload(server)
    assert total(server) == 12

    # Requests that ended workers answered are still counted.
    until(lambda: b'endpoint="api.search",method="GET",status="200"} 3.0' in server.get("/metrics"))
    assert b"warta_index_articles 12.0" in server.get("/metrics")

    # Two workers and, while they were replaced, two more: no further files however often.
    reload(server)
    assert 0 < len(list(metrics.rglob("counter_[0-9]*.db"))) <= 4

    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(120) == 0
    assert list(metrics.iterdir()) == []


DAYS = 1_500

FRAME = b"\x28\xb5\x2f\xfd"
"""What a Zstandard frame, of which a segment has many for its articles' bodies, begins with."""


def diary(path: Path) -> Path:
    """An index of an article a day, the oldest first in its files."""
    articles = (
        article(
            number,
            f"Hari ke-{number}",
            f"Catatan hari ke-{number}. {hashlib.sha512(str(number).encode()).hexdigest()}",
            str(date(2020, 1, 1) + timedelta(days=number)),
        )
        for number in range(DAYS)
    )
    LocalTarget(path).rebuild(articles, BuildOptions())
    return path


def test_an_export_is_sent_in_pieces_and_whole(tmp_path: Path, metrics: Path) -> None:
    server = running(diary(tmp_path / "index"), metrics)
    try:
        with urllib.request.urlopen(f"{server.url}/search.csv?sort=oldest", timeout=120) as answer:
            assert answer.headers["Transfer-Encoding"] == "chunked"
            assert answer.headers["Warta-Total"] == str(DAYS)
            rows = list(csv.reader(io.TextIOWrapper(answer, "utf-8", newline="")))
        assert [row[0] for row in rows] == ["id", *(f"a{number}" for number in range(DAYS))]
        whole = orjson.loads(server.get("/search.json?sort=oldest&all=true"))
        assert [hit["id"] for hit in whole["hits"]] == [row[0] for row in rows[1:]]
    finally:
        server.stop()


@pytest.mark.parametrize("form", ["csv?", "json?all=true&"])
def test_an_export_that_breaks_off_cannot_be_taken_for_a_whole_one(
    tmp_path: Path, metrics: Path, form: str
) -> None:
    (stored,) = diary(tmp_path / "index").rglob("*.doc")
    content = bytearray(stored.read_bytes())
    last_bodies = content.rindex(FRAME)
    content[last_bodies + 100] ^= 0xFF
    stored.write_bytes(content)
    server = running(tmp_path / "index", metrics)
    try:
        address = f"{server.url}/search.{form}sort=oldest&facets=false"
        with urllib.request.urlopen(address, timeout=120) as answer:
            assert answer.status == 200
            with pytest.raises(http.client.IncompleteRead) as caught:
                answer.read()
        assert b"Hari ke-99" in caught.value.partial
        assert b"Hari ke-1499" not in caught.value.partial
        assert server.get("/healthz") == b'{"status":"ok"}'
    finally:
        server.stop()


def test_an_interrupted_server_ends_with_status_0(server: Server) -> None:
    assert server.get("/healthz") == b'{"status":"ok"}'
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(120) == 0


def test_too_long_a_request_line_is_refused(server: Server) -> None:
    # The longest query that is allowed, every character four bytes and percent-encoded, fits.
    longest = "%F0%9F%98%80" * 500
    assert server.get(f"/search.json?q={longest}")
    with pytest.raises(urllib.error.HTTPError) as caught:
        server.get(f"/search.json?q={longest * 2}")
    assert caught.value.code == 414
    caught.value.close()


def test_a_server_starts_before_its_index_exists(tmp_path: Path, metrics: Path) -> None:
    server = running(tmp_path / "nanti", metrics)
    try:
        with pytest.raises(urllib.error.HTTPError) as caught:
            server.get("/readyz")
        assert caught.value.code == 503
        caught.value.close()
        LocalTarget(tmp_path / "nanti").rebuild(ARCHIVE, BuildOptions())
        assert total(server) == 12
    finally:
        server.stop()


def test_a_server_whose_cluster_is_out_of_reach_answers_with_503(metrics: Path) -> None:
    server = running(f"opensearch://{closed_port()}/berita", metrics)
    try:
        for address in ("/readyz", "/", "/api/v1/search?q=beras"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                server.get(address)
            assert caught.value.code == 503
            caught.value.close()
        assert server.get("/healthz") == b'{"status":"ok"}'
    finally:
        server.stop()


def test_a_busy_port_is_an_error_that_says_what_to_do(sample_index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(AddressUnusable, match=f"127.0.0.1:{port}: another program") as caught:
            serve(sample_index, ServerSettings(port=port))
    assert "--port" in caught.value.indonesian


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("::1", "http://[::1]:8473/"),
        ("::", "http://[::1]:8473/"),
        ("0.0.0.0", "http://127.0.0.1:8473/"),
        ("warta.example", "http://warta.example:8473/"),
    ],
)
def test_the_announced_address_can_be_opened(host: str, url: str) -> None:
    assert _url(host, 8473) == url


def test_a_host_of_others_is_an_error(sample_index: Path) -> None:
    with pytest.raises(AddressUnusable, match="--host"):
        serve(sample_index, ServerSettings(host="203.0.113.1", port=0))
