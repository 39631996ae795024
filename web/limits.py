"""How often a client may ask: Flask-Limiter over the counters of all worker processes.

A client is its read key, else its address: an IPv4 address, or the first 64 bits of an IPv6
address, as whoever has one has all of those. Peers without an address, which come through a Unix
socket, are one client together; ``--trusted-proxy unix`` tells them apart. What a client asks is
counted in windows that begin with its first request, refused requests too; so ``Retry-After`` is
exact. Answers say how much is left twice: in ``X-RateLimit-*``, as clients know it from GitHub's
API (the reset in seconds since 1970), and in ``RateLimit`` and ``RateLimit-Policy`` of the IETF's
draft-ietf-httpapi-ratelimit-headers-10, which names every limit.
"""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, g, request
from flask_limiter import ApplicationLimit, Limiter, RequestLimit
from prometheus_client import Counter

# Registers its storages by their schemes.
from web import counters as _counters
from web.audience import for_programs, is_unlimited, needs_key
from web.keyring import KeyRing
from web.keys import ReadKey
from web.problems import KEY_NEEDED, KEY_UNKNOWN, problem
from web.rates import rates
from web.state import KEYS_EXTENSION, State

_FEWEST = 64
"""Bits of an IPv6 address that tell clients apart."""


def install(app: Flask, state: State) -> None:
    """Count and limit the requests of clients, and know their read keys.

    Raises ``KeysInvalid``, and ValueError for a limit that is none.
    """
    settings = state.settings
    ring = KeyRing(settings.keys, app.logger) if settings.keys else None
    app.extensions[KEYS_EXTENSION] = ring
    default = rates(settings.rate_limit) if settings.rate_limit else ""
    limited = Counter(
        "warta_limited", "Requests refused as too many", ["key"], registry=state.registry
    )
    uncounted = Counter(
        "warta_uncounted",
        "Requests not counted as the server of --rate-storage was away",
        registry=state.registry,
    )

    def recognise() -> None:
        """Find the read key of the request, before it is counted under it."""
        g.read_key, g.key_sent = None, False
        if ring and not _is_free():
            secret = _secret()
            g.key_sent = secret is not None
            g.read_key = ring.find(secret) if secret else None

    def require() -> Response | None:
        """Refuse, after it was counted, what comes with a wrong key or without one."""
        if not ring or g.read_key or _is_free() or not for_programs(request.path):
            return None
        if g.key_sent:
            response = problem(KEY_UNKNOWN)
            response.headers["WWW-Authenticate"] = 'Bearer realm="warta", error="invalid_token"'
            return response
        if settings.keys_required and needs_key(request.path):
            response = problem(KEY_NEEDED)
            response.headers["WWW-Authenticate"] = 'Bearer realm="warta"'
            return response
        return None

    def count_breach(_: RequestLimit) -> None:
        if not g.get("breached"):
            g.breached = True
            limited.labels(g.read_key.name if g.read_key else "").inc()

    def limit() -> str:
        return (g.read_key and g.read_key.limit) or default

    app.before_request(recognise)
    app.after_request(lambda response: _tell(response, limiter))
    if settings.rate_storage == "memory://":
        url, options = "warta://", {}
    else:
        url = f"{_counters.ForgivingCounters.STORAGE_SCHEME[0]}://"
        options = {"url": settings.rate_storage, "failed": uncounted.inc, "log": app.logger}
    limiter = Limiter(
        _client,
        application_limits=[
            ApplicationLimit(limit_provider=limit, exempt_when=lambda: _is_free() or not limit())
        ],
        request_identifier=lambda: "all",
        fail_on_first_breach=False,
        on_breach=count_breach,
        storage_uri=url,
        storage_options=options,
    )
    limiter.init_app(app)
    app.before_request(require)


def client_of(peer: str | None) -> str:
    """Whom requests of a peer's address are counted for."""
    if not peer:
        return "unix"
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> _FEWEST << _FEWEST)}/{_FEWEST}"


def _client() -> str:
    key: ReadKey | None = g.read_key
    return f"key {key.name}" if key else client_of(request.remote_addr)


def _is_free() -> bool:
    """Whether the request is not counted and takes no key.

    A browser asks with OPTIONS whether it may send a key, and so without one.
    """
    return is_unlimited(request.path) or request.method == "OPTIONS"


def _secret() -> str | None:
    """The key that came with the request; a password for a proxy in front is none."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get("X-API-Key")


def _tell(response: Response, limiter: Limiter) -> Response:
    """Say in the headers of an answer what its client has left."""
    if "key_sent" not in g:
        return response  # Refused before it was counted.
    now = time.time()
    states = [(one, one.window) for one in limiter.current_limits]
    if not states:
        return response
    tightest, window = min(states, key=lambda state: (state[1].remaining, -state[1].reset_time))
    headers = response.headers
    headers["X-RateLimit-Limit"] = str(tightest.limit.amount)
    headers["X-RateLimit-Remaining"] = str(window.remaining)
    headers["X-RateLimit-Reset"] = str(math.ceil(window.reset_time))
    policies, left = [], []
    for one, state in states:
        name = f'"{one.limit.multiples}{one.limit.GRANULARITY.name}"'
        policies.append(f"{name};q={one.limit.amount};w={one.limit.get_expiry()}")
        left.append(f"{name};r={state.remaining};t={_seconds(state.reset_time, now)}")
    headers["RateLimit-Policy"] = ", ".join(policies)
    headers["RateLimit"] = ", ".join(left)
    if response.status_code == 429:
        ends = [state.reset_time for one, state in states if one.breached]
        headers["Retry-After"] = str(max(1, *(_seconds(end, now) for end in ends)))
    return response


def _seconds(moment: float, now: float) -> int:
    """Whole seconds until then, rounded up so that it is never too early."""
    return max(0, math.ceil(moment - now))
