"""Where requests are counted: a table that all worker processes share, or a server such as Redis.

The library's own ``memory://`` counts in each process alone, so that four workers would allow four
times the limit. ``SharedCounters`` is one table for all of them: memory without a name in the file
system, made before the workers fork and of a fixed size. A counter is found by a hash of its key
under a secret of the process, so that no address is in the table and nobody can aim at another's
counter::

    table    _BUCKETS buckets of _WAYS slots
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
from typing import TypeVar

from limits.storage import Storage, storage_from_string

T = TypeVar("T")

_SLOT = struct.Struct("<QdI4x")
_WAYS = 8
_BUCKETS = 1 << 15
_BUCKET_BYTES = _WAYS * _SLOT.size
_MOST = 2**32 - 1

CLIENTS = _BUCKETS * _WAYS
"""How many counters the table has room for."""


class SharedCounters(Storage):
    """Fixed-window counters of all processes that are forked after it is made.

    Where a bucket is full of windows that have not ended, the counter of the fewest requests makes
    room: a client that asks much stays counted however many others ask once.
    """

    STORAGE_SCHEME = ["warta"]
    base_exceptions = OSError

    def __init__(self, uri: str | None = None, **_options: object) -> None:
        super().__init__(uri)
        self._file = os.memfd_create("warta-limits")
        weakref.finalize(self, os.close, self._file)
        os.ftruncate(self._file, _BUCKETS * _BUCKET_BYTES)
        self._table = mmap.mmap(self._file, 0)
        self._secret = secrets.token_bytes(16)
        # Record locks are between processes; threads of one process would share them.
        self._threads = threading.Lock()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count in the window of the key, which begins now if none is open; the new count."""
        tag, start = self._place(key)
        now = time.time()
        with self._locked(start):
            offset, ends, counted = self._find(tag, start, now)
            if not counted:
                ends = now + expiry
            counted = min(counted + amount, _MOST)
            _SLOT.pack_into(self._table, offset, tag, ends, counted)
        return counted

    def get(self, key: str) -> int:
        """What is counted in the open window of the key; 0 where there is none."""
        return self._state(key)[1]

    def get_expiry(self, key: str) -> float:
        """When the open window ends, in seconds since 1970; now where there is none."""
        return self._state(key)[0]

    def clear(self, key: str) -> None:
        """Forget the counter."""
        tag, start = self._place(key)
        with self._locked(start):
            offset, _, counted = self._find(tag, start, time.time())
            if counted:
                _SLOT.pack_into(self._table, offset, 0, 0.0, 0)

    def reset(self) -> int | None:
        """Forget all counters."""
        with self._threads:
            self._table[:] = bytes(len(self._table))
        return None

    def check(self) -> bool:
        """The table is always there."""
        return True

    def _state(self, key: str) -> tuple[float, int]:
        tag, start = self._place(key)
        now = time.time()
        with self._locked(start):
            _, ends, counted = self._find(tag, start, now)
        return (ends, counted) if counted else (now, 0)

    def _place(self, key: str) -> tuple[int, int]:
        """The hash of the key, not 0, and where its bucket begins."""
        digest = blake2b(key.encode(errors="replace"), key=self._secret, digest_size=12).digest()
        tag = int.from_bytes(digest[:8], "little") or 1
        return tag, int.from_bytes(digest[8:], "little") % _BUCKETS * _BUCKET_BYTES

    def _find(self, tag: int, start: int, now: float) -> tuple[int, float, int]:
        """The slot to use for the key: its offset, and the end and count of an open window."""
        bucket = self._table[start : start + _BUCKET_BYTES]
        best, fewest = start, (_MOST + 1, 0.0)
        for way, (found, ends, counted) in enumerate(_SLOT.iter_unpack(bucket)):
            is_open = found != 0 and ends > now
            if found == tag and is_open:
                return start + way * _SLOT.size, ends, counted
            weight = (counted, ends) if is_open else (0, 0.0)
            if weight < fewest:
                best, fewest = start + way * _SLOT.size, weight
        return best, 0.0, 0

    @contextmanager
    def _locked(self, start: int) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX, _BUCKET_BYTES, start)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _BUCKET_BYTES, start)


class ForgivingCounters(Storage):
    """Counters on a server that may be away: then nothing is counted, and requests go on.

    After a failure the server is left alone for ``_PAUSE`` seconds, so that requests do not wait
    for it one by one. ``failed`` is called for each request that is not counted; the log says so
    once a minute.
    """

    STORAGE_SCHEME = ["warta+forgiving"]
    base_exceptions = OSError

    _PAUSE = 5.0
    _TIMEOUT = 0.25
    _SILENCE = 60.0

    def __init__(self, uri: str, url: str, failed: Callable[[], None], log: logging.Logger) -> None:
        super().__init__(uri)
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        inner = storage_from_string(
            url,
            socket_timeout=self._TIMEOUT,
            socket_connect_timeout=self._TIMEOUT,
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
        )
        assert isinstance(inner, Storage)
        self._inner = inner
        self._failed = failed
        self._log = log
        self._resume = self._told = -self._SILENCE

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """As the server counts; 0 where it is away."""
        counted = self._asked(lambda: self._inner.incr(key, expiry, amount), None)
        if counted is None:
            self._failed()
            return 0
        return counted

    def get(self, key: str) -> int:
        """As the server counted; 0 where it is away."""
        return self._asked(lambda: self._inner.get(key), 0)

    def get_expiry(self, key: str) -> float:
        """As the server says; now where it is away."""
        return self._asked(lambda: self._inner.get_expiry(key), time.time())

    def clear(self, key: str) -> None:
        """Forget the counter, if the server is there."""
        self._asked(lambda: self._inner.clear(key), None)

    def reset(self) -> int | None:
        """Forget all counters, if the server is there."""
        return self._asked(self._inner.reset, None)

    def check(self) -> bool:
        """Whether the server answers."""
        return self._asked(self._inner.check, default=False)

    def _asked(self, ask: Callable[[], T], default: T) -> T:
        now = time.monotonic()
        if now < self._resume:
            return default
        try:
            return ask()
        except (self._inner.base_exceptions, OSError) as error:
            self._resume = now + self._PAUSE
            if now - self._told >= self._SILENCE:
                self._told = now
                # Not the error's own text, which may have the address with a password.
                self._log.warning(
                    "requests are not counted and not limited: the server of --rate-storage does"
                    " not answer (%s)",
                    type(error).__name__,
                )
            return default
