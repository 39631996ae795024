"""Changes to files and directories that survive a power failure once they are made.

What the order of a publication depends on goes through these functions: flushing, taking a place,
and removing what decides. They call functions of ``os``, so that a test can record and replay them.
What no order depends on may be done otherwise: copying where there are no links (a copy is flushed
when it is published), the rest of a directory whose deciding file is gone, a private directory.
All raise OSError.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from index.regular_file import broken_link

_UNLINKABLE = {
    errno.EXDEV,
    errno.EPERM,
    errno.EACCES,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.ENOSYS,
    errno.EINVAL,
}
"""What tells that a file system has no hard links, or no more to this file, or not from there."""


class NotFlushed(OSError):
    """A file has taken its place, and only then flushing its directory failed."""


def write_durably(path: Path, content: bytes) -> None:
    """Put a file of that content in the place of ``path``: whoever looks sees the old or the new.

    Raises ``NotFlushed`` where it is in place, but may not be after a power failure.
    """
    waiting = waiting_name(path)
    with suppress(FileNotFoundError):
        os.unlink(waiting)  # noqa: PTH108 - see above
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(waiting, path)  # noqa: PTH105
    try:
        flush(path.parent)
    except OSError as error:
        raise NotFlushed(error.errno, error.strerror, str(path)) from error


def waiting_name(path: Path) -> Path:
    """Where the new content of a file waits until it is flushed."""
    return path.with_name(f"{path.name}.new")


def flush(path: Path) -> None:
    """Flush a file's or a directory's content to disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_around(path: Path) -> None:
    """Flush the directory around a new one, as far as this user and its file system allow it."""
    around = Path(os.path.realpath(path)).parent
    try:
        flush(around)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EINVAL, errno.EROFS}:
            raise


def make_directories(path: Path) -> None:
    """Make a directory and those around it that are not there, each flushed into its parent.

    Raises ``NotAFile`` where a link that leads nowhere has the name of one.
    """
    missing = []
    for one in (path, *path.parents):
        if one.is_dir():
            break
        missing.append(one)
    for one in reversed(missing):
        try:
            os.mkdir(one)  # noqa: PTH102
        except FileExistsError:
            if one.is_dir():
                continue  # Another command has just made it.
            broken = broken_link(one)
            if broken is not None:
                raise broken from None
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(one)) from None
        flush_around(one)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file that does not change any more, or a copy where there are no links.

    A copy is not flushed.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _UNLINKABLE:
            raise
        shutil.copy2(source, target)


def remove_directory(directory: Path, deciding: str) -> None:
    """Remove a directory that is none any more once its file ``deciding`` is gone.

    That goes first and is flushed: whatever interrupts the rest, nobody takes it for whole. What
    cannot be removed of the rest stays.
    """
    if directory.is_symlink():
        directory.unlink()
        return
    try:
        os.unlink(directory / deciding)  # noqa: PTH108
    except FileNotFoundError:
        pass
    else:
        flush(directory)
    with suppress(RecursionError):  # Folders in folders in folders, which nobody of us made.
        shutil.rmtree(directory, ignore_errors=True)
