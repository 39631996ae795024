"""Ordinary heads are read as gunicorn reads them, whatever was known of their fields."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData, ParseException
from hypothesis import HealthCheck, example, settings
from hypothesis import given as given_values
from hypothesis import strategies as st

from web.serving.connection import Connection
from web.serving.requests import Requests, with_plain_address

FIELDS = (
    "Host: warta.example",
    "Host: [::1]:8000",
    "Accept: */*",
    "Accept:   text/html, */*;q=0.1 ",
    "Accept-Language: id",
    "Cookie: lang=en",
    "Cookie: a=1",
    "Connection: close",
    "Connection: keep-alive",
    "Connection: Upgrade",
    "Content-Type: text/plain",
    "Content-Length: 0",
    "Content-Length: 3",
    "Content-Length: x",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Expect: 100-continue",
    "Expect: tea",
    "Script-Name: /a",
    "SCRIPT_NAME: /a",
    "X_Under: score",
    "X-Forwarded-For: 10.0.0.1",
    "X-Forwarded-For:  10.0.0.2,\t10.0.0.3\t ",
    "x-forwarded-for:",
    "X-Forwarded-For : 10.0.0.4",
    "X_Forwarded_For: 10.0.0.5",
    "X-Request-ID: a1",
    "x-request-id:b2",
    "X-Request-ID",
    "X-Request-IDs: c3",
    'If-None-Match: "a", W/"b"',
    "Referer: http://x/?q=a: b",
    "Referer: \xe9",
    "Traceparent: 00-1\n",
    "Authorization: Bearer k",
    "Authorization: \x7f",
    "X-API-Key: k\r",
    "Cookie: c=\xe9",
    "Cookie : d=1",
    "\tX-Request-ID: folded",
    "Broken",
    " folded: line",
    "Bad name: x",
    "X-Long: " + "x" * 2100,
    "X-Latin: \xe9",
    "X-Nul: \0",
)
TARGETS = st.one_of(
    st.sampled_from(
        ["/", "//a", "/a//b", "/?q=a", "/?", "/a?b?c", "/#f", "/a#f?q", "*", "http://x/a?b", "a:1"]
    ),
    st.text(st.characters(max_codepoint=255), max_size=8).map(lambda text: f"/{text}"),
    st.text("abc/.;:[]@!$&'()*+,=~%2F%zz%C3%A9?&", max_size=12).map(lambda text: f"/{text}"),
)
CONFIG = Config()
for name, value in {
    "limit_request_line": 8190,
    "limit_request_fields": 64,
    "limit_request_field_size": 8190,
    "forwarded_allow_ips": "",
    "secure_scheme_headers": {},
    "forwarder_headers": "",
    "header_map": "drop",
}.items():
    CONFIG.set(name, value)
REQUESTS = Requests(CONFIG)


@pytest.fixture(
    params=[("10.1.2.3", 4), "", "/tmp/c.sock", b"\0abs", b"\0\xff"],
    ids=["tcp", "unix", "unix with a path", "unix with a name", "unix with a name of no text"],
)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        tcp = isinstance(request.param, tuple)
        server = ("127.0.0.1", 8000) if tcp else ("localhost", "80")
        yield Connection(ours, request.param, server, metrics_only=False, has_unsent=lambda _: None)


def told(read: Any, head: bytes, connection: Connection) -> Any:
    """All that is known of the request; the name of the error where it is refused."""
    try:
        asked = read(head, connection)
    except (ParseException, NoMoreData) as error:
        return type(error)
    environ = dict(asked.environ)
    body = environ.pop("wsgi.input").read() if not asked.has_body else environ.pop("wsgi.input")
    errors = environ.pop("wsgi.errors").streams
    line = asked.response.req
    facts = (line.method, line.version, line.should_close(), asked.has_body)
    return environ, errors, facts, body if isinstance(body, bytes) else type(body)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_values(
    method=st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "get", "G"]),
    target=TARGETS,
    version=st.sampled_from(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "x"]),
    fields=st.lists(st.sampled_from(FIELDS), max_size=5),
)
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", "X-Forwarded-For: b", "Cookie: c"])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID:\t a\tb \t", "Host: x", "Cookie:"])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", "Host: x", "X-Request-ID: b"])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", " b"])
@example("GET", "/", "HTTP/1.1", ["A: b", "X-Request-ID: a", "\tc", "B: c"])
@example("GET", "/", "HTTP/1.1", ["A: b", "X-Request-ID: a", "\tc: d"])
@example("GET", "/", "HTTP/1.1", ["A: b\nX-Request-ID: a", "B: c"])
@example("GET", "/", "HTTP/1.1", [*["A: b"] * 63, "X-Request-ID: a"])
@example("GET", "/", "HTTP/1.1", [*["A: b"] * 64, "X-Request-ID: a"])
@example("GET", "/", "HTTP/1.1", [*["A: b"] * 64])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", "X-Forwarded-For: b", *["A: b"] * 62])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", "X-Forwarded-For: b", *["A: b"] * 63])
@example("GET", "/", "HTTP/1.1", ["X-Request-ID: a", "Cookie: b", "Referer: c", *["A: b"] * 62])
@example("GET", "/" + "a" * 5000, "HTTP/1.1", ["Host: x"])
@example("GET", "/a%2Fb%zz%C3%A9?q=%20", "HTTP/1.1", [])
@example("GET", "/\xc3\xa9?q=\xc2\x80", "HTTP/1.1", ["X-Request-ID: \xc3\xa9"])
@example("GET", "/\xe9", "HTTP/1.1", ["X-Request-ID: a"])
@example("GET", "/" + "\xc3\xa9" * 2000, "HTTP/1.1", [])
def test_a_head_says_the_same_read_in_parts_and_as_a_whole(
    connection: Connection, method: str, target: str, version: str, fields: list[str]
) -> None:
    lines = [f"{method} {target} {version}", *fields, "", ""]
    head = "\r\n".join(lines).encode("latin-1")
    expected = told(REQUESTS.read_whole, with_plain_address(head), connection)
    assert told(REQUESTS.read, head, connection) == expected
    assert told(REQUESTS.read, head, connection) == expected


@pytest.mark.parametrize("fields", [b"Cookie: a\r\n b", b"A: b\r\nCookie: c\r\n\td\r\nE: f"])
def test_a_field_that_the_next_line_continues_is_taken_with_it(
    connection: Connection, fields: bytes
) -> None:
    config = Config()
    config.set("permit_obsolete_folding", True)
    requests, head = Requests(config), b"GET / HTTP/1.1\r\n" + fields + b"\r\n\r\n"
    assert told(requests.read, head, connection) == told(requests.read_whole, head, connection)


def test_known_fields_are_not_read_again(connection: Connection) -> None:
    requests = Requests(CONFIG)
    heads = [b"GET /?q=%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(3)]
    asked = [requests.read(head, connection) for head in heads]
    assert [one.environ["QUERY_STRING"] for one in asked] == ["q=0", "q=1", "q=2"]
    assert requests._fields.cache_info().misses == 1


HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n%bAccept: b\r\n\r\n"
SECRETS = [b"Authorization: Bearer k", b"cookie: a=b", b"X-Api-Key:k", b"Proxy-Authorization: k"]
OTHERS = [
    b"X-Request-ID: 1f",
    b"x-forwarded-for: 10.0.0.1, ::1",
    b'If-None-Match: "a"',
    b"Referer: http://x/?q=a",
    b"traceparent: 00-1-2-01",
]


@pytest.mark.parametrize("field", SECRETS + OTHERS)
def test_fields_of_one_request_are_not_kept_and_the_others_not_read_again(
    connection: Connection, field: bytes
) -> None:
    requests = Requests(CONFIG)
    without = requests.read(HEAD % b"", connection).environ
    for number in (b"1", b"2"):
        line = field + number
        found = requests.read(HEAD % (line + b"\r\n"), connection).environ
        name, _, value = line.partition(b":")
        key = "HTTP_" + name.decode().upper().replace("-", "_")
        assert set(found) == {*without, key}
        assert found[key] == value.strip().decode()
    assert set(requests.read(HEAD % b"", connection).environ) == set(without)
    # So those that were kept are the fields of the head that had none.
    assert requests._fields.cache_info().misses == 1


@pytest.mark.parametrize("field", SECRETS)
def test_keys_and_cookies_are_not_kept_whatever_their_characters(
    connection: Connection, field: bytes
) -> None:
    requests = Requests(CONFIG)
    asked = requests.read(HEAD % (field + b"\xe9\r\n"), connection)
    assert f"{field.partition(b':')[2].strip().decode()}\xe9" in asked.environ.values()
    assert requests._fields.cache_info().currsize == 0


@pytest.mark.parametrize("field", [b"", b"X-Latin: \xe9\r\n", b"Content-Length: 3\r\n"])
def test_an_address_in_utf_8_is_the_same_percent_encoded(
    connection: Connection, field: bytes
) -> None:
    requests = Requests(Config())
    head = b"GET %s HTTP/1.1\r\nHost: warta.example\r\n%s\r\n"
    written = requests.read(head % ("/berita/café?q=naïve+😀&x=%41".encode(), field), connection)
    encoded = b"/berita/caf%C3%A9?q=na%C3%AFve+%F0%9F%98%80&x=%41"
    plain = requests.read(head % (encoded, field), connection)
    same = {name: plain.environ[name] for name in ("RAW_URI", "PATH_INFO", "QUERY_STRING")}
    assert {name: written.environ[name] for name in same} == same
    assert written.has_body == plain.has_body


@pytest.mark.parametrize(
    "line", [b"GET /?q=caf\xe9 HTTP/1.1", b"G\xc3\xa9T / HTTP/1.1", b"GET / HTTP/1.1\xc3\xa9"]
)
def test_what_is_no_utf_8_or_elsewhere_in_the_line_is_refused(
    connection: Connection, line: bytes
) -> None:
    with pytest.raises(ParseException):
        Requests(Config()).read(line + b"\r\nHost: warta.example\r\n\r\n", connection)


def test_a_client_at_a_unix_socket_has_no_address(connection: Connection) -> None:
    environ = Requests(CONFIG).read(HEAD % b"", connection).environ
    assert environ["REMOTE_ADDR"] in {"10.1.2.3", ""}
    assert ("REMOTE_PORT" in environ) == bool(environ["REMOTE_ADDR"])


def test_what_one_request_changes_the_next_does_not_see(connection: Connection) -> None:
    requests, head = Requests(CONFIG), b"GET / HTTP/1.1\r\nHost: x\r\nX-One: 1\r\n\r\n"
    first = requests.read(head, connection)
    before = {**first.environ, "wsgi.input": None}
    first.environ["HTTP_X_ONE"] = "other"
    del first.environ["HTTP_HOST"]
    assert {**requests.read(head, connection).environ, "wsgi.input": None} == before
