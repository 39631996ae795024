"""Of which source a kernel was compiled: a number that every change of it changes.

``setup.py`` runs this file by itself and compiles the number in; it imports nothing of ours.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent


def digests(folder: Path = FOLDER) -> dict[str, str]:
    """The number of each kernel whose source is in the folder, by its name.

    What one kernel shows of itself to others (``*.pxd``, ``*.pxi``) counts for all.
    """
    shared = 0
    for path in sorted(folder.glob("*.px[di]")):
        shared = crc32(path.read_bytes(), shared)
    sources = folder.glob("*.pyx")
    return {path.stem: f"{crc32(path.read_bytes(), shared):08x}" for path in sources}
