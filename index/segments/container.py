"""A file of named arrays, written once and mapped for reading, with a checksum for every block.

Layout; all numbers are little-endian::

    0                 magic            8 bytes  b"WARTA\\x00AR"
    8                 version          u32      2
    12                zero             u32
    16                sections         each at a multiple of 64 bytes, zeros between them
    directory_start   checksums        u32 each: CRC-32 of every 4 KiB of every section, in the
                                       order of the directory's sections
                      directory        JSON: {"kind": text, "facts": {...},
                                       "sections": [[name, dtype, start, count], ...]}
    end - 40          directory_start  u64
                      checksums        u64      their number
                      directory        u64      its bytes
                      check            u32      CRC-32 of all this up to here
                      version          u32      2
                      magic            8 bytes  b"WARTA\\x00AR"

``start`` is in bytes from the beginning of the file, ``count`` in items of ``dtype``, which is
NumPy's name of a little-endian type. A block's checksum covers 4 KiB of one section (its last
block less): who looks a word up in many segments touches a little of much. In version 1, which is
read, too, they were of 64 KiB. CRC-32 is zlib's (ISO 3309).

Opening reads the trailer and the directory. A block is verified when it is first touched, so that
nothing that is read is unverified and opening costs nothing for what is not. A file that is cut
while it is mapped ends the process (SIGBUS) unless that is noticed before (``MappedFiles``):
published files are never written to.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32 as _by_zlib

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile

from index.errors import FileDamaged
from index.kernels import kernel
from index.segments.mapping import bytes_of

_checksums = kernel("checksums")
crc32: Callable[..., int] = _by_zlib if _checksums is None else _checksums.crc32


def crc32_of_blocks(data: memoryview, size: int) -> list[int]:
    """The sum of each block of so many bytes, the last of which may be short."""
    if _checksums is None:
        return [_by_zlib(data[at : at + size]) for at in range(0, len(data), size)]
    found: list[int] = _checksums.crc32_of_blocks(data, size).tolist()
    return found


MAGIC = b"WARTA\0AR"
VERSION = 2
_SHIFTS = {1: 16, VERSION: 12}
"""Bits of a place within a block, by version."""
_HELD = 62
"""The same of what is in memory: it is one block."""
BLOCK = 1 << _SHIFTS[VERSION]

_HEAD = struct.Struct("<8sII")
_TRAILER = struct.Struct("<QQQII8s")
_COUNTS = struct.Struct("<QQQ")
_ALIGNMENT = 64
_MANY = 8
"""Blocks that are verified by one call."""
_DTYPES = frozenset(
    {"|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"},
)

_BYTES = np.dtype("|u1")

Array = NDArray[Any]


class SectionWriter:
    """Writes the items of one section from its beginning to its end."""

    def __init__(self, file: StructFile, name: str, start: int, dtype: np.dtype[Any]) -> None:
        self._file = file
        self._name = name
        self.start = start
        self.dtype = dtype
        self.bytes = 0
        self.checksums: list[int] = []
        self._running = 0

    def write(self, items: Array | bytes) -> None:
        """Append items of the section's dtype; bytes to a section of bytes.

        Raises TypeError for others, which would have to be altered to fit.
        """
        found = _BYTES if isinstance(items, bytes) else items.dtype
        if found != self.dtype:
            raise TypeError(f"items of {found} for the section {self._name} of {self.dtype}")
        if not len(items):
            return
        if isinstance(items, bytes):
            view = memoryview(items)
        else:
            view = np.ascontiguousarray(items).data.cast("B")
        self._file.seek(self.start + self.bytes)
        self._file.write(view)
        begun = view[: -self.bytes % BLOCK]
        if begun:
            self._running = crc32(begun, self._running)
            if (self.bytes + len(begun)) % BLOCK == 0:
                self.checksums.append(self._running)
                self._running = 0
        sums = crc32_of_blocks(view[len(begun) :], BLOCK)
        if (len(view) - len(begun)) % BLOCK:
            self._running = sums.pop()
        self.checksums += sums
        self.bytes += len(view)

    def all_checksums(self) -> list[int]:
        """The checksums of all blocks, the last of which may be short."""
        return [*self.checksums, self._running] if self.bytes % BLOCK else self.checksums


class ContainerWriter:
    """Writes a file of ``kind`` in a Whoosh storage.

    Raises ValueError for a section that comes twice or is of a type that files cannot have.
    """

    def __init__(self, storage: Storage, name: str, kind: str) -> None:
        self._file: StructFile = storage.create_file(name)
        self._kind = kind
        self._sections: dict[str, tuple[SectionWriter, int]] = {}
        self._end = _HEAD.size
        self._open: str | None = None
        self._file.write(_HEAD.pack(MAGIC, VERSION, 0))

    def add(self, name: str, items: Array) -> None:
        """Write a section at once."""
        self.reserve(name, items.dtype, len(items)).write(items)

    def reserve(self, name: str, dtype: np.dtype[Any], count: int) -> SectionWriter:
        """A section of exactly ``count`` items, to be written while others are."""
        section = self._begin(name, dtype)
        self._end = section.start + count * dtype.itemsize
        self._sections[name] = section, count
        return section

    def stream(self, name: str, dtype: np.dtype[Any]) -> SectionWriter:
        """A section of unknown size; the next section begins after what was written by then."""
        section = self._begin(name, dtype)
        self._sections[name] = section, -1
        self._open = name
        return section

    def _begin(self, name: str, dtype: np.dtype[Any]) -> SectionWriter:
        self._settle()
        if name in self._sections:
            raise ValueError(f"the section {name} comes twice")
        if dtype.str not in _DTYPES:
            raise ValueError(f"the section {name} cannot be of {dtype}")
        start = -(-self._end // _ALIGNMENT) * _ALIGNMENT
        return SectionWriter(self._file, name, start, dtype)

    def _settle(self) -> None:
        if self._open is not None:
            section, _ = self._sections[self._open]
            self._sections[self._open] = section, section.bytes // section.dtype.itemsize
            self._end = section.start + section.bytes
            self._open = None

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the directory and close the file.

        Raises ValueError where a section does not have as many items as were reserved for it.
        """
        self._settle()
        listed = []
        checksums: list[int] = []
        for name, (section, count) in self._sections.items():
            if section.bytes != count * section.dtype.itemsize:
                raise ValueError(f"the section {name} does not have the {count} items it was to")
            listed.append([name, section.dtype.str, section.start, count])
            checksums += section.all_checksums()
        directory = orjson.dumps({"kind": self._kind, "facts": facts, "sections": listed})
        packed = np.array(checksums, "<u4").tobytes()
        counts = _COUNTS.pack(self._end, len(checksums), len(directory))
        check = crc32(counts, crc32(directory, crc32(packed)))
        self._file.seek(self._end)
        self._file.write(packed + directory + counts)
        self._file.write(struct.pack("<II8s", check, VERSION, MAGIC))
        self._file.close()

    def close(self) -> None:
        """Let go of a file that will not be finished."""
        if not self._file.is_closed:
            self._file.close()


