"""Addresses at which a cluster's node may be looked for: nobody there, or somebody who answers."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOWHERE = "warta.invalid:9200"
"""A host that no name server knows (RFC 2606)."""


def closed_port() -> str:
    """A node at whose port nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def answering(
    answer: bytes | None, requests: list[bytes] | None = None, port: int = 0
) -> Iterator[str]:
    """A node that reads a request and sends these bytes, or hangs up; None: it says nothing.

    What it reads is appended to ``requests``. At ``port``, or any that is free.
    """
    ended = threading.Event()

    def serve(server: socket.socket) -> None:
        while not ended.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                asked = connection.recv(65_536)
                if requests is not None:
                    requests.append(asked)
                if answer is None:
                    ended.wait(10)
                else:
                    connection.sendall(answer)

    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(0.05)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


FIRST_PAGE: tuple[int, object] = (
    200,
    {"version": {"number": "3.8.0", "distribution": "opensearch"}},
)
"""Where OpenSearch says what it is."""


@contextmanager
def saying(answers: Sequence[tuple[int, object]]) -> Iterator[tuple[str, list[str]]]:
    """A node that is OpenSearch by its own words, and answers with these status codes and bodies.

    Each request gets the next, all after the last of them the last. Yields host and port, and the
    paths that were asked for, without that of the first page.
    """
    asked: list[str] = []

    class Node(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = FIRST_PAGE
            if self.path != "/":
                status, body = answers[min(len(asked), len(answers) - 1)]
                asked.append(self.path)
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Node) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def taking_nobody() -> Iterator[str]:
    """A node whose host takes no connection, and does not say so."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(2):  # They wait to be accepted, and fill its queue.
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"127.0.0.1:{server.getsockname()[1]}"
