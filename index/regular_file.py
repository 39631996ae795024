"""Reads files that must be regular ones, and never waits for a pipe or a device in their place."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from index.system_errors import DANGLING, LINKED, NOT_REGULAR, TOO_LARGE, NotAFile

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_regular(path: Path, *, follow: bool = True, folder: int | None = None) -> BufferedReader:
    """The file, open for reading; with ``folder``, an open directory, ``path`` begins there.

    Raises ``FileNotFoundError`` only where nothing is there, ``NotAFile`` for a pipe, a socket, a
    device, a link that leads nowhere or, unless ``follow``, any link, and OSError; each names the
    file.
    """
    flags = _FLAGS if follow else _FLAGS | os.O_NOFOLLOW
    try:
        # Opening some devices does something.
        _check(os.stat(path, dir_fd=folder, follow_symlinks=follow).st_mode, path)
        descriptor = os.open(path, flags, dir_fd=folder)
    except FileNotFoundError:
        if follow and path.is_symlink():
            raise NotAFile(DANGLING, str(path)) from None
        raise
    try:
        _check(os.fstat(descriptor).st_mode, path)
        return os.fdopen(descriptor, "rb")
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise


def open_folder(path: Path, folder: int | None = None) -> int:
    """A descriptor of a directory, within ``folder`` if that is given and then no link.

    Raises ``FileNotFoundError``, ``NotAFile`` for a link, and OSError.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    if folder is None:
        return os.open(path, flags)
    status = os.stat(path, dir_fd=folder, follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        raise NotAFile(LINKED, str(path))
    return os.open(path, flags | os.O_NOFOLLOW, dir_fd=folder)


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
    if stat.S_ISLNK(mode):
        raise NotAFile(LINKED, str(path))
    if not stat.S_ISREG(mode):
        raise NotAFile(NOT_REGULAR, str(path))
