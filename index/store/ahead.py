"""Checksums of a private generation's large files, worked out while the rest of it is decided.

They are those of files that are complete: a file that was altered since is summed again.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Thread

from index.manifest import file_checksum

_LARGE = 1 << 20
"""Bytes from which on a file is worth a thread."""

FileKey = tuple[int, int, int, str]
"""A file by device, inode, size and name."""


def key_of(file: Path, status: os.stat_result) -> FileKey:
    """The file as ``known`` has it."""
    return status.st_dev, status.st_ino, status.st_size, file.name


class ChecksumsAhead:
    """Sums the files that ``directory`` has now in a thread, but for those whose sums are known."""

    def __init__(self, directory: Path, known: Collection[FileKey]) -> None:
        self._found: dict[tuple[FileKey, int], str] = {}
        self._thread: Thread | None = None
        files = [(file, file.stat()) for file in sorted(directory.iterdir())]
        large = [
            (file, status)
            for file, status in files
            if status.st_size >= _LARGE and key_of(file, status) not in known
        ]
        if large:
            self._thread = Thread(target=self._sum, args=(large,), daemon=True)
            self._thread.start()

    def of(self, file: Path, status: os.stat_result) -> str | None:
        """The checksum of a file, unless it is new, small or altered."""
        if self._thread is not None:
            self._thread.join()
        return self._found.get((key_of(file, status), status.st_mtime_ns))

    def _sum(self, files: list[tuple[Path, os.stat_result]]) -> None:
        for file, status in files:
            with suppress(OSError):  # Whoever publishes meets it, too, and tells.
                self._found[key_of(file, status), status.st_mtime_ns] = file_checksum(file)
