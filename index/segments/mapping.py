"""The files of a generation as bytes: read, or mapped once and kept.

Only regular files are opened, and no symbolic links followed: what was downloaded names nothing
outside of its directory, and a pipe that nobody writes to keeps nobody waiting.
"""

from __future__ import annotations

import mmap
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile

from index.errors import FileDamaged, FileMissing
from index.kernels import kernel
from index.regular_file import open_regular
from index.system_errors import LINKED, NotAFile

if TYPE_CHECKING:
    from index.kernels.files import Map, Watch

_files = kernel("files")


def _map(file: int) -> mmap.mmap | Map:
    """All of a file; the map has a descriptor of its own. Raises OSError, ValueError if empty."""
    if _files is not None:
        found: Map = _files.Map(file)
        return found
    return mmap.mmap(file, 0, access=mmap.ACCESS_READ)


class MappedFiles(FileStorage):  # type: ignore[misc]
    """A directory of files that are mapped once: what is open stays so, whatever becomes of them.

    Shared by threads.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory), readonly=True)
        self._lock = threading.Lock()
        self._maps: dict[str, mmap.mmap | Map | bytes] = {}
        self._watch: Watch | None = None

    def mapped(self, name: str) -> memoryview:
        """The bytes of a file. Raises ``FileDamaged`` and OSError."""
        with self._lock:
            found = self._maps.get(name)
            if found is None:
                found = self._maps[name] = map_file(Path(self.folder), name)
                self._watch = None
        return memoryview(found)

    def require_whole(self) -> None:
        """Raise ``FileDamaged`` where a file was cut since it was mapped.

        Who reads what is not there any more is ended by the system (SIGBUS).
        """
        if _files is not None and (self._watch or self._watching()).first_cut() < 0:
            return
        for name, one in self._maps.copy().items():
            if not isinstance(one, bytes) and (size := one.size()) < len(one):
                raise FileDamaged(name, f"it was cut to {size} bytes while it was open")

    def are_as_seen(self, path: bytes, seen: bytes) -> bool:
        """Whether no file was cut since, and that at ``path`` has the stamp ``seen``.

        In one call of the kernel ``files``, which must be there. False, too, where nobody can tell.
        """
        return (self._watch or self._watching()).as_seen(path, seen)

    def _watching(self) -> Watch:
        with self._lock:
            maps = (one for one in self._maps.values() if not isinstance(one, bytes))
            watch: Watch = _files.Watch(maps)
            self._watch = watch
            return watch


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


def map_file(directory: Path, name: str) -> mmap.mmap | Map | bytes:
    """A file, mapped. Raises ``FileDamaged`` and OSError, which names the file."""
    with _open(directory, name) as stream:
        try:
            if not os.fstat(stream.fileno()).st_size:
                return b""  # It cannot be mapped.
            return _map(stream.fileno())
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
