"""Where heads end, against gunicorn's parser, and broken ones at a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser
from hypothesis import given
from hypothesis import strategies as st

from tests.web.serving.servers import Server, answer, ask, request, serving, until_closed
from web.serving.heads import BadHead, end_of_head, method_and_path


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("nothing", own_app=True, threads=2) as server:
        yield server


PIECES = st.sampled_from(
    [
        b"GET ",
        b"/",
        b"?q=a",
        b" HTTP/1.1",
        b"\r\n",
        b"\n",
        b"\r",
        b"Host: a",
        b"\r\n\r\n",
        b"x",
        b"\0",
    ]
)


@given(st.lists(PIECES, max_size=12), st.data())
def test_a_head_ends_where_the_parser_says_however_it_arrives(
    pieces: list[bytes], data: st.DataObject
) -> None:
    sent = b"GET / HTTP/1.1\r\n" + b"".join(pieces)
    received, seen, found, rest = bytearray(), 0, None, sent
    bad = False
    while rest and found is None and not bad:
        size = data.draw(st.integers(1, len(rest)))
        received += rest[:size]
        rest = rest[size:]
        try:
            found = end_of_head(received, seen)
        except BadHead:
            bad = True
        seen = len(received)
    parser = RequestParser(Config(), iter([sent]), ("127.0.0.1", 1))
    try:
        next(parser)
    except ParseException:
        # Found bad here or, where a head is whole, by the parser in a thread.
        return
    except OSError:
        assert found is None
        assert not bad
        return
    assert found is not None
    assert sent[found - 4 : found] == b"\r\n\r\n"
    assert parser.unreader.take_buffered() + b"" is not None


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"get / HTTP/1.1\r\n\r\n", 400),
        (b"\0\0\0\0", 400),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"GET / HTTP/9.1\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: \0\r\n\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: foo\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nExpect: foo\r\n\r\n", 417),
        (b"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\nGET / HTTP/1.1\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000, 414),
        (b"GET /" + b"a" * 8190 + b" HTTP/1.1\r\n\r\n", 414),
        (b"A" * 9000, 414),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 65 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"b" * 9000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + (b"A: " + b"b" * 8000 + b"\r\n") * 5, 431),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else str(value),
)
def test_a_broken_head_is_refused_at_once(server: Server, sent: bytes, status: int) -> None:
    with server.connect() as client:
        client.sendall(sent)
        found = until_closed(client)
    assert found.startswith(b"HTTP/1.1 %d " % status)
    assert found.count(b"HTTP/1.1") == 1
    assert ask(server, "/healthz")[2] == b"ok"
    assert server.log.count("\n") == 1


def test_an_empty_line_before_a_request_is_let_pass(server: Server) -> None:
    with server.connect() as client:
        client.sendall(b"\r\n" + request("/healthz") + b"\r\n" + request("/healthz"))
        assert answer(client)[2] == b"ok"
        assert answer(client)[2] == b"ok"


@pytest.mark.parametrize(
    ("version", "field", "kept"),
    [
        ("1.1", "X: y", "keep-alive"),
        ("1.1", "Connection: close", "close"),
        ("1.0", "X: y", "close"),
        ("1.0", "Connection: keep-alive", "keep-alive"),
    ],
)
def test_connections_are_kept_as_the_client_says(
    server: Server, version: str, field: str, kept: str
) -> None:
    with server.connect() as client:
        client.sendall(request("/healthz", field, version=version))
        assert answer(client)[1]["connection"] == kept


def test_a_later_minor_version_is_answered_in_the_highest_that_is_spoken(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("/healthz", "Connection: close", version="1.7"))
        assert until_closed(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"GET /a?b HTTP/1.1\r\nX: y\r\n\r\n", ("GET", "/a")),
        (b"GET", ("", "")),
        (b"", ("", "")),
        (b"GET /\xff x", ("GET", "/ÿ")),
    ],
)
def test_what_a_first_line_says(head: bytes, found: tuple[str, str]) -> None:
    assert method_and_path(head) == found


# Connections that the system takes before gunicorn has set the listening socket up do not inherit
# what it sets there.
EARLY = "import gunicorn.sock as s; s.TCPSocket.set_options = s.BaseSocket.set_options"


def test_a_body_does_not_wait_until_the_client_has_confirmed_the_head() -> None:
    with serving("nothing", own_app=True, prepare=EARLY) as server:
        assert ask(server, "/at-once")[2] == b"1"
