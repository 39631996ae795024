"""What a disk may hold after the power was cut: all that was synced, and of the rest any part.

A file's bytes are safe after ``fsync`` of the file, a name after ``fsync`` of its directory, if
they were there when it began, and nothing else is: a name may be there without the bytes, bytes
without the name, a later name without an earlier one, a file cut or full of zeros where its last
bytes were.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.crash.recording import Changed, Recording, Synced

Names = tuple[tuple[str, int | None], ...]
Waiting = TypeVar("Waiting", bytes, Names)


@dataclass(slots=True)
class _File:
    now: bytes
    safe: bytes
    waiting: list[tuple[int, bytes]]
    """What bytes it had since, and after which operation."""


@dataclass(slots=True)
class _Folder:
    safe: dict[str, int]
    waiting: list[tuple[int, Names]]
    """What was done to it by one operation after another, and is not safe."""


@dataclass(slots=True)
class State:
    """A tree of files and directories by number, whose names and bytes are decided."""

    files: dict[int, bytes]
    folders: dict[int, dict[str, int]]

    def key(self) -> int:
        """The same for equal states, in this process."""
        names = tuple((n, tuple(sorted(entries.items()))) for n, entries in self.folders.items())
        return hash((names, tuple(self.files.items())))

    def write(self, root: Path) -> None:
        """Make the tree at ``root``; files with two names are hard links."""
        first: dict[int, Path] = {}
        waiting = [(0, root)]
        while waiting:
            number, folder = waiting.pop()
            folder.mkdir()
            for name, entry in self.folders[number].items():
                path = folder / name
                if entry in self.folders:
                    waiting.append((entry, path))
                elif entry in first:
                    os.link(first[entry], path)
                else:
                    path.write_bytes(self.files.get(entry, b""))
                    first[entry] = path


class _Disk:
    """What is safe and what is not, after some of the operations."""

    def __init__(self, recording: Recording) -> None:
        before = recording.before
        self._done = 0
        self._files = {n: _File(content, content, []) for n, content in before.files.items()}
        self._folders = {n: _Folder(dict(names), []) for n, names in before.folders.items()}

    def do(self, operation: Changed | Synced) -> None:
        at, self._done = self._done, self._done + 1
        if isinstance(operation, Synced):
            if operation.number in self._folders:
                folder = self._folders[operation.number]
                folder.safe = _with(folder.safe, _before(operation.since, folder.waiting))
            elif operation.number in self._files:
                file = self._files[operation.number]
                file.safe = [file.safe, *_before(operation.since, file.waiting)][-1]
            return
        for number, content in operation.contents.items():
            file = self._files.setdefault(number, _File(b"", b"", []))
            file.now = content
            file.waiting.append((at, content))
        for number in operation.directories:
            self._folders[number] = _Folder({}, [])
        done: dict[int, list[tuple[str, int | None]]] = {}
        for folder_number, name, entry in operation.names:
            done.setdefault(folder_number, []).append((name, entry))
        for folder_number, names in done.items():
            self._folders[folder_number].waiting.append((at, tuple(names)))

    def state(
        self,
        bytes_of: Callable[[bytes, bytes], bytes],
        names_of: Callable[[Sequence[Names]], Sequence[Names]],
    ) -> State:
        return State(
            {
                number: file.now if file.now == file.safe else bytes_of(file.now, file.safe)
                for number, file in self._files.items()
            },
            {
                number: _with(folder.safe, names_of([names for _, names in folder.waiting]))
                for number, folder in self._folders.items()
            },
        )


def _before(since: int, waiting: list[tuple[int, Waiting]]) -> list[Waiting]:
    """Take out what waits of the operations before that one."""
    some = [one for at, one in waiting if at < since]
    del waiting[: len(some)]
    return some


def _with(names: dict[str, int], changes: Sequence[Names]) -> dict[str, int]:
    names = dict(names)
    for change in changes:
        for name, entry in change:
            if entry is None:
                names.pop(name, None)
            else:
                names[name] = entry
    return names


def _all(waiting: Sequence[Names]) -> Sequence[Names]:
    return waiting


def _none(_: Sequence[Names]) -> Sequence[Names]:
    return ()


def _torn(now: bytes, safe: bytes) -> bytes:
    return now[: max(len(safe), len(now) // 2)]


def _zeros(now: bytes, safe: bytes) -> bytes:
    return safe[: len(now)] + bytes(max(len(now) - len(safe), 0))


_KINDS: dict[
    str, tuple[Callable[[bytes, bytes], bytes], Callable[[Sequence[Names]], Sequence[Names]]]
] = {
    "everything": (lambda now, _: now, _all),
    "only what is synced": (lambda _, safe: safe, _none),
    "names without bytes": (lambda _, safe: safe, _all),
    "bytes without names": (lambda now, _: now, _none),
    "torn": (_torn, _all),
    "zeros": (_zeros, _all),
}


def states(recording: Recording, seed: int, mixed: int = 3) -> Iterator[tuple[int, str, State]]:
    """Each distinct state after each of the operations: how many were done, which kind, the state.

    ``mixed`` of them at each operation are drawn: any of the names, any of the bytes.
    """
    disk, seen = _Disk(recording), set[int]()
    for done, operation in enumerate(recording.operations, start=1):
        disk.do(operation)
        if done == len(recording.operations):
            seen.clear()  # More must hold when the command has ended.
        for kind, (bytes_of, names_of) in _KINDS.items():
            state = disk.state(bytes_of, names_of)
            if state.key() not in seen:
                seen.add(state.key())
                yield done, kind, state
        for number in range(mixed):
            draw = random.Random(f"{seed} {done} {number}")

            def any_bytes(now: bytes, safe: bytes, draw: random.Random = draw) -> bytes:
                return draw.choice([now, safe, _torn(now, safe), _zeros(now, safe)])

            def any_names(waiting: Sequence[Names], draw: random.Random = draw) -> Sequence[Names]:
                return [one for one in waiting if draw.random() < 0.5]

            state = disk.state(any_bytes, any_names)
            if state.key() not in seen:
                seen.add(state.key())
                yield done, f"mixed {number}", state
