"""Writing that outlives a power cut: flushed, and put in place in one step."""

from __future__ import annotations

import os
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Make the file at ``path`` hold the bytes, all of them or as before."""
    waiting = path.with_name(f"{path.name}.new")
    with waiting.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Flush a file's bytes, or a directory's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
