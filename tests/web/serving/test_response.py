"""An answer is written in as few calls as can be, framed as gunicorn frames it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from gunicorn.config import Config
from gunicorn.http import wsgi
from gunicorn.http.errors import InvalidResponseHeader
from gunicorn.http.parser import RequestParser

from web.security import ADDED
from web.serving.response import Response


class Wire:
    """Where bytes are sent to, call by call."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        """Take them."""
        self.calls.append(data)


def written(
    kind: type[wsgi.Response],
    head: bytes,
    pieces: Sequence[bytes],
    status: str = "200 OK",
    length: int | None = None,
) -> list[bytes]:
    """What an answer to a request sends; of its head what does not change with the second."""
    wire, cfg = Wire(), Config()
    request = next(RequestParser(cfg, iter([head]), ("127.0.0.1", 1)))
    response = kind(request, wire, cfg)
    headers = [] if length is None else [("Content-Length", str(length))]
    response.start_response(status, [("X-One", "é"), *headers])
    for piece in pieces:
        response.write(piece)
    response.close()
    assert response.headers_sent
    return [b"".join(_lines(call)) for call in wire.calls]


def _lines(call: bytes) -> list[bytes]:
    return [line for line in call.splitlines(keepends=True) if not line.startswith(b"Date: ")]


GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
CASES = {
    "a page": (GET, [b"abc"], "200 OK", 3),
    "a page of no bytes": (GET, [b""], "200 OK", 0),
    "several pieces of a known length": (GET, [b"ab", b"c"], "200 OK", 3),
    "more than was announced": (GET, [b"abc", b"de"], "200 OK", 2),
    "pieces without a length": (GET, [b"", b"ab", b"", b"c" * 300], "200 OK", None),
    "no pieces": (GET, [], "200 OK", None),
    "a head alone": (GET.replace(b"GET", b"HEAD"), [b""], "200 OK", 3),
    "not modified": (GET, [], "304 NOT MODIFIED", None),
    "an old client": (GET.replace(b"1.1", b"1.0"), [b"ab", b"c"], "200 OK", None),
    "a client that closes": (GET[:-2] + b"Connection: close\r\n\r\n", [b"ab"], "200 OK", 2),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_sent_is_what_gunicorn_would_send(
    case: tuple[bytes, list[bytes], str, int | None],
) -> None:
    assert b"".join(written(Response, *case)) == b"".join(written(wsgi.Response, *case))


def test_the_head_goes_with_the_first_bytes_of_the_body() -> None:
    (call,) = written(Response, GET, [b"abc"], length=3)
    assert call.startswith(b"HTTP/1.1 200 OK\r\n")
    assert call.endswith(b"\r\n\r\nabc")


def test_nothing_is_sent_before_there_is_something_of_the_body() -> None:
    wire, cfg = Wire(), Config()
    request = next(RequestParser(cfg, iter([GET]), ("127.0.0.1", 1)))
    response = Response(request, wire, cfg)
    response.start_response("200 OK", [])
    response.write(b"")
    assert not wire.calls
    assert not response.headers_sent


def test_fields_that_are_not_checked_are_those_that_gunicorn_sends_as_they_are() -> None:
    cfg = Config()
    request = next(RequestParser(cfg, iter([GET]), ("127.0.0.1", 1)))
    response = wsgi.Response(request, Wire(), cfg)
    response.process_headers(sorted(ADDED))
    assert response.headers == sorted(ADDED)
    assert (response.response_length, response.upgrade) == (None, False)
    own = Response(request, Wire(), cfg)
    fields = [("X-One", " 1 "), *ADDED, ("Content-Length", "3"), ("Connection", "close")]
    own.process_headers(fields)
    assert own.headers == [("X-One", "1"), ("Content-Length", "3"), *ADDED]
    assert own.response_length == 3
    with pytest.raises(InvalidResponseHeader):
        own.process_headers([*ADDED, ("X-One", "a\r\nb")])
