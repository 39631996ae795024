"""The web application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from prometheus_client import CollectorRegistry

from search.engine import open_engine
from web import compression, headers, operations, pages, problems, security
from web.api import views
from web.audience import IdConverter
from web.caching import program_fingerprint
from web.proxies import AtTheDoor
from web.settings import DEFAULTS, ServerSettings
from web.state import EXTENSION, State


def create_app(
    index: str | Path,
    settings: ServerSettings = DEFAULTS,
    config: Mapping[str, object] | None = None,
) -> Flask:
    """The application over the index at a directory or URL, which need not be there yet.

    ``config`` has settings of Flask, such as ``TESTING``. Nothing of the index is opened
    before the first request, so that a server may make the application and then fork. Raises
    ``IndexUrlInvalid``.
    """
    app = Flask("web")
    app.config.update(config or {})
    # Ids of articles may be URLs, whose double slash must stay.
    app.url_map.merge_slashes = False
    app.url_map.converters["article"] = IdConverter

    state = State(open_engine(index), settings, CollectorRegistry(), program_fingerprint())
    app.extensions[EXTENSION] = state

    app.wsgi_app = AtTheDoor(app.wsgi_app, settings)  # type: ignore[method-assign]
    # What is installed first sees a request first and its answer last.
    operations.install(app, state.registry, state.engine)
    headers.install(app)
    security.install(app)
    compression.install(app)
    problems.install(app)
    for blueprint in (pages.blueprint, views.blueprint, operations.blueprint):
        app.register_blueprint(blueprint)
    return app
