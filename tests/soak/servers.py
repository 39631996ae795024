"""The servers under load: Warta as its command starts it, and a bare Flask application."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import ROOT

HELLO = """
from flask import Flask
app = Flask(__name__)

@app.get("/")
def hello():
    return "hello"
"""


@dataclass(frozen=True)
class Running:
    """A server of several processes, of which the first one forks the others."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        return host, int(port)

    def memory(self) -> int:
        """Bytes that its processes hold together, what they share counted once."""
        total = 0
        for pid in (self.process.pid, *self.children()):
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
        return total

    def children(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def _started(
    command: Sequence[str | Path], url: str, folder: Path, name: str, path: str
) -> Iterator[Running]:
    """The server once it answers at the path; it listens before it has made its workers.

    Who asked meanwhile would wait for them, and measure that.
    """
    log = folder / f"{name}.log"
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(folder)}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
    running = Running(process, url, log)
    try:
        deadline = time.monotonic() + 60
        while not _answers(url + path):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text("utf-8", "replace"))
            time.sleep(0.05)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException):
        return False


def free_url() -> str:
    """An address of the loopback at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def warta(index: Path, folder: Path, workers: int) -> Iterator[Running]:
    """``warta serve``."""
    url = free_url()
    port = url.rpartition(":")[2]
    command = [sys.executable, "-m", "web.cli", "serve", "--index", str(index), "--port", port]
    command += ["--workers", str(workers)]
    with _started(command, url, folder, "warta", "/readyz") as running:
        yield running


@contextmanager
def hello(folder: Path, workers: int) -> Iterator[Running]:
    """A Flask application that says "hello", under gunicorn with its plain workers."""
    (folder / "hello.py").write_text(HELLO, "utf-8")
    url = free_url()
    command = [sys.executable, "-m", "gunicorn", "--workers", str(workers), "--log-level"]
    bind = url.removeprefix("http://")
    with _started(
        [*command, "error", "--bind", bind, "hello:app"], url, folder, "hello", "/"
    ) as running:
        yield running
