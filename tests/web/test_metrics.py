from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.local import LocalEngine
from search.response import Statistics
from web.app import create_app
from web.index_metrics import IndexCollector


def samples(client: FlaskClient) -> dict[tuple[str, str, str], float]:
    """The values of the metrics by name, endpoint and status."""
    text = client.get("/metrics").text
    return {
        (sample.name, sample.labels.get("endpoint", ""), sample.labels.get("status", "")): (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_living_process_is_healthy(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.json == {"status": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_server_with_an_index_is_ready(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json is not None
    assert response.json["status"] == "ready"


def test_a_server_without_an_index_is_alive_but_not_ready(tmp_path: Path) -> None:
    client = create_app(tmp_path).test_client()
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert samples(client)["warta_index_up", "", ""] == 0


def test_requests_are_counted_by_endpoint_and_status(sample_index: Path) -> None:
    client = create_app(sample_index).test_client()
    for address in ("/api/v1/search", "/api/v1/search?page=0", "/a", "/b", "/readyz"):
        client.get(address, buffered=True)
    found = samples(client)
    assert found["warta_requests_total", "api.search", "200"] == 1
    assert found["warta_requests_total", "api.search", "400"] == 1
    assert found["warta_requests_total", "none", "404"] == 2
    assert found["warta_request_seconds_count", "health.readiness", "200"] == 1


class Remote(LocalEngine):
    """An engine that does not know how large its index is."""

    def statistics(self) -> Statistics:
        return replace(super().statistics(), segments=None, terms=None, bytes=None)


def test_a_size_that_is_not_known_is_no_metric(sample_index: Path) -> None:
    engine = Remote(sample_index)
    names = [family.name for family in IndexCollector(engine).collect()]
    engine.close()
    assert "warta_index_articles" in names
    assert "warta_index_bytes" not in names


def test_the_metrics_describe_the_index(client: FlaskClient) -> None:
    found = samples(client)
    assert found["warta_index_up", "", ""] == 1
    assert found["warta_index_articles", "", ""] == 12
    assert found["warta_index_bytes", "", ""] > 0
    assert found["warta_index_info", "", ""] == 1
