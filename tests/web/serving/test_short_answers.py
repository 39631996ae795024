"""What the server says by itself is named, logged and readable as what the application says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import orjson
import pytest

from tests.web.serving.servers import Server, answer, ask, eventually, request, serving

LOGGED = """
import os
os.dup2(2, 1)
from web.serving import bounds
bounds.LONGEST_QUEUE, bounds.HEAD_SECONDS = 1, 1
"""
"""The lines of requests go where the test reads them."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(
        "nothing",
        own_app=True,
        prepare=LOGGED,
        threads=2,
        access_log=True,
        base_url="https://a.example/arsip",
    ) as server:
        yield server


LONG = "X-Long: " + "x" * 40_000
HALF = b"GET /api/v1/search HTTP/1.1\r\nX-Half: "


@pytest.mark.parametrize(
    ("sent", "status", "path", "for_programs"),
    [
        (request("/api/v1/search", LONG), 431, "/api/v1/search", True),
        (request("/arsip/api/v1/search?q=rahasia", LONG), 431, "/api/v1/search", True),
        (request("/search.csv", LONG), 431, "/search.csv", True),
        (request("/", LONG), 431, "/", False),
        (request("/a%20b", LONG), 431, "/a%20b", False),
        (HALF, 408, "/api/v1/search", True),
        (request("/api/v1/x", "Bad Field: 1"), 400, "/api/v1/x", True),
        (request("/api/v1/x", "Expect: much"), 417, "/api/v1/x", True),
        (request("/broken"), 500, "/broken", False),
        (b"GET /api/v1/x\nHost: x\n\n", 400, "/api/v1/x", True),
        (b"\x16\x03\x01\x02\x00", 400, "", False),
    ],
)
def test_a_short_answer_is_named_and_logged(
    server: Server,
    sent: bytes,
    status: int,
    path: str,
    for_programs: bool,
) -> None:
    before = len(server.lines)
    with server.connect() as client:
        client.sendall(sent)
        found, fields, body = answer(client)
    assert found == status
    name = fields["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", name)

    def answered() -> list[str]:
        return [line for line in server.lines[before:] if name in line and "answered" in line]

    eventually(answered)  # A traceback of the same request may be told before.
    told = answered()
    assert len(told) == 1
    assert str(status) in told[0]
    assert path in told[0]
    assert "rahasia" not in server.log
    assert len([one for one in server.lines[before:] if "answered" in one]) == 1
    if for_programs:
        assert fields["access-control-allow-origin"] == "*"
        assert "Retry-After" in fields["access-control-expose-headers"]
        assert "X-Request-ID" in fields["access-control-expose-headers"]
        assert orjson.loads(body)["status"] == status
    else:
        assert "access-control-allow-origin" not in fields


def test_who_is_sent_away_is_told_in_a_way_that_a_browser_lets_through(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            busy = stack.enter_context(closing(server.connect()))
            busy.sendall(request("/sleep?s=2"))
            time.sleep(0.1)
        status, fields, _ = ask(server, "/api/v1/sleep?s=0", "Origin: https://b.example")
    assert (status, fields["access-control-allow-origin"]) == (503, "*")
    assert fields["retry-after"]
    assert fields["x-request-id"]


@pytest.mark.parametrize("trusted", [True, False])
def test_the_id_of_a_trusted_proxy_is_taken_over(trusted: bool) -> None:
    proxies = f"web.networks.network({'127.0.0.1' if trusted else '10.0.0.1'!r})"
    known = (
        "import web.networks, web.settings\n"
        "class With(ServerSettings):\n"
        "    def __init__(self, **given):\n"
        f"        super().__init__(trusted_proxies=({proxies},), **given)\n"
        "ServerSettings = With\n"
    )
    with serving("nothing", own_app=True, prepare=known) as server:
        _, fields, _ = ask(server, "/", "x-request-id:  abc-1 ", "Expect: much")
        assert (fields["x-request-id"] == "abc-1") is trusted
