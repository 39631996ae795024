from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app import create_app


@pytest.fixture
def without_index(tmp_path: Path) -> FlaskClient:
    return create_app(tmp_path / "kosong").test_client()


@pytest.mark.parametrize(
    "address",
    ["/api/v1/search", "/api/v1/articles/a1", "/api/v1/stats", "/search.json", "/search.rss"],
)
def test_a_missing_index_is_a_problem_that_says_when_to_ask_again(
    without_index: FlaskClient, address: str
) -> None:
    response = without_index.get(address)
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/search?q=a", "/article/a1"])
def test_people_get_a_page_when_the_index_is_missing(
    without_index: FlaskClient, address: str
) -> None:
    response = without_index.get(address)
    assert response.status_code == 503
    assert response.mimetype == "text/html"
    assert "Retry-After" in response.headers


def test_no_folder_of_the_server_is_told(without_index: FlaskClient, tmp_path: Path) -> None:
    for address in ("/", "/api/v1/search", "/readyz", "/metrics"):
        assert str(tmp_path) not in without_index.get(address).text


def test_what_needs_no_index_works_without_one(without_index: FlaskClient) -> None:
    for address in ("/healthz", "/metrics", "/api", "/api/v1/openapi.json", "/api/v1/analyze"):
        assert without_index.get(address).status_code == 200


def test_an_unknown_address_is_a_document_for_programs_and_a_page_for_people(
    client: FlaskClient,
) -> None:
    assert client.get("/api/v1/x").mimetype == "application/problem+json"
    assert client.get("/api/").mimetype == "application/problem+json"
    page = client.get("/x")
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.fixture
def broken(sample_index: Path) -> Flask:
    app = create_app(sample_index)

    @app.get("/api/rusak")
    @app.get("/rusak")
    def fail() -> str:
        raise RuntimeError("rahasia")

    return app


@pytest.mark.parametrize("address", ["/rusak", "/api/rusak"])
def test_an_error_of_ours_shows_nothing_of_the_inside(broken: Flask, address: str) -> None:
    response = broken.test_client().get(address)
    assert response.status_code == 500
    assert "rahasia" not in response.text
    assert "Traceback" not in response.text
    assert "Content-Security-Policy" in response.headers


def test_a_hostile_path_is_quoted_in_the_problem(client: FlaskClient) -> None:
    problem = client.get("/api/<script>é%0a").json
    assert problem is not None
    assert problem["instance"] == "/api/%3Cscript%3E%C3%A9%0A"
