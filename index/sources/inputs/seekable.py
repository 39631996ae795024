"""The content of an input as a file in which readers can go back and forth."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from index.sources.report import ReadReport

_IN_MEMORY = 2**23
"""The most bytes of a copy that is not on disk."""


@contextmanager
def seekable(
    file: BinaryIO, content: Iterable[bytes], head: bytes, report: ReadReport
) -> Iterator[IO[bytes]]:
    """The file itself, or a temporary copy of its content where that was packed or is a pipe.

    ``content`` is what the file holds, unpacked, and ``head`` its first bytes, which are those of
    the file if it is not packed. Adds to ``report.bytes_read``. Raises the ``Broken`` of the
    content.
    """
    if file.seekable():
        at = file.tell()
        file.seek(0)
        if file.read(len(head)) == head:
            report.bytes_read += file.seek(0, os.SEEK_END) - at
            file.seek(0)
            yield file
            return
        file.seek(at)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        for block in content:
            copy.write(block)
        copy.seek(0)
        yield copy
