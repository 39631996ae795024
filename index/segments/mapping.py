"""The files of a generation as bytes: read, or mapped once and kept.

Only regular files are opened, and no symbolic links followed: what was downloaded names nothing
outside of its directory, and a pipe that nobody writes to keeps nobody waiting.
"""

from __future__ import annotations

import mmap
import os
import threading
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile

from index.errors import FileDamaged, FileMissing
from index.regular_file import open_regular
from index.system_errors import LINKED, NotAFile

LOOK_SECONDS = 0.02
"""So long open files are taken to be whole after they were looked at."""


class MappedFiles(FileStorage):  # type: ignore[misc]
    """A directory of files that are mapped once: what is open stays so, whatever becomes of them.

    Shared by threads.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory), readonly=True)
        self._lock = threading.Lock()
        self._maps: dict[str, mmap.mmap | bytes] = {}
        self._again = 0.0

    def mapped(self, name: str) -> memoryview:
        """The bytes of a file. Raises ``FileDamaged`` and OSError."""
        with self._lock:
            found = self._maps.get(name)
            if found is None:
                found = self._maps[name] = map_file(Path(self.folder), name)
        return memoryview(found)

    def require_whole(self) -> None:
        """Raise ``FileDamaged`` where a file was cut since it was mapped.

        Who reads what is not there any more is ended by the system (SIGBUS). So it is in any case
        where a file is cut between the look and the reading: files are looked at once in
        ``LOOK_SECONDS``, as of a hundred of them it takes longer than to answer a question. What is
        protected is whoever asks later than that; where a file was cut, it is told every time.
        """
        now = monotonic()
        if now < self._again:
            return
        for name, one in tuple(self._maps.items()):
            if isinstance(one, mmap.mmap) and one.size() < len(one):
                raise FileDamaged(name, f"it was cut to {one.size()} bytes while it was open")
        self._again = now + LOOK_SECONDS


def bytes_of(storage: Storage, name: str) -> memoryview:
    """The bytes of a file, mapped where the storage keeps real files.

    Raises ``FileDamaged`` and OSError.
    """
    if isinstance(storage, MappedFiles):
        return storage.mapped(name)
    if isinstance(storage, FileStorage):
        return memoryview(map_file(Path(storage.folder), name))
    try:
        file: StructFile = storage.open_file(name)
    except NameError:  # Whoosh's RamStorage
        raise FileMissing(name) from None
    return memoryview(file.read())


def map_file(directory: Path, name: str) -> mmap.mmap | bytes:
    """A file, mapped. Raises ``FileDamaged`` and OSError, which names the file."""
    with _open(directory, name) as stream:
        try:
            if not os.fstat(stream.fileno()).st_size:
                return b""  # It cannot be mapped.
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(directory / name)) from None
        except ValueError:  # It was cut to nothing meanwhile.
            return b""


def read_file(directory: Path, name: str) -> bytes:
    """All of a file. Raises ``FileDamaged`` and OSError, which names the file."""
    with _open(directory, name) as stream:
        try:
            return stream.read()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(directory / name)) from None


def _open(directory: Path, name: str) -> BinaryIO:
    try:
        return open_regular(directory / name, follow=False)
    except FileNotFoundError:
        raise FileMissing(name) from None
    except NotAFile as error:
        link = error.why is LINKED
        reason = "it is a symbolic link" if link else "it is no regular file"
        raise FileDamaged(name, reason) from None
    except IsADirectoryError:
        raise FileDamaged(name, "it is no regular file") from None
