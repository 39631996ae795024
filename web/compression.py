"""Compression of texts with gzip.

Answers contain nothing secret that a request could be made to repeat, so compressing them gives
nothing away.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 500
"""Shorter bodies, in bytes, would hardly shrink."""

_LEVEL = 5
_TYPES = frozenset({"image/svg+xml"})
_SUFFIXES = ("+json", "+xml", "/json", "/xml", "/javascript")


def install(app: Flask) -> None:
    """Compress the answers to whoever accepts it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response.mimetype) or response.status_code == 206:
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(gzip.compress(body, _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _is_text(mimetype: str | None) -> bool:
    return mimetype is not None and (
        mimetype.startswith("text/") or mimetype in _TYPES or mimetype.endswith(_SUFFIXES)
    )
