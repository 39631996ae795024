from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from index.sources.problems import ProblemKind
from search.budget import Budget
from search.local import LocalEngine
from search.request import SearchRequest
from search.response import SearchResponse, Statistics
from tests.web.conftest import Client
from web.app import create_app
from web.index_metrics import IndexCollector
from web.logs import FACTS
from web.settings import ServerSettings
from web.state import EXTENSION


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


HOSTILE = (
    "/search?q=rahasia",
    "/search?q=beras&page=0",
    "/api/v1/search?q=harga+berass",
    "/api/v1/search?q=xyzzy",
    "/api/v1/search?q=beras+xyzzy",
    "/article/a1",
    "/article/rahasia",
    "/rahasia/rahasia",
    "/search.csv?q=beras",
    "/static/rahasia",
    "/metrics",
    "/a%0ab",
)


def families(client: FlaskClient) -> dict[str, Metric]:
    text = client.get("/metrics").text
    return {family.name: family for family in text_string_to_metric_families(text)}


def own(client: FlaskClient) -> dict[str, Metric]:
    return {name: one for name, one in families(client).items() if name.startswith("warta_")}


def test_names_units_and_labels_are_as_prometheus_wants_them(sample_index: Path) -> None:
    client = Client(app := create_app(sample_index), app.response_class)
    for address in HOSTILE:
        client.get(address)
        client.open(address, method="BREW")
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} | {"none"}
    allowed: dict[str, Callable[[str], object]] = {
        "method": lambda value: value in {"GET", "HEAD", "OPTIONS", "other"},
        "endpoint": lambda value: value in endpoints,
        "status": lambda value: re.fullmatch(r"[2-5]\d\d", value),
        "found": lambda value: value in {"some_words", "nothing"},
        "kind": lambda value: value in set(ProblemKind),
        "le": lambda value: re.fullmatch(r"[\d.]+|\+Inf", value),
    }
    for name, family in own(client).items():
        assert family.documentation[0].isupper()
        assert re.fullmatch(r"warta(_[a-z]+)+", name)
        for sample in family.samples:
            if family.type == "counter":
                assert sample.name.endswith(("_total", "_created"))
            if name == "warta_index_info":
                continue
            for label, value in sample.labels.items():
                assert allowed[label](value), (sample.name, label, value)
        if family.type == "histogram" or "age" in name or "timestamp" in name:
            assert name.endswith("_seconds")
        assert not re.search(r"_(ms|milliseconds|minutes|mib|kb)(_|$)", name)
    text = client.get("/metrics").text
    assert "rahasia" not in text
    helped = re.findall(r"^# HELP (\S+)", text, re.MULTILINE)
    assert len(helped) == len(set(helped))


def value_of(client: FlaskClient, name: str, **labels: str) -> float:
    for family in families(client).values():
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    raise KeyError(name)


def test_questions_are_counted_by_what_came_of_them(sample_index: Path) -> None:
    client = Client(app := create_app(sample_index), app.response_class)
    for address in (
        "/search?q=beras",
        "/api/v1/search?q=perpustakan",
        "/search?q=xyzzyxyzzy&correct=off",
        "/api/v1/search?q=beras+pontianak",
        "/search.rss?q=beras",
        "/search.csv?q=beras",
        "/search.json?q=beras&all=1",
    ):
        assert client.get(address).status_code == 200
    # What nobody asked is no question.
    client.get("/readyz")
    client.get("/api")
    assert value_of(client, "warta_question_processor_seconds_count") == 7
    assert value_of(client, "warta_corrected_questions_total") == 1
    assert value_of(client, "warta_zero_hit_questions_total", found="nothing") == 1
    assert value_of(client, "warta_zero_hit_questions_total", found="some_words") == 1
    assert value_of(client, "warta_cut_short_questions_total") == 0
    assert value_of(client, "warta_slow_questions_total") == 0


class Unhurried(LocalEngine):
    """An engine that has no time left."""

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchResponse:
        return replace(super().search(request, budget), partial=True)


def test_a_search_that_was_cut_short_is_counted(sample_index: Path) -> None:
    app = create_app(sample_index)
    client = Client(app, app.response_class)
    state = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(state, engine=Unhurried(sample_index))
    client.get("/search?q=beras")
    assert value_of(client, "warta_cut_short_questions_total") == 1


def test_slow_questions_are_logged_with_their_parts_and_counted(
    sample_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(sample_index, ServerSettings(slow_ms=1))
    client = Client(app, app.response_class)
    text = "beras\n\x1b[31m " + " ".join(f"gempa{number}" for number in range(40))
    client.get("/search", query_string={"q": text, "from": "2020-01-01", "category": "Ekonomi"})
    (record,) = [one for one in caplog.records if one.name == "web.slow"]
    found = getattr(record, FACTS)
    assert found["query"] == text
    assert found["from"] == date(2020, 1, 1)
    assert found["filters"] == {"category": ["Ekonomi"]}
    assert found["processor_ms"] >= 1
    assert value_of(client, "warta_slow_questions_total") == 1


def test_no_question_is_logged_unless_chosen(
    sample_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(sample_index)
    Client(app, app.response_class).get("/search?q=beras")
    assert not caplog.records


class Aged(LocalEngine):
    """An engine over an index that was rebuilt a day and updated an hour ago."""

    def statistics(self) -> Statistics:
        now = datetime.now(UTC)
        return replace(
            super().statistics(),
            published=now - timedelta(hours=1),
            rebuilt=now - timedelta(days=1),
            skipped={"broken-json": 3},
            repaired={"bad-date": 2, "mojibake": 1},
        )


def test_age_last_rebuild_and_skipped_articles_are_metrics(sample_index: Path) -> None:
    engine = Aged(sample_index)
    found = {family.name: family for family in IndexCollector(engine).collect()}
    engine.close()
    values = {
        (name, *sample.labels.values()): sample.value
        for name, family in found.items()
        for sample in family.samples
    }
    assert 3600 <= values["warta_index_age_seconds",] < 3700
    published = values["warta_index_published_timestamp_seconds",]
    assert published - values["warta_index_last_rebuild_timestamp_seconds",] == pytest.approx(
        23 * 3600
    )
    assert values["warta_index_skipped_articles", "broken-json"] == 3
    assert values["warta_index_repaired_problems", "mojibake"] == 1