class Section:
    """A section of a mapped file. ``array`` is not verified; ``part`` verifies what it gives."""

    __slots__ = ("_blocks", "_seen", "array", "checksums", "file", "name", "shift")

    def __init__(  # noqa: PLR0917 - what a file says of it
        self,
        file: str,
        name: str,
        array: Array,
        raw: memoryview,
        checksums: Array,
        shift: int = _SHIFTS[VERSION],
    ) -> None:
        self.array = array
        self.checksums = checksums
        self.shift = shift
        self.file = file
        self.name = name
        self._blocks = raw
        self._seen = bytearray(len(checksums))

    @classmethod
    def held(cls, file: str, name: str, array: Array) -> Section:
        """A section that is in memory, and so has nothing to be verified."""
        # Of no items memoryview makes no bytes.
        raw = np.ascontiguousarray(array).data.cast("B") if len(array) else memoryview(b"")
        section = cls(file, name, array, raw, np.zeros(min(len(array), 1), np.uint32), _HELD)
        section._seen[:] = b"\1" * len(section._seen)
        return section

    def __len__(self) -> int:
        return len(self.array)

    def part(self, start: int, stop: int) -> Array:
        """The items from ``start`` to ``stop``, a view. Raises ``FileDamaged``."""
        size = self.array.itemsize
        if not 0 <= start <= stop <= len(self.array):
            raise FileDamaged(self.file, f"{self.name} has no items {start} to {stop}")
        first, last = start * size >> self.shift, (stop * size - 1) >> self.shift
        if 0 in self._seen[first : last + 1]:
            self._verify(first, last)
        return self.array[start:stop]

    def item(self, index: int) -> int:
        """One item as an int. Raises ``FileDamaged``."""
        if not 0 <= index < len(self.array):
            raise FileDamaged(self.file, f"{self.name} has no item {index}")
        block = index * self.array.itemsize >> self.shift
        if not self._seen[block]:
            self._verify(block, block)
        return int(self.array[index])

    def all(self) -> Array:
        """All items, a view. Raises ``FileDamaged``."""
        return self.part(0, len(self.array))

    def raw(self) -> memoryview:
        """The bytes of all items, not verified."""
        return self._blocks

    def seen(self) -> bytearray:
        """Of every block whether it was verified, 1 or 0; ``part`` changes it."""
        return self._seen

    def _verify(self, first: int, last: int) -> None:
        # What was seen at either end is not read again; others may see more of it meanwhile.
        first = self._seen.find(0, first, last + 1)
        last = -1 if first < 0 else self._seen.rfind(0, first, last + 1)
        if last < 0:
            return
        if last - first >= _MANY:
            blocks = self._blocks[first << self.shift : (last + 1) << self.shift]
            expected = self.checksums[first : last + 1].tolist()
            if crc32_of_blocks(blocks, 1 << self.shift) == expected:
                self._seen[first : last + 1] = b"\1" * len(expected)
                return
        for block in range(first, last + 1):
            if not self._seen[block]:
                content = self._blocks[block << self.shift : (block + 1) << self.shift]
                if crc32(content) != self.checksums[block]:
                    raise FileDamaged(
                        self.file, f"a checksum in {self.name} does not fit (block {block})"
                    )
                self._seen[block] = 1


