"""What was found out is kept while there is room; then its colder half is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from index.kernels import kernel

Key = TypeVar("Key")
Value = TypeVar("Value")


_Kept = list[Any]
"""A value, its size, and whether it was wanted: made in a third of the time of another object."""


class PythonMemo(Generic[Key, Value]):
    """Values of up to ``limit`` bytes together, each of up to half of them.

    Those stay that were asked for since there was no room before, and of the others the last put.
    Shared by threads without a lock: a value is found out twice sooner than waited for, and of two
    threads that keep one at once the sum may lose a few bytes until there is no room.

    ``Memo`` is this, or where kernels are their own, of which this is the witness.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: dict[Key, _Kept] = {}

    @property
    def nbytes(self) -> int:
        """The bytes of all that is kept, about."""
        return self._bytes

    def get(self, key: Key) -> Value | None:
        """What was put for the key, if it is still there."""
        found = self._kept.get(key)
        if found is None:
            return None
        found[2] = True
        value: Value = found[0]
        return value

    def several(self, keys: Iterable[Key]) -> list[Value | None]:
        """The same of each of some keys."""
        kept = self._kept
        values: list[Value | None] = []
        for key in keys:
            found = kept.get(key)
            if found is None:
                values.append(None)
            else:
                found[2] = True
                values.append(found[0])
        return values

    def keys(self) -> list[Key]:
        """Those whose values are kept, in the order in which they would stay: the warmest first."""
        return [key for key, _ in self._warmest_first()]

    def reverse(self) -> None:
        """Be as if the values had been put the other way round."""
        self._kept = dict([*self._kept.copy().items()][::-1])

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of about ``size`` bytes."""
        if size > self._limit // 2:
            return
        if self._bytes + size > self._limit:
            self._forget()
        self._bytes += size
        self._kept[key] = [value, size, False]

    def _warmest_first(self) -> list[tuple[Key, _Kept]]:
        # Others put in the midst of it, even within one thread: while objects are made, garbage may
        # be collected and run code. A copy of the dictionary makes none.
        newest_first = [*self._kept.copy().items()][::-1]
        return sorted(newest_first, key=_warmth, reverse=True)

    def _forget(self) -> None:
        stay, total = [], 0
        for one in self._warmest_first():
            total += one[1][1]
            if total > self._limit // 2:
                total -= one[1][1]
                break
            one[1][2] = False
            stay.append(one)
        stay.reverse()
        # In this order, as what is gone may put others.
        self._bytes, self._kept = total, dict(stay)


def _warmth(one: tuple[object, _Kept]) -> bool:
    wanted: bool = one[1][2]
    return wanted


if TYPE_CHECKING:
    from index.kernels.memos import Memo as Memo  # noqa: PLC0414, so that it is exported
else:
    _kernel = kernel("memos")
    Memo = PythonMemo if _kernel is None else _kernel.Memo
