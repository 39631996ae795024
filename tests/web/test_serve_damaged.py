"""A real server whose index is damaged under it: it serves on, says so, and no worker ends."""

from __future__ import annotations

import os
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.web.test_serve import Server, running, until

ONE = BuildOptions()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    LocalTarget(tmp_path / "index").rebuild(ARCHIVE[:4], ONE)
    return tmp_path / "index"


@pytest.fixture
def server(index: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "metrics").mkdir()
    server = running(index, tmp_path / "metrics")
    yield server
    server.stop()


def first(index: Path, pattern: str) -> Path:
    name = (index / "CURRENT").read_text().strip()
    return next((index / "generations" / name).glob(pattern))


def ready(server: Server) -> tuple[int, Any]:
    try:
        return 200, orjson.loads(server.get("/readyz"))
    except urllib.error.HTTPError as error:
        return error.code, orjson.loads(error.read())


def total(server: Server) -> int:
    return int(orjson.loads(server.get("/api/v1/search?q="))["total"])


def test_workers_serve_on_what_they_have_and_take_the_next(server: Server, index: Path) -> None:
    until(lambda: len(server.workers()) == 2)
    workers = server.workers()
    for _ in range(20):
        assert total(server) == 4
    before = ready(server)[1]["generation"]
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    first(index, "*.inv").write_bytes(b"x" * 100)
    for _ in range(20):
        assert total(server) == 4
        status, told = ready(server)
        assert (status, told["status"], told["generation"]) == (200, "stale", before)
        assert told["refused"]["problem"] == "damaged"
        assert told["refused"]["generation"] not in {"", before}
    assert b"warta_index_stale 1.0" in server.get("/metrics")
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    for _ in range(20):
        assert total(server) == len(ARCHIVE)
        assert ready(server)[1]["status"] == "ready"
    assert b"warta_index_stale 0.0" in server.get("/metrics")
    assert server.workers() == workers


def test_a_file_cut_under_the_workers_ends_none_of_them(server: Server, index: Path) -> None:
    until(lambda: len(server.workers()) == 2)
    workers = server.workers()
    for _ in range(20):
        assert total(server) == 4
    os.truncate(first(index, "*.inv"), 10)
    for _ in range(20):
        status, told = ready(server)
        assert (status, told["problem"]) == (503, "damaged")
        assert told["file"].endswith(".inv")
        with pytest.raises(urllib.error.HTTPError) as caught:
            server.get("/api/v1/search?q=beras")
        assert caught.value.code == 503
        caught.value.close()
    assert server.get("/healthz") == b'{"status":"ok"}'
    assert server.workers() == workers
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    assert total(server) == len(ARCHIVE)
    assert ready(server)[1]["status"] == "ready"
