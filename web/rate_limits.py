"""How often a client may ask, counted for all worker processes together, and who has a read key.

A client is its read key, else its address: an IPv4 address, or the first 64 bits of an IPv6
address, as whoever has one has all of those. Peers without an address, which come through a Unix
socket, are one client together; ``--trusted-proxy unix`` tells them apart. What a client asks is
counted in windows that begin with its first request, refused requests too, and each query of a
request that has several; so ``Retry-After`` is exact, and at most twice the limit fits into a
window's time across two windows. A request with more queries than a limit allows in a whole window
fits into none: the answer says so, and has no ``Retry-After``.

Answers say how much is left twice: in ``X-RateLimit-*``, which clients know from GitHub's API (the
reset in seconds since 1970), and in ``RateLimit`` and ``RateLimit-Policy`` of the IETF's
draft-ietf-httpapi-ratelimit-headers-10, which names every limit.

Limits are written, and kept on Redis, as by ``limits``, the library beneath Flask-Limiter. The hook
of Flask-Limiter itself parses them anew and asks thrice for every request, which costs four times
as much.
"""

from __future__ import annotations

import math
import time
from functools import cache
from importlib.util import find_spec

from flask import Flask, Response, g, request
from prometheus_client import Counter

from index.bilingual import Text
from index.errors import WartaError
from index.light_dataclass import dataclass
from web.audience import SEVERAL, for_programs, is_unlimited, needs_key
from web.counters import Counters, DistantCounters, SharedCounters, Window
from web.formatting import duration
from web.keyring import KeyRing
from web.networks import client_of
from web.problems import KEY_NEEDED, KEY_UNKNOWN, TOO_MANY_REQUESTS, problem
from web.rates import Rate, rates
from web.several import MAX_QUERIES
from web.state import KEYS_EXTENSION, State


@dataclass(frozen=True, slots=True)
class _Count:
    """A limit, what its client has used of it, and in how many whole seconds its window ends.

    The seconds are rounded up, so that nobody comes back too early.
    """

    rate: Rate
    window: Window
    seconds: int

    @property
    def left(self) -> int:
        return max(0, self.rate.amount - self.window.counted)

    @property
    def is_broken(self) -> bool:
        return self.window.counted > self.rate.amount


def install(app: Flask, state: State) -> None:
    """Count and limit the requests of clients, and know their read keys.

    Raises ``KeysInvalid``, ``WartaError`` where Redis cannot be talked to from here, and ValueError
    for a limit that is none.
    """
    settings = state.settings
    limits = cache(rates)
    default = limits(settings.rate_limit) if settings.rate_limit else ()
    ring = KeyRing(settings.keys, app.logger) if settings.keys else None
    app.extensions[KEYS_EXTENSION] = ring
    limited = Counter(
        "warta_limited", "Requests refused as too many", ["key"], registry=state.registry
    )
    counters = _counters(app, state)

    def check() -> Response | None:
        if is_unlimited(request.path) or _is_preflight():
            return None
        secret = _secret() if ring else None
        key = ring.find(secret) if ring and secret else None
        client = f"key {key.name}" if key else client_of(request.remote_addr)
        known = limits(key.limit) if key and key.limit else default
        windows = [counters.count(f"{client} {one}", one.seconds, _questions()) for one in known]
        now = time.time()
        g.limits = [
            _Count(one, window, max(0, math.ceil(window.ends - now)))
            for one, window in zip(known, windows, strict=True)
        ]
        if any(one.is_broken for one in g.limits):
            limited.labels(key.name if key else "").inc()
            return problem(TOO_MANY_REQUESTS, _out_of_reach(g.limits) or _waiting(g.limits))
        if ring is None or key or not for_programs(request.path):
            return None
        return _refusal(secret, required=settings.keys_required)

    app.before_request(check)
    app.after_request(_tell)


