"""The files of a generation as bytes: read, or mapped once and kept.

Only regular files are opened, and no symbolic links followed: what was downloaded names nothing
outside of its directory, and a pipe that nobody writes to keeps nobody waiting.
"""

from __future__ import annotations

import mmap
import os
import stat
import threading
from pathlib import Path

from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile

from index.errors import FileDamaged, FileMissing

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class MappedFiles(FileStorage):  # type: ignore[misc]
    """A directory of files that are mapped once: what is open stays so, whatever becomes of them.

    Shared by threads.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory), readonly=True)
        self._lock = threading.Lock()
        self._maps: dict[str, mmap.mmap | bytes] = {}

    def mapped(self, name: str) -> memoryview:
        """The bytes of a file. Raises ``FileDamaged`` and OSError."""
        with self._lock:
            found = self._maps.get(name)
            if found is None:
                found = self._maps[name] = map_file(Path(self.folder), name)
        return memoryview(found)

    def require_whole(self) -> None:
        """Raise ``FileDamaged`` where a file was cut since it was mapped.

        Who reads what is not there any more is ended by the system (SIGBUS).
        """
        for name, one in tuple(self._maps.items()):
            if isinstance(one, mmap.mmap) and one.size() < len(one):
                raise FileDamaged(name, f"it was cut to {one.size()} bytes while it was open")


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
    descriptor, size = _open(directory, name)
    try:
        if not size:
            return b""  # It cannot be mapped.
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(directory / name)) from None
    except ValueError:  # It was cut to nothing meanwhile.
        return b""
    finally:
        os.close(descriptor)


def read_file(directory: Path, name: str) -> bytes:
    """All of a file. Raises ``FileDamaged`` and OSError, which names the file."""
    descriptor, _ = _open(directory, name)
    try:
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(directory / name)) from None


def _open(directory: Path, name: str) -> tuple[int, int]:
    """A descriptor of the file, and its size."""
    path = str(directory / name)
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise FileMissing(name) from None
    except OSError:
        if os.path.islink(path):  # noqa: PTH114 - Path's may raise
            raise FileDamaged(name, "it is a symbolic link") from None
        raise
    try:
        status = os.fstat(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise OSError(error.errno, error.strerror, path) from None
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise FileDamaged(name, "it is no regular file")
    return descriptor, status.st_size
