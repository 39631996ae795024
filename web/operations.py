"""Health, readiness and metrics, for whoever runs the server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import perf_counter

import orjson
from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import NotFound

from index.errors import IndexUnavailable
from search.engine import SearchEngine
from search.request import SearchRequest
from web.problems import RETRY_SECONDS
from web.serving.environment import CLIENT_SECONDS, METRICS_ONLY
from web.state import current_engine, current_state

blueprint = Blueprint("operations", __name__)

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LABELS = ("method", "endpoint", "status")


@blueprint.get("/healthz")
def health() -> Response:
    """The process answers."""
    return _json({"status": "ok"}, 200)


@blueprint.get("/readyz")
def readiness() -> Response:
    """The engine answers a search; 503 where it cannot."""
    try:
        answer = current_engine().search(SearchRequest(per_page=1, facets=False))
    except IndexUnavailable as error:
        current_app.logger.warning("not ready: %s", error)
        response = _json({"status": "index unavailable"}, 503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _json({"status": "ready", "generation": answer.generation}, 200)


@blueprint.get("/metrics")
def metrics() -> Response:
    """All processes' metrics in Prometheus' text format."""
    state = current_state()
    if state.settings.metrics_port is not None and not request.environ.get(METRICS_ONLY):
        raise NotFound
    registry = state.registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(IndexCollector(state.engine))
    response = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response.cache_control.no_store = True
    return response


class IndexCollector(Collector):
    """What the index holds, asked for when the metrics are."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily | InfoMetricFamily]:
        """Nothing but ``warta_index_up 0`` while the index cannot be read."""
        up = GaugeMetricFamily("warta_index_up", "Whether the index can be read")
        try:
            statistics = self._engine.statistics()
        except IndexUnavailable:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        articles = GaugeMetricFamily("warta_index_articles", "Articles in the index")
        articles.add_metric([], statistics.articles)
        yield articles
        if statistics.bytes is not None:
            size = GaugeMetricFamily("warta_index_bytes", "Size of the index on disk")
            size.add_metric([], statistics.bytes)
            yield size
        published = GaugeMetricFamily(
            "warta_index_published_timestamp_seconds", "When the generation was published"
        )
        published.add_metric([], statistics.published.timestamp())
        yield published
        generation = InfoMetricFamily("warta_index", "The generation in use")
        generation.add_metric(
            [], {"generation": statistics.generation, "version": statistics.version}
        )
        yield generation


def install(app: Flask, registry: CollectorRegistry, engine: SearchEngine) -> None:
    """Measure every request of the app, and offer the metrics of the engine's index."""
    registry.register(IndexCollector(engine))
    requests = Counter("warta_requests", "Requests answered", _LABELS, registry=registry)
    seconds = Histogram(
        "warta_request_seconds",
        "Time to answer a request",
        _LABELS,
        buckets=_SECONDS,
        registry=registry,
    )

    def start() -> None:
        g.started = perf_counter()
        if request.environ.get(METRICS_ONLY) and request.blueprint != blueprint.name:
            raise NotFound

    def measure(response: Response) -> Response:
        # A path or method that is not ours must not make a new series each.
        method = request.method if request.method in {"GET", "HEAD", "OPTIONS"} else "other"
        labels = (method, request.endpoint or "none", str(response.status_code))
        started = g.started
        for_client: Callable[[], float] = request.environ.get(CLIENT_SECONDS, float)

        def answered() -> None:
            requests.labels(*labels).inc()
            seconds.labels(*labels).observe(perf_counter() - started - for_client())

        if response.is_streamed and not response.direct_passthrough and method == "GET":
            # What is made while it is sent takes longer than the view did.
            response.call_on_close(answered)
        else:
            answered()
        return response

    app.before_request(start)
    app.after_request(measure)


def _json(document: dict[str, str], status: int) -> Response:
    response = Response(orjson.dumps(document), status, mimetype="application/json")
    response.cache_control.no_store = True
    return response