class Container:
    """A mapped file of ``kind``. Raises ``FileDamaged`` where it is none or was altered.

    ``facts``: what its writer noted. Sections are views of the map, which lives as long as they do.
    """

    def __init__(self, storage: Storage, name: str, kind: str) -> None:
        self.name = name
        buffer = bytes_of(storage, name)
        try:
            self._read(buffer, kind)
        except (struct.error, ValueError, KeyError, TypeError, IndexError, OverflowError):
            raise FileDamaged(name, "its directory cannot be read") from None

    @classmethod
    def held(cls, name: str, sections: Mapping[str, Array]) -> Container:
        """Sections in memory: it has nothing to verify, and no facts."""
        container = cls.__new__(cls)
        container.name = name
        container.facts = {}
        container.sections = {
            one: Section.held(name, one, array) for one, array in sections.items()
        }
        return container

    def _read(self, buffer: memoryview, kind: str) -> None:
        if len(buffer) < _HEAD.size + _TRAILER.size:
            raise FileDamaged(self.name, "it is too short")
        magic, version, _ = _HEAD.unpack_from(buffer, 0)
        trailer = len(buffer) - _TRAILER.size
        start, checks, size, check, version_again, magic_again = _TRAILER.unpack_from(
            buffer, trailer
        )
        if (magic, magic_again) != (MAGIC, MAGIC):
            raise FileDamaged(self.name, "it does not begin and end as it should")
        if version != version_again or version not in _SHIFTS:
            raise FileDamaged(self.name, f"its version is {version}, not {VERSION}")
        if start + checks * 4 + size != trailer:
            raise FileDamaged(self.name, "it is cut or has grown")
        if crc32(buffer[start : trailer + _COUNTS.size]) != check:
            raise FileDamaged(self.name, "the checksum of its directory does not fit")
        directory = orjson.loads(buffer[start + checks * 4 : trailer])
        if directory["kind"] != kind:
            raise FileDamaged(self.name, f"it holds {directory['kind']}, not {kind}")
        facts = directory["facts"]
        if not isinstance(facts, dict):
            raise FileDamaged(self.name, "its directory cannot be read")
        self.facts: Mapping[str, Any] = facts
        # They begin wherever the last section ends; a copy is where kernels may read them.
        checksums = np.frombuffer(buffer, "<u4", checks, start).copy()
        self.sections = self._sections(
            buffer[:start], directory["sections"], checksums, _SHIFTS[version]
        )

    def _sections(
        self, buffer: memoryview, listed: list[Any], checksums: Array, shift: int
    ) -> dict[str, Section]:
        """The sections that a directory lists, all within ``buffer``."""
        sections: dict[str, Section] = {}
        end = len(buffer)
        at = 0
        for name, dtype, first, count in listed:
            within = 0 <= count <= end and 0 <= first <= end and not first % _ALIGNMENT
            if not isinstance(name, str) or dtype not in _DTYPES or not within:
                raise FileDamaged(self.name, f"it has a section that is none: {name}"[:200])
            # What lies behind the end raises ValueError; of nothing NumPy makes no array.
            array = np.frombuffer(buffer, dtype, count, first) if count else np.empty(0, dtype)
            raw = buffer[first : first + array.nbytes]
            blocks = -(-array.nbytes // (1 << shift))
            ours = checksums[at : at + blocks]
            sections[name] = Section(self.name, name, array, raw, ours, shift)
            at += blocks
        if at != len(checksums):
            raise FileDamaged(self.name, "it does not have a checksum for every block")
        return sections

    def __getitem__(self, name: str) -> Section:
        try:
            return self.sections[name]
        except KeyError:
            raise FileDamaged(self.name, f"it has no section {name}") from None

    def require_unsigned(self, *but: str) -> None:
        """Raise ``FileDamaged`` where a section but these is not of unsigned items."""
        for name, section in self.sections.items():
            if section.array.dtype.kind != "u" and name not in but:
                raise FileDamaged(self.name, f"the items of {name} are no numbers from 0 on")

    @property
    def nbytes(self) -> int:
        """The bytes of all sections."""
        return sum(section.array.nbytes for section in self.sections.values())

    def verify(self) -> None:
        """Verify every block. Raises ``FileDamaged``."""
        for section in self.sections.values():
            section.all()
