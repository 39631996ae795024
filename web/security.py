"""The headers that every answer carries, and which methods and hosts are refused."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed

from web.audience import PARTIAL_TOTAL, TOTAL, for_programs
from web.request_id import HEADER

METHODS = ("GET", "HEAD", "OPTIONS")
"""The methods that any address may answer."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_EXPOSED = (
    f"ETag, Retry-After, {HEADER}, {TOTAL}, {PARTIAL_TOTAL}, X-RateLimit-Limit, "
    "X-RateLimit-Remaining, X-RateLimit-Reset, RateLimit, RateLimit-Policy, WWW-Authenticate"
)

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Refuse writing methods and broken hosts; add the headers, also to errors and static files."""
    app.before_request(_refuse_writes)
    app.before_request(_refuse_broken_hosts)
    app.after_request(_add_headers)


def _refuse_writes() -> None:
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS)


def _refuse_broken_hosts() -> None:
    """Feeds and ETags hold the host, whose punycode is decoded when it is asked for."""
    try:
        _ = request.host_url
    except ValueError:
        raise BadRequest from None


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if not for_programs(request.path):
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response.headers["Access-Control-Allow-Headers"] = (
            "Accept-Language, If-None-Match, Authorization, X-API-Key"
        )
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
