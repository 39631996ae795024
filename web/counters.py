"""Where requests are counted: a table that all worker processes share, or a server such as Redis.

What Flask-Limiter calls ``memory://`` counts in each process alone, so that four workers would
allow four times the limit. ``SharedCounters`` is one table for all of them: memory without a name
in the file system, made before the workers fork and of a fixed size. A counter is found by a hash
of its key under a secret of the process, so that no address is in the table and nobody can aim at
another's counter::

    table    _BUCKETS buckets of _WAYS slots: 262,144 counters in 6 MiB
    slot     Q  hash of the key, 0: free        d  when the window ends, seconds since 1970
             I  requests counted in it          4  bytes of padding

A bucket is locked by a record lock (``fcntl``), which the kernel drops with the process that holds
it: a worker that is killed while it counts blocks nobody.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import secrets
import struct
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Protocol

from index.light_dataclass import dataclass

_SLOT = struct.Struct("<QdI4x")
_WAYS = 8
_BUCKETS = 1 << 15
_BUCKET_BYTES = _WAYS * _SLOT.size
_MOST = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Window:
    """What was counted in an open window, and when it ends, in seconds since 1970."""

    counted: int
    ends: float


class Counters(Protocol):
    """Counters of requests by key, each in windows that begin with the first request."""

    def count(self, key: str, seconds: int, requests: int = 1) -> Window:
        """Count requests in the window of the key, which is opened for so long if none is."""


class SharedCounters:
    """Counters of all processes that are forked after it is made.

    Where a bucket is full of windows that have not ended, the counter of the fewest requests makes
    room: a client that asks much stays counted however many others ask once.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create("warta-limits")
        weakref.finalize(self, os.close, self._file)
        os.ftruncate(self._file, _BUCKETS * _BUCKET_BYTES)
        self._table = mmap.mmap(self._file, 0)
        self._secret = secrets.token_bytes(16)
        # Record locks are between processes; threads of one process would share them.
        self._threads = threading.Lock()

    def count(self, key: str, seconds: int, requests: int = 1) -> Window:
        """Count requests in the window of the key, which is opened for so long if none is."""
        tag, start = self._place(key)
        with self._locked(start):
            now = time.time()
            offset, counted, ends = self._find(tag, start, now)
            # A clock that was set back must not lengthen a window.
            ends = min(ends, now + seconds) if counted else now + seconds
            counted = min(counted + requests, _MOST)
            _SLOT.pack_into(self._table, offset, tag, ends, counted)
        return Window(counted, ends)

    def _place(self, key: str) -> tuple[int, int]:
        """The hash of the key, not 0, and where its bucket begins."""
        digest = blake2b(key.encode(errors="replace"), key=self._secret, digest_size=12).digest()
        tag = int.from_bytes(digest[:8], "little") or 1
        return tag, int.from_bytes(digest[8:], "little") % _BUCKETS * _BUCKET_BYTES

    def _find(self, tag: int, start: int, now: float) -> tuple[int, int, float]:
        """The slot to use for the key: its offset, and the count and end of an open window."""
        bucket = self._table[start : start + _BUCKET_BYTES]
        best, fewest = start, (_MOST + 1, 0.0)
        for way, (found, ends, counted) in enumerate(_SLOT.iter_unpack(bucket)):
            is_open = ends > now
            if found == tag and is_open:
                return start + way * _SLOT.size, counted, ends
            weight = (counted, ends) if is_open else (0, 0.0)
            if weight < fewest:
                best, fewest = start + way * _SLOT.size, weight
        return best, 0, 0.0

    @contextmanager
    def _locked(self, start: int) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX, _BUCKET_BYTES, start)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _BUCKET_BYTES, start)


class DistantCounters:
    """Counters on a Redis server, which may be away: then nothing is counted, and requests go on.

    After a failure the server is left alone for ``_PAUSE`` seconds, so that requests do not wait
    for it one by one. ``failed`` is called for each request that is not counted; the log says so
    once a minute. Nothing is asked before the first request.
    """

    _PAUSE = 5.0
    _TIMEOUT = 0.25
    _SILENCE = 60.0

    def __init__(self, url: str, failed: Callable[[], None], log: logging.Logger) -> None:
        from limits.storage import RedisStorage
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError
        from redis.retry import Retry

        self._server = RedisStorage(
            url,
            key_prefix="warta",
            socket_timeout=self._TIMEOUT,
            socket_connect_timeout=self._TIMEOUT,
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
        )
        self._errors = (RedisError, OSError)
        self._failed = failed
        self._log = log
        self._resume = self._told = -self._SILENCE

    def count(self, key: str, seconds: int, requests: int = 1) -> Window:
        """As the server counts; a window of no requests, which ends now, where it is away."""
        now = time.monotonic()
        if now >= self._resume:
            try:
                counted = self._server.incr(key, seconds, requests)
                return Window(counted, self._server.get_expiry(key))
            except self._errors as error:
                self._resume = now + self._PAUSE
                if now - self._told >= self._SILENCE:
                    self._told = now
                    # Not the error's own text, which may name a password.
                    self._log.warning(
                        "requests are not counted and not limited: the server of --rate-storage"
                        " does not answer (%s)",
                        type(error).__name__,
                    )
        self._failed()
        return Window(0, time.time())
