"""Sends bytes by chance to a real server: ``python -m tests.fuzz.sockets COUNT SEED``.

Whatever comes back is an answer of HTTP below 500 (or 501, for what gunicorn does not do), or
nothing; the server says nothing of it in its log, and answers the next request.
"""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ROOT
from tests.fuzz.mutating import altered
from tests.fuzz.queries import ARTICLES
from tests.fuzz.requests import Request, request
from tests.fuzz.running import Fuzzer, main

PROGRAM = """
import sys
from web.serve import serve
from web.settings import ServerSettings
serve(sys.argv[1], ServerSettings(port=0, workers=1))
"""
PIECES = (
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b" ",
        b":",
        b"\r\n\r\n",
        b" HTTP/1.1\r\n",
        b"HTTP/2.0",
        b"\xff",
    ),
    *(b"Transfer-Encoding: chunked\r\n", b"Content-Length: 99\r\n", b"Content-Length: -1\r\n"),
    *(
        b"Expect: 100-continue\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade\r\n",
        b"0\r\n\r\n",
        b"5;a=b\r\n",
    ),
    *(b"Connection: keep-alive\r\n", b"Host: a\r\n", b"Host:\r\n", b" folded: x\r\n", b"A" * 9000),
    *(
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01",
        b"PROXY TCP4 1 2 3 4\r\n",
        b"GET ",
    ),
)
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n")


def message(generator: random.Random) -> bytes:
    """The bytes of a request, altered a little, much or not at all."""
    sent = request(generator)
    raw = _written(sent)
    if generator.random() < 0.2:
        raw += _written(request(generator))
    for _ in range(generator.choice((0, 0, 1, 2, 5))):
        at = generator.randrange(len(raw) + 1)
        raw = raw[:at] + generator.choice(PIECES) + raw[at:]
    return altered(raw, generator) if generator.random() < 0.4 else raw


def _written(sent: Request) -> bytes:
    names = {name: name.title().replace("_", "-") for name in sent.headers}
    lines = [f"{sent.method} {sent.target or '/'} HTTP/1.1"]
    lines += [f"{names[name]}: {value}" for name, value in sent.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + sent.body


def prepare(stack: ExitStack) -> Callable[[bytes], str]:
    """A server of one worker, which ends with the stack."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    LocalTarget(folder / "index").rebuild(ARTICLES, BuildOptions())
    log = folder / "log"
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder / "index")],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stderr=stack.enter_context(log.open("wb")),
    )
    stack.callback(server.wait, 60)
    stack.callback(server.terminate)
    found = None
    while found is None:
        assert server.poll() is None, log.read_text()
        found = re.search(rb":(\d+)/", log.read_bytes())
    return partial(attempt, int(found[1]), log)


def attempt(port: int, log: Path, sent: bytes) -> str:
    """Send it, and look at all that comes back. Raises ``AssertionError``."""
    before = log.stat().st_size
    back = _said(port, sent)
    found = _STATUS.match(back)
    assert found or not back, back[:200]
    outcome = found[1].decode() if found else "nothing"
    assert outcome == "nothing" or int(outcome) < 500 or outcome == "501", back[:300]
    said = log.read_bytes()[before:]
    assert b"Traceback" not in said, said[-3000:]
    assert b"CRITICAL" not in said, said[-3000:]
    return outcome


def _said(port: int, sent: bytes) -> bytes:
    pieces = []
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while piece := connection.recv(65_536):
                pieces.append(piece)
    return b"".join(pieces)


FUZZER = Fuzzer(message, prepare)

if __name__ == "__main__":
    sys.exit(main("sockets", FUZZER))
