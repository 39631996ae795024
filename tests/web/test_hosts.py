"""Which hosts are well-formed, and which are served."""

from __future__ import annotations

import pytest

from web.hosts import host_name, is_served

GOOD = {
    "localhost": "localhost",
    "Arsip.Example.COM": "arsip.example.com",
    "arsip.example.com.": "arsip.example.com",
    "arsip.example.com:8443": "arsip.example.com",
    "127.0.0.1:80": "127.0.0.1",
    "a:65535": "a",
    "[::1]": "[::1]",
    "[::1]:80": "[::1]",
    "[2001:DB8::1]:443": "[2001:db8::1]",
    "xn--caf-dma.id": "xn--caf-dma.id",
}
BAD = (
    *("", " ", "a@evil:80", "@", "a:99999999", "a:65536", "a:0", "a:", "a:080", "a:-1", "a:8o"),
    *("x/y?z", "/", "a\\b", "a?b", "a#b", "a b", " a", "a ", "a\tb", "a\r\nb", "a\0", "a\x7f"),
    *("a..b", ".", "..", ".a", "a" * 64, "a." * 130, "a" * 8000, "café.id", "caf\xc3\xa9.id"),
    *("[::1", "::1", "[::1]x", "[::1]:", "[::g]", "[]", "[1.2.3.4]", "[::1%eth0]", "a:80:80"),
    *("http://a", "a,b", "a;b", "a%2eb", "a%00", "<a>", "'a'", '"a"', "a_b", "a:٣", "xn--a", "a\n"),
    *("xn--" + "a" * 59, "*.a", "*", "a\ud800"),
)


@pytest.mark.parametrize(("given", "name"), GOOD.items(), ids=GOOD)
def test_a_host_has_a_name(given: str, name: str) -> None:
    assert host_name(given) == name


@pytest.mark.parametrize("given", BAD, ids=ascii)
def test_what_is_no_host_has_none(given: str) -> None:
    assert host_name(given) is None


@pytest.mark.parametrize(
    ("name", "served"),
    [
        ("warta.example", True),
        ("a.warta.example", False),
        ("warta.example.evil.com", False),
        ("id.example.com", True),
        ("a.id.example.com", True),
        ("example.com", True),
        ("notexample.com", False),
        ("[::1]", True),
        ("[::2]", False),
        ("localhost", False),
    ],
)
def test_names_are_served_whole_or_below_a_dot(name: str, served: bool) -> None:
    assert is_served(name, ("warta.example", ".example.com", "[::1]")) is served
