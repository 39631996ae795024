"""The answer as it is written to a connection: its head together with the first of its body."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from time import time

from gunicorn.http import wsgi
from gunicorn.util import http_date, write_chunk

from web.security import ADDED


class Response(wsgi.Response):  # type: ignore[misc]
    """gunicorn's, which sends the head by a call of its own and asks for the date each time.

    Nothing is sent before there is something of the body, or its end: so what breaks off before
    can still be answered otherwise.
    """

    def process_headers(self, headers: Sequence[tuple[str, str]]) -> None:
        """Check the fields of the answer but for our own, in which nothing is to be found.

        Our own fields come last.
        """
        super().process_headers([field for field in headers if field not in ADDED])
        self.headers += [field for field in headers if field in ADDED]

    def default_headers(self) -> list[str]:
        """The status line and the server's own headers."""
        headers: list[str] = [
            f"HTTP/{self.req.version[0]}.{self.req.version[1]} {self.status}\r\n",
            f"Server: {self.version}\r\n",
            f"Date: {_date(int(time()))}\r\n",
            f"Connection: {'close' if self.should_close() else 'keep-alive'}\r\n",
        ]
        if self.chunked:
            headers.append("Transfer-Encoding: chunked\r\n")
        return headers

    def send_headers(self) -> None:
        """Nothing yet."""

    def close(self) -> None:
        """Send the head where there was no body, and the end of one without a length."""
        if not self.headers_sent:
            self.sock.sendall(self._head())
        if self.chunked:
            write_chunk(self.sock, b"")

    def _emit_body(self, data: bytes) -> None:
        if self.chunked:
            data = b"%X\r\n%b\r\n" % (len(data), data)
        self.sock.sendall(data if self.headers_sent else self._head() + data)

    def _head(self) -> bytes:
        self.headers_sent = True
        lines = [*self.default_headers(), *[f"{name}: {value}\r\n" for name, value in self.headers]]
        return ("".join(lines) + "\r\n").encode("latin-1")


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return str(http_date(second))
