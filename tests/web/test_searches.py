"""``/api/v1/searches``, many queries in one request, and ``fields``, what an answer holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from index.build import LocalTarget
from index.target import BuildOptions
from search.limits import MAX_EXPORTED
from tests.conftest import article
from tests.web.conftest import Client
from web.app import create_app
from web.query_counts import days_in, file_of, read_counts, together
from web.settings import ServerSettings
from web.several import MAX_QUERIES
from web.state import EXTENSION


def got(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_all_but_the_queries_holds_for_each_and_few_hits_are_given(client: FlaskClient) -> None:
    more = "source=Kabar+Nusa&source=Suara+Rimba&sort=oldest&from=2024-01-11"
    found = got(client, f"/api/v1/searches?q=gempa&q=&q=gempa+-ambon&{more}")
    assert (found["unanswered"], found["partial"]) == (0, False)
    assert [one["query"] for one in found["answers"]] == ["gempa", "", "gempa -ambon"]
    for one in found["answers"]:
        assert one["generation"] == found["generation"]
        assert (one["per_page"], one["facets"]) == (3, {})
        dates = [hit["date"] for hit in one["hits"]]
        assert dates == sorted(dates)
        assert {hit["source"] for hit in one["hits"]} <= {"Kabar Nusa", "Suara Rimba"}
        assert all(date >= "2024-01-11" for date in dates)
    assert found["answers"][0]["total"] > found["answers"][2]["total"]


@pytest.mark.parametrize(
    ("asked", "parameter", "said"),
    [
        ("", "q", "1 to 50 queries"),
        ("source=x", "q", "1 to 50 queries"),
        (f"q=a&q=&q={'x' * 501}", "q", "value no. 3"),
        ("&".join(["q=a"] * (MAX_QUERIES + 1)), "q", "1 to 50 queries"),
        ("q=a&page=2", "page", "only the parameters"),
        ("q=a&cursor=x", "cursor", "only the parameters"),
        ("q=a&fields=judul", "fields", "similar_count"),
        ("q=a&fields=body", "fields", "similar_count"),
        ("q=a&per_page=101", "per_page", "100"),
    ],
)
def test_what_is_wrong_refuses_all_and_names_its_place(
    english: FlaskClient, asked: str, parameter: str, said: str
) -> None:
    answer = english.get(f"/api/v1/searches?{asked}")
    assert answer.status_code == 400
    assert answer.json is not None
    (error,) = answer.json["errors"]
    assert error["parameter"] == parameter
    assert said in error["allowed"]


def test_the_most_queries_are_answered(client: FlaskClient) -> None:
    asked = "&".join(f"q=gempa+{n}" for n in range(MAX_QUERIES))
    found = got(client, f"/api/v1/searches?{asked}&fields=total,query")
    assert [one["query"] for one in found["answers"]] == [f"gempa {n}" for n in range(MAX_QUERIES)]


def test_the_answer_is_confirmed_by_its_etag(client: FlaskClient) -> None:
    address = "/api/v1/searches?q=gempa&q=beras"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/v1/searches?q=beras&q=gempa").headers["ETag"] != tag


def test_every_query_counts_against_the_limit(sample_index: Path) -> None:
    client = create_app(sample_index, ServerSettings(rate_limit="5/minute")).test_client()
    first = client.get("/api/v1/searches?q=a&q=b&q=c")
    assert first.headers["X-RateLimit-Remaining"] == "2"
    assert client.get("/api/v1/search?q=a&q=b").headers["X-RateLimit-Remaining"] == "1"
    assert client.get("/api/v1/searches?q=a&q=b").status_code == 429


def test_more_queries_than_a_limit_ever_allows_are_refused_with_the_reason(
    sample_index: Path,
) -> None:
    settings = ServerSettings(rate_limit="100/hour;3/minute")
    client = create_app(sample_index, settings).test_client()
    asked = "&".join(["q=gempa"] * 4)
    refused = client.get(f"/api/v1/searches?{asked}&lang=en")
    assert refused.status_code == 429
    assert refused.json is not None
    assert "4 queries, more than the limit of 3/minute" in refused.json["detail"]
    assert "Retry-After" not in refused.headers
    again = client.get("/api/v1/searches?q=gempa&lang=en")
    assert again.json is not None
    assert "Retry-After" in again.json["detail"]
    assert int(again.headers["Retry-After"]) > 0


def test_every_query_is_in_the_log_of_queries_and_the_metrics(
    sample_index: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kueri"
    app = create_app(sample_index, ServerSettings(query_log=folder))
    client = Client(app, app.response_class)
    client.get("/api/v1/searches?q=gempa&q=Beras&q=gempa")
    app.extensions[EXTENSION].query_log.flush()
    counts = together(read_counts(file_of(folder, day)) for day in days_in(folder))
    assert {query: one.asked for query, one in counts.queries.items()} == {"gempa": 2, "beras": 1}
    assert "warta_question_processor_seconds_count 3.0" in client.get("/metrics").text


@pytest.mark.parametrize(
    ("fields", "beside", "of_hits"),
    [
        ("id,title", None, {"id", "title"}),
        ("total,id", {"total", "hits"}, {"id"}),
        ("total,id,body,snippet", {"total", "hits"}, {"id", "body", "snippet"}),
        ("total,facets,hits", {"total", "facets", "hits"}, None),
        ("total", {"total"}, None),
    ],
)
def test_fields_choose_what_an_answer_holds(
    client: FlaskClient, fields: str, beside: set[str] | None, of_hits: set[str] | None
) -> None:
    whole = got(client, "/api/v1/search?q=gempa")
    for more in ("", "&all=true"):
        found = got(client, f"/api/v1/search?q=gempa&fields={fields}{more}")
        assert found.keys() == (beside or whole.keys())
        for hit in found.get("hits", ()):
            assert hit.keys() == (of_hits or whole["hits"][0].keys())


def test_fields_choose_what_similar_articles_hold(client: FlaskClient) -> None:
    for address in ("/api/v1/articles/a4/similar?fields=id", "/api/v1/similar?id=a4&fields=id"):
        hits = got(client, address)["hits"]
        assert hits
        assert {tuple(hit) for hit in hits} == {("id",)}


def test_fields_that_similar_articles_never_have_are_refused_there(english: FlaskClient) -> None:
    whole = got(english, "/api/v1/similar?id=a4")
    empty = {name for name, one in whole.items() if not one}
    for name in ("body", "missing", "explanation", "facets", "histogram", "understood", "query"):
        assert name in empty or all(not hit.get(name) for hit in whole["hits"])
        answer = english.get(f"/api/v1/similar?id=a4&fields=id,{name}")
        assert answer.status_code == 400
        assert answer.json is not None
        (error,) = answer.json["errors"]
        assert name not in error["allowed"].split(", ")
    known = error["allowed"].removeprefix("names with commas, of ")
    assert got(english, f"/api/v1/similar?id=a4&fields={known}").keys() <= whole.keys()


def test_lines_are_the_hits_of_the_answer(client: FlaskClient) -> None:
    hits = got(client, "/api/v1/search?q=gempa&per_page=2")["hits"]
    answer = client.get("/search.jsonl?q=gempa&per_page=2")
    assert answer.mimetype == "application/x-ndjson"
    assert [orjson.loads(line) for line in answer.data.splitlines()] == hits
    everything = client.get("/search.jsonl?q=gempa&fields=id,title")
    lines = [orjson.loads(line) for line in everything.data.splitlines()]
    assert len(lines) == int(everything.headers["Warta-Total"]) == 3
    assert {tuple(line) for line in lines} == {("id", "title")}
    assert client.get("/search.jsonl?q=zzqqx&correct=off").data == b""


@pytest.mark.parametrize("address", ["/search.csv", "/search.jsonl"])
def test_a_header_tells_what_was_searched_for_instead(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?q=perpustakaan+kelilign")
    assert answer.headers["Warta-Corrected"] == "perpustakaan%20keliling"
    assert "Warta-Corrected" in answer.headers["Access-Control-Expose-Headers"]
    assert "Warta-Corrected" not in client.get(f"{address}?q=gempa").headers


@pytest.mark.parametrize("address", ["/search.csv", "/search.jsonl"])
def test_rows_hold_members_of_hits_only(english: FlaskClient, address: str) -> None:
    answer = english.get(f"{address}?q=gempa&fields=id,total")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["errors"][0]["given"] == "total"


def test_a_header_tells_that_there_are_more_hits_than_an_export_may_have(tmp_path: Path) -> None:
    articles = [article(n, "Gempa", f"x{n}", "2023-01-01") for n in range(MAX_EXPORTED + 1)]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    client = create_app(tmp_path).test_client()
    first = got(client, "/api/v1/search?q=gempa&per_page=2&fields=id,next_cursor")
    forms = ("/search.jsonl?fields=id", "/search.csv?fields=id", "/search.json?fields=id,total")
    for asked, cut in (
        ("q=gempa", "true"),
        ("q=gempa&page=1&per_page=2", "true"),
        ("q=x7", None),
        # All that is left after the first page fits.
        (f"q=gempa&cursor={first['next_cursor']}", None),
    ):
        for address in forms:
            # The headers come before the hits are searched for.
            answer = client.head(f"{address}&all=true&{asked}")
            assert answer.headers.get("Warta-Partial") == cut
        # Of a page, Warta-Total tells it.
        page = client.head(f"/search.csv?all=false&{asked}")
        assert "Warta-Partial" not in page.headers
