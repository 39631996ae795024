"""A node as seen through somebody who may refuse in its name, be slow, or change what is asked."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Relay:
    """``host`` passes requests on to a node, or answers the status in ``refusing`` in its place.

    That to requests of which the path has ``only``; so many seconds ``late`` it tells what the node
    answers to these.
    ``passing``: told of each request, as "GET /path", before it is passed on, which waits for it.
    ``searches``: what becomes of the body of a ``_msearch`` before it is passed on.
    """

    host: str
    searches: Callable[[bytes], bytes] = bytes
    passing: Callable[[str], object] = str
    refusing: int | None = None
    only: str = ""
    refused: int = 0
    late: float = 0.0


@contextmanager
def relayed(node: str) -> Iterator[Relay]:
    """Somebody between a client and the node at a host and port."""
    relay = Relay("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if relay.refusing is not None and relay.only in self.path:
                relay.refused += 1
                self._send(relay.refusing, "application/json", _refusal(relay.refusing))
                return
            relay.passing(f"{self.command} {self.path}")
            if "_msearch" in self.path:
                body = relay.searches(body)
            client = http.client.HTTPConnection(node, timeout=60)
            try:
                headers = {**self.headers, "Content-Length": str(len(body))}
                client.request(self.command, self.path, body, headers)
                got = client.getresponse()
                content = got.read()
                if relay.only in self.path:
                    time.sleep(relay.late)
                with suppress(BrokenPipeError):  # Who asked may have given up.
                    self._send(got.status, got.headers["Content-Type"] or "", content)
            finally:
                client.close()

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        relay.host = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield relay
        finally:
            server.shutdown()
            thread.join()


def _refusal(status: int) -> bytes:
    """As a node whose queue is full says it."""
    reason = '{"type":"rejected_execution_exception","reason":"rejected execution"}'
    return f'{{"error":{reason},"status":{status}}}'.encode()
