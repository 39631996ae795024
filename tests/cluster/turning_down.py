"""A node's address at which requests are turned down, lost, or answered too late to be heard."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, bytes]
Forward = Callable[[bytes], Answer]
"""Gives the node a body, and gives its answer back."""

Bulk = Callable[[int, bytes, Forward], Answer | None]
"""What comes of such a request of a number, from 0 on; None: the connection is closed."""


@contextmanager
def in_front_of(host: str, bulk: Bulk, path: str = "/_bulk") -> Iterator[str]:
    """The host and port of a node that is like another but for requests with the path in theirs."""
    numbers = iter(range(1_000_000))
    one_by_one = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Nothing: tests print what they have to say."""

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            answer: Answer | None
            if path in self.path:
                with one_by_one:
                    number = next(numbers)
                answer = bulk(number, body, self._forward)
            else:
                answer = self._forward(body)
            if answer is None:
                self.close_connection = True
                return
            status, content = answer
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - the base's names

        def _forward(self, body: bytes) -> Answer:
            node = HTTPConnection(host, timeout=60)
            headers = {"content-type": self.headers.get("content-type", "application/json")}
            node.request(self.command, self.path, body, headers)
            answer = node.getresponse()
            try:
                return answer.status, answer.read()
            finally:
                node.close()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def turned_down(_: int, body: bytes, forward: Forward) -> Answer:
    """Every other change of a request is turned down, and every other request as a whole."""
    lines = body.splitlines(keepends=True)
    pairs = [b"".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    if len(pairs) % 2:  # so that what is sent again is let through in the end
        return forward(body)
    _, answer = forward(b"".join(pairs[::2]))
    taken = json.loads(answer)["items"]
    error = {"type": "rejected_execution_exception", "reason": "the queue is full"}
    refused = {"index": {"status": 429, "error": error}}
    items = [one for each in taken for one in (each, refused)]
    return 200, json.dumps({"items": items}).encode()


def too_busy(number: int, body: bytes, forward: Forward) -> Answer:
    """Two of three requests are turned down."""
    if number % 3 == 2:
        return forward(body)
    error = {"type": "circuit_breaking_exception", "reason": "too much data"}
    return 429, json.dumps({"error": error, "status": 429}).encode()


def unheard(number: int, body: bytes, forward: Forward) -> Answer | None:
    """Every other request is done, and its answer lost."""
    answer = forward(body)
    return None if number % 2 == 0 else answer
