"""What is believed of a request, and of whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.conftest import examples
from web.app import create_app
from web.networks import network
from web.proxies import SENT_HOST, AtTheDoor
from web.settings import ServerSettings

PROXIES = ("10.0.0.0/8", "2001:db8::/32", "unix")
CLIENT = "203.0.113.7"
KEPT = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", SENT_HOST)


def seen(
    headers: Mapping[str, str],
    peer: str = "10.0.0.1",
    base_url: str | None = None,
    **environ: Any,
) -> dict[str, Any]:
    """What the application behind sees of a request to ``/search`` at ``warta.example``."""
    found: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found.update(environ)
        start_response("200 OK", [])
        return []

    settings = ServerSettings(trusted_proxies=tuple(map(network, PROXIES)), base_url=base_url)
    given = {"Host": "warta.example"} | dict(headers)
    sent = EnvironBuilder("/search", headers=list(given.items())).get_environ()
    run_wsgi_app(AtTheDoor(application, settings), {**sent, "REMOTE_ADDR": peer, **environ})
    return found


FORGED = {
    "X-Forwarded-For": "198.51.100.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Server": "evil",
    "Forwarded": "for=198.51.100.1;host=evil.example;proto=https",
    "Script-Name": "/evil",
}


@pytest.mark.parametrize(
    "peer", [CLIENT, "127.0.0.1", "::1", "11.0.0.1", "nonsense", "2001:db9::1"]
)
@pytest.mark.parametrize("name", [*FORGED, "all"])
def test_nobody_else_is_believed(peer: str, name: str) -> None:
    headers = FORGED if name == "all" else {name: FORGED[name]}
    plain = seen({}, peer)
    forged = seen(headers, peer)
    assert {key: forged[key] for key in KEPT} == {key: plain[key] for key in KEPT}
    assert forged["REMOTE_ADDR"] == peer
    assert not [key for key in forged if "FORWARDED" in key or key == "HTTP_SCRIPT_NAME"]


def test_where_no_proxy_is_named_nobody_is_believed(sample_index: Path) -> None:
    client = create_app(sample_index).test_client()
    for peer in ("", "127.0.0.1"):
        answer = client.get("/search.rss", headers=FORGED, environ_base={"REMOTE_ADDR": peer})
        assert "evil" not in answer.text
        assert "https://localhost" not in answer.text


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (CLIENT, CLIENT),
        (f"198.51.100.1, {CLIENT}", CLIENT),
        (f"10.1.1.1, {CLIENT}", CLIENT),
        (f"{CLIENT}, 10.0.0.2", CLIENT),
        (f"198.51.100.1,{CLIENT},10.0.0.2 , 10.0.0.3", CLIENT),
        (f"{CLIENT}:1234, [2001:db8::5]:80", CLIENT),
        ("2001:db9::7, 2001:db8::5", "2001:db9::7"),
        ("::ffff:203.0.113.7", CLIENT),
        ("10.0.0.2", "10.0.0.2"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        # What is malformed is nobody's word, and so is what stands before it.
        ("nonsense", "10.0.0.1"),
        (f"{CLIENT}, nonsense", "10.0.0.1"),
        (f"{CLIENT}, unknown, 10.0.0.2", "10.0.0.2"),
        (f"{CLIENT},", "10.0.0.1"),
        (f"{CLIENT}, , 10.0.0.2", "10.0.0.2"),
        ("", "10.0.0.1"),
        ("1.2.3.4.5", "10.0.0.1"),
        ("01.2.3.4", "10.0.0.1"),
        ("<script>", "10.0.0.1"),
        (f"{CLIENT}\x00", "10.0.0.1"),
        ("1," * 4089 + CLIENT, CLIENT),
        ("1," * 4095 + CLIENT, CLIENT),
        (f"{CLIENT}, " + "10.0.0.2, " * 100 + "10.0.0.3", "10.0.0.2"),
    ],
)
def test_the_client_is_the_last_one_that_is_no_trusted_proxy(forwarded: str, client: str) -> None:
    assert seen({"X-Forwarded-For": forwarded})["REMOTE_ADDR"] == client


@pytest.mark.parametrize(
    ("forwarded", "client", "scheme"),
    [
        (f"for={CLIENT};proto=https", CLIENT, "https"),
        (f'For="{CLIENT}:99"', CLIENT, "http"),
        ('for="[2001:db9::7]:4711"', "2001:db9::7", "http"),
        (f"for=198.51.100.1;proto=http, for={CLIENT};proto=https", CLIENT, "https"),
        (f"for={CLIENT};proto=https, for=10.0.0.2", CLIENT, "https"),
        (f'for={CLIENT};by="a,b;for=1.1.1.1"', CLIENT, "http"),
        ("for=_hidden, for=unknown", "10.0.0.1", "http"),
        ("for=;;;=", "10.0.0.1", "http"),
        ('for="', "10.0.0.1", "http"),
        (f"for={CLIENT};proto=javascript", CLIENT, "http"),
    ],
)
def test_the_standard_header_is_read_too(forwarded: str, client: str, scheme: str) -> None:
    found = seen({"Forwarded": forwarded})
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"]) == (client, scheme)


def test_the_standard_header_does_not_stand_beside_the_others() -> None:
    headers = {"Forwarded": "for=198.51.100.1", "X-Forwarded-For": CLIENT}
    assert seen(headers)["REMOTE_ADDR"] == CLIENT


def test_a_unix_socket_is_a_proxy_where_it_is_named() -> None:
    found = seen({"X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https"}, "")
    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"]) == (CLIENT, "https")
    assert (found["SERVER_NAME"], found["SERVER_PORT"]) == ("localhost", "80")


@pytest.mark.parametrize(
    ("headers", "scheme", "host", "root"),
    [
        ({"X-Forwarded-Proto": "https"}, "https", "warta.example", ""),
        ({"X-Forwarded-Proto": "HTTPS"}, "https", "warta.example", ""),
        ({"X-Forwarded-Proto": "http, https"}, "https", "warta.example", ""),
        ({"X-Forwarded-Proto": "https, http"}, "http", "warta.example", ""),
        ({"X-Forwarded-Proto": "javascript"}, "http", "warta.example", ""),
        ({"X-Forwarded-Proto": "https://x"}, "http", "warta.example", ""),
        ({"X-Forwarded-Host": "arsip.example"}, "http", "arsip.example", ""),
        ({"X-Forwarded-Host": "evil, arsip.example:81"}, "http", "arsip.example:81", ""),
        ({"X-Forwarded-Port": "8443"}, "http", "warta.example:8443", ""),
        ({"X-Forwarded-Port": "8443", "Host": "[::1]:80"}, "http", "[::1]:8443", ""),
        ({"X-Forwarded-Port": "0"}, "http", "warta.example", ""),
        ({"X-Forwarded-Port": "99999"}, "http", "warta.example", ""),
        ({"X-Forwarded-Port": "80/evil"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "/arsip/"}, "http", "warta.example", "/arsip"),
        ({"X-Forwarded-Prefix": "/a/b-c"}, "http", "warta.example", "/a/b-c"),
        ({"X-Forwarded-Prefix": "//evil.example"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "/\\evil"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "/a/../b"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "https://evil"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "/<script>"}, "http", "warta.example", ""),
        ({"X-Forwarded-Prefix": "/"}, "http", "warta.example", ""),
    ],
)
def test_scheme_host_and_prefix_are_a_proxys_word(
    headers: dict[str, str], scheme: str, host: str, root: str
) -> None:
    found = seen(headers)
    assert (found["wsgi.url_scheme"], found["HTTP_HOST"]) == (scheme, host)
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == (root, "/search")


@pytest.mark.parametrize("host", ["a@evil:80", "a:99999999", "x/y?z", "", "a b", "[::1"])
def test_a_broken_host_of_a_proxy_is_refused_as_a_clients_is(sample_index: Path, host: str) -> None:
    settings = ServerSettings(trusted_proxies=(network("127.0.0.1"),))
    client = create_app(sample_index, settings).test_client()
    answer = client.get("/", headers={"X-Forwarded-Host": host})
    assert answer.status_code == (400 if host else 200)
    assert "evil" not in answer.text


@settings(max_examples=examples(40))
@given(
    st.dictionaries(
        st.sampled_from([*FORGED]),
        st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=40)
        | st.lists(
            st.sampled_from([CLIENT, "10.0.0.2", ",", ";", '"', "for=", "[", "]", ":1"])
        ).map("".join),
    )
)
def test_whatever_a_proxy_says_there_is_an_address_a_scheme_and_a_path(
    headers: dict[str, str],
) -> None:
    found = seen(headers)
    assert found["REMOTE_ADDR"]
    assert found["wsgi.url_scheme"] in {"http", "https"}
    assert not found["SCRIPT_NAME"].startswith("//")
    assert found["PATH_INFO"] == "/search"


@pytest.mark.parametrize(
    ("base_url", "path", "root", "rest"),
    [
        ("https://arsip.example", "/search", "", "/search"),
        ("https://arsip.example/berita", "/search", "/berita", "/search"),
        ("https://arsip.example/berita", "/berita/search", "/berita", "/search"),
        ("https://arsip.example/berita", "/berita", "/berita", ""),
        ("https://arsip.example/berita", "/beritabaru", "/berita", "/beritabaru"),
    ],
)
def test_the_address_that_readers_know_is_the_operators(
    base_url: str, path: str, root: str, rest: str
) -> None:
    found = seen(FORGED, "10.0.0.1", base_url, PATH_INFO=path)
    assert (found["wsgi.url_scheme"], found["HTTP_HOST"]) == ("https", "arsip.example")
    assert (found["SCRIPT_NAME"], found["PATH_INFO"]) == (root, rest)
    assert found["REMOTE_ADDR"] == "198.51.100.1"


def test_all_links_are_below_the_base_url(sample_index: Path) -> None:
    settings = ServerSettings(base_url="https://arsip.example/berita")
    client = create_app(sample_index, settings).test_client()
    page = client.get("/search?q=gempa&lang=en", headers={"Host": "inside.internal:8000"})
    assert "inside" not in page.text
    assert 'href="/berita/article/' in page.text
    assert 'href="/berita/static/' in page.text
    assert '="/search' not in page.text
    cookie = page.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "Path=/berita" in cookie
    assert "Domain" not in cookie
    for address in ("/search.rss?q=gempa", "/search.atom?q=gempa", "/api", "/berita/api"):
        text = client.get(address, headers={"Host": "inside.internal:8000"}).text
        assert "https://arsip.example/berita" in text
        assert "inside" not in text
    document: Any = client.get("/api/v1/openapi.json").json
    assert document["servers"] == [{"url": "/berita/"}]
    problem: Any = client.get("/api/v1/search?page=0").json
    assert problem["type"].startswith("/berita/api#")
    assert problem["instance"].startswith("/berita/api/")
    moved = client.get("/article", headers={"Host": "inside.internal:8000"})
    assert moved.location == "/berita/article/"


@pytest.mark.parametrize("target", ["/article", "/article?id=a1", "//evil.example/..%2f/article"])
def test_redirects_name_no_host(sample_index: Path, target: str) -> None:
    answer = create_app(sample_index).test_client().get(target, headers={"Host": "evil.example"})
    if answer.location:
        assert answer.location.startswith("/article/")


LONG = {
    "many addresses": "198.51.100.1, " * 2000,
    "a long word": "x" * 20_000 + ", ",
    "commas": "," * 20_000,
    "open quotes": '"\\' * 8_000 + ", ",
    "spaces": " " * 20_000 + ", ",
}


@pytest.mark.parametrize("before", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    ("name", "form"),
    [("X-Forwarded-For", "{}"), ("X-Forwarded-For", "{}, 10.0.0.2"), ("Forwarded", "for={}")],
    ids=["one proxy", "two proxies", "forwarded"],
)
def test_however_much_a_client_writes_before_it_stays_one_client(
    name: str, form: str, before: str
) -> None:
    found = seen({name: before + form.format(CLIENT)})
    assert found["REMOTE_ADDR"] == CLIENT
