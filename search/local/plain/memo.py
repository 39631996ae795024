"""What was found out is kept while there is room, and forgotten all at once where there is none."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """Values of up to ``limit`` bytes together.

    Shared by threads without a lock: a value is found out twice sooner than waited for, and of
    two threads that keep one at once the sum may lose a few bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: dict[Key, Value] = {}
        self.get = self._kept.get

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of about ``size`` bytes."""
        if self._bytes + size > self._limit:
            self._kept.clear()
            self._bytes = 0
        self._bytes += size
        self._kept[key] = value
