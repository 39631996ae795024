"""All hits at once, as a table or as JSON: what they hold, and how they are sent."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.article import Article
from index.build import LocalTarget
from index.fields import Facet
from index.target import BuildOptions
from search.engine import SearchEngine
from search.errors import ExportUnfinished
from search.request import SearchRequest
from search.response import SearchResponse
from search.table import COLUMNS
from tests.conftest import article
from tests.web.conftest import Client
from tests.web.test_pages import links
from web.app import create_app
from web.state import EXTENSION, State

ARTICLES = 250


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over more articles than a page may have."""
    index = tmp_path_factory.mktemp("many")
    articles = [
        article(
            number,
            f"Gempa {'Lombok' if number % 5 else 'Ambon'} {number}",
            "Gempa mengguncang.",
            f"2023-01-{number % 28 + 1:02}",
            author="Sari Dewi",
            url=f"https://example.com/{number}",
        )
        for number in range(ARTICLES)
    ]
    LocalTarget(index).rebuild(articles, BuildOptions())
    return create_app(index, config={"TESTING": True})


@pytest.fixture
def large(many: Flask) -> FlaskClient:
    return Client(many, many.response_class)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def walked(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """The hits of all pages."""
    hits: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"/api/v1/search?{query}&per_page=40&cursor={cursor}").json
        assert page is not None
        hits += page["hits"]
        cursor = page["next_cursor"]
    return hits


def test_a_table_lists_the_hits(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=harga+beras")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    first, *_ = found = rows(answer.text)
    assert tuple(first) == COLUMNS
    assert first["id"] == "a2"
    assert first["date"] == "2023-06-15"
    assert first["author"] == "Budi Santosa"
    assert first["url"] == "https://example.com/harga-beras"
    assert "<mark>" not in first["snippet"]
    assert len(found) == int(answer.headers["Warta-Total"])


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["gempa", "gempa+lombok", "ambon", "", "tiada"])
def test_table_and_json_give_all_that_is_counted_in_the_order_of_pages(
    large: FlaskClient, query: str, sort: str
) -> None:
    asked = f"q={query}&sort={sort}"
    table = large.get(f"/search.csv?{asked}")
    page = large.get(f"/api/v1/search?{asked}").json
    assert page is not None
    for name, header in (("total", "Warta-Total"), ("partial_total", "Warta-Partial-Total")):
        assert int(table.headers[header]) == page[name]
    found = rows(table.text)
    assert len(found) == (page["total"] or page["partial_total"])
    expected = walked(large, f"{asked}&partial={'off' if page['total'] else 'follow'}")
    assert [row["id"] for row in found] == [hit["id"] for hit in expected]
    for address in ("/search.json", "/api/v1/search"):
        whole = large.get(f"{address}?{asked}&all=true").json
        assert whole is not None
        assert whole["hits"] == expected
        assert whole["next_cursor"] is None
        assert whole["listed"] == len(expected)
        same = page.keys() - {"hits", "took_ms", "next_cursor", "per_page", "notes", "listed"}
        assert {name: whole[name] for name in same} == {name: page[name] for name in same}
        assert whole.keys() == page.keys()


def test_a_page_of_the_table_is_given_where_one_is_asked_for(large: FlaskClient) -> None:
    everything = rows(large.get("/search.csv?q=gempa").text)
    assert len(everything) == ARTICLES
    assert rows(large.get("/search.csv?q=gempa&page=2").text) == everything[10:20]
    assert rows(large.get("/search.csv?q=gempa&per_page=30").text) == everything[:30]
    assert rows(large.get("/search.csv?q=gempa&all=false").text) == everything[:10]
    page = large.get("/api/v1/search?q=gempa&per_page=30").json
    assert page is not None
    cursor = page["next_cursor"]
    assert rows(large.get(f"/search.csv?q=gempa&cursor={cursor}").text) == everything[30:40]


def test_all_goes_before_a_page_and_after_a_cursor(large: FlaskClient) -> None:
    everything = rows(large.get("/search.csv?q=gempa").text)
    address = "/search.csv?q=gempa&all=true&page=2&per_page=20"
    assert rows(large.get(address).text) == everything
    page = large.get("/api/v1/search?q=gempa&per_page=30").json
    assert page is not None
    rest = large.get(f"/search.csv?q=gempa&all=true&cursor={page['next_cursor']}")
    assert rows(rest.text) == everything[30:]


def test_only_what_follows_the_first_batch_is_streamed(large: FlaskClient) -> None:
    for address in ("/search.csv?q=gempa", "/search.json?q=gempa&all=1"):
        answer = large.open(address, buffered=False)
        assert answer.is_streamed
        assert "Content-Length" not in answer.headers
        answer.close()
    short = large.open("/search.csv?q=ambon", buffered=False)
    assert int(short.headers["Content-Length"]) == len(short.data)


