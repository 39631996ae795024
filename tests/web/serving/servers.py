"""A real server in a process of its own, with the test's application or Warta's, and clients."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

_PROGRAM = """
import sys
from pathlib import Path
import web.serve
from web.settings import ServerSettings
if sys.argv[3]:
    import tests.web.serving.app as made
    web.serve._Server.load = lambda self: made.app
    web.gunicorn_settings._prepare = lambda worker: None
exec(sys.argv[4])
settings = eval(sys.argv[2])
if "uds" in settings:
    settings["uds"] = Path(settings["uds"])
web.serve.serve(sys.argv[1], ServerSettings(**{"port": 0, "workers": 1, **settings}))
"""


class Server:
    """A running server; ``lines`` is what it wrote to standard error so far."""

    def __init__(self, process: subprocess.Popen[str], announced: int) -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stderr is not None
        while len(self.lines) < announced:
            line = process.stderr.readline()
            # With the lines of requests there are those of gunicorn's start.
            if " INFO " not in line and '"INFO"' not in line and "gunicorn" not in line:
                self.lines.append(line)
        assert self.lines[0].startswith("Warta: "), process.stderr.read()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        found = re.search(r":(\d+)/", self.lines[0])
        self.port = int(found[1]) if found else 0

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(self.process.stderr)

    @property
    def log(self) -> str:
        return "".join(self.lines)

    def workers(self) -> set[int]:
        pid = self.process.pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20, (source, 0))

    def end(self) -> None:
        """End it by SIGTERM, which may take a minute."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0
        self._reader.join(10)


@contextmanager
def serving(
    index: Path | str,
    *,
    own_app: bool = False,
    prepare: str = "",
    announced: int = 1,
    **settings: object,
) -> Iterator[Server]:
    """A server with the settings; ``prepare`` is code that it runs before, such as other limits."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(index), repr(settings), "1" * own_app, prepare],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    server = None
    try:
        server = Server(process, announced)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(60)
        finally:
            process.kill()
            process.wait()
            assert process.stderr is not None
            if server is not None:
                server._reader.join(10)
            process.stderr.close()


def request(path: str, *fields: str, method: str = "GET", version: str = "1.1") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", "Host: warta.example", *fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(client: socket.socket, *, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """The next answer: status, fields in small letters, body. Raises ``EOFError`` for none."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = client.recv(1)
        if not byte:
            raise EOFError(head)
        head += byte
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    fields = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    body = b""
    length = 0 if method == "HEAD" else int(fields.get("content-length", "0"))
    while len(body) < length:
        piece = client.recv(length - len(body))
        if not piece:
            raise EOFError(head)
        body += piece
    return int(first.split()[1]), fields, body


def until_closed(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    found = bytearray()
    try:
        while piece := client.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return bytes(found)


def ask(server: Server, path: str, *fields: str) -> tuple[int, dict[str, str], bytes]:
    with server.connect() as client:
        client.sendall(request(path, *fields))
        return answer(client)


def eventually(condition: object, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
