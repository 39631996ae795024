from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from index.bilingual import Text
from index.build import LocalTarget
from index.errors import (
    AccessInvalid,
    ClientMissing,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    IndexUnreachable,
    IndexUrlInvalid,
)
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.nodes import NOWHERE, answering, closed_port
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


@pytest.fixture(params=["directory", "loop"])
def unreadable(request: pytest.FixtureRequest, tmp_path: Path) -> FlaskClient:
    """An application over an index whose CURRENT cannot be read."""
    if request.param == "directory":
        (tmp_path / "CURRENT").mkdir()
    else:
        (tmp_path / "CURRENT").symlink_to("CURRENT")
    return create_app(tmp_path).test_client()


@pytest.mark.parametrize(
    "address", ["/", "/search?q=a", "/api/v1/search", "/api/v1/stats", "/search.rss", "/readyz"]
)
def test_an_index_that_cannot_be_read_is_unavailable(
    unreadable: FlaskClient, tmp_path: Path, address: str
) -> None:
    response = unreadable.get(address)
    assert response.status_code == 503
    assert str(tmp_path) not in response.text


def test_what_needs_no_index_works_beside_one_that_cannot_be_read(unreadable: FlaskClient) -> None:
    for address in ("/healthz", "/metrics", "/api/v1/analyze?text=beras"):
        assert unreadable.get(address).status_code == 200


def test_what_needs_no_index_works_without_one(without_index: FlaskClient) -> None:
    for address in ("/healthz", "/metrics", "/api", "/api/v1/openapi.json", "/api/v1/analyze"):
        assert without_index.get(address).status_code == 200


@pytest.fixture(params=["closed port", "unknown host"])
def node(request: pytest.FixtureRequest) -> str:
    return closed_port() if request.param == "closed port" else NOWHERE


@pytest.fixture
def out_of_reach(node: str) -> FlaskClient:
    return create_app(f"opensearch://{node}/berita").test_client()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=beras",
        "/api/v1/articles/a1",
        "/api/v1/articles?id=a1",
        "/api/v1/articles/a1/similar",
        "/api/v1/similar?id=a1",
        "/api/v1/suggest?q=ber",
        "/api/v1/stats",
        "/search.json",
        "/search.rss",
        "/search.atom",
        "/search.csv",
    ],
)
def test_a_cluster_out_of_reach_is_a_problem_that_says_when_to_ask_again(
    out_of_reach: FlaskClient, node: str, address: str
) -> None:
    response = out_of_reach.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["type"] == "/api#problem-index-unavailable"
    assert "on a cluster that cannot be searched" in response.json["detail"]
    assert int(response.headers["Retry-After"]) > 0
    assert node not in response.text


@pytest.mark.parametrize("address", ["/", "/search?q=a", "/article/a1"])
def test_people_get_a_page_when_a_cluster_is_out_of_reach(
    out_of_reach: FlaskClient, node: str, address: str
) -> None:
    response = out_of_reach.get(address)
    assert (response.status_code, response.mimetype) == (503, "text/html")
    assert "di klaster yang tidak dapat dicari" in response.text
    assert node not in response.text


def test_whoever_runs_the_server_is_told_which_cluster_is_out_of_reach(
    out_of_reach: FlaskClient, node: str, caplog: pytest.LogCaptureFixture
) -> None:
    out_of_reach.get("/api/v1/stats")
    assert f"the cluster at {node} cannot be reached" in caplog.text


def test_what_is_no_opensearch_is_a_problem_too() -> None:
    with answering(b"HTTP/1.1 200 OK\r\n\r\n") as node:
        client = create_app(f"opensearch://{node}/berita").test_client()
        assert client.get("/api/v1/search").status_code == 503
        assert client.get("/readyz").status_code == 503


URL, NODE = "opensearch://cari.example:9200/berita", "cari.example:9200"
REASON = Text("said by cari.example", "kata cari.example")


