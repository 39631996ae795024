"""A least-recently-used cache, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """Values of up to ``limit`` bytes together; those used longest ago go. Safe under threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """What was put for the key, if it is still there."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of ``size`` bytes, dropping others beyond the limit."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value, size
            self._bytes += size
            while self._bytes > self._limit:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed
