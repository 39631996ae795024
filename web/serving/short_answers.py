"""The answers that the server gives by itself: to broken requests, and when it is full.

Programs get a problem document (RFC 9457), people a small page, both in Indonesian and English,
since nothing of such a request has been understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import orjson

from index.bilingual import Text
from web.audience import wants_problem
from web.problems import INTERNAL, MEDIA_TYPE, OVERLOADED
from web.serving.limits import RETRY_SECONDS

_TEXTS = {
    400: Text("The request is not understood.", "Permintaan ini tidak dipahami."),
    408: Text("The request took too long to arrive.", "Permintaan ini terlalu lama tiba."),
    414: Text("The address is too long.", "Alamat ini terlalu panjang."),
    417: Text("The expectation cannot be met.", "Harapan klien tidak dapat dipenuhi."),
    431: Text("The header fields are too long.", "Kepala permintaan terlalu panjang."),
    500: INTERNAL.detail,
    501: Text("The transfer coding is not supported.", "Penyandian ini tidak didukung."),
    503: OVERLOADED.detail,
}


@dataclass(frozen=True, slots=True)
class ShortResponse:
    """An answer as WSGI has it: a status with its phrase, header fields, the body."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def short_response(status: int, path: str = "") -> ShortResponse:
    """What is said with the ``status`` to whoever asks for the path."""
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
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'"),
    ]
    if status == OVERLOADED.status:
        headers.append(("Retry-After", str(RETRY_SECONDS)))
    return ShortResponse(f"{status} {phrase}", tuple(headers), body)


def short_answer(status: int, method: str = "", path: str = "") -> bytes:
    """The whole answer with the ``status``, after which the connection is to be closed."""
    made = short_response(status, path)
    fields = [("Server", "gunicorn"), ("Connection", "close"), *made.headers]
    lines = [f"HTTP/1.1 {made.status}", *(f"{name}: {value}" for name, value in fields)]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("ascii") + (b"" if method == "HEAD" else made.body)
