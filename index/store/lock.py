"""``LOCK``: held by the one writer of an index; readers never look at it.

It is an ``flock`` lock: the kernel drops it with the process that held it.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexLocked
from index.system_errors import DANGLING, NOT_REGULAR, NotAFile

LOCK = "LOCK"

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@contextmanager
def locked(index: Path, *, wait: bool) -> Iterator[None]:
    """Hold the writer's lock. Raises ``IndexLocked`` where another has it and not ``wait``."""
    descriptor = _open(index / LOCK)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise IndexLocked(index) from None
        except OSError as error:
            error.filename = str(index / LOCK)
            raise
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    """The lock's file. A pipe would be opened without waiting, and is refused."""
    if path.is_symlink() and not path.exists():
        raise NotAFile(DANGLING, str(path))
    if path.exists() and not path.is_dir() and not path.is_file():
        raise NotAFile(NOT_REGULAR, str(path))
    descriptor = os.open(path, _FLAGS, 0o666)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFile(NOT_REGULAR, str(path))
    return descriptor
