from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.app import create_app
from web.security import CONTENT_SECURITY_POLICY
from web.settings import ServerSettings

ANSWERS = [
    "/",
    "/search?q=gempa",
    "/search?page=0",
    "/article/a1",
    "/article/tidak-ada",
    "/tidak-ada",
    "/search/values?facet=source&q=gempa",
    "/search/values?facet=tidak-ada",
    "/search/advanced",
    "/search/advanced?words=gempa",
    "/help",
    "/api",
    "/api/v1/search?q=gempa",
    "/api/v1/search?page=0",
    "/api/v1/openapi.json",
    "/api/v1/tidak-ada",
    "/search.csv",
    "/search.rss",
    "/static/base.css",
    "/static/tidak-ada.css",
    "/healthz",
    "/metrics",
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_carries_the_security_headers(
    client: FlaskClient, address: str, method: str
) -> None:
    headers = client.open(address, method=method).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}


def test_the_policy_allows_nothing_inline_and_no_other_host() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none';")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/api/v1/articles/a1", "/tidak-ada", "/static/base.css"])
def test_nothing_can_be_written(client: FlaskClient, address: str, method: str) -> None:
    response = client.open(address, method=method, data=b"x")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/articles/a1", "/search.json"])
def test_any_origin_may_read_the_api(client: FlaskClient, address: str) -> None:
    origin = {"Origin": "https://example.com"}
    answer = client.get(address, headers=origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(address, headers={**origin, "Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 200
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


def test_errors_of_the_api_can_be_read_by_any_origin_too(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?page=0")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/", "/search", "/api", "/static/base.css", "/metrics"])
def test_no_other_origin_may_read_the_pages(client: FlaskClient, address: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(address).headers


@pytest.mark.parametrize("address", ["/", "/search?q=gempa", "/api/v1/stats", "/search.rss"])
def test_only_trusted_hosts_are_answered_where_they_are_set(
    sample_index: Path, address: str
) -> None:
    strict = create_app(
        sample_index, ServerSettings(trusted_hosts=("warta.example",))
    ).test_client()
    assert strict.get(address, headers={"Host": "warta.example"}).status_code == 200
    refused = strict.get(address, headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "evil.example" not in refused.text
