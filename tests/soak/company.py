"""What goes on beside the load: clients that do nothing, a writer that publishes, reloads."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from tests.conftest import ROOT
from tests.soak.servers import Running

_HEAD = b"GET /search?q=gempa HTTP/1.1\r\nHost: localhost\r\nUser-Agent: slow\r\n"


class Company:
    """Counts what was done beside the load."""

    def __init__(self) -> None:
        self.published = 0
        self.failed: list[str] = []
        self.reopened = 0
        self.memory: list[int] = []


@contextmanager
def _beside(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Work in a thread of its own, which is told by an event when to end."""
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def idle(server: Running, count: int, company: Company) -> Iterator[None]:
    """So many connections that send nothing, part of a head, or a byte a second.

    Those that the server closes are opened anew, so that there are always as many.
    """

    def keep(ended: threading.Event) -> None:
        sockets: list[tuple[socket.socket, int]] = []
        try:
            while not ended.wait(1.0):
                alive = [pair for pair in sockets if _goes_on(*pair)]
                company.reopened += len(sockets) - len(alive)
                sockets = [(one, sent + 1) for one, sent in alive]
                while len(sockets) < count and not ended.is_set():
                    with suppress(OSError):
                        sockets.append((socket.create_connection(server.address, 5), 0))
        finally:
            for one, _ in sockets:
                one.close()

    def _goes_on(one: socket.socket, sent: int) -> bool:
        """Send what this one sends in this second: every third one a byte, every third half."""
        kind = one.fileno() % 3
        piece = b"" if kind == 0 else _HEAD[sent : sent + 1] if kind == 1 else _HEAD[:40]
        try:
            if piece and (kind == 1 or sent == 0):
                one.sendall(piece)
            one.setblocking(False)
            try:
                return one.recv(1024) != b""
            except BlockingIOError:
                return True
            finally:
                one.setblocking(True)
        except OSError:
            return False

    with _beside(keep):
        yield


@contextmanager
def updates(
    index: Path, folder: Path, articles: Sequence[dict[str, object]], company: Company
) -> Iterator[None]:
    """A writer that publishes a few articles, again and again, each time by a command."""

    def publish(ended: threading.Event) -> None:
        number = 0
        while not ended.wait(0.5):
            file = folder / "news.jsonl"
            some = [articles[(number + place) % len(articles)] for place in range(5)]
            number += 5
            file.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in some))
            done = subprocess.run(
                [sys.executable, "-m", "web.cli", "update", file, "--index", index, "--json"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                company.failed.append(done.stderr)
            else:
                company.published += 1

    with _beside(publish):
        yield


@contextmanager
def watched(server: Running, company: Company, reload_after: float) -> Iterator[None]:
    """Look at the server's memory every second, and send SIGHUP once."""
    started = time.monotonic()

    def watch(ended: threading.Event) -> None:
        reloaded = False
        while not ended.wait(1.0):
            company.memory.append(server.memory())
            if not reloaded and time.monotonic() - started > reload_after:
                server.process.send_signal(signal.SIGHUP)
                reloaded = True

    with _beside(watch):
        yield
