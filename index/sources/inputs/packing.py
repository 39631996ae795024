"""Unpacks gzip, bzip2, xz and Zstandard as it reads, up to limits that no honest file meets.

What a file is packed with is told by its first bytes: RFC 1952 (gzip), the bzip2 block format,
the .xz file format 1.2, RFC 8878 (Zstandard, whose frames may begin with skippable ones).
"""

from __future__ import annotations

import bz2
import itertools
import lzma
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from index.bilingual import Text
from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.inputs.encodings import to_utf8
from index.sources.inputs.streams import Broken
from index.sources.problems import ProblemKind
from index.sources.report import ReadReport
from index.system_errors import reason

HEAD = 4096
"""So many bytes of content come at once at least, unless it has less: they tell what it is."""

if TYPE_CHECKING:
    import zlib  # whose types are whole
else:
    from zlib_ng import zlib_ng as zlib  # the same in two fifths of the time

_BLOCK = 2**18
_PACKED_BLOCK = 2**15
_FRAME_BLOCK = 2**8  # of which Zstandard makes 8 MiB at the most
_MOST_MEMORY = 2**27  # for a dictionary of xz; its strongest setting takes half of it
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_SIGNS = {
    "gzip": on_use(rb"\x1f\x8b"),
    "bzip2": on_use(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "xz": on_use(rb"\xfd7zXZ\0"),
    "zstd": on_use(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
}
_BEGINNINGS = {
    "gzip": b"\x1f\x8b",
    "bzip2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ\0",
    "zstd": b"\x28\xb5\x2f\xfd",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a file may unpack: past ``unpacked`` bytes to ``ratio`` times its size on disk.

    Texts of news become three to ten times as long.
    """

    ratio: int = 200
    unpacked: int = 256 * 2**20


NO_HARM = Limits()


class _Unpacker(Protocol):
    """One member of a packed file; the interface of ``bz2`` and its relatives."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """A member of a gzip file. After damage ``rest`` can still be had of what came before it."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._is_full = False

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return not self._is_full

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        data = self._member.unconsumed_tail + data
        before = self._member.copy()
        try:
            piece = self._member.decompress(data, max_length)
        except zlib.error as error:
            raise _Damaged(str(error), _up_to_damage(before, data)) from None
        self._is_full = len(piece) == max_length
        return piece


class _Zstandard:
    """A frame of a Zstandard file: the library bounds nothing, so it is given little at a time."""

    def __init__(self) -> None:
        import zstandard

        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._error = zstandard.ZstdError
        self._waiting = b""

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def needs_input(self) -> bool:
        return not self._waiting

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data + self._waiting

    def decompress(self, data: bytes, max_length: int) -> bytes:
        data = self._waiting + data
        out: list[bytes] = []
        size = at = 0
        while at < len(data) and size < max_length and not self._frame.eof:
            try:
                piece = self._frame.decompress(data[at : at + _FRAME_BLOCK])
            except self._error as error:
                raise _Damaged(str(error), b"".join(out)) from None
            out.append(piece)
            size += len(piece)
            at += _FRAME_BLOCK
        self._waiting = data[at:]
        return b"".join(out)


class _Damaged(Exception):
    """A packed file is not what it should be; ``rest``: what could be unpacked before."""

    def __init__(self, detail: str, rest: bytes) -> None:
        super().__init__(detail)
        self.rest = rest


def _up_to_damage(member: zlib._Decompress, data: bytes) -> bytes:
    """What can still be unpacked of data that holds the damage: byte by byte up to it."""
    out: list[bytes] = []
    with suppress(zlib.error):
        out.extend(member.decompress(data[at : at + 1]) for at in range(len(data)))
    return b"".join(out)


def unpacked(
    file: BinaryIO,
    report: ReadReport,
    *,
    packed: bool = False,
    limits: Limits = NO_HARM,
    size: int | None = None,
) -> Iterator[bytes]:
    """The content of a file, unpacked if it is packed, in UTF-8 without a byte order mark.

    Its first bytes tell what it is; ``packed`` says that its name promised it, so that one cut
    to nothing is not taken for an empty file. Of a file of ``size`` bytes no more are read, should
    it grow meanwhile. Adds to ``report.bytes_read``. Raises ``Broken`` after the last readable byte
    of a file that is damaged or unpacks past the limits.
    """
    raw = _raw(file, report, size)
    first = next(raw, b"")
    whole: Iterator[bytes] = itertools.chain((first,), raw)
    kind = _kind_of(first) or (_promised(first) if packed else "")
    if kind:
        whole = _unpack(first, raw, kind, limits)
    yield from _without_mark(whole)


def _without_mark(content: Iterator[bytes]) -> Iterator[bytes]:
    first = b""
    broken: Broken | None = None
    try:
        while len(first) < HEAD:
            block = next(content, None)
            if block is None:
                break
            first += block
    except Broken as error:
        broken = error
    yield from to_utf8(first, content)
    if broken is not None:
        raise broken


def _raw(file: BinaryIO, report: ReadReport, size: int | None) -> Iterator[bytes]:
    left = sys.maxsize if size is None else size
    while left > 0:
        try:
            data = cast("bytes | None", file.read(min(_BLOCK, left)))
        except OSError as error:
            raise Broken(ProblemKind.UNREADABLE_FILE, reason(error)) from None
        if not data:
            # None: nothing yet, which no regular file says but some of /proc do.
            if data is None or size is not None:
                detail = Text("it ended early", "berakhir lebih awal")
                raise Broken(ProblemKind.UNREADABLE_FILE, detail)
            return
        left -= len(data)
        report.bytes_read += len(data)
        yield data


def _kind_of(first: bytes) -> str:
    """What the file that begins so is packed with; empty where it is not."""
    for kind, sign in _SIGNS.items():
        if sign.match(first):
            return kind
    return ""


def _promised(first: bytes) -> str:
    """What a file is packed with of which hardly anything is left."""
    return next((kind for kind, sign in _BEGINNINGS.items() if sign.startswith(first)), "")


def _unpacker(kind: str) -> _Unpacker:
    match kind:
        case "bzip2":
            return bz2.BZ2Decompressor()
        case "xz":
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
        case "zstd":
            return _Zstandard()
    return _Gzip()


def _unpack(first: bytes, raw: Iterator[bytes], kind: str, limits: Limits) -> Iterator[bytes]:
    """The content of the members of a packed file, up to where it breaks."""
    member: _Unpacker | None = None
    taken = given = 0
    for packed in _small(itertools.chain((first,), raw)):
        data = packed
        taken += len(data)
        while data or (member is not None and not member.needs_input):
            if member is None:
                data = data.lstrip(b"\0")  # padding between and after members
                if not data:
                    break
                member = _unpacker(kind)
            try:
                piece = member.decompress(data, _BLOCK)
            except _Damaged as damaged:
                yield damaged.rest
                raise Broken(ProblemKind.DAMAGED_PACKED, str(damaged)) from None
            except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
                raise Broken(ProblemKind.DAMAGED_PACKED, str(error)) from None
            given += len(piece)
            yield piece
            check_unpacked(taken, given, limits)
            data = b""
            if member.eof:
                data, member = member.unused_data, None
    if member is not None or not first:
        raise Broken(ProblemKind.TRUNCATED_PACKED, "")


def check_unpacked(taken: int, given: int, limits: Limits) -> None:
    """Raises ``Broken`` where what is ``given`` goes past the limits of what was ``taken``."""
    if given > limits.unpacked and given > limits.ratio * taken:
        raise Broken(
            ProblemKind.UNPACKS_TOO_FAR,
            Text(
                f"{given / 2**20:,.0f} MiB out of {taken / 2**20:,.1f} MiB",
                f"{given / 2**20:,.0f} MiB dari {taken / 2**20:,.1f} MiB",
            ),
        )


def _small(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks in pieces: what is unpacked of one may have to be repeated byte by byte."""
    for block in blocks:
        for at in range(0, len(block), _PACKED_BLOCK):
            yield block[at : at + _PACKED_BLOCK]
