"""The stored values of a segment that Whoosh's own codec wrote, for ``rebuild --from-index``.

They are a column of byte strings in the file ``<segment>._stored.col``: each is the pickled dict of
a document's values, compressed with zlib, or empty. Behind them::

    lengths    n items     of each string, big-endian, of a width that a letter names
    offsets    n items     where each begins; only in long columns
    letter     1 byte      B, H, i, I, q or Q, as of Python's ``array``: the width of the lengths
    letter, X  2 bytes     the same of the offsets, and that there are some

In a compound segment this file lies in ``<segment>.seg``: big-endian i64 where its directory begins
and i32 its bytes, then all files; the directory is a pickled dict of names to dicts with ``offset``
and ``length``. Whoosh itself would unpickle anything of both, so neither is read by it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged
from index.segments.mapping import read_file
from index.segments.toc import OlderSegment
from index.segments.unpickling import OLDER_VALUES, UNREADABLE, read_pickle

LONGEST_RECORD = 1 << 26
"""Bytes of an unpacked record: an article is far shorter."""

_DIRECTORY = struct.Struct(">qi")
_TYPES = {b"B": ">u1", b"H": ">u2", b"i": ">i4", b"I": ">u4", b"q": ">i8", b"Q": ">u8"}


def older_records(directory: Path, segment: OlderSegment) -> Iterator[dict[str, Any]]:
    """The stored values of the segment's live documents. Raises ``FileDamaged`` and OSError."""
    name = f"{segment.name}._stored.col"
    if segment.compound:
        file = f"{segment.name}.seg"
        content = _part(file, read_file(directory, file), name)
    else:
        file = name
        content = read_file(directory, file)
    starts, lengths = _places(file, content, segment.size)
    for number in range(segment.size):
        if number in segment.deleted:
            continue
        start = int(starts[number])
        packed = content[start : start + int(lengths[number])]
        values = read_pickle(file, _unpacked(file, packed), OLDER_VALUES) if packed else {}
        if not isinstance(values, dict):
            raise FileDamaged(file, f"document {number} has no stored values")
        yield values


def _part(file: str, content: bytes, name: str) -> bytes:
    """The bytes of one file within a compound one."""
    try:
        start, size = _DIRECTORY.unpack_from(content)
        if not 0 <= start <= start + size <= len(content):
            raise ValueError(start)
        entry = read_pickle(file, content[start : start + size], OLDER_VALUES)[name]
        first, length = entry["offset"], entry["length"]
        if not 0 <= first <= first + length <= start:
            raise ValueError(first)
        return content[first : first + length]
    except UNREADABLE:
        raise FileDamaged(file, "its directory cannot be read") from None


def _places(file: str, content: bytes, count: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where each byte string begins, and how long it is: (count,) each."""
    try:
        end = len(content) - 1
        starts = None
        letter = content[end:]
        if letter == b"X":
            starts, end = _items(content, end - 2, content[end - 1 : end], count)
            letter = content[-3:-2]
        lengths, end = _items(content, end, letter, count)
    except (KeyError, ValueError):
        raise FileDamaged(file, "its lengths cannot be read") from None
    if starts is None:
        starts = np.cumsum(lengths, dtype=np.int64) - lengths
    if count and not (
        int(lengths.min()) >= 0
        and int(starts.min()) >= 0
        and int(lengths.max()) <= end
        and int(starts.max()) <= end
        and bool((starts.astype(np.int64) + lengths.astype(np.int64) <= end).all())
    ):
        raise FileDamaged(file, "its documents do not lie within it")
    return starts, lengths


def _items(content: bytes, end: int, letter: bytes, count: int) -> tuple[NDArray[Any], int]:
    """The items that end there, and where they begin."""
    dtype = np.dtype(_TYPES[letter])
    start = end - count * dtype.itemsize
    if start < 0:
        raise ValueError(start)
    return np.frombuffer(content, dtype, count, start), start


def _unpacked(file: str, packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, LONGEST_RECORD)
    except zlib.error as error:
        raise FileDamaged(file, str(error)) from None
    if not unpacking.eof:
        raise FileDamaged(file, "a record is cut, or too long")
    return unpacked
