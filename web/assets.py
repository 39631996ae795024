"""Static files whose address carries their content's hash, so that browsers keep them for good."""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, url_for
from flask.sansio.app import App

from web.current import current_request

FOLDER = Path(__file__).parent / "static"

_FOR_GOOD_SECONDS = 365 * 24 * 60 * 60


@cache
def versions() -> dict[str, str]:
    """The first half of the hash of each static file by its name, as at the first call."""
    return {
        file.relative_to(FOLDER).as_posix(): sha256(file.read_bytes()).hexdigest()[:32]
        for file in FOLDER.rglob("*")
        if file.is_file()
    }


def static_url(name: str) -> str:
    """The address of a static file in its version. Raises ``KeyError`` if there is no such file."""
    return _static_url(current_request().root_path, name)


@lru_cache(maxsize=256)
def _static_url(mounted: str, name: str) -> str:
    del mounted
    return url_for("static", filename=name, v=versions()[name])


def install(app: App) -> None:
    """Let browsers keep what ``static_url`` names."""
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    """An address without the right version may show another file tomorrow: it is not kept."""
    request = current_request()
    if request.endpoint != "static":
        return response
    if request.method in {"GET", "HEAD"} and response.status_code in {200, 206, 304}:
        version = versions().get((request.view_args or {})["filename"])
        if version is not None and request.args.get("v") == version:
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.immutable = True
            response.cache_control.max_age = _FOR_GOOD_SECONDS
    return response
