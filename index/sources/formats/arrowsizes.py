"""How much the packed buffers of an Arrow file become, told before any is unpacked.

Each message is its length, a FlatBuffer and a body of buffers; a packed buffer begins with its
length unpacked. https://arrow.apache.org/docs/format/Columnar.html, Message.fbs, and
https://flatbuffers.dev/internals/ for the tables.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import IO

_MARK = 0xFFFF_FFFF
_LONGEST_HEAD = 2**24
_DICTIONARY, _ROWS = 2, 3


def unpacked_sizes(content: IO[bytes], start: int) -> Iterator[int]:
    """The bytes that each message from ``start`` on unpacks to, up to the first that is damaged."""
    end = content.seek(0, os.SEEK_END)
    at = start
    try:
        while at < end:
            content.seek(at)
            length, skipped = *struct.unpack("<I", content.read(4)), 4
            if length == _MARK:
                length, skipped = *struct.unpack("<I", content.read(4)), 8
            if not 0 < length <= _LONGEST_HEAD:
                return
            head = content.read(length)
            body = at + skipped + length
            message = _Table(head, *struct.unpack_from("<I", head))
            kind, size = message.number(1, "B"), message.number(3, "q")
            if size < 0:
                return
            if kind in {_DICTIONARY, _ROWS}:
                batch = message.table(2)
                yield _unpacked(content, body, batch.table(1) if kind == _DICTIONARY else batch)
            at = body + size
    except (struct.error, ValueError, OverflowError, OSError):
        return


def _unpacked(content: IO[bytes], body: int, batch: _Table) -> int:
    """The sum over the buffers of one batch."""
    total = 0
    is_packed = batch.place(3) is not None
    for offset, length in batch.pairs(2):
        size = length
        if is_packed and length >= 8:
            content.seek(body + offset)
            [size] = struct.unpack("<q", content.read(8))
        total += size if size >= 0 else length  # -1: not packed after all
    return total


class _Table:
    """A table of a FlatBuffer: its fields are found by their numbers in its ``vtable``."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._vtable = at - struct.unpack_from("<i", data, at)[0]

    def place(self, field: int) -> int | None:
        """Where the field is; None where it has its default."""
        if self._vtable < 0:
            raise struct.error
        slot = 4 + 2 * field
        if slot >= struct.unpack_from("<H", self._data, self._vtable)[0]:
            return None
        offset: int = struct.unpack_from("<H", self._data, self._vtable + slot)[0]
        return self._at + offset if offset else None

    def number(self, field: int, form: str) -> int:
        """A number that the field itself is; ``form`` as ``struct`` has it."""
        place = self.place(field)
        number: int = 0 if place is None else struct.unpack_from(f"<{form}", self._data, place)[0]
        return number

    def table(self, field: int) -> _Table:
        """The table that the field points to. Raises ``struct.error`` where it has none."""
        return _Table(self._data, self._target(field))

    def pairs(self, field: int) -> Iterator[tuple[int, int]]:
        """The pairs of 64-bit numbers that the field points to."""
        target = self._target(field)
        [count] = struct.unpack_from("<I", self._data, target)
        for at in range(count):
            yield struct.unpack_from("<qq", self._data, target + 4 + 16 * at)

    def _target(self, field: int) -> int:
        place = self.place(field)
        if place is None:
            raise struct.error
        offset: int = struct.unpack_from("<I", self._data, place)[0]
        return place + offset
