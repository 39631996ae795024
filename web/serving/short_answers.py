"""The answers that the server gives by itself: to broken requests, and when it is full.

Programs get a problem document (RFC 9457), people a small page, both in Indonesian and English,
since nothing of such a request has been understood.
"""

from __future__ import annotations

from http import HTTPStatus

import orjson

from index.bilingual import Text
from web.audience import wants_problem
from web.problems import INTERNAL, MEDIA_TYPE, OVERLOADED
from web.serving.limits import RETRY_SECONDS

_TEXTS = {
    400: Text("The request is not understood.", "Permintaan ini tidak dipahami."),
    408: Text("The request took too long to arrive.", "Permintaan ini terlalu lama diterima."),
    414: Text("The address is too long.", "Alamat ini terlalu panjang."),
    417: Text("The expectation cannot be met.", "Harapan klien tidak dapat dipenuhi."),
    431: Text("The header fields are too long.", "Header permintaan terlalu panjang."),
    500: INTERNAL.detail,
    501: Text("The transfer coding is not supported.", "Pengodean transfer ini tidak didukung."),
    503: OVERLOADED.detail,
}


def short_answer(status: int, method: str = "", path: str = "") -> bytes:
    """The whole answer with the ``status``, after which the connection is to be closed."""
    phrase, text = HTTPStatus(status).phrase, _TEXTS[status]
    said = f"{text.indonesian} / {text.english}"
    if wants_problem(path):
        kind = f"/api#problem-{OVERLOADED.name}" if status == OVERLOADED.status else "about:blank"
        document = {"type": kind, "title": phrase, "status": status, "detail": said}
        media_type, body = MEDIA_TYPE, orjson.dumps(document)
    else:
        media_type = "text/html; charset=utf-8"
        body = (
            '<!doctype html><html lang="id"><meta charset="utf-8">'
            f"<title>{status} {phrase}</title><h1>{status}</h1><p>{said}</p></html>"
        ).encode()
    retry = f"Retry-After: {RETRY_SECONDS}\r\n" if status == OVERLOADED.status else ""
    head = (
        f"HTTP/1.1 {status} {phrase}\r\nServer: gunicorn\r\nConnection: close\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        f"Content-Security-Policy: default-src 'none'\r\n{retry}\r\n"
    )
    return head.encode("ascii") + (b"" if method == "HEAD" else body)
