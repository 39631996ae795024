"""A small application whose answers take as long and are as large as a test wants."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

from flask import Flask, Response, request

from web.serving.streams import bounded_streams
from web.work import measured

app = Flask("slow")
app.wsgi_app = measured(bounded_streams(app.wsgi_app), (), lambda _: None)  # type: ignore[method-assign,assignment]


@app.get("/healthz")
def health() -> str:
    return "ok"


@app.get("/sleep")
@app.get("/api/v1/sleep")
def sleep() -> str:
    time.sleep(float(request.args["s"]))
    return "slept"


@app.get("/compute")
def compute() -> str:
    end = time.monotonic() + float(request.args["s"])
    while time.monotonic() < end:
        pass
    return "computed"


@app.get("/echo/<name>")
def echo(name: str) -> str:
    """The name, after so many seconds asleep and so many of work."""
    sleep()
    end = time.thread_time() + float(request.args["w"])
    while time.thread_time() < end:
        pass
    return name


@app.get("/worker")
def worker() -> str:
    """The number of the process."""
    return str(os.getpid())


@app.get("/at-once")
def at_once() -> str:
    """Whether the system sends what it is given without waiting for more (TCP_NODELAY)."""
    sock = request.environ["gunicorn.socket"].sock
    return str(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


@app.get("/large")
def large() -> bytes:
    return b"x" * int(request.args["n"])


@app.get("/stream")
def stream() -> Response:
    count = int(request.args["n"])

    def pieces() -> Iterator[bytes]:
        for _ in range(count):
            yield b"y" * 65_536

    return Response(pieces())


@app.get("/broken")
def broken() -> Response:
    def pieces() -> Iterator[bytes]:
        for _ in range(1):
            raise ValueError("patah")
        yield b""

    return Response(pieces())


@app.get("/exit")
def leave() -> str:
    raise SystemExit(3)


@app.get("/readyz")
@app.get("/metrics")
@app.get("/x/metrics")
@app.get("/arsip/readyz")
def slow_probe() -> str:
    time.sleep(0.3)
    return "slow"


@app.get("/short")
def short() -> Response:
    """Announces more than comes."""
    return Response([b"abc"], headers={"Content-Length": "10"})


@app.get("/unchanged")
def unchanged() -> Response:
    return Response(status=304, headers={"Content-Length": "10"})
