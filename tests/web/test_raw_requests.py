"""Requests as no client of good will sends them, through sockets to a real server."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAM = """
import sys
from web.networks import network
from web.serve import serve
from web.settings import ServerSettings
proxies = tuple(map(network, sys.argv[2].split()))
hosts = tuple(sys.argv[3].split())
serve(sys.argv[1], ServerSettings(port=0, workers=1, trusted_proxies=proxies, trusted_hosts=hosts))
"""


def served(index: Path, proxies: str, hosts: str, directory: Path) -> Iterator[int]:
    """The port of a server, which ends with the test."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(index), proxies, hosts],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(directory)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        found = re.search(r":(\d+)/", process.stderr.readline())
        assert found
        yield int(found[1])
    finally:
        process.terminate()
        process.communicate(timeout=120)


@pytest.fixture(scope="module")
def port(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    yield from served(sample_index, "", "", tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def believing(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    hosts = "warta.example .arsip.example"
    yield from served(sample_index, "127.0.0.1", hosts, tmp_path_factory.mktemp("server"))


def said(port: int, *lines: str, body: str = "") -> str:
    """All that the server says to the request of these lines until it closes, or for a second."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        pieces = []
        while piece := connection.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces).decode("latin-1")


def status(answer: str) -> int:
    found = re.match(r"HTTP/1\.[01] (\d+)", answer)
    assert found, answer[:200]
    return int(found[1])


BAD_HOSTS = (
    *("a@evil:80", "a:99999999", "x/y?z", "", "a b", "a\tb", "a\x01b", "a\x7fb", "a\xc3\xa9"),
    *("a" * 8000, "a." * 200, "[::1", "::1", "a:", "a:0", "a:80:80", "a..b", "http://a", "a,b"),
    *("xn--" + "a" * 8000, "%65vil", "a%00", "[::1]evil", "*", "a;b", "a'", '"a"', "<a>", "a\\b"),
)


@pytest.mark.parametrize("host", BAD_HOSTS, ids=lambda host: ascii(host[:20]))
@pytest.mark.parametrize("path", ["/", "/healthz", "/search.rss"])
def test_what_is_no_host_is_refused(port: int, path: str, host: str) -> None:
    answer = said(port, f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close")
    assert status(answer) == 400
    assert "evil" not in answer


@pytest.mark.parametrize(
    "host", ["localhost", "a:80", "a.example.", "A.Example:8000", "[::1]", "[::1]:80", "127.0.0.1"]
)
def test_what_is_a_host_is_answered(port: int, host: str) -> None:
    assert status(said(port, "GET / HTTP/1.1", f"Host: {host}", "Connection: close")) == 200


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("GET / HTTP/1.1",), 400),
        (("GET / HTTP/1.0",), 200),
        (("GET / HTTP/1.1", "Host: a", "Host: a"), 400),
        (("GET / HTTP/1.1", "Host: a", "Host: evil"), 400),
        (("GET / HTTP/1.1", "Host: a", "host: evil"), 400),
        (("GET / HTTP/1.1", "Host : a"), 400),
        (("GET / HTTP/1.1", "Host: a", " b: c"), 400),
        (("GET http://a/ HTTP/1.1", "Host: a"), 200),
        (("GET http://a:80/healthz HTTP/1.1", "Host: a:80"), 200),
        (("GET http://evil/ HTTP/1.1", "Host: a"), 400),
        (("GET http://evil@a/ HTTP/1.1", "Host: a"), 400),
        (("GET HTTP://evil?x HTTP/1.1", "Host: a"), 400),
        (("GET http://evil/ HTTP/1.0",), 400),
        (("GET /?u=http://evil/ HTTP/1.1", "Host: a"), 200),
        (("GET /search?q=a://b HTTP/1.1", "Host: a"), 200),
        (("OPTIONS * HTTP/1.1", "Host: a"), 404),
        (("GET / HTTP/1.1", "Host: a", "SCRIPT_NAME: /evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "PATH_INFO: /evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "Script-Name: /evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "X_Forwarded_Host: evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "X-Forwarded-Host: evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "X-Forwarded-Prefix: /evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "X-Forwarded-Proto: https"), 200),
        (("GET / HTTP/1.1", "Host: a", "Forwarded: host=evil;proto=https"), 200),
        (("GET / HTTP/1.1", "Host: a", "X-Original-URL: /evil", "X-Rewrite-URL: /evil"), 200),
        (("GET / HTTP/1.1", "Host: a", "X-HTTP-Method-Override: POST"), 200),
        (("GET / HTTP/1.1", "Host: a", "Referer: http://evil/"), 200),
        (("GET / HTTP/1.1", "Host: a", "Cookie: theme=evil; lang=evil"), 200),
        (("GET / HTTP/1.1", "Host: a", 'Cookie: theme=" onload=evil'), 200),
        (("PROXY TCP4 1.2.3.4 5.6.7.8 1 2", "GET / HTTP/1.1", "Host: a"), 400),
        (("GET / HTTP/1.1", "Host: a", *["Accept-Language: " + "a," * 4000] * 2), 431),
        (("GET / HTTP/1.1", "Host: a", *["Cookie: " + "a=b;" * 2000] * 60), 431),
        (
            ("GET /api/v1/stats HTTP/1.1", "Host: a", *['If-None-Match: "a"' + ',"b"' * 2000] * 9),
            431,
        ),
    ],
    ids=lambda value: ascii(" ".join(value)[:60]) if isinstance(value, tuple) else str(value),
)
def test_a_request_is_answered_by_what_it_may_say(
    port: int, lines: tuple[str, ...], expected: int
) -> None:
    answer = said(port, *lines, "Connection: close")
    assert status(answer) == expected
    head = answer.partition("\r\n\r\n")[0]
    assert "evil" not in head
    if expected == 200:
        assert "evil" not in answer.replace("http://evil/", "").replace("?u=http%3A%2F%2Fevil", "")
    assert "Secure" not in head


@pytest.mark.parametrize(
    "target", ["/article", "//evil.example/article", "/article?next=//evil.example", "/\\evil"]
)
def test_no_redirect_leads_to_another_host(port: int, target: str) -> None:
    answer = said(port, f"GET {target} HTTP/1.1", "Host: evil.example", "Connection: close")
    location = re.search(r"^Location: (.*)\r$", answer, re.MULTILINE)
    assert location is None or re.match(r"/article/(\?|\Z)", location[1])


SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (("Content-Length: 4", "Transfer-Encoding: chunked"), "0\r\n\r\n" + SMUGGLED),
        (("Transfer-Encoding: chunked", "Content-Length: 5"), "0\r\n\r\n" + SMUGGLED),
        (("Content-Length: 0", f"Content-Length: {len(SMUGGLED)}"), SMUGGLED),
        (("Content-Length: +5",), SMUGGLED),
        (("Content-Length: 5, 5",), SMUGGLED),
        (("Content-Length: 0x5",), SMUGGLED),
        (("Transfer-Encoding: xchunked",), SMUGGLED),
        (("Transfer-Encoding: chunked, identity",), SMUGGLED),
        (("Transfer-Encoding : chunked",), SMUGGLED),
        (("Transfer_Encoding: chunked", f"Content-Length: {len(SMUGGLED)}"), SMUGGLED),
        ((f"Content-Length: {len(SMUGGLED)}",), SMUGGLED),
    ],
    ids=lambda value: ascii(value)[:60] if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_in_a_body_is_a_request(
    port: int, method: str, headers: tuple[str, ...], body: str
) -> None:
    answer = said(port, f"{method} /healthz HTTP/1.1", "Host: a", *headers, body=body)
    assert len(re.findall(r"HTTP/1\.1 \d{3} ", answer)) == 1
    assert status(answer) in {200, 400, 405, 501}


@pytest.mark.parametrize(
    ("path", "host", "expected"),
    [
        ("/", "warta.example", 200),
        ("/", "WARTA.example:8443", 200),
        ("/", "warta.example.", 200),
        ("/", "a.b.arsip.example", 200),
        ("/", "arsip.example", 200),
        ("/", "127.0.0.1", 400),
        ("/", "evil-arsip.example", 400),
        ("/metrics", "127.0.0.1", 400),
        ("/api/v1/stats", "127.0.0.1", 400),
        # Probes ask by the address.
        ("/healthz", "127.0.0.1", 200),
        ("/readyz", "10.1.2.3:8000", 200),
        ("/healthz", "evil@127.0.0.1", 400),
    ],
)
def test_named_hosts_alone_are_served(believing: int, path: str, host: str, expected: int) -> None:
    answer = said(believing, f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close")
    assert status(answer) == expected


def test_a_named_proxy_is_believed(believing: int) -> None:
    answer = said(
        believing,
        "GET /search.rss?q=gempa&lang=id HTTP/1.1",
        "Host: warta.example",
        "X-Forwarded-Host: b.arsip.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Prefix: /berita",
        "Connection: close",
    )
    assert "https://b.arsip.example/berita/article/" in answer
    assert "warta.example" not in answer
    page = said(
        believing,
        "GET /?lang=id HTTP/1.1",
        "Host: warta.example",
        "X-Forwarded-Proto: https",
        "X_Forwarded_Proto: http",
        "Connection: close",
    )
    assert "Secure;" in page
    refused = said(
        believing,
        "GET / HTTP/1.1",
        "Host: warta.example",
        "X-Forwarded-Host: evil.example",
        "Connection: close",
    )
    assert status(refused) == 400


def test_an_address_with_raw_utf_8_is_answered_as_if_it_were_encoded(port: int) -> None:
    address = "/api/v1/search?q=café".encode().decode("latin-1")
    raw = said(port, f"GET {address} HTTP/1.1", "Host: 127.0.0.1", "Connection: close")
    encoded = "/api/v1/search?q=caf%C3%A9"
    plain = said(port, f"GET {encoded} HTTP/1.1", "Host: 127.0.0.1", "Connection: close")
    assert status(raw) == status(plain) == 200
    assert '"query":"café"'.encode().decode("latin-1") in raw


def test_another_encoding_is_refused_with_what_to_do(port: int) -> None:
    answer = said(port, "GET /api/v1/search?q=caf\xe9 HTTP/1.1", "Host: 127.0.0.1")
    assert status(answer) == 400
    assert "application/problem+json" in answer
    assert "percent-encoded (%20)" in answer