@pytest.mark.parametrize("address", ["/search.csv?q=gempa", "/search.json?q=gempa&all=true"])
def test_what_is_streamed_is_compressed_and_confirmed_as_the_rest(
    large: FlaskClient, address: str
) -> None:
    plain = large.get(address)
    packed = large.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Accept-Language"} <= set(packed.vary)
    assert len(packed.data) < len(plain.data) / 2
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=40)
    assert plain.headers["ETag"] == packed.headers["ETag"]
    again = large.get(address, headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


class Counting:
    """An engine that counts the searches, and whose time is up after some of them."""

    def __init__(self, engine: SearchEngine, searches: int) -> None:
        self._engine = engine
        self.left = searches

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def pinned(self) -> Counting:
        return self

    def search(self, request: SearchRequest) -> SearchResponse:
        self.left -= 1
        return replace(self._engine.search(request), partial=self.left < 0)


def counting(app: Flask, searches: int) -> tuple[Counting, FlaskClient]:
    state = app.extensions[EXTENSION]
    assert isinstance(state, State)
    return Counting(state.engine, searches), Client(app, app.response_class)


@pytest.fixture
def limited(many: Flask) -> Iterator[Flask]:
    """The application, whose engine a test may replace."""
    state = many.extensions[EXTENSION]
    yield many
    many.extensions[EXTENSION] = state


def test_whoever_asks_for_the_headers_alone_causes_no_search_beyond_the_first_batch(
    limited: Flask,
) -> None:
    engine, client = counting(limited, 100)
    limited.extensions[EXTENSION] = replace(limited.extensions[EXTENSION], engine=engine)
    for encoding in ("identity", "gzip"):
        before = engine.left
        head = client.head("/search.csv?q=gempa", headers={"Accept-Encoding": encoding})
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Warta-Total"] == str(ARTICLES)
        assert before - engine.left == 2


@pytest.mark.parametrize("address", ["/search.csv?q=gempa", "/search.json?q=gempa&all=true"])
def test_an_export_that_cannot_be_finished_is_an_error_and_never_a_shorter_one(
    limited: Flask, address: str
) -> None:
    state = limited.extensions[EXTENSION]
    for searches in range(4):
        engine, client = counting(limited, searches)
        limited.extensions[EXTENSION] = replace(state, engine=engine)
        if searches < 2:
            answer = client.get(address, headers={"Accept-Language": "en"})
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json is not None
            assert answer.json["type"] == "/api#problem-export-unfinished"
        else:
            # A server ends the connection where the application fails.
            with pytest.raises(ExportUnfinished):
                client.get(address)


def test_an_export_is_measured_when_it_was_sent(large: FlaskClient) -> None:
    counted = 'warta_requests_total{endpoint="api.search_csv",method="GET",status="200"}'

    def measured() -> list[str]:
        return [line for line in large.get("/metrics").text.splitlines() if counted in line]

    before = measured()
    answer = large.open("/search.csv?q=gempa", buffered=False)
    assert measured() == before
    assert answer.data
    answer.close()
    assert measured() != before


def test_all_cannot_be_asked_of_feeds_and_only_yes_or_no(client: FlaskClient) -> None:
    for address in ("/search.rss?all=true", "/search.atom?all=1", "/search.csv?all=semua"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert answer.json is not None
        assert [error["parameter"] for error in answer.json["errors"]] == ["all"]


@pytest.mark.parametrize("form", ["rss", "atom", "csv", "jsonl"])
def test_what_lists_no_values_of_facets_takes_nothing_that_is_said_of_them(
    client: FlaskClient, form: str
) -> None:
    for name, value in (
        ("facet_limit", "3"),
        ("facet_offset", "1"),
        ("facet_query", "a"),
        ("facet_sort", "name"),
    ):
        answer = client.get(f"/search.{form}?q=gempa&{name}={value}")
        assert answer.status_code == 400
        assert answer.json is not None
        assert [error["parameter"] for error in answer.json["errors"]] == [name]
        for other in ("/search.json", "/api/v1/search", "/api/v1/searches"):
            assert client.get(f"{other}?q=gempa&{name}={value}").status_code == 200


def test_a_page_leads_to_its_files_without_what_is_said_of_facets(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa&facet_limit=3&facet_query=a&facets=false").text
    files = [link for link in links(page) if re.match(r"/search\.(csv|rss|atom)\?", link)]
    assert len(files) >= 3
    assert all(client.get(file).status_code == 200 for file in files)


def test_formulas_in_articles_are_inert_in_the_table(tmp_path: Path) -> None:
    formula = Article("=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "+62 gempa", source="@a")
    LocalTarget(tmp_path).rebuild([formula], BuildOptions())
    (row,) = rows(create_app(tmp_path).test_client().get("/search.csv?q=gempa").text)
    assert row["id"].startswith("'=cmd")
    assert row["title"].startswith("'=HYPERLINK")
    assert row[Facet.SOURCE] == "'@a"
    assert row["snippet"].startswith("'+62")
