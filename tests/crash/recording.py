"""Records what a command and the processes that it forks do to a directory, as far as it lasts.

Before every call that opens, names or removes a file (Python tells of them in audit events), and
before every ``fsync``, the whole directory is read, and afterwards each is compared with the one
before. So it does not matter by what means bytes came into a file: NumPy's, a mapping's or another
library's are seen as well. All processes write what they see into one log, one after another.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from threading import Lock, current_thread, get_ident, local, main_thread
from typing import Any

_FLUSHING = 0.3
"""Seconds that an ``fsync`` in a thread takes: whoever does not wait for it is far ahead of it."""

_EVENTS = frozenset(
    {
        "open",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.truncate",
        "shutil.copyfile",
    }
)


@dataclass(frozen=True, slots=True)
class Changed:
    """Between two calls: bytes of files by their numbers, and names in directories.

    ``names``: directory, name, and the number of what it names now (None: nothing any more).
    ``directories``: the numbers that are new directories.
    """

    contents: dict[int, bytes]
    names: tuple[tuple[int, str, int | None], ...]
    directories: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Synced:
    """``fsync`` of a file or a directory has returned: what was there when it began is safe.

    ``since``: how many operations were done before it began.
    """

    number: int
    since: int


Operation = Changed | Synced


@dataclass(slots=True)
class Snapshot:
    """A directory as it is: files and directories by numbers of our own, 0 is the root."""

    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Recording:
    """What was there, and what came of it."""

    before: Snapshot
    operations: list[Operation] = field(default_factory=list)


@dataclass(slots=True)
class _Look:
    """A directory as it was found, by inodes, the first of them its own; bytes by their digest."""

    root: int
    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Flushing:
    """A process's thread begins an ``fsync`` of what has the inode."""

    by: tuple[int, int]
    inode: int


@dataclass(frozen=True, slots=True)
class _Flushed:
    """The ``fsync`` that it began last has returned."""

    by: tuple[int, int]


_Entry = _Look | _Flushing | _Flushed | bytes


class Recorder:
    """Records this process and those forked of it into ``log``, from then on to ``done``."""

    def __init__(self, root: Path, log: Path) -> None:
        self._root = root
        self._log = os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        self._threads = Lock()
        self._here = local()
        self._known: set[bytes] = set()
        self._flushes = os.fsync, os.fdatasync
        self._look()
        os.fsync = self._syncing
        os.fdatasync = self._syncing
        sys.addaudithook(self._hear)

    def done(self) -> None:
        """Record no more."""
        self._look()
        self._here.is_busy = True
        os.fsync, os.fdatasync = self._flushes

    def _hear(self, event: str, _: tuple[Any, ...]) -> None:
        if event in _EVENTS and not getattr(self._here, "is_busy", False):
            self._look()

    def _syncing(self, fd: Any) -> None:
        descriptor = fd if isinstance(fd, int) else fd.fileno()
        by = os.getpid(), get_ident()
        self._look(_Flushing(by, os.fstat(descriptor).st_ino))
        self._flushes[0](descriptor)
        if current_thread() is not main_thread():
            time.sleep(_FLUSHING)
        with self._alone():
            self._write(_Flushed(by))

    def _look(self, then: _Flushing | None = None) -> None:
        with self._alone():
            while True:
                try:
                    look = self._found()
                except FileNotFoundError:  # Another process has just removed it.
                    continue
                self._write(look)
                if then is not None:
                    self._write(then)
                return

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread and no other process records meanwhile."""
        self._here.is_busy = True
        try:
            with self._threads:
                fcntl.lockf(self._log, fcntl.LOCK_EX)
                try:
                    yield
                finally:
                    fcntl.lockf(self._log, fcntl.LOCK_UN)
        finally:
            self._here.is_busy = False

    def _write(self, entry: _Entry) -> None:
        os.write(self._log, pickle.dumps(entry))

    def _found(self) -> _Look:
        found = _Look(self._root.stat().st_ino)
        waiting = [self._root]
        while waiting:
            folder = waiting.pop()
            entries = found.folders.setdefault(folder.stat().st_ino, {})
            for entry in sorted(folder.iterdir()):
                inode = entry.stat().st_ino
                entries[entry.name] = inode
                if entry.is_dir():
                    waiting.append(entry)
                else:
                    found.files[inode] = self._kept(entry.read_bytes())
        return found

    def _kept(self, content: bytes) -> bytes:
        digest = blake2b(content).digest()
        if digest not in self._known:
            self._known.add(digest)
            self._write(content)
        return digest


def recorded(log: Path) -> Recording:
    """What a log of ``Recorder`` tells."""
    contents: dict[bytes, bytes] = {}
    numbers = _Numbers()
    recording: Recording | None = None
    now = Snapshot()
    begun: dict[tuple[int, int], Synced | None] = {}
    with log.open("rb") as stream:
        size = log.stat().st_size
        while stream.tell() < size:
            entry: _Entry = pickle.load(stream)
            if isinstance(entry, bytes):
                contents.setdefault(blake2b(entry).digest(), entry)
                continue
            if isinstance(entry, _Look):
                new = numbers.snapshot(entry, contents)
                if recording is None:
                    recording = Recording(new)
                elif changed := _difference(now, new):
                    recording.operations.append(changed)
                now = new
                continue
            assert recording is not None
            if isinstance(entry, _Flushing):
                number = numbers.of(entry.inode)
                done = len(recording.operations)
                begun[entry.by] = None if number is None else Synced(number, done)
            elif (synced := begun.pop(entry.by)) is not None:
                recording.operations.append(synced)
    assert recording is not None
    return recording


class _Numbers:
    """Numbers of our own for inodes; the system gives that of what is gone to another file."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._next = 0

    def of(self, inode: int) -> int | None:
        """That of what was there when the directory was last looked at."""
        return self._numbers.get(inode)

    def snapshot(self, look: _Look, contents: dict[bytes, bytes]) -> Snapshot:
        there = dict.fromkeys([look.root, *look.folders, *look.files])
        kept = {one: number for one, number in self._numbers.items() if one in there}
        for inode in there:
            if inode not in kept:
                kept[inode] = self._next
                self._next += 1
        self._numbers = kept
        return Snapshot(
            {kept[inode]: contents[digest] for inode, digest in look.files.items()},
            {
                kept[folder]: {name: kept[inode] for name, inode in entries.items()}
                for folder, entries in look.folders.items()
            },
        )


def _difference(old: Snapshot, new: Snapshot) -> Changed | None:
    contents = {
        number: content
        for number, content in new.files.items()
        if old.files.get(number) is not content
    }
    names: list[tuple[int, str, int | None]] = []
    for number, entries in new.folders.items():
        before = old.folders.get(number, {})
        names += [(number, name, None) for name in before if name not in entries]
        names += [
            (number, name, entry) for name, entry in entries.items() if before.get(name) != entry
        ]
    directories = tuple(number for number in new.folders if number not in old.folders)
    return Changed(contents, tuple(names), directories) if contents or names else None
