"""Records what a command does to a directory, as far as it outlives the command.

Before every call that opens, names or removes a file (Python tells of them in audit events), and
at every ``fsync``, the whole directory is read and compared with what it was. So it does not matter
by what means bytes came into a file: NumPy's, a mapping's or another library's are seen as well.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    """``fsync`` of a file or a directory."""

    number: int


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


class Recorder:
    """Records the process that it is made in, from then on to ``done``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._numbers: dict[int, int] = {}
        self._next = 0
        self._busy = False
        self._now = self._look()
        self.recording = Recording(self._now)
        self._fsync = os.fsync
        os.fsync = self._syncing
        os.fdatasync = self._syncing
        sys.addaudithook(self._hear)

    def done(self) -> Recording:
        """All that was recorded."""
        self._compare()
        self._busy = True
        os.fsync = self._fsync
        return self.recording

    def _hear(self, event: str, _: tuple[Any, ...]) -> None:
        if event in _EVENTS:
            self._compare()

    def _syncing(self, fd: Any) -> None:
        self._compare()
        descriptor = fd if isinstance(fd, int) else fd.fileno()
        number = self._numbers.get(os.fstat(descriptor).st_ino)
        if number is not None:
            self.recording.operations.append(Synced(number))
        self._fsync(descriptor)

    def _compare(self) -> None:
        if self._busy:
            return
        self._busy = True
        old, new = self._now, self._look()
        contents = {
            number: content
            for number, content in new.files.items()
            if old.files.get(number) != content
        }
        names: list[tuple[int, str, int | None]] = []
        for number, entries in new.folders.items():
            before = old.folders.get(number, {})
            names += [(number, name, None) for name in before if name not in entries]
            names += [
                (number, name, entry)
                for name, entry in entries.items()
                if before.get(name) != entry
            ]
        directories = tuple(number for number in new.folders if number not in old.folders)
        if contents or names:
            self.recording.operations.append(Changed(contents, tuple(names), directories))
        self._now = new
        self._busy = False

    def _look(self) -> Snapshot:
        found, there = Snapshot(), set()
        waiting = [self._root]
        while waiting:
            folder = waiting.pop()
            inode = folder.stat().st_ino
            there.add(inode)
            entries = found.folders.setdefault(self._number(inode), {})
            for entry in sorted(folder.iterdir()):
                status = entry.stat()
                there.add(status.st_ino)
                number = self._number(status.st_ino)
                entries[entry.name] = number
                if entry.is_dir():
                    waiting.append(entry)
                else:
                    found.files[number] = entry.read_bytes()
        # The system gives the number of what is gone to another file.
        self._numbers = {one: number for one, number in self._numbers.items() if one in there}
        return found

    def _number(self, inode: int) -> int:
        if inode not in self._numbers:
            self._numbers[inode] = self._next
            self._next += 1
        return self._numbers[inode]
