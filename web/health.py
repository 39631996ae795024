"""Health and readiness, for whoever runs the server."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from flask import Blueprint, Response, current_app

from index.errors import IndexUnavailable
from search.request import SearchRequest
from search.standing import Refused, refused
from web.problems import retry_seconds
from web.state import KEYS_EXTENSION, current_engine

blueprint = Blueprint("health", __name__)

_FAULT = "warta.fault"


@blueprint.get("/healthz")
def health() -> Response:
    """The process answers."""
    return _json({"status": "ok"}, 200)


@blueprint.get("/readyz")
def readiness() -> Response:
    """The engine answers a search: ``ready``, or ``stale`` where what was published is refused.

    503 where it cannot. Either says what is wrong, with a file's name within the index.
    """
    engine = current_engine()
    try:
        answer = engine.search(SearchRequest(per_page=1, facets=False))
    except IndexUnavailable as error:
        _tell(str(error))
        response = _json({"status": "index unavailable", **_why(refused("", error))}, 503)
        response.headers["Retry-After"] = str(retry_seconds(error))
        return response
    _tell("")
    document: dict[str, object] = {"status": "ready", "generation": answer.generation}
    stale = engine.refused()
    if stale is not None:
        document["status"] = "stale"
        document["refused"] = {"generation": stale.generation, **_why(stale)}
    ring = current_app.extensions.get(KEYS_EXTENSION)
    if ring and ring.fault():
        # The reason names the file, which is the log's business.
        document["keys"] = "the file of keys cannot be used; those read before are in force"
    return _json(document, 200)


def _tell(fault: str) -> None:
    """Log a fault when it begins, changes or ends (an empty one): anybody may ask, at any rate."""
    before = current_app.extensions.get(_FAULT, "")
    if fault == before:
        return
    current_app.extensions[_FAULT] = fault
    if fault:
        current_app.logger.warning("not ready: %s", fault)
    else:
        current_app.logger.warning("ready again")


def _why(told: Refused) -> dict[str, str]:
    return {
        "problem": told.problem,
        "file": told.file,
        "reason": told.reason.english,
        "alasan": told.reason.indonesian,
    }


def _json(document: Mapping[str, object], status: int) -> Response:
    response = Response(orjson.dumps(document), status, mimetype="application/json")
    response.cache_control.no_store = True
    return response
