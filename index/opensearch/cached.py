"""Companions of clusters on this machine: directories that are whole or not there.

::

    <cache>/<alias>-<digits of the URL>/
        LOCK                  held while something is fetched or removed
        <digits of the files> a companion, its files named as in the cluster
        new-<random>          one that is being fetched

Directories are named after what is in them, so that none is ever changed: an update's companion is
another one, which shares files with the one before by hard links. All processes of a user share
them; who opens one maps its files, so that it may be removed while it is in use.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from index.bilingual import Text
from index.errors import CacheUnusable
from index.location import ClusterAlias
from index.opensearch.chunks import StoredFile, file_at
from index.settings import CACHE
from index.store.durable import flush, link_or_copy
from index.system_errors import reason

_LOCK, _NEW = "LOCK", "new-"
_KEPT = 3
_IN_USE = 3600.0
"""Seconds after its last use for which a companion stays, however many came after it."""

_LEFT, _SHARE_LEFT = 1 << 30, 20
"""Bytes that are left free on a disk, or its twentieth, if that is less."""

_HOMELESS = Text("the user has no home directory", "pengguna ini tidak mempunyai direktori rumah")

_Read = Callable[[StoredFile], Iterable[bytes]]


def cache_directory(index: str) -> Path:
    """Where companions are kept: what ``WARTA_CACHE`` says, or in the user's cache directory.

    Raises ``CacheUnusable``, of the URL ``index``, where the user has none.
    """
    named = os.environ.get(CACHE)
    if named:
        return Path(named)
    around = os.environ.get("XDG_CACHE_HOME")
    usual = Path(around or "~/.cache") / "warta"
    try:
        return usual if around else usual.expanduser()
    except RuntimeError:  # In a container, a number may be all that there is of a user.
        raise CacheUnusable(index, usual, _HOMELESS) from None


class Cache:
    """The companions of one alias. Safe under threads and processes."""

    def __init__(self, cache: Path, cluster: ClusterAlias) -> None:
        digits = hashlib.blake2b(cluster.url.encode(), digest_size=4).hexdigest()
        self._url = cluster.url
        self._folder = cache / f"{cluster.alias}-{digits}"

    def directory(self, files: Sequence[StoredFile], read: _Read) -> Path:
        """The directory with these files and no others, all verified; ``read`` gets the missing.

        Raises ``CacheUnusable``, and as ``read`` does.
        """
        found = self._folder / _name_of(files)
        with self._system_errors():
            if _is_whole(found, files):
                return found
            with self._locked():
                if _is_whole(found, files):  # Another process has just fetched it.
                    return found
                self._sweep()
                new = Path(mkdtemp(dir=self._folder, prefix=_NEW))
                try:
                    self._fill(new, files, read)
                    if found.exists():  # It is not whole; what of it is intact was linked.
                        shutil.rmtree(found)
                    new.rename(found)
                except BaseException:
                    shutil.rmtree(new, ignore_errors=True)
                    raise
                flush(self._folder)
                self._prune(found)
        return found

    def _fill(self, new: Path, files: Sequence[StoredFile], read: _Read) -> None:
        missing = [one for one in files if not self._linked(new, one)]
        self._require_room(sum(one.bytes for one in missing))
        for one in missing:
            with (new / one.file).open("xb") as stream:
                for content in read(one):
                    stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        flush(new)

    def _linked(self, new: Path, file: StoredFile) -> bool:
        """Give a file that another companion here has a second name, if it is intact."""
        for other in self._companions():
            path = other / file.file
            if _is_intact(path, file):
                link_or_copy(path, new / file.file)
                return True
        return False

    def _require_room(self, needed: int) -> None:
        total, _, free = shutil.disk_usage(self._folder)
        left = min(_LEFT, total // _SHARE_LEFT)
        if needed > free - left:
            need, have = needed >> 20, max(free - left, 0) >> 20
            raise CacheUnusable(
                self._url,
                self._folder,
                Text(
                    f"it takes {need} MiB, and only {have} may be used there",
                    f"diperlukan {need} MiB, sedangkan yang boleh dipakai di sana hanya {have}",
                ),
            )

    def _companions(self) -> list[Path]:
        return [
            path
            for path in self._folder.iterdir()
            if path.is_dir() and not path.name.startswith(_NEW)
        ]

    def _sweep(self) -> None:
        """Remove what was being fetched when a process ended: nobody else fetches now."""
        for path in self._folder.glob(f"{_NEW}*"):
            shutil.rmtree(path, ignore_errors=True)

    def _prune(self, newest: Path) -> None:
        """Remove all but the last ones; whoever has one of them open keeps its files."""
        used = {path: path.stat().st_mtime for path in self._companions()}
        others = sorted(used.keys() - {newest}, key=used.__getitem__, reverse=True)
        for path in others[_KEPT - 1 :]:
            if used[path] < time.time() - _IN_USE:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """While no other process fetches or removes."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(self._folder / _LOCK, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            # A process that was forked meanwhile has it open, too, and would go on holding it.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    @contextmanager
    def _system_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CacheUnusable(self._url, self._folder, reason(error)) from error


def _name_of(files: Iterable[StoredFile]) -> str:
    said = "\n".join(sorted(f"{one.file} {one.checksum}" for one in files))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _is_whole(directory: Path, files: Sequence[StoredFile]) -> bool:
    """Whether a directory has these files and no others, each as it should be; it is used then."""
    try:
        there = {path.name for path in directory.iterdir()}
    except FileNotFoundError:
        return False
    if there != {one.file for one in files}:
        return False
    if not all(_is_intact(directory / one.file, one) for one in files):
        return False
    with suppress(OSError):  # It is another user's, or the disk takes no change.
        os.utime(directory)
    return True


def _is_intact(path: Path, file: StoredFile) -> bool:
    """Whether what is there is the file. Raises OSError where it cannot be read."""
    try:
        return path.stat().st_size == file.bytes and file_at(path).checksum == file.checksum
    except FileNotFoundError:
        return False
