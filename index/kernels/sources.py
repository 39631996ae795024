"""Of which source a kernel was compiled: a number that every change of it changes.

``setup.py`` runs this file by itself and compiles the number in; it imports nothing of ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent


@cache
def digest(name: str, folder: Path = FOLDER) -> str | None:
    """The number of a kernel's source; None where the source is not there.

    What kernels share (``*.pxd``, ``*.pxi``, ``*.h``) counts for all.
    """
    try:
        source = (folder / f"{name}.pyx").read_bytes()
    except FileNotFoundError:
        return None
    return f"{crc32(source, _shared(folder)):08x}"


@cache
def _shared(folder: Path) -> int:
    found = 0
    for path in sorted((*folder.glob("*.px[di]"), *folder.glob("*.h"))):
        found = crc32(path.read_bytes(), found)
    return found
