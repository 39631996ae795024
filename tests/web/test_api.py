from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from index.article import Article
from index.build import LocalTarget
from index.fields import COUNTED, Facet
from index.target import BuildOptions
from tests.web.test_parameters import BAD
from web.app import create_app

HIT = {
    "id", "title", "title_html", "snippet_html", "url", "date", *Facet, "score", "missing",
    "similar_count", "explanation",
}  # fmt: skip
ANSWER = {
    "query", "corrected", "total", "partial_total", "listed", "took_ms", "page", "per_page",
    "next_cursor", "hits", "facets", "facet_totals", "histogram", "undated", "suggestion", "notes",
    "understood", "offers",
    "partial", "generation",
}  # fmt: skip


def get(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.json


def test_a_search_answers_exactly_the_promised_keys(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search?q=hubungan+Rusia+Kamboja")
    assert set(answer) == ANSWER
    assert {frozenset(hit) for hit in answer["hits"]} == {frozenset(HIT)}
    first = answer["hits"][0]
    assert first["id"] == "a1"
    assert first["date"] == "2023-06-01"
    assert first["place"] == "Phnom Penh"
    assert "<mark>Rusia</mark>" in first["title_html"]
    assert first["explanation"] is None


def test_both_addresses_of_a_search_give_the_same_hits(client: FlaskClient) -> None:
    query = "?q=beras&sort=newest&source=Lintas+Niaga&source=Pelita+Kota"
    one, other = get(client, f"/api/v1/search{query}"), get(client, f"/search.json{query}")
    assert one["hits"] == other["hits"]
    assert {hit["source"] for hit in one["hits"]} == {"Lintas Niaga", "Pelita Kota"}


def test_the_parts_of_an_explanation_add_up_to_the_score(client: FlaskClient) -> None:
    for hit in get(client, "/api/v1/search?q=gempa+Ambon&explain=true&recency=365")["hits"]:
        explanation = hit["explanation"]
        total = explanation["factor"] * sum(part["value"] for part in explanation["parts"])
        assert total == pytest.approx(hit["score"], rel=1e-5)


def test_facets_and_histogram_can_be_left_out(client: FlaskClient) -> None:
    full = get(client, "/api/v1/search?q=beras")
    assert [*COUNTED] == [*full["facets"]] == [*full["facet_totals"]]
    assert {"value", "count", "selected", "excluded"} == set(full["facets"]["source"][0])
    assert {"start", "end", "count"} == set(full["histogram"][0])
    bare = get(client, "/api/v1/search?q=beras&facets=0")
    assert (bare["facets"], bare["facet_totals"], bare["histogram"]) == ({}, {}, [])


def test_notes_speak_the_readers_language(client: FlaskClient) -> None:
    address = "/api/v1/search?q=%22gempa+Ambon"
    (indonesian,) = get(client, address)["notes"]
    (english,) = get(client, f"{address}&lang=en")["notes"]
    assert indonesian["code"] == english["code"] == "unclosed-quote"
    assert "Tanda kutip" in indonesian["message"]
    assert "quotation mark" in english["message"]
    assert english["position"] == 0


def test_cursors_lead_through_all_hits_once(client: FlaskClient) -> None:
    seen, cursor = [], ""
    for _ in range(12):
        answer = get(client, f"/api/v1/search?sort=oldest&per_page=5&cursor={cursor}")
        seen += [hit["id"] for hit in answer["hits"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted({f"a{number}" for number in range(1, 13)})


def test_an_article_is_answered_as_stored(client: FlaskClient) -> None:
    article = get(client, "/api/v1/articles/a1")
    assert article["title"] == "Rusia dan Kamboja perkuat hubungan"
    assert article["body"].startswith("PHNOM PENH")
    assert article["author"] == "Sari Dewi"
    assert article["date"] == "2023-06-01"


def test_similar_articles_leave_out_the_article_itself(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/articles/a4/similar?limit=2")
    assert set(answer) == ANSWER
    found = [hit["id"] for hit in answer["hits"]]
    assert found[0] == "a9"
    assert "a4" not in found
    assert len(found) <= 2


@pytest.mark.parametrize("tail", ["", "/similar"])
@pytest.mark.parametrize("unknown", ["tidak-ada", "https://example.com//a", "/a", "%00", "a%0Ab"])
def test_an_unknown_article_is_a_problem(client: FlaskClient, unknown: str, tail: str) -> None:
    response = client.get(f"/api/v1/articles/{unknown}{tail}")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


AWKWARD = (
    "foo",
    "foo/similar",
    "a/../b",
    "..",
    "/x",
    "2024/b.jsonl:1",
    "https://example.com//a?b#c",
)


@pytest.fixture
def awkward(tmp_path: Path) -> FlaskClient:
    """A client of an archive whose ids are hard to put into a path."""
    articles = [
        Article(name, f"Gempa {name}", f"Gempa di Ambon hari ke-{day}")
        for day, name in enumerate(AWKWARD)
    ]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    return create_app(tmp_path).test_client()


@pytest.mark.parametrize("name", AWKWARD)
def test_every_article_can_be_asked_for_by_its_id(awkward: FlaskClient, name: str) -> None:
    assert get(awkward, f"/api/v1/articles?{urlencode({'id': name})}")["id"] == name
    similar = get(awkward, f"/api/v1/similar?{urlencode({'id': name, 'limit': 3})}")
    assert name not in {hit["id"] for hit in similar["hits"]}
    assert len(similar["hits"]) == 3


def test_the_id_of_an_article_comes_before_the_list_of_similar_ones(awkward: FlaskClient) -> None:
    assert get(awkward, "/api/v1/articles/foo%2Fsimilar")["id"] == "foo/similar"
    assert "hits" in get(awkward, "/api/v1/articles/foo%2Fsimilar/similar")
    assert "hits" in get(awkward, "/api/v1/articles/%2Fx/similar")


@pytest.mark.parametrize("path", ["articles", "similar"])
def test_an_id_must_be_given_and_known(client: FlaskClient, path: str) -> None:
    assert client.get(f"/api/v1/{path}?id=tidak-ada").status_code == 404
    for query in ("", "?id="):
        response = client.get(f"/api/v1/{path}{query}")
        assert response.status_code == 400
        assert response.json is not None
        assert [error["parameter"] for error in response.json["errors"]] == ["id"]


def test_completions_continue_what_was_typed(client: FlaskClient) -> None:
    first, *others = get(client, "/api/v1/suggest?q=keret")["suggestions"]
    assert first == {"text": "kereta", "count": 2, "kind": "word"}
    assert {one["kind"] for one in others} == {"headline"}
    assert len(get(client, "/api/v1/suggest?q=p&limit=1")["suggestions"]) == 1


def test_analysis_shows_where_each_word_stands_and_what_it_becomes(client: FlaskClient) -> None:
    text = "Pemerintah memberlakukan"
    tokens = get(client, f"/api/v1/analyze?text={text}")["tokens"]
    assert [text[token["start"] : token["end"]] for token in tokens] == text.split()
    assert [token["position"] for token in tokens] == [0, 1]
    assert tokens[1]["stem"] == "laku"


def test_statistics_count_the_archive(client: FlaskClient) -> None:
    statistics = get(client, "/api/v1/stats")
    assert statistics["articles"] == 12
    assert statistics["oldest"] == "2022-11-05"
    assert statistics["newest"] == "2025-09-01"


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_parameter_is_a_problem_that_names_it(
    english: FlaskClient, name: str, value: str
) -> None:
    response = english.get("/api/v1/search", query_string={name: value})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = response.json
    assert problem is not None
    assert problem["status"] == 400
    assert problem["type"] == "/api#problem-bad-parameter"
    assert problem["instance"] == "/api/v1/search"
    (error,) = problem["errors"]
    assert error["parameter"] == name
    assert value.startswith(error["given"])
    assert error["allowed"] in problem["detail"]


@pytest.mark.parametrize(
    ("query", "name"),
    [("page=200&per_page=100", "page"), ("cursor=bukan", "cursor"), ("huruf=x", "huruf")],
)
def test_what_only_the_engine_refuses_is_the_same_kind_of_problem(
    client: FlaskClient, query: str, name: str
) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.json is not None
    assert [error["parameter"] for error in response.json["errors"]] == [name]


def test_a_cursor_of_another_query_is_no_cursor_of_this_one(client: FlaskClient) -> None:
    cursor = get(client, "/api/v1/search?per_page=1&q=gempa")["next_cursor"]
    assert client.get(f"/api/v1/search?per_page=1&q=gempa&cursor={cursor}").status_code == 200
    for path in ("/api/v1/search", "/search.csv", "/search.jsonl", "/search.rss"):
        response = client.get(f"{path}?q=beras&cursor={cursor}&lang=en")
        assert response.status_code == 400, path
        assert "another question" in response.text


def test_problems_speak_the_readers_language(client: FlaskClient) -> None:
    titles = [
        client.get("/api/v1/search?page=0", headers={"Accept-Language": code}).json
        for code in ("id", "en")
    ]
    assert [problem and problem["title"] for problem in titles] == [
        "Parameter tidak dapat diterima",
        "A parameter is not allowed",
    ]


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "q=%", "%ff=%00", "q=%ED%A0%80", "=&&;"])
@pytest.mark.parametrize("path", ["/api/v1/search", "/search", "/search.rss", "/search.csv"])
def test_broken_encodings_are_no_server_errors(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code in {200, 400}
    assert client.get(f"{path}?{query}", headers={"Host": "a<b>"}).status_code < 500


def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient) -> None:
    head = client.head("/api/v1/search?q=gempa")
    assert head.status_code == 200
    assert head.data == b""
    assert int(head.headers["Content-Length"]) > 500


def test_years_and_months_have_an_example(client: FlaskClient) -> None:
    document = get(client, "/api/v1/openapi.json")
    shapes = [
        one["schema"].get("items", one["schema"])
        for path in document["paths"].values()
        for one in path["get"]["parameters"]
    ]
    written = {example for one in shapes for example in one.get("examples", ())}
    assert {"2017", "2017-05"} <= written
