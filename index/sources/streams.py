"""Bytes from disk to lines, unpacked on the way and never more of them in memory than needed."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

from index.sources.encodings import to_utf8
from index.sources.problems import ProblemKind, ReadReport

LONGEST = 16 * 2**20
"""The most bytes of one line, and of one article."""

_BLOCK = 2**18
_PACKED_BLOCK = 2**15
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Broken(Exception):
    """A stream ended before its end; ``line`` and ``rest`` are the line it broke off in."""

    def __init__(self, kind: ProblemKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.line: int | None = None
        self.rest = b""


def unpacked(file: BinaryIO, report: ReadReport, *, packed: bool = False) -> Iterator[bytes]:
    """The content of a file, unpacked if it is gzip, in UTF-8 without a byte order mark.

    Its first bytes tell what it is; ``packed`` says that its name promised gzip, so that one cut
    to nothing is not taken for an empty file. Adds to ``report.bytes_read``. Raises ``Broken``
    after the last readable byte of a damaged file.
    """
    raw = _raw(file, report)
    first = next(raw, b"")
    if first.startswith(_GZIP) or (packed and _GZIP.startswith(first)):
        content = _unpack(first, raw)
        first = next(content, b"")
        raw = content
    yield from to_utf8(first, raw)


def _raw(file: BinaryIO, report: ReadReport) -> Iterator[bytes]:
    while True:
        try:
            data = file.read(_BLOCK)
        except OSError as error:
            raise Broken(ProblemKind.UNREADABLE_FILE, error.strerror or str(error)) from None
        if not data:
            return
        report.bytes_read += len(data)
        yield data


def _unpack(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    """The content of the members of a gzip file, up to where it breaks."""
    member = zlib.decompressobj(_GZIP_WINDOW)
    started = False
    for packed in _small(itertools.chain((first,), raw)):
        data = packed
        while data:
            if not started:
                data = data.lstrip(b"\0")  # padding between and after members
                if not data:
                    break
                started = True
            before = member.copy()
            try:
                yield member.decompress(data)
            except zlib.error as error:
                yield _up_to_damage(before, data)
                raise Broken(ProblemKind.DAMAGED_GZIP, str(error)) from None
            if not member.eof:
                break
            data = member.unused_data
            member, started = zlib.decompressobj(_GZIP_WINDOW), False
    if started or not first:
        raise Broken(ProblemKind.TRUNCATED_GZIP, "")


def _small(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks in pieces of which none unpacks to more than some 32 MiB."""
    for block in blocks:
        for at in range(0, len(block), _PACKED_BLOCK):
            yield block[at : at + _PACKED_BLOCK]


def _up_to_damage(member: zlib._Decompress, data: bytes) -> bytes:
    """What can still be unpacked of data that holds the damage: byte by byte up to it."""
    out: list[bytes] = []
    with suppress(zlib.error):
        out.extend(member.decompress(data[at : at + 1]) for at in range(len(data)))
    return b"".join(out)


def lines(content: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Every line with its number from 1, without its end; None for one longer than ``LONGEST``.

    Raises the ``Broken`` of the content with the line it broke off in.
    """
    number = 1
    held: list[bytes] = []
    size = 0
    try:
        for block in content:
            first, *others = block.split(b"\n")
            size += len(first)
            if size <= LONGEST:
                held.append(first)
            else:
                held.clear()
            if not others:
                continue
            yield number, b"".join(held) if size <= LONGEST else None
            for line in others[:-1]:
                number += 1
                yield number, line if len(line) <= LONGEST else None
            number += 1
            size = len(others[-1])
            held = [others[-1]] if size <= LONGEST else []
    except Broken as broken:
        broken.line = number
        broken.rest = b"".join(held)
        raise
    if size:
        yield number, b"".join(held) if size <= LONGEST else None
