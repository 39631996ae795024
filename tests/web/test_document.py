from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.api.catalogue import ENDPOINTS
from web.api.document import openapi
from web.parameters import ExportParameters, HitsParameters, RowsParameters
from web.problems import PROBLEM_TYPES

FEEDS = ["/search.rss", "/search.atom"]
SEARCHES = ["/api/v1/search", "/search.json", "/search.csv", *FEEDS]


def document() -> dict[str, Any]:
    return openapi("en")


def test_every_address_for_programs_is_documented(app: Flask) -> None:
    rules = {
        re.sub("<[^>]*>", "{id}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.rule != "/api"
    }
    assert rules == set(document()["paths"])


@pytest.mark.parametrize("path", SEARCHES)
def test_every_parameter_of_a_search_is_documented(path: str) -> None:
    rows = {"/search.csv", "/search.jsonl"}
    model = (
        HitsParameters if path in FEEDS else RowsParameters if path in rows else ExportParameters
    )
    declared = {field.alias or name for name, field in model.model_fields.items()}
    parameters = {entry["name"]: entry for entry in document()["paths"][path]["get"]["parameters"]}
    assert set(parameters) == declared
    assert parameters["sort"]["schema"]["enum"] == ["relevance", "newest", "oldest"]
    assert parameters["per_page"]["schema"]["maximum"] == 100
    assert "yesterday" in parameters["from"]["description"]
    assert parameters["from"]["schema"]["type"] == "string"
    assert parameters["source"]["schema"]["type"] == "array"
    assert all(entry["description"] for entry in parameters.values())


def test_all_references_lead_somewhere() -> None:
    root = document()
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(root)):
        target: Any = root
        for step in reference.split("/"):
            target = target[step]
        assert target


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_answer_has_the_documented_shape_and_headers(client: FlaskClient, endpoint: Any) -> None:
    root = document()
    documented = root["paths"][endpoint.path]["get"]["responses"]["200"]
    answer = client.get(endpoint.example.replace("ID", "a1"))
    assert answer.status_code == 200
    assert answer.mimetype in documented["content"]
    assert set(documented["headers"]) <= set(answer.headers.keys())
    if answer.mimetype == "application/json":
        schema = documented["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json, {**schema, "components": root["components"]})


def test_problems_have_the_documented_shape(client: FlaskClient) -> None:
    root = document()
    schema = {"$ref": "#/components/schemas/Problem", "components": root["components"]}
    for address in ("/api/v1/search?page=0", "/api/v1/articles/x", "/api/v1/x"):
        jsonschema.validate(client.get(address).json, schema)
    jsonschema.validate(client.post("/api/v1/search").json, schema)


def test_the_documentation_tells_what_no_problem_document_says(client: FlaskClient) -> None:
    for operations in document()["paths"].values():
        assert "414" in operations["get"]["responses"]
    assert "about:blank" in client.get("/api").text
    assert "8190" in document()["info"]["description"]


@pytest.mark.parametrize("wrong", ["diloloskan", "akar kata", "Akar kata", "aling banyak."])
def test_the_indonesian_documentation_avoids_known_mistakes(wrong: str) -> None:
    assert wrong not in json.dumps(openapi("id"))


def test_an_id_in_a_parameter_is_required() -> None:
    for path in ("/api/v1/articles", "/api/v1/similar"):
        parameters = document()["paths"][path]["get"]["parameters"]
        assert [entry["name"] for entry in parameters if entry.get("required")] == ["id"]


def test_the_document_is_served_in_both_languages(client: FlaskClient) -> None:
    one, other = (client.get(f"/api/v1/openapi.json?lang={code}").json for code in ("id", "en"))
    assert one == openapi("id")
    assert other == openapi("en")
    assert one != other
    assert other["openapi"].startswith("3.1")


class Tags(HTMLParser):
    """The start tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_documents_every_address_parameter_and_problem(
    client: FlaskClient, language: str
) -> None:
    page = client.get(f"/api?lang={language}").text
    tags = Tags(page).found
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {endpoint.name for endpoint in ENDPOINTS} <= set(ids)
    assert {f"problem-{kind.name}" for kind in PROBLEM_TYPES} <= set(ids)
    assert {f"schema-{name}" for name in document()["components"]["schemas"]} <= set(ids)
    fragments = {
        (attributes.get("href") or "")[1:]
        for tag, attributes in tags
        if tag == "a" and (attributes.get("href") or "").startswith("#")
    }
    assert fragments <= set(ids)


def test_the_page_has_nothing_inline_and_names_no_other_host(client: FlaskClient) -> None:
    tags = Tags(client.get("/api").text).found
    assert not [tag for tag, attributes in tags if tag == "style" or "style" in attributes]
    assert all(attributes.get("src") for tag, attributes in tags if tag == "script")
    for _, attributes in tags:
        for name in ("src", "href"):
            assert not (attributes.get(name) or "").startswith(("http", "//"))


def test_the_examples_of_the_page_work(client: FlaskClient) -> None:
    tags = Tags(client.get("/api").text).found
    examples = [
        href
        for tag, attributes in tags
        if tag == "a" and (href := attributes.get("href") or "").startswith(("/api/v1", "/search."))
    ]
    assert len(examples) > len(ENDPOINTS)
    for example in examples:
        assert client.get(example).status_code == 200, example
