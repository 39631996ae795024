"""That no header and no parameter costs more than a page, counted in calls and not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import LanguageAccept

from tests.web.conftest import Client
from web.headers import LONGEST_HEADER, MOST_CHOICES
from web.language import LANGUAGES

LENGTH = 8_000
IDS = {"article_id": "a1", "filename": "base.css"}
MOST_CALLS = 200_000
"""Of functions, for a whole page; the largest takes 122,000, of a thousand parameters.

Not counted is what is made once: compiling the templates of a page for a language takes 500,000.
"""


def addresses(app: Flask) -> list[str]:
    """One for each rule of the application."""
    adapter = app.url_map.bind("localhost")
    return [
        adapter.build(rule.endpoint, {name: IDS[name] for name in rule.arguments})
        for rule in app.url_map.iter_rules()
    ]


def calls(work: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def repeated(pattern: str) -> str:
    return (pattern * LENGTH)[:LENGTH]


PATTERNS = (
    "a,",
    "aa;q=0.1,",
    '"a",',
    'W/"a",',
    "a=b;",
    "a;",
    '"',
    "\\",
    "0-0,",
    "a-b-c,",
    ';a*1="',
)
HEADERS = (
    *("Accept-Language", "Accept-Encoding", "Accept", "Cookie", "If-None-Match", "If-Match"),
    *("Range", "If-Range", "If-Modified-Since", "Cache-Control", "Referer", "Origin"),
    *("Access-Control-Request-Headers", "X-Forwarded-For", "Forwarded", "Authorization"),
)


def hostile(pattern: str) -> dict[str, str]:
    begun = {"Range": "bytes=", "Cookie": 'lang="'}
    return {name: begun.get(name, "") + repeated(pattern) for name in HEADERS}


@pytest.fixture(scope="module")
def made_once(app: Flask) -> None:
    """Every page was shown in every language."""
    client = Client(app, app.response_class, use_cookies=False)
    for address in addresses(app):
        for language in LANGUAGES:
            client.get(address, query_string={"lang": language})


@pytest.fixture
def bare(app: Flask, made_once: None) -> FlaskClient:
    """A client that sends the cookies it is told to."""
    del made_once
    return Client(app, app.response_class, use_cookies=False)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_header_costs_more_than_a_page(bare: FlaskClient, pattern: str) -> None:
    sent = hostile(pattern)
    for address in ("/", "/static/base.css"):
        plain = calls(lambda address=address: bare.get(address))  # type: ignore[misc]
        count = calls(lambda address=address: bare.get(address, headers=sent))  # type: ignore[misc]
        assert count - plain < MOST_CALLS // 2, address


def test_no_page_reads_its_headers_again_and_again(app: Flask, bare: FlaskClient) -> None:
    sent = hostile("a,")
    for address in addresses(app):
        assert calls(lambda address=address: bare.get(address, headers=sent)) < MOST_CALLS  # type: ignore[misc]


PARAMETERS = {
    "a name": "a&",
    "a pair": "a=1&",
    "a filter": "source=a&",
    "a filter in it": "source=%22&",
    "a query": "q=a&",
    "a language": "lang=en&",
    "bytes that are no text": "%ff",
    "no text in a query": "q=%C3",
    "a day": "from=2020-01-01&",
    "a page": "page=9&",
}


@pytest.mark.parametrize("pattern", PARAMETERS.values(), ids=PARAMETERS)
def test_no_parameters_cost_more_than_a_page(bare: FlaskClient, pattern: str) -> None:
    for address in ("/search", "/api/v1/search"):
        target = f"{address}?{repeated(pattern)}"
        assert calls(lambda target=target: bare.get(target)) < MOST_CALLS  # type: ignore[misc]


def test_no_page_reads_its_parameters_again_and_again(app: Flask, bare: FlaskClient) -> None:
    for address in addresses(app):
        target = f"{address}?{repeated('a&')}"
        assert calls(lambda target=target: bare.get(target)) < MOST_CALLS  # type: ignore[misc]


@pytest.mark.parametrize("number", [1, 3, 700])
def test_the_language_is_decided_once_a_request(
    app: Flask, bare: FlaskClient, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    lengths: list[int] = []
    best_match = LanguageAccept.best_match

    def counted(accepted: LanguageAccept, *arguments: Any, **named: Any) -> Any:
        lengths.append(len(accepted))
        return best_match(accepted, *arguments, **named)

    monkeypatch.setattr(LanguageAccept, "best_match", counted)
    for address in [*addresses(app), "/tidak-ada", "/search?page=0", "/api/v1/search?page=0"]:
        lengths.clear()
        bare.get(address, headers={"Accept-Language": ",".join(["xx;q=0.1"] * number)})
        assert len(lengths) <= 1, address
        assert max(lengths, default=0) <= MOST_CHOICES


@pytest.mark.parametrize(
    ("place", "language"), [(0, "en"), (MOST_CHOICES - 1, "en"), (MOST_CHOICES, "id")]
)
def test_the_first_choices_count(client: FlaskClient, place: int, language: str) -> None:
    choices = ["fr"] * 30
    choices[place] = "en"
    answer = client.get("/", headers={"Accept-Language": ",".join(choices)})
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("name", ["Cookie", "Accept-Language", "If-None-Match", "X-Anything"])
@pytest.mark.parametrize("address", ["/", "/api/v1/stats", "/static/base.css", "/healthz"])
def test_too_long_a_header_is_refused_and_told(bare: FlaskClient, address: str, name: str) -> None:
    assert bare.get(address, headers={name: "a" * LONGEST_HEADER}).status_code == 200
    answer = bare.get(address, headers={name: "a" * (LONGEST_HEADER + 1)})
    assert answer.status_code == 431
    assert str(LONGEST_HEADER) in answer.text


def test_a_copy_is_confirmed_by_any_of_many_tags(client: FlaskClient) -> None:
    address = "/api/v1/search?q=gempa"
    tag = client.get(address).headers["ETag"]
    for known in (tag, f'"a", {tag}', f'{tag} , W/"b"', ", ".join(['W/"a"'] * 900 + [tag])):
        assert client.get(address, headers={"If-None-Match": known}).status_code == 304
    for other in ("*", tag.strip('W/"'), f'"{tag[3:-2]}"', ""):
        assert client.get(address, headers={"If-None-Match": other}).status_code == 200
