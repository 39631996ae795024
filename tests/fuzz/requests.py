"""Puts requests by chance to the WSGI application: ``python -m tests.fuzz.requests COUNT SEED``.

What comes back is a whole and well-formed answer, never one of 500; of an absent index one of 503.
Nothing that was sent stands in a page as markup.
"""

from __future__ import annotations

import csv
import io
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

import lxml.html
import orjson
from lxml import etree

from index.build import LocalTarget
from index.target import BuildOptions
from tests.fuzz.mutating import altered
from tests.fuzz.queries import ARTICLES, SIGNS, query
from tests.fuzz.running import Fuzzer, main
from tests.fuzz.words import ODD, altered_text
from web.api.catalogue import ENDPOINTS
from web.app import create_app
from web.keys import add_key
from web.networks import network
from web.settings import ServerSettings

PATHS = (
    *("/", "/search", "/search", "/article/", "/article/a13", "/article/a12", "/article/a3"),
    *("/healthz", "/readyz", "/metrics", "/static/", "/static/css/page.css", "/favicon.ico"),
    *("/robots.txt", "//", "/..", "/%2e%2e/", "/article/%00", "/article/a13/similar", "*", ""),
    *(one.path.replace("{id}", "a13") for one in ENDPOINTS),
)
NAMES = (
    *("q", "q", "q", "page", "per_page", "cursor", "sort", "source", "category", "place", "author"),
    *("from", "to", "recency", "collapse", "partial", "correct", "facets", "explain", "all"),
    *("limit", "lang", "id", "text", "utm_source", "Q", "q[]", "", "_"),
)
VALUES = (
    *(
        "1",
        "0",
        "-1",
        "99999999999",
        "1e3",
        "NaN",
        "true",
        "false",
        "on",
        "off",
        "newest",
        "oldest",
    ),
    *("with", "follow", "id", "en", "a13", "a1", "2023-06-01", "2023-02-30", "0001-01-01", "", " "),
    *(
        "%00",
        "%ff",
        "%c0%af",
        "%ed%a0%80",
        "%0d%0aX-Zq9: 1",
        "%u0041",
        "%",
        "+",
        "a" * 101,
        "x" * 600,
    ),
    *('"><zq9 zq9=1>', "'onzq9='1", "<script>zq9()</script>", "</title><zq9>", "javascript:zq9()"),
    *(
        "{{7*7}}",
        "${7*7}",
        "../../etc/passwd",
        "\xc2\x85",
        "%E2%80%A8",
        "%F0%9F%87%AE",
        "&#60;zq9&#62;",
    ),
)
HEADERS: Mapping[str, tuple[str, ...]] = {
    "ACCEPT_LANGUAGE": ("en", "id", "en-GB;q=0.8,id;q=0", "*", "x" * 200, ",;q=,", "en;q=zq9"),
    "ACCEPT_ENCODING": (
        "gzip",
        "br",
        "gzip;q=0",
        "identity;q=0, *;q=0",
        "deflate, gzip;q=1e9",
        "*",
    ),
    "ACCEPT": ("*/*", "text/html", "application/json;q=x", "zq9/*"),
    "IF_NONE_MATCH": ("*", '"a"', 'W/"a", "b"', '"', "zq9"),
    "IF_MODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT", "zq9", "Thu, 99 Foo 99999 99:99:99 GMT"),
    "RANGE": ("bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=0-0,2-3,5-", "zq9=0-"),
    "IF_RANGE": ('"a"', "zq9", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "COOKIE": ("lang=en", "theme=dark; lang=id", 'theme="\\"><zq9>"', "=;;=", "lang=" + "e" * 4000),
    "HOST": ("localhost", "a:80", "zq9.example", "[::1]", "a b", "", "a@b", "xn--zq9", "a" * 300),
    "ORIGIN": ("null", "http://zq9", "https://a.example"),
    "AUTHORIZATION": ("Bearer zq9", "Basic Og==", "Basic \xff", "Bearer", "Digest x=y"),
    "X_API_KEY": ("zq9", "", "\xe9"),
    "X_FORWARDED_FOR": ("1.2.3.4", "zq9, ::1", "1.2.3.4:5", ",,,", "1.1.1.1," * 40),
    "X_FORWARDED_PROTO": ("https", "zq9", "https,http"),
    "X_FORWARDED_HOST": ("a.example", "zq9<x>", "a:99999"),
    "X_FORWARDED_PREFIX": ("/arsip", "/../zq9", '/"><zq9>', "//zq9"),
    "FORWARDED": (
        "for=1.2.3.4;host=a",
        'for="[::1]:4";proto=https',
        'for="zq9',
        ";;,,=",
        "host=zq9<x>",
    ),
    "X_REQUEST_ID": ("abc", "zq9 <x>", "\xff" * 9, "a" * 300),
    "REFERER": ("http://zq9/", "\xff"),
    "USER_AGENT": ("Mozilla", "zq9", ""),
    "CONTENT_TYPE": ("application/json", "multipart/form-data; boundary=", "zq9"),
    "CONTENT_LENGTH": ("0", "5", "-1", "zq9", "99999999999999999999"),
}
METHODS = ("GET",) * 50 + (
    "HEAD",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "DELETE",
    "TRACE",
    "ZQ9",
    "get",
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as gunicorn gives it to the application ``app``: texts of latin-1."""

    app: str
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


def request(generator: random.Random) -> Request:
    """A request by chance; its headers have no line ends, which gunicorn refuses."""
    path = "/api" if generator.random() < 0.003 else generator.choice(PATHS)  # a long page
    if generator.random() < 0.2:
        path = _quoted(altered_text(path, generator, VALUES), generator)
    pairs = [
        f"{generator.choice(NAMES)}={_value(generator)}"
        for _ in range(generator.choice((0, 1, 2, 6)))
    ]
    target = path + ("?" + "&".join(pairs) if pairs else "")
    if generator.random() < 0.05:
        target = quote_from_bytes(altered(target.encode("utf-8", "replace"), generator), "/?&=%;")
    names = generator.sample([*HEADERS], generator.choice((0, 1, 2, 5)))
    headers = {name: _header(generator.choice(HEADERS[name]), generator) for name in names}
    if generator.random() < 0.9:
        headers["HOST"] = "localhost"
    app = generator.choice(("plain",) * 8 + ("absent", "proxied", "proxied", "keys"))
    body = generator.randbytes(generator.choice((0, 0, 5)))
    return Request(app, generator.choice(METHODS), target, headers, body)


def _value(generator: random.Random) -> str:
    match generator.randrange(5):
        case 0 | 1:
            return _quoted(altered_text(query(generator, 1)[:150], generator, SIGNS), generator)
        case 2:
            return _quoted(generator.choice(ODD) + generator.choice(VALUES), generator)
    return generator.choice(VALUES).replace(" ", "+").replace("#", "%23")


def _quoted(text: str, generator: random.Random) -> str:
    raw = text.encode("utf-8", "surrogatepass")
    if generator.random() < 0.1:
        raw = altered(raw, generator)
    return quote_from_bytes(raw, "/?&=%;:@+" if generator.random() < 0.2 else "/")


def _header(value: str, generator: random.Random) -> str:
    if generator.random() < 0.3:
        raw = altered(value.encode("latin-1"), generator).decode("latin-1")
        value = "".join(c for c in raw if c == "\t" or (c >= " " and c != "\x7f"))
    return value.strip(" \t")


def prepare(stack: ExitStack) -> Callable[[Request], str]:
    """The applications, over an index and over none."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    LocalTarget(folder / "index").rebuild(ARTICLES, BuildOptions())
    add_key(folder / "keys", "pembaca", "1000000/minute", None)
    proxied = ServerSettings(
        trusted_proxies=(network("127.0.0.1"),), access_log=True, query_log=folder / "queries"
    )
    keys = ServerSettings(
        keys=folder / "keys", keys_required=True, rate_limit="5/second", base_url="https://a.b/c"
    )
    apps = {
        "plain": create_app(folder / "index"),
        "absent": create_app(folder / "none"),
        "proxied": create_app(folder / "index", proxied),
        "keys": create_app(folder / "index", keys),
    }
    logging.disable(logging.CRITICAL)
    for name in apps:
        attempt(apps, Request(name, "GET", "/search?q=beras", {"HOST": "localhost"}, b""))
    return partial(attempt, apps)


def attempt(apps: Mapping[str, Any], sent: Request) -> str:
    """Ask, and look at the answer. Raises ``AssertionError`` where it is not as promised."""
    status, headers, body = _answer(apps[sent.app].wsgi_app, sent)
    code = int(status[:3])
    by_name = {name.lower(): value for name, value in headers}
    assert 200 <= code < 500 or (code == 503 and sent.app == "absent"), (status, body[-300:])
    _look_at_headers(status, headers)
    if sent.method == "HEAD" or code in {204, 304}:
        assert not body
    elif "content-length" in by_name:
        assert int(by_name["content-length"]) == len(body)
    assert "zq9" not in by_name.get("location", "").split("?")[0].split("/")[0]
    if sent.method != "HEAD" and body and "content-encoding" not in by_name and code != 206:
        _look_at_body(code, by_name.get("content-type", ""), body)
    return status[:3]


def _answer(app: Any, sent: Request) -> tuple[str, list[tuple[str, str]], bytes]:
    path, _, arguments = sent.target.partition("?")
    errors = io.StringIO()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": arguments,
        "RAW_URI": sent.target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "REMOTE_PORT": "1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": errors,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in sent.headers.items():
        own = name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
        environ[name if own else f"HTTP_{name}"] = value
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> object:
        started.append((status, headers))
        return None

    pieces = app(environ, start_response)
    try:
        body = b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
    assert len(started) == 1
    assert not errors.getvalue(), errors.getvalue()[-2000:]
    return *started[0], body


def _look_at_headers(status: str, headers: list[tuple[str, str]]) -> None:
    assert status[3] == " "
    assert status.isprintable()
    for name, value in headers:
        assert name.isascii()
        assert name.replace("-", "").isalnum(), name
        value.encode("latin-1")
        assert all(c >= " " and c != "\x7f" for c in value), (name, value)
        assert "zq9" not in name.lower()
    names = [name.lower() for name, _ in headers]
    for once in ("content-type", "content-length", "etag", "location", "content-security-policy"):
        assert names.count(once) <= 1, once
    assert "content-security-policy" in names
    assert "x-content-type-options" in names


def _look_at_body(code: int, kind: str, body: bytes) -> None:
    media = kind.partition(";")[0]
    if media == "application/problem+json":
        problem = orjson.loads(body)
        assert problem["status"] == code
        assert problem["title"]
        assert problem["type"]
    elif media == "application/x-ndjson":
        assert all(orjson.loads(line) for line in body.splitlines())
    elif media.endswith("json"):
        orjson.loads(body)
    elif media.endswith("xml"):
        etree.fromstring(body)
    elif media == "text/csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
        assert len({len(row) for row in rows}) <= 1
    elif media == "text/html":
        _look_at_page(body)
    else:
        assert media in {"text/plain", "text/css", "text/javascript"} or media.startswith(
            ("image/", "font/")
        ), kind


def _look_at_page(body: bytes) -> None:
    body.decode()
    page = lxml.html.document_fromstring(body)
    for element in page.iter(etree.Element):
        assert "zq9" not in element.tag, etree.tostring(element)[:300]
        for name, value in element.attrib.items():
            assert "zq9" not in name, etree.tostring(element)[:300]
            if name in {"href", "src", "action"}:
                assert not value.strip().lower().startswith(("javascript:", "data:")), value
                assert not value.startswith(("//", "/\\")), value
        if element.tag == "script":
            assert "zq9" not in (element.text or "")
    assert page.find("body") is not None


FUZZER = Fuzzer(request, prepare)

if __name__ == "__main__":
    sys.exit(main("requests", FUZZER))
