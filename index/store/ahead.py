"""Files of a private generation, flushed and summed before it is published.

Large ones by threads, while the rest of it is decided; those of workers by these. A file that was
altered since is flushed and summed again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

from index.manifest import file_checksum
from index.store.durable import flush

_LARGE = 1 << 20
"""Bytes from which on a file is worth a thread."""

FileKey = tuple[int, int, int, str]
"""A file by device, inode, size and name."""

SumKey = tuple[FileKey, int]
"""A file as it was when it was last altered, in nanoseconds."""

Sums = Mapping[SumKey, str]
"""Checksums of files."""


def key_of(file: Path, status: os.stat_result) -> FileKey:
    """The file by what tells it from others, without a look into it."""
    return status.st_dev, status.st_ino, status.st_size, file.name


def sums_of(files: Iterable[Path]) -> Sums:
    """The checksums of complete files. Raises OSError."""
    found = {}
    for file in files:
        status = file.stat()
        found[key_of(file, status), status.st_mtime_ns] = file_checksum(file)
    return found


class FlushedAhead:
    """Flushes complete files in a thread."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._failed: OSError | None = None
        self._thread = Thread(target=self._flush, args=(files,), daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # No thread is to be had.
            self._flush(files)

    def _flush(self, files: Sequence[Path]) -> None:
        try:
            for file in files:
                flush(file)
        except OSError as error:
            self._failed = error

    def wait(self) -> None:
        """Wait until it is done. Raises OSError where it failed: the system tells that once."""
        if self._thread.ident is not None:
            self._thread.join()
        if self._failed is not None:
            raise self._failed


class ChecksumsAhead:
    """Flushes and sums the files that ``directory`` has now, but for those whose sums are known.

    ``others``: the names of files that are left to somebody else, or to whoever publishes.

    Two threads do it, as the one waits for the disk and the other for the processor. Where nobody
    publishes in the end, they go on until all is done or the command ends.
    """

    def __init__(
        self, directory: Path, known: Collection[FileKey], others: Collection[str] = ()
    ) -> None:
        self._directory = directory
        self._known = known
        self._found: dict[SumKey, str] = {}
        self._flushed: set[SumKey] = set()
        self._failed: dict[Path, OSError] = {}
        self._threads: list[Thread] = []
        large = [one for one in self._complete(others) if one[1].st_size >= _LARGE]
        if large:
            for what in (self._flush, self._sum):
                thread = Thread(target=what, args=(large,), daemon=True)
                with suppress(RuntimeError):  # No thread is to be had: publishing does all of it.
                    thread.start()
                    self._threads.append(thread)

    def _complete(self, others: Collection[str]) -> list[tuple[Path, os.stat_result]]:
        names = [file for file in sorted(self._directory.iterdir()) if file.name not in others]
        files = [(file, file.stat()) for file in names]
        return [(file, status) for file, status in files if key_of(file, status) not in self._known]

    def add_small(self, others: Collection[str]) -> None:
        """Flush and sum the small files that are there now, but for ``others``."""
        small = [one for one in self._complete(others) if one[1].st_size < _LARGE]
        self._flush(small)
        self._sum(small)

    def add(self, sums: Sums) -> None:
        """Take sums of files that somebody else has flushed."""
        self._found.update(sums)
        self._flushed.update(sums)

    def of(self, file: Path, status: os.stat_result) -> str | None:
        """The checksum of a file that is flushed, unless it is new, small or altered.

        Raises OSError where it could not be flushed: the system tells that once.
        """
        for thread in self._threads:
            thread.join()
        if file in self._failed:
            raise self._failed[file]
        key = key_of(file, status), status.st_mtime_ns
        return self._found.get(key) if key in self._flushed else None

    def _flush(self, files: list[tuple[Path, os.stat_result]]) -> None:
        for file, status in files:
            try:
                flush(file)
            except OSError as error:
                self._failed[file] = error
            else:
                self._flushed.add((key_of(file, status), status.st_mtime_ns))

    def _sum(self, files: list[tuple[Path, os.stat_result]]) -> None:
        for file, status in files:
            with suppress(OSError):  # Whoever publishes meets it, too, and tells.
                self._found[key_of(file, status), status.st_mtime_ns] = file_checksum(file)
