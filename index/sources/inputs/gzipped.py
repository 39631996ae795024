"""Members of gzip files (RFC 1952), inflated by a kernel or by zlib.

Both give the same bytes, also of what is damaged up to where it is, and say of it the same. zlib
gives nothing of a call that ends in damage, so that it has to be asked byte by byte then; what is
unpacked of the very byte that is damaged only the kernel gives.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

from index.kernels import kernel

_WINDOW = 16 + zlib.MAX_WBITS
_SIGN = b"\x1f\x8b"
_DEFLATE = 8
_HAS_SUM, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT, _UNKNOWN = 2, 4, 8, 16, 0xE0

_kernel, _checksums = kernel("inflating"), kernel("checksums")
_crc32: Callable[[bytes, int], int] = zlib.crc32 if _checksums is None else _checksums.crc32


class Damaged(Exception):
    """A packed file is not what it should be; ``rest``: what could be unpacked before."""

    def __init__(self, detail: str, rest: bytes) -> None:
        super().__init__(detail)
        self.rest = rest


class ByZlib:
    """A member of a gzip file. After damage ``rest`` can still be had of what came before it."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_WINDOW)
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
            raise Damaged(str(error), _up_to_damage(before, data)) from None
        self._is_full = len(piece) == max_length
        return piece


def _up_to_damage(member: zlib._Decompress, data: bytes) -> bytes:
    """What can still be unpacked of data that holds the damage: byte by byte up to it."""
    out: list[bytes] = []
    with suppress(zlib.error):
        out.extend(member.decompress(data[at : at + 1]) for at in range(len(data)))
    return b"".join(out)


class _Wrong(Exception):
    """What is wrong with a header or with what is behind the content, in the words of zlib."""


def _require_whole(damage: str | None) -> None:
    if damage is not None:
        raise _Wrong(damage)


class ByKernel:
    """The same."""

    def __init__(self) -> None:
        self._inflater: Any = _kernel.Inflater()
        self._waiting = b""
        self._sum = self._content_sum = self._size = 0
        self._frame = self._read()
        self._is_inside = False
        self.eof = False

    @property
    def needs_input(self) -> bool:
        return not self._is_inside or self._inflater.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._waiting

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = b""
        try:
            if not self._is_inside:
                self._waiting += data
                if not next(self._frame, False):
                    return b""
                self._is_inside = True
                data, self._waiting = self._waiting, b""
            piece = cast("bytes", self._inflater.inflate(data, max_length))
            self._content_sum = _crc32(piece, self._content_sum)
            self._size += len(piece)
            _require_whole(self._inflater.damage)
            if self._inflater.eof:
                self._waiting, self._is_inside = self._inflater.unused_data, False
                next(self._frame, None)
        except _Wrong as wrong:
            raise Damaged(f"Error -3 while decompressing data: {wrong}", piece) from None
        return piece

    def _read(self) -> Iterator[bool]:
        """Reads the header and what is behind the content.

        Gives True where the content begins, and False while not enough is there.
        """
        yield from self._wait(2)
        if self._take(2) != _SIGN:
            raise _Wrong("incorrect header check")
        yield from self._wait(2)
        method, flags = self._take(2)
        if method != _DEFLATE:
            raise _Wrong("unknown compression method")
        if flags & _UNKNOWN:
            raise _Wrong("unknown header flags set")
        yield from self._wait(6)
        self._take(6)
        yield from self._read_more(flags)
        yield True
        yield from self._wait(4)
        if int.from_bytes(self._take(4), "little") != self._content_sum:
            raise _Wrong("incorrect data check")
        yield from self._wait(4)
        if int.from_bytes(self._take(4), "little") != self._size & 0xFFFFFFFF:
            raise _Wrong("incorrect length check")
        self.eof = True

    def _read_more(self, flags: int) -> Iterator[bool]:
        """The parts of a header that ``flags`` tell of."""
        if flags & _HAS_EXTRA:
            yield from self._wait(2)
            size = int.from_bytes(self._take(2), "little")
            yield from self._wait(size)
            self._take(size)
        for text in (_HAS_NAME, _HAS_COMMENT):
            if flags & text:
                while (end := self._waiting.find(b"\0")) < 0:
                    self._take(len(self._waiting))
                    yield False
                self._take(end + 1)
        if flags & _HAS_SUM:
            expected = self._sum & 0xFFFF
            yield from self._wait(2)
            if int.from_bytes(self._take(2), "little") != expected:
                raise _Wrong("header crc mismatch")

    def _wait(self, size: int) -> Iterator[bool]:
        while len(self._waiting) < size:
            yield False

    def _take(self, size: int) -> bytes:
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        self._sum = zlib.crc32(taken, self._sum)
        return taken


Member = ByZlib | ByKernel


def member() -> Member:
    """What unpacks the next member of a gzip file."""
    return ByZlib() if _kernel is None else ByKernel()
