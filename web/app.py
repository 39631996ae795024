"""The web application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from flask import Flask, Request
from prometheus_client import CollectorRegistry

from index.errors import IndexUnavailable
from search.engine import open_engine
from web import (
    advanced,
    browsing,
    compression,
    guide,
    headers,
    health,
    metrics,
    pages,
    problems,
    security,
)
from web.api import views
from web.audience import IdConverter
from web.caching import program_fingerprint
from web.current import current_request
from web.index_metrics import IndexCollector
from web.proxies import AtTheDoor
from web.query_log import QueryLog
from web.routing import Routed
from web.serving.streams import bounded_streams
from web.settings import DEFAULTS, ServerSettings
from web.state import EXTENSION, State, current_state
from web.whole_answers import WholeAnswer
from web.work import current_work, measured


def create_app(
    index: str | Path,
    settings: ServerSettings = DEFAULTS,
    config: Mapping[str, object] | None = None,
) -> Flask:
    """The application over the index at a directory or URL, which need not be there yet.

    ``config`` has settings of Flask, such as ``TESTING``. Nothing of the index is opened
    before the first request, so that a server may make the application and then fork. Raises
    ``IndexUrlInvalid``, and ``KeysInvalid`` where there is a file of read keys that cannot be used.
    """
    app = Routed("web")
    app.config.update(config or {})
    # No view or hook here is a coroutine, for which Flask looks at each of them in each request.
    app.ensure_sync = _as_it_is  # type: ignore[method-assign,assignment]
    app.response_class = WholeAnswer
    # Ids of articles may be URLs, whose double slash must stay.
    app.url_map.merge_slashes = False
    app.url_map.converters["article"] = IdConverter

    engine, registry = open_engine(index), CollectorRegistry()
    registry.register(IndexCollector(engine))
    state = State(
        engine,
        settings,
        registry,
        metrics.QuestionMetrics(registry),
        None
        if settings.query_log is None
        else QueryLog(settings.query_log, settings.query_log_days),
        program_fingerprint(),
    )
    app.extensions[EXTENSION] = state

    # What is installed first sees a request first and its answer last.
    app.before_request(_receive)
    security.install(app)
    if settings.rate_limit or settings.keys:
        from web import rate_limits

        rate_limits.install(app, state)
    compression.install(app)
    problems.install(app)
    for module in (pages, browsing, advanced, guide, views, health, metrics):
        app.register_blueprint(module.blueprint)
    app.wsgi_app = AtTheDoor(app.wsgi_app, settings)  # type: ignore[method-assign]
    # The outermost layer, which has to see the peer's own address.
    count = metrics.RequestMetrics(registry).count
    measured_app = measured(bounded_streams(app.wsgi_app), settings.trusted_proxies, count)
    app.wsgi_app = measured_app  # type: ignore[method-assign,assignment]
    return app


def _as_it_is(function: Callable[..., object]) -> Callable[..., object]:
    return function


def _receive() -> None:
    """Describe a request, and refuse what no view has to see."""
    request = current_request()
    _describe(request)
    metrics.keep_apart(request)
    headers.bound(request.environ)
    security.refuse_writes(request)
    security.refuse_hosts(request)


def _describe(request: Request) -> None:
    """Say what the request is for, and, where requests are logged, which index it is put to."""
    work, state = current_work(), current_state()
    if work is None:
        return
    work.endpoint = request.endpoint or "none"
    if state.settings.access_log:
        with suppress(IndexUnavailable):
            work.generation = state.engine.generation()
