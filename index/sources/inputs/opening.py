"""Opens a source whatever it is: a file, a pipe of a shell; devices and silent pipes are refused.

A name is looked at before it is opened, since opening a device may do something, and what was
opened is looked at again, since another file may have taken the name meanwhile.
"""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from index.bilingual import Text
from index.light_dataclass import dataclass
from index.sources.inputs.files import special
from index.sources.inputs.streams import Broken
from index.sources.problems import ProblemKind

PATIENCE = 5.0
"""Seconds in which a pipe with a name must bring its first byte."""

_SILENT = Text(
    f"a pipe that brought nothing within {PATIENCE:.0f} seconds",
    f"pipa tanpa isi dalam {PATIENCE:.0f} detik",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open source; ``size`` bytes are in it, None where only its end will tell."""

    file: BinaryIO
    size: int | None


@contextmanager
def open_source(path: Path | None, stdin: BinaryIO | None = None) -> Iterator[Opened]:
    """The source at ``path``, standard input where it is None, open while the context lasts.

    A pipe that a shell has made, ``<(zcat x.gz)`` or ``/dev/stdin``, is read to its end. Raises
    ``OSError``, and ``Broken`` where it is a device, a socket or a pipe that stays silent.
    """
    if path is None:
        yield _standard_input(stdin)
        return
    _refuse_special(path.stat().st_mode)
    # A pipe without a writer would hold up opening for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _refuse_special(status.st_mode)
        if stat.S_ISFIFO(status.st_mode):
            if not _is_of_a_shell(status):
                _wait_for_first_byte(descriptor)
            os.set_blocking(descriptor, True)
            yield Opened(file, None)
        else:
            # Files that a system makes up, as those of /proc, have no size and yet content.
            yield Opened(file, status.st_size or None)


def _standard_input(stdin: BinaryIO | None) -> Opened:
    file = stdin or sys.stdin.buffer
    with suppress(OSError, AttributeError):  # not every stream has a descriptor
        descriptor = file.fileno()
        mode = os.fstat(descriptor).st_mode
        is_device = stat.S_ISCHR(mode) and not os.isatty(descriptor)
        if stat.S_ISBLK(mode) or (is_device and not _is_empty_device(descriptor)):
            raise Broken(ProblemKind.SPECIAL_FILE, special(mode) or "")
    return Opened(file, None)


def _is_empty_device(descriptor: int) -> bool:
    return os.fstat(descriptor).st_rdev == Path(os.devnull).stat().st_rdev


def _refuse_special(mode: int) -> None:
    what = special(mode)
    if what is not None and not stat.S_ISFIFO(mode):
        raise Broken(ProblemKind.SPECIAL_FILE, what)


def _is_of_a_shell(status: os.stat_result) -> bool:
    """A pipe without a name had its writer from the beginning, or has it no more."""
    ends = os.pipe2(os.O_CLOEXEC)
    try:
        return os.fstat(ends[0]).st_dev == status.st_dev
    finally:
        os.close(ends[0])
        os.close(ends[1])


def _wait_for_first_byte(descriptor: int) -> None:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    if not waiting.poll(PATIENCE * 1000):
        raise Broken(ProblemKind.SPECIAL_FILE, _SILENT)
