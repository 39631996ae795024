"""What a backup holds, and which of it may be trusted.

A backup is one generation of an index. As a directory it is itself an index::

    DIR/BACKUP                             says that ``warta backup`` made this and may add to it
    DIR/generations/<time>-<random>/       the generation, its manifest byte for byte
    DIR/CURRENT                            its name; written last

A tar stream has the same files under the same names in this order, the manifest before the files
that it names. Of what is restored nothing is believed: names are letters, digits, ".", "_" and "-"
without a folder, and sizes and checksums are those of the manifest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from index.bilingual import Text
from index.checksums import IN_PIECES, Summing
from index.errors import BackupDamaged, BackupOutdated, IndexDamaged
from index.generation import GENERATIONS, damaged
from index.light_dataclass import dataclass
from index.manifest import (
    MANIFEST,
    MISSING,
    FileEntry,
    ForeignManifest,
    Manifest,
    from_bytes,
)
from index.regular_file import open_regular
from index.schema import VERSION
from index.system_errors import reason
from index.target import Progress

MARK = "BACKUP"
MARK_TEXT = (
    "Cadangan indeks Warta; direktori ini sendiri adalah indeks. Pulihkan dengan warta restore.\n"
    "A backup of a Warta index; this directory is an index itself. Put it back with warta restore."
    "\n"
)

_BLOCK = 1 << 20
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")
_CHECKSUM = re.compile(rf"(?:{IN_PIECES})?[0-9a-f]{{32}}")

NO_BACKUP = Text("it is no backup of Warta's", "bukan cadangan buatan Warta")
NOT_THERE = Text(MISSING, "tidak ada")
NOT_RIGHT = Text("its checksum does not fit", "checksum-nya tidak cocok")
CUT = Text("it ends too early", "isinya terpotong")

Read = Callable[[int], bytes]
"""Reads at most so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds now: ``generation`` with live ``articles``, ``bytes`` in all.

    ``linked`` files share their bytes with the index or with the backup before, ``copied`` do not,
    ``kept`` were there already. ``removed``: older generations of the backup that were dropped.
    """

    generation: str
    articles: int
    bytes: int
    linked: int = 0
    copied: int = 0
    kept: int = 0
    removed: tuple[str, ...] = ()


def total_bytes(manifest: Manifest) -> int:
    """The bytes of all files of a generation but its manifest."""
    return sum(entry.bytes for entry in manifest.files.values())


def copied(read: Read, write: Callable[[bytes], object], entry: FileEntry) -> FileEntry:
    """Hand on all that is read, which is to be as the entry says; what it was.

    One byte more is read, not handed on, and counted, so that a file that is too long is noticed.
    """
    found = Summing(entry.checksum)
    most, size = entry.bytes, 0
    while block := read(min(_BLOCK, most + 1 - size)):
        found.update(block)
        size += len(block)
        if size > most:
            break
        write(block)
    return FileEntry(size, found.checksum())


@contextmanager
def reading(index: Path, generation: str, file: str) -> Iterator[Read]:
    """Read a file of a generation of the index that is backed up.

    Raises ``IndexDamaged`` where it is not there or the system cannot read it: then nothing of
    it can be had.
    """
    try:
        stream = open_regular(index / GENERATIONS / generation / file)
    except FileNotFoundError:
        raise damaged(index, generation, file, MISSING) from None
    except OSError as error:
        raise unread(index, generation, file, error) from None

    def read(most: int) -> bytes:
        try:
            return stream.read(most)
        except OSError as error:
            raise unread(index, generation, file, error) from None

    with stream:
        yield read


def unreadable(place: str, file: str, error: OSError) -> NoReturn:
    """Raise ``BackupDamaged`` for a file of a backup that the system does not let be read."""
    told = reason(error)
    raise BackupDamaged(
        place,
        file,
        Text(f"it cannot be read: {told.english}", f"tidak dapat dibaca: {told.indonesian}"),
    ) from None


def unread(index: Path, generation: str, file: str, error: OSError) -> IndexDamaged:
    """The error for a file of the index that is backed up, which the system cannot read."""
    return damaged(index, generation, file, f"it cannot be read ({reason(error).english})")


def stepping(progress: Progress, manifest: Manifest) -> Callable[[int], None]:
    """What is told of every file's bytes, and tells ``progress`` how many MiB of all are done."""
    done, total = 0, total_bytes(manifest) >> 20

    def step(size: int) -> None:
        nonlocal done
        done += size
        progress("copy", done >> 20, total)

    return step


def believable(content: bytes, place: str) -> Manifest:
    """The manifest in bytes from anywhere, of which files may be made here.

    Raises ``BackupDamaged``, and ``BackupOutdated`` for one of another version's shape.
    """
    try:
        manifest = from_bytes(content)
    except ForeignManifest as error:
        raise BackupOutdated(place, error.version, VERSION) from None
    except (ValueError, AttributeError, OverflowError) as error:
        told = Text(str(error), "isinya bukan manifest yang utuh")
        raise BackupDamaged(place, MANIFEST, told) from None
    for name, entry in manifest.files.items():
        if not _FILE.fullmatch(name) or not _CHECKSUM.fullmatch(entry.checksum):
            shown = ascii(name)[:80]
            told = Text(
                f"what it says of {shown} cannot be", f"isinya tentang {shown} tidak mungkin"
            )
            raise BackupDamaged(place, MANIFEST, told)
    return manifest
