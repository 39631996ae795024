from __future__ import annotations

import pytest

from web.networks import network
from web.request_id import request_id

PROXY = (network("127.0.0.1"), network("10.0.0.0/8"))
MADE = 16


def given_by(peer: str, value: str) -> dict[str, str]:
    return {"REMOTE_ADDR": peer, "HTTP_X_REQUEST_ID": value}


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.9.8.7", "::ffff:10.0.0.1"])
def test_a_trusted_proxy_names_requests(peer: str) -> None:
    assert request_id(given_by(peer, "req-1:a/b=c+d@e.f_g"), PROXY) == "req-1:a/b=c+d@e.f_g"


def test_a_proxy_on_a_unix_socket_has_no_address() -> None:
    assert request_id(given_by("", "abc"), (network("unix"),)) == "abc"
    assert request_id(given_by("", "abc"), PROXY) != "abc"


@pytest.mark.parametrize("peer", ["203.0.113.5", "", "::1", "127.0.0.2", "bukan-alamat"])
def test_others_do_not(peer: str) -> None:
    assert len(request_id(given_by(peer, "abc"), PROXY)) == MADE
    assert len(request_id(given_by(peer, "abc"), ())) == MADE


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "a b",
        "a,b",
        "a\nb",
        "a\r\nSet-Cookie: x=1",
        "\x1b[2J",
        "é",
        "<b>",
        '"',
        "a" * 129,
        "a;b",
        "%0a",
        "\ud800",
    ],
)
def test_what_could_not_stand_in_a_header_or_a_log_is_replaced(value: str) -> None:
    found = request_id(given_by("127.0.0.1", value), PROXY)
    assert found != value
    assert len(found) == MADE


def test_made_ids_differ() -> None:
    assert len({request_id({}, ()) for _ in range(1000)}) == 1000
