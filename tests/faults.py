"""Makes the operating system fail at one chosen call that touches a directory."""

from __future__ import annotations

import builtins
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_BY_PATH = (
    "open",
    "mkdir",
    "unlink",
    "remove",
    "rmdir",
    "link",
    "replace",
    "rename",
    "listdir",
    "scandir",
    "stat",
    "lstat",
    "readlink",
)


class Faults:
    """Counts the calls; the one of number ``at`` (from 0; None: none) fails with ``number``.

    ``calls``: the functions that were called so far.
    """

    def __init__(self, directory: Path, at: int | None, number: int) -> None:
        self.calls: list[str] = []
        self._directory = os.path.realpath(directory)
        self._at = at
        self._number = number

    def meet(self, what: str, place: object) -> None:
        """Count a call on a path or descriptor, or make it fail."""
        path = self._path(place)
        if path is None or not (path + "/").startswith(self._directory + "/"):
            return
        self.calls.append(what)
        if len(self.calls) - 1 == self._at:
            raise OSError(self._number, os.strerror(self._number), path)

    @staticmethod
    def _path(place: object) -> str | None:
        if isinstance(place, int):
            try:
                return _READLINK(f"/proc/self/fd/{place}")
            except OSError:
                return None
        if isinstance(place, str | bytes | os.PathLike):
            return os.path.abspath(os.fsdecode(place))  # noqa: PTH100
        return None


_READLINK = os.readlink


@contextmanager
def faults(directory: Path, at: int | None = None, number: int = 5) -> Iterator[Faults]:
    """While it lasts, calls on what is in the directory are counted, and one of them fails."""
    state = Faults(directory, at, number)
    put: list[tuple[Any, str, Any]] = []

    def patch(module: Any, name: str, make: Callable[[Any], Any]) -> None:
        put.append((module, name, getattr(module, name)))
        setattr(module, name, make(getattr(module, name)))

    def by_first(name: str) -> Callable[[Any], Any]:
        def make(real: Any) -> Any:
            def call(place: Any = ".", *rest: Any, **named: Any) -> Any:
                state.meet(name, place)
                return real(place, *rest, **named)

            return call

        return make

    class Failing(io.FileIO):
        def write(self, content: Any) -> int:
            state.meet("write", self.fileno())
            return super().write(content)

        def readinto(self, content: Any) -> int:
            state.meet("read", self.fileno())
            return super().readinto(content)

        def readall(self) -> bytes:
            state.meet("read", self.fileno())
            return super().readall()

    def opening(real: Any) -> Any:
        def call(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            place = state._path(file)
            if place is None or not place.startswith(state._directory) or "b" not in mode:
                return real(file, mode, *rest, **named)
            if not isinstance(file, int):
                state.meet("open", file)
            raw = Failing(file, mode.replace("b", ""))
            if raw.readable() and raw.writable():
                return io.BufferedRandom(raw)
            return io.BufferedReader(raw) if raw.readable() else io.BufferedWriter(raw)

        return call

    try:
        for name in _BY_PATH:
            patch(os, name, by_first(name))
        patch(os, "fsync", by_first("fsync"))
        patch(fcntl, "flock", by_first("flock"))
        patch(io, "open", opening)
        put.append((builtins, "open", builtins.open))
        builtins.open = io.open
        yield state
    finally:
        for module, name, real in reversed(put):
            setattr(module, name, real)
