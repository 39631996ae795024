"""The answers that the server gives by itself: to broken requests, and when it is full.

Programs get a problem document (RFC 9457), people a small page, both in Indonesian and English,
since nothing of such a request has been understood.
"""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from time import monotonic
from typing import Any

import orjson

from index.bilingual import Text
from index.light_dataclass import dataclass
from web.audience import for_programs, wants_problem
from web.networks import Network
from web.problems import INTERNAL, MEDIA_TYPE, OVERLOADED
from web.request_id import HEADER, request_id
from web.security import EXPOSED
from web.serving.bounds import OVERLOADED_RETRY_SECONDS
from web.serving.connection import Connection
from web.work import Work, environ_of

_REQUEST_ID = re.compile(rb"\r\nX-Request-ID:[ \t]*([^\r\n]*?)[ \t]*\r\n", re.IGNORECASE)

_TEXTS = {
    400: Text(
        "The request is not understood; in an address, blanks and what is not UTF-8 are written "
        "percent-encoded (%20).",
        "Permintaan ini tidak dipahami; di alamat, spasi dan yang bukan UTF-8 ditulis dengan "
        "persen (%20).",
    ),
    408: Text("The request took too long to arrive.", "Permintaan ini terlalu lama diterima."),
    414: Text("The address is too long.", "Alamat ini terlalu panjang."),
    417: Text("The expectation cannot be met.", "Harapan klien tidak dapat dipenuhi."),
    431: Text("The header fields are too long.", "Header permintaan terlalu panjang."),
    500: INTERNAL.detail,
    501: Text("The transfer coding is not supported.", "Pengodean transfer ini tidak didukung."),
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
    if for_programs(path):
        # A program in a browser would see a broken network instead.
        headers += [
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Expose-Headers", EXPOSED),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
        ]
    if status == OVERLOADED.status:
        headers.append(("Retry-After", str(OVERLOADED_RETRY_SECONDS)))
    return ShortResponse(f"{status} {phrase}", tuple(headers), body)


@dataclass(frozen=True, slots=True)
class ShortAnswers:
    """Makes whole answers, and tells ``log`` of each as of one that the application gave.

    ``trusted`` are the proxies whose ids of requests are taken over.
    """

    log: Any
    trusted: tuple[Network, ...]

    def to(
        self,
        connection: Connection,
        status: int,
        request: tuple[str, str],
        *,
        head: bytes | bytearray = b"",
        known_as: str = "",
    ) -> bytes:
        """The answer with the ``status``, after which the connection is to be closed.

        ``request`` is method and path, each empty where it is not known; ``head`` what came of the
        request; ``known_as`` the id of the request where the application had it.
        """
        method, path = request
        made = short_response(status, path)
        client = connection.client
        peer = str(client[0]) if client else ""
        given = _REQUEST_ID.search(head)
        asked = {
            "REMOTE_ADDR": peer,
            "HTTP_X_REQUEST_ID": given[1].decode("latin-1") if given else "",
        }
        work = Work(known_as or request_id(asked, self.trusted), method, status=status)
        answer = _written(made, work)
        sent = _Sent(made.status, 0 if method == "HEAD" else len(made.body))
        took = timedelta(seconds=monotonic() - connection.since)
        self.log.access(sent, None, environ_of(work, path, peer), took)
        return answer


@dataclass(frozen=True, slots=True)
class _Sent:
    """What gunicorn's log wants of an answer: its status, and the bytes of its body."""

    status: str
    sent: int


def _written(made: ShortResponse, work: Work) -> bytes:
    own = (("Server", "gunicorn"), ("Connection", "close"), (HEADER, work.request_id))
    fields = (*own, *made.headers)
    lines = [f"HTTP/1.1 {made.status}", *(f"{name}: {value}" for name, value in fields)]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("ascii") + (b"" if work.method == "HEAD" else made.body)
