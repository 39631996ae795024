"""The headers that every answer carries, and which methods and hosts are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Request
from werkzeug.exceptions import BadRequest, MethodNotAllowed

from web.audience import (
    CORRECTED,
    CUT_SHORT,
    PARTIAL_TOTAL,
    PROBED,
    TOTAL,
    for_programs,
)
from web.hosts import host_name, is_served
from web.proxies import SENT_HOST
from web.request_id import HEADER
from web.state import current_state

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = ("GET", "HEAD", "OPTIONS")
"""The methods that any address may answer."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

EXPOSED = (
    f"ETag, Retry-After, {HEADER}, {TOTAL}, {PARTIAL_TOTAL}, {CORRECTED}, {CUT_SHORT}, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, RateLimit, RateLimit-Policy, "
    "WWW-Authenticate"
)
"""The headers that programs in browsers may read."""

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_FOR_READERS = (*_HEADERS.items(), ("Cross-Origin-Resource-Policy", "same-origin"))
_FOR_PROGRAMS = (
    *_HEADERS.items(),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", EXPOSED),
)
"""No view sets any of these, so they need not be looked for in what is there already."""

ADDED = frozenset(_FOR_READERS + _FOR_PROGRAMS)
"""Those fields, as nearly every answer carries them."""

_BEFOREHAND = (
    ("Access-Control-Allow-Methods", ", ".join(METHODS)),
    ("Access-Control-Allow-Headers", "Accept-Language, If-None-Match, Authorization, X-API-Key"),
    ("Access-Control-Max-Age", "86400"),
)
"""What a browser asks before it lets a program send such headers."""


def install(app: Flask) -> None:
    """Add the headers outside of all else of Flask's."""
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[method-assign,assignment]


def refuse_writes(request: Request) -> None:
    """Raise ``MethodNotAllowed`` for what no address answers."""
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS)


def refuse_hosts(request: Request) -> None:
    """Feeds and ETags hold the host, so it is a well-formed one that the operator serves.

    Whether the process lives and is ready is asked by address, and says nothing of the host. Raises
    ``BadRequest``.
    """
    environ = request.environ
    sent = environ[SENT_HOST]
    trusted = current_state().settings.trusted_hosts
    if not sent and environ.get("SERVER_PROTOCOL") == "HTTP/1.0" and not trusted:
        return
    name = host_name(sent)
    if name is None or (trusted and not is_served(name, trusted) and request.path not in PROBED):
        raise BadRequest


def _with_headers(app: WSGIApplication) -> WSGIApplication:
    """The app, whose answers carry the headers, also errors and static files."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if status.startswith("3"):
                headers = [
                    (name, _relative(value) if name == "Location" else value)
                    for name, value in headers
                ]
            return start_response(status, [*headers, *_added(environ)], exc_info)

        return app(environ, start)

    return answer


def _added(environ: WSGIEnvironment) -> tuple[tuple[str, str], ...]:
    """What every answer to the request carries."""
    if not for_programs("/" + environ.get("PATH_INFO", "").lstrip("/")):
        return _FOR_READERS
    if environ["REQUEST_METHOD"] == "OPTIONS":
        return _FOR_PROGRAMS + _BEFOREHAND
    return _FOR_PROGRAMS


def _relative(address: str) -> str:
    """A redirect within this server, without a host: neither the sent one nor one in the path."""
    parts = urlsplit(address)
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, parts.fragment))
