"""Addresses at which a cluster's node may be looked for: nobody there, or somebody who answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NOWHERE = "warta.invalid:9200"
"""A host that no name server knows (RFC 2606)."""


def closed_port() -> str:
    """A node at whose port nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def answering(answer: bytes | None, requests: list[bytes] | None = None) -> Iterator[str]:
    """A node that reads a request and sends these bytes, or hangs up; None: it says nothing.

    What it reads is appended to ``requests``.
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

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()
