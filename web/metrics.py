"""What is counted and timed, and ``/metrics``, where Prometheus reads it.

Labels have few values: never a path, a query or a client.
"""

from __future__ import annotations

import os

from flask import Blueprint, Request, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.exceptions import NotFound

from search.response import SearchResponse
from web.index_metrics import IndexCollector
from web.serving.environment import METRICS_ONLY
from web.state import current_state
from web.work import Took, Work

blueprint = Blueprint("metrics", __name__)

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LABELS = ("method", "endpoint", "status")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


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


def keep_apart(request: Request) -> None:
    """Answer nothing but probes and metrics at the port for metrics. Raises ``NotFound``."""
    if request.environ.get(METRICS_ONLY) and request.blueprint not in {blueprint.name, "health"}:
        raise NotFound


class RequestMetrics:
    """Requests by what answered them, and the time that took in our own code."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter("warta_requests", "Requests answered", _LABELS, registry=registry)
        self._seconds = Histogram(
            "warta_request_seconds",
            "Time to make an answer, without the time that a client took to take it",
            _LABELS,
            buckets=_SECONDS,
            registry=registry,
        )
        self._broken = Counter(
            "warta_broken_answers", "Answers that ended before their end", registry=registry
        )
        self._kept: dict[tuple[object, ...], tuple[Counter, Histogram]] = {}

    def count(self, work: Work) -> None:
        """Count a request that is done."""
        # A path or method that is not ours must not make a new series each.
        method = work.method if work.method in _METHODS else "other"
        requests, seconds = self._labelled(method, work.endpoint, work.status)
        requests.inc()
        seconds.observe(work.seconds)
        if work.broken:
            self._broken.inc()

    def _labelled(self, *labels: object) -> tuple[Counter, Histogram]:
        """The counters of a method, an endpoint and a status, looked up once."""
        found = self._kept.get(labels)
        if found is None:
            texts = [str(one) for one in labels]
            found = self._requests.labels(*texts), self._seconds.labels(*texts)
            self._kept[labels] = found
        return found


class QuestionMetrics:
    """Questions that were searched for: what they cost, and how many were answered less well."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Histogram(
            "warta_question_processor_seconds",
            "Processor time to search for a question",
            buckets=_SECONDS,
            registry=registry,
        )
        zero_hit = Counter(
            "warta_zero_hit_questions",
            "Questions that no article has all words of, by what was found instead",
            ["found"],
            registry=registry,
        )
        self._zero_hit = {found: zero_hit.labels(found) for found in ("some_words", "nothing")}
        self._corrected = Counter(
            "warta_corrected_questions",
            "Questions with a word that another took the place of",
            registry=registry,
        )
        self._cut_short = Counter(
            "warta_cut_short_questions",
            "Questions whose search was stopped before its end",
            registry=registry,
        )
        self._slow = Counter(
            "warta_slow_questions", "Questions that were logged as slow", registry=registry
        )

    def count(self, answer: SearchResponse, took: Took, *, slow: bool) -> None:
        """Count a question that was answered."""
        self._seconds.observe(took.processor)
        if not answer.total:
            self._zero_hit["some_words" if answer.partial_total else "nothing"].inc()
        if answer.corrected:
            self._corrected.inc()
        if answer.partial:
            self._cut_short.inc()
        if slow:
            self._slow.inc()