@pytest.mark.parametrize(
    ("error", "detail", "seconds"),
    [
        (IndexUnreachable(URL, NODE, REASON), "on a cluster that cannot be searched", 5),
        (ClusterTroubled(URL, NODE, REASON), "on a cluster that cannot be searched", 5),
        (ClusterBusy(URL, NODE, REASON), "too much to do. Try again", 5),
        (ClusterRefused(URL, NODE, "siti", known=True), "on a cluster that cannot be searched", 30),
        (AccessInvalid(URL, "WARTA_OPENSEARCH_CA", REASON), "cannot be searched", 30),
        (ClientMissing(URL), "cannot be searched", 30),
        (IndexMissing(URL), "missing, damaged or of another version", 30),
        (IndexOutdated(URL, "schema 1", "schema 2"), "missing, damaged or of another version", 30),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else None,
)
def test_every_trouble_of_a_cluster_is_a_problem_that_names_no_host(
    error: IndexUnavailable, detail: str, seconds: int, without_index: FlaskClient
) -> None:
    def ask() -> str:
        raise error

    without_index.application.add_url_rule("/api/v1/trouble", view_func=ask)
    response = without_index.get("/api/v1/trouble", headers={"Accept-Language": "en"})
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["type"] == "/api#problem-index-unavailable"
    assert detail in response.json["detail"]
    assert int(response.headers["Retry-After"]) == seconds
    assert "cari.example" not in response.text


def test_whoever_asks_for_readiness_does_not_fill_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(tmp_path).test_client()
    for _ in range(20):
        assert client.get("/readyz").status_code == 503
    assert caplog.text.count("not ready: ") == 1
    (tmp_path / "CURRENT").write_text("?")
    for _ in range(20):
        assert client.get("/readyz").status_code == 503
    assert caplog.text.count("not ready: ") == 2
    (tmp_path / "CURRENT").unlink()
    LocalTarget(tmp_path).rebuild(ARCHIVE[:1], BuildOptions())
    for _ in range(20):
        assert client.get("/readyz").status_code == 200
    assert caplog.text.count("ready again") == 1


def test_what_needs_no_index_works_without_a_cluster(out_of_reach: FlaskClient) -> None:
    for address in ("/healthz", "/api", "/api/v1/openapi.json"):
        assert out_of_reach.get(address).status_code == 200
    assert "warta_index_up 0.0" in out_of_reach.get("/metrics").text
    tokens = out_of_reach.get("/api/v1/analyze?text=menangkap").json
    assert tokens is not None
    assert tokens["tokens"][0]["stem"] == "tangkap"
    assert out_of_reach.get("/readyz").status_code == 503


def test_words_are_analysed_also_beside_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("?")
    client = create_app(tmp_path).test_client()
    assert client.get("/api/v1/analyze?text=menangkap").status_code == 200


def test_an_application_over_what_names_no_index_is_not_made() -> None:
    with pytest.raises(IndexUrlInvalid):
        create_app("redis://x:1/y")


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


def test_an_error_of_ours_has_an_id_that_is_in_the_log(
    broken: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    client = broken.test_client()
    page = client.get("/rusak")
    assert f"Permintaan {page.headers['X-Request-ID']}" in page.text
    assert f"Request {page.headers['X-Request-ID']}" not in client.get("/tidak-ada").text
    document = client.get("/api/rusak")
    assert document.json is not None
    assert document.json["request_id"] == document.headers["X-Request-ID"]
    assert document.headers["X-Request-ID"] != page.headers["X-Request-ID"]
    other = client.get("/api/tidak-ada")
    assert other.json is not None
    assert "request_id" not in other.json
    assert "rahasia" in caplog.text


BROKEN_HOSTS = ["a..b", ".", "a" * 70]


def asked_of(app: Flask, host: str, address: str) -> Response:
    """The answer to an English reader; Flask's own client fails at such hosts before it asks."""
    environ = EnvironBuilder(address, headers=[("Accept-Language", "en")]).get_environ()
    return Response.from_app(app, {**environ, "HTTP_HOST": host})


@pytest.mark.parametrize("host", BROKEN_HOSTS)
@pytest.mark.parametrize("address", ["/", "/search?q=gempa", "/article/a1", "/api", "/healthz"])
def test_people_are_told_of_a_broken_host(app: Flask, address: str, host: str) -> None:
    response = asked_of(app, host, address)
    assert response.status_code == 400
    assert "The request is not understood" in response.get_data(as_text=True)
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("host", BROKEN_HOSTS)
@pytest.mark.parametrize("address", ["/api/v1/search", "/search.rss", "/search.atom"])
def test_programs_are_told_of_a_broken_host(app: Flask, address: str, host: str) -> None:
    response = asked_of(app, host, address)
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["type"] == "/api#problem-bad-request"


@given(st.text(st.characters(codec="latin-1"), max_size=30) | st.from_regex(r"xn--[a-z0-9-]*"))
@example("xn--a.com")
def test_no_host_is_an_error_of_ours(app: Flask, host: str) -> None:
    """Python 3.13 decodes hosts that earlier ones refuse."""
    for address in ("/", "/search.rss?q=gempa", "/api/v1/stats"):
        assert asked_of(app, host, address).status_code in {200, 400}


def test_a_status_that_says_all_has_no_type_of_ours(broken: Flask) -> None:
    @broken.get("/api/teko")
    def pour() -> str:
        abort(418)

    problem = broken.test_client().get("/api/teko", headers={"Accept-Language": "en"}).json
    assert problem is not None
    assert (problem["type"], problem["title"]) == ("about:blank", "I'm a Teapot")


def test_an_indonesian_page_has_an_indonesian_title_whatever_the_status(
    client: FlaskClient,
) -> None:
    response = client.get("/static/base.css", headers={"Range": "bytes=99999999-"})
    assert response.status_code == 416
    assert "Permintaan tidak dapat dipenuhi" in response.text
    assert "Satisfiable" not in response.text


def test_a_hostile_path_is_quoted_in_the_problem(client: FlaskClient) -> None:
    problem = client.get("/api/<script>é%0a").json
    assert problem is not None
    assert problem["instance"] == "/api/%3Cscript%3E%C3%A9%0A"
