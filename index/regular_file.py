"""Reads files that must be regular ones, and never waits for a pipe or a device in their place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from index.system_errors import DANGLING, NOT_REGULAR, TOO_LARGE, NotAFile

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_regular(path: Path) -> BinaryIO:
    """The file, open for reading.

    Raises ``FileNotFoundError`` only where nothing is there, ``NotAFile`` for a pipe, a socket, a
    device or a link that leads nowhere, and OSError.
    """
    try:
        _check(path.stat().st_mode, path)  # Opening some devices does something.
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        if path.is_symlink():
            raise NotAFile(DANGLING, str(path)) from None
        raise
    try:
        _check(os.fstat(descriptor).st_mode, path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def identity(path: Path) -> tuple[int, ...] | None:
    """What tells a file, as it is now, from all others; None where it is not there.

    Names that are hard links to one file have the same. Raises OSError.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def read_regular(path: Path, most: int) -> bytes:
    """The content of a file of at most ``most`` bytes. Raises as ``open_regular`` does."""
    with open_regular(path) as stream:
        return read_bounded(stream, most, path)


def read_bounded(stream: BinaryIO, most: int, path: Path) -> bytes:
    """What an open file holds, which is at most ``most`` bytes. Raises ``NotAFile`` and OSError."""
    content = b""
    if os.fstat(stream.fileno()).st_size <= most:
        content = stream.read(most + 1)
        if len(content) <= most:
            return content
    raise NotAFile(TOO_LARGE, str(path))


def broken_link(path: Path) -> OSError | None:
    """What is wrong with the first link, ``path`` or a folder around it, that leads nowhere."""
    for one in (path, *path.parents):
        if one.is_symlink():
            try:
                one.stat()
            except FileNotFoundError:
                return NotAFile(DANGLING, str(one))
            except OSError as error:
                return error
    return None


def _check(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NotAFile(NOT_REGULAR, str(path))
