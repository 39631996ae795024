"""A server is waited for until it answers, whatever else comes from its port before."""

from __future__ import annotations

import socket
import threading

import pytest

from tests.soak.servers import _answers


@pytest.mark.parametrize(
    ("sent", "ready"),
    [
        (b"", False),
        (b"no HTTP\r\n\r\n", False),
        (b"HTTP/1.1 503 Not yet\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
    ],
)
def test_only_an_answer_that_says_so_is_one(sent: bytes, ready: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as client:
                client.recv(65_536)
                client.sendall(sent)

        thread = threading.Thread(target=serve)
        thread.start()
        assert _answers(f"http://127.0.0.1:{server.getsockname()[1]}/") is ready
        thread.join()
