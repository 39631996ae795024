"""A backup as a tar stream: POSIX pax, not compressed, regular files only.

Headers say mode 644, no owner and the second of publishing, so that a generation has one stream. A
member of 8 GiB or more has a pax header with its size before it; no other header is written, and
none is read: what a stream from elsewhere may hold is refused as soon as it is seen.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

from index.backup.contents import (
    CUT,
    MARK,
    MARK_TEXT,
    NO_BACKUP,
    BackedUp,
    Read,
    believable,
    copied,
    reading,
    stepping,
    total_bytes,
    unreadable,
)
from index.bilingual import Text
from index.errors import BackupDamaged, BackupFailed
from index.generation import GENERATIONS, damaged
from index.manifest import MANIFEST, MOST, Manifest
from index.store import Store
from index.store.current import CURRENT
from index.store.names import is_name
from index.target import Progress, no_progress

_HEADER = tarfile.BLOCKSIZE
_RECORD = tarfile.RECORDSIZE
_MOST_PADDING = 1 << 20
_SIZE = re.compile(rb"\d+ size=(\d{1,19})\n")
_PACKED = {b"\x1f\x8b": "gzip -dc", b"\x28\xb5": "zstd -dc", b"\xfd7": "xz -dc", b"BZ": "bzip2 -dc"}


def write_stream(index: Path, stream: BinaryIO, progress: Progress = no_progress) -> BackedUp:
    """Write the generation in use of ``index``, which is held meanwhile, of any version.

    Raises ``BackupFailed``, and ``IndexDamaged`` where a file of it is not right: then the stream
    has no end, and nothing restores it. ``BrokenPipeError`` goes on.
    """
    with Store(index).open_current(any_version=True) as generation:
        manifest = generation.manifest
        folder = f"{GENERATIONS}/{generation.name}"
        step = stepping(progress, manifest)
        writing = _Writing(stream, _mtime(manifest.published))
        try:
            writing.whole(MARK, MARK_TEXT.encode())
            writing.whole(f"{folder}/{MANIFEST}", generation.content)
            for file, entry in sorted(manifest.files.items()):
                with reading(index, generation.name, file) as read:
                    writing.head(f"{folder}/{file}", entry.bytes)
                    if copied(read, stream.write, entry) != entry:
                        reason = "its checksum does not fit"
                        raise damaged(index, generation.name, file, reason)
                    writing.pad(entry.bytes)
                step(entry.bytes)
            writing.whole(CURRENT, f"{generation.name}\n".encode())
            writing.end()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BackupFailed("-", error) from error
        return BackedUp(
            generation.name, manifest.articles, total_bytes(manifest), copied=len(manifest.files)
        )


def _mtime(moment: datetime) -> int:
    """Seconds since 1970, as far as a plain header can hold them; clocks can be anywhere."""
    return min(max(int(moment.timestamp()), 0), 8**11 - 1)


class _Writing:
    """Members of a tar stream, ``mtime`` in seconds since 1970."""

    def __init__(self, stream: BinaryIO, mtime: int) -> None:
        self._stream = stream
        self._mtime = mtime
        self._written = 0

    def whole(self, name: str, content: bytes) -> None:
        self.head(name, len(content))
        self._stream.write(content)
        self.pad(len(content))

    def head(self, name: str, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._mtime, 0o644
        header = info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")
        self._stream.write(header)
        self._written += len(header)

    def pad(self, size: int) -> None:
        """Zeros behind a member of that size."""
        self._stream.write(bytes(-size % _HEADER))
        self._written += size + -size % _HEADER

    def end(self) -> None:
        self._written += 2 * _HEADER
        self._stream.write(bytes(2 * _HEADER + -self._written % _RECORD))
        self._stream.flush()


class StreamedBackup:
    """A backup that is read from a tar stream, whose ``place`` errors name.

    ``name`` and ``manifest`` are read at once, ``files`` one after another.
    """

    def __init__(self, stream: BinaryIO, place: str) -> None:
        self._stream = stream
        self.place = place
        self._whole(MARK, len(MARK_TEXT.encode()))
        path, size = self._head()
        folder, _, self.name = path.removesuffix(f"/{MANIFEST}").partition("/")
        is_manifest = path.endswith(f"/{MANIFEST}") and folder == GENERATIONS
        if not is_manifest or not is_name(self.name):
            self._refuse(path, Text("the manifest should be here", "seharusnya manifest"))
        if size > MOST:
            self._refuse(path, Text("it is too large", "terlalu besar"))
        self.manifest: Manifest = believable(self._content(path, size), place)

    def files(self) -> Generator[tuple[str, Read]]:
        """Each file of the manifest and what reads it, to its end; then the stream's end."""
        waiting = dict(self.manifest.files)
        while waiting:
            path, size = self._head()
            name = path.removeprefix(f"{GENERATIONS}/{self.name}/")
            if name == path or name not in waiting:
                reason = Text("it should not be there, or once", "tidak seharusnya ada, atau dobel")
                self._refuse(path, reason)
            if size != waiting.pop(name).bytes:
                self._refuse(path, Text("it has another size", "ukurannya lain"))
            yield name, self._reader(path, size)
            self._skip_padding(path, size)
        self._whole(CURRENT, len(self.name) + 1, f"{self.name}\n".encode())
        self._end()

    def _reader(self, path: str, size: int) -> Read:
        left = size

        def read(most: int) -> bytes:
            nonlocal left
            block = self._exactly(min(most, left), path)
            left -= len(block)
            return block

        return read

    def _whole(self, name: str, size: int, content: bytes | None = None) -> None:
        """A member that must be just this one."""
        path, found = self._head()
        if path != name or found != size:
            # What follows a mark is another program's, or packed by hand in another order.
            self._refuse(path, NO_BACKUP)
        if self._content(path, size) != content and content is not None:
            self._refuse(path, Text("it names another generation", "menyebut generasi lain"))

    def _content(self, path: str, size: int) -> bytes:
        content = self._exactly(size, path)
        self._skip_padding(path, size)
        return content

    def _skip_padding(self, path: str, size: int) -> None:
        if any(self._exactly(-size % _HEADER, path)):
            self._refuse(path, Text("behind it is no padding", "di belakangnya ada isi lain"))

    def _head(self) -> tuple[str, int]:
        """Name and size of the next member, which is a regular file."""
        info = self._header()
        size = info.size
        if info.type == tarfile.XHDTYPE:
            content = self._content("pax", size) if size <= _HEADER else b""
            told = _SIZE.fullmatch(content)
            info = self._header()
            if told is None:
                self._refuse(info.name, Text("its header says too much", "header-nya berlebihan"))
            size = int(told[1])
        if info.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or info.name.endswith("/"):
            self._refuse(info.name, Text("it is no regular file", "bukan berkas biasa"))
        return info.name, size

    def _header(self) -> tarfile.TarInfo:
        block = self._exactly(_HEADER, "tar")
        for magic, command in _PACKED.items():
            if block.startswith(magic):
                reason = f"{command} {self.place} | warta restore -"
                self._refuse(
                    "tar", Text(f"it is packed; use {reason}", f"masih dimampatkan; pakai {reason}")
                )
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            self._refuse("tar", CUT if not any(block) else NO_BACKUP)
        if info.size < 0:
            self._refuse(info.name, NO_BACKUP)
        return info

    def _end(self) -> None:
        """Zeros, as many as a tar program writes, and then nothing."""
        left, found = _MOST_PADDING, 0
        while block := self._read(1 << 16, "tar"):
            left -= len(block)
            found += len(block)
            if any(block) or left < 0:
                self._refuse("tar", Text("more is behind its end", "masih ada isi setelah akhir"))
        if found < 2 * _HEADER:
            self._refuse("tar", CUT)

    def _exactly(self, size: int, path: str) -> bytes:
        content = b""
        while len(content) < size and (block := self._read(size - len(content), path)):
            content += block
        if len(content) < size:
            self._refuse(path, CUT)
        return content

    def _read(self, most: int, path: str) -> bytes:
        """The next bytes. Raises ``BackupDamaged`` where the system cannot read them."""
        try:
            return self._stream.read(most)
        except OSError as error:
            unreadable(self.place, _shown(path), error)

    def _refuse(self, path: str, reason: Text) -> NoReturn:
        raise BackupDamaged(self.place, _shown(path), reason)


def _shown(path: str) -> str:
    """A name that may be anyone's text."""
    return ascii(path)[1:-1][:120]
