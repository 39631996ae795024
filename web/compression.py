"""Compression of texts with gzip.

Answers contain nothing secret that a request could be made to repeat, so compressing them gives
nothing away.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response

from web.current import current_request
from web.headers import header, vary

SMALLEST = 500
"""Shorter bodies, in bytes, would hardly shrink."""

_LEVEL = 5
_GZIP = zlib.MAX_WBITS | 16
_TYPES = frozenset({"image/svg+xml", "application/x-ndjson"})
_SUFFIXES = ("+json", "+xml", "/json", "/xml", "/javascript")


def install(app: Flask) -> None:
    """Compress the answers to whoever accepts it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    kind = header(response, "Content-Type").partition(";")[0].strip()
    if not _is_text(kind) or response.status_code == 206:
        return response
    vary(response, "Accept-Encoding")
    if not _takes_gzip() or header(response, "Content-Encoding"):
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _packed(response.iter_encoded())
        response.headers.pop("Content-Length", None)  # redirects know that of the plain text
        response.headers["Content-Encoding"] = "gzip"
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


def _takes_gzip() -> bool:
    request = current_request()
    return "HTTP_ACCEPT_ENCODING" in request.environ and request.accept_encodings["gzip"] > 0


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as one gzip stream; each can be unpacked as soon as it is there."""
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _is_text(mimetype: str) -> bool:
    return mimetype.startswith("text/") or mimetype in _TYPES or mimetype.endswith(_SUFFIXES)