def _counters(app: Flask, state: State) -> Counters:
    url = state.settings.rate_storage
    if url == "memory://":
        return SharedCounters()
    if find_spec("redis") is None:
        raise WartaError(
            "--rate-storage needs the package redis: pip install 'warta[redis]'",
            "--rate-storage memerlukan paket redis: pip install 'warta[redis]'",
        )
    uncounted = Counter(
        "warta_uncounted",
        "Requests not counted as the server of --rate-storage was away",
        registry=state.registry,
    )
    return DistantCounters(url, uncounted.inc, app.logger)


def _questions() -> int:
    """As how many requests one counts: each query of those that may have several is one."""
    if request.path != SEVERAL:
        return 1
    return min(max(1, len(request.args.getlist("q"))), MAX_QUERIES)


def _out_of_reach(counts: list[_Count]) -> Text | None:
    """What is said of a request that no window has room for; None of others."""
    tightest = min(counts, key=lambda one: one.rate.amount).rate
    if _questions() <= tightest.amount:
        return None
    return Text(
        f"This request has {_questions()} queries, more than the limit of {tightest} ever allows. "
        f"Waiting does not help: ask at most {tightest.amount} at once.",
        f"Permintaan ini berisi {_questions()} kueri, melebihi batas {tightest} kapan pun. "
        f"Menunggu tidak membantu: tanyakan paling banyak {tightest.amount} sekaligus.",
    )


def _waiting(counts: list[_Count]) -> Text | None:
    """What is said to people, who see no header; None to programs."""
    if for_programs(request.path):
        return None
    wait = duration(_wait(counts))
    return Text(
        "This server answers a client only so often. "
        f"Wait {wait.english}, then load this page again.",
        "Peladen ini membatasi banyaknya permintaan. "
        f"Tunggu {wait.indonesian}, lalu muat ulang halaman ini.",
    )


def _wait(counts: list[_Count]) -> int:
    """Whole seconds until a refused client may ask again."""
    return max(1, *(one.seconds for one in counts if one.is_broken))


def _is_preflight() -> bool:
    """Whether a browser asks for a page of another origin if it may ask, as it does without a key.

    https://fetch.spec.whatwg.org/#cors-preflight-request; any other OPTIONS counts.
    """
    return (
        request.method == "OPTIONS"
        and "Access-Control-Request-Method" in request.headers
        and for_programs(request.path)
    )


def _secret() -> str | None:
    """The key that came with the request; a password for a proxy in front is none."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get("X-API-Key")


def _refusal(secret: str | None, *, required: bool) -> Response | None:
    """The answer to a program without a good key, which was counted for its address."""
    if secret is not None:
        response = problem(KEY_UNKNOWN)
        response.headers["WWW-Authenticate"] = 'Bearer realm="warta", error="invalid_token"'
        return response
    if required and needs_key(request.path):
        response = problem(KEY_NEEDED)
        response.headers["WWW-Authenticate"] = 'Bearer realm="warta"'
        return response
    return None


def _tell(response: Response) -> Response:
    """Say in the headers of an answer what its client has left."""
    counts: list[_Count] = g.get("limits", [])
    if not counts:
        return response
    tightest = min(counts, key=lambda one: (one.left, -one.window.ends))
    response.headers.extend(
        {
            "X-RateLimit-Limit": str(tightest.rate.amount),
            "X-RateLimit-Remaining": str(tightest.left),
            "X-RateLimit-Reset": str(math.ceil(tightest.window.ends)),
            "RateLimit-Policy": ", ".join(
                f'"{one.rate.name}";q={one.rate.amount};w={one.rate.seconds}' for one in counts
            ),
            "RateLimit": ", ".join(
                f'"{one.rate.name}";r={one.left};t={one.seconds}' for one in counts
            ),
        }
    )
    if response.status_code == 429 and not _out_of_reach(counts):
        response.headers["Retry-After"] = str(_wait(counts))
    return response
