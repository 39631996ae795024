"""Lets one call to the system fail that reads a directory: which, and how, the test says."""

from __future__ import annotations

import builtins
import errno
import fcntl
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest

from index.segments import mapping

_BY_PATH = ((os, "open"), (os, "stat"), (os, "lstat"), (os, "listdir"), (os, "scandir"))
_BY_DESCRIPTOR = ((os, "fstat"), (fcntl, "flock"), (mapping, "_map"))


class Faults:
    """Counts the calls that touch the directory; the one of number ``failing`` fails."""

    def __init__(self, directory: Path, number: int) -> None:
        self.directory = str(directory)
        self.number = number
        self.failing = -1
        self.calls = 0

    def fail_if_its_turn(self, path: object) -> None:
        self.calls += 1
        if self.calls - 1 == self.failing:
            name = str(path) if isinstance(path, str | os.PathLike) else None
            raise OSError(self.number, os.strerror(self.number), name)

    def touches(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(path).startswith(self.directory)


class _Stream:
    """A file whose reading may fail too."""

    def __init__(self, stream: Any, faults: Faults) -> None:
        self._stream = stream
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, *arguments: Any) -> Any:
        self._faults.fail_if_its_turn(None)
        return self._stream.read(*arguments)


@contextmanager
def faults_in(directory: Path, number: int = errno.EIO) -> Iterator[Faults]:
    """While calls that read the directory may fail with this number."""
    faults = Faults(directory, number)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in _BY_PATH:
            patch.setattr(module, name, _by_path(getattr(module, name), faults))
        for module, name in _BY_DESCRIPTOR:
            patch.setattr(module, name, _by_descriptor(getattr(module, name), faults))
        opening = io.open

        def opened(file: Any, *arguments: Any, **named: Any) -> Any:
            if not faults.touches(file):
                return opening(file, *arguments, **named)
            faults.fail_if_its_turn(file)
            return _Stream(opening(file, *arguments, **named), faults)

        patch.setattr(io, "open", opened)
        patch.setattr(builtins, "open", opened)
        yield faults


def _by_path(call: Any, faults: Faults) -> Any:
    def wrapped(path: Any = ".", *arguments: Any, **named: Any) -> Any:
        if faults.touches(path):
            faults.fail_if_its_turn(path)
        return call(path, *arguments, **named)

    return wrapped


def _by_descriptor(call: Any, faults: Faults) -> Any:
    if isinstance(call, type):

        class Wrapped(call):  # type: ignore[misc]
            def __new__(cls, *arguments: Any, **named: Any) -> Any:
                faults.fail_if_its_turn(None)
                return super().__new__(cls, *arguments, **named)

        return Wrapped

    def wrapped(descriptor: Any, *arguments: Any, **named: Any) -> Any:
        faults.fail_if_its_turn(None)
        return call(descriptor, *arguments, **named)

    return wrapped
