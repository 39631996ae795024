"""The table of contents of a generation: which segments it has, and the schema they were made with.

It is Whoosh's file ``_MAIN_<number>.toc``, so that ``whoosh.index.open_dir`` opens a generation.
Numbers are big-endian; a varint has seven bits a byte, the lowest first::

    sizes      u8 each  4, 8, 4: bytes of an int, a long and a float
    order      i32      -12345
    version    i32      -111
    release    varints  three: Whoosh's version
    length     varint   bytes of the schema
    schema              a pickled ``whoosh.fields.Schema``
    number     i32      the number in the file's name
    zero       i32
    segments            a pickled list of segments, up to the end

Neither pickle is unpickled (see ``unpickling``): the schema is that of the version in the manifest,
and of the segments their names, sizes and deletions are taken. Both may name what the tables of
this version and of older ones name, and nothing else: Whoosh would run it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.analysis import UserWords
from index.errors import FileDamaged, FileMissing
from index.light_dataclass import dataclass
from index.schema import INDEX_NAME, schema
from index.segments.mapping import read_file
from index.segments.segment import ArraySegment
from index.segments.unpickling import UNREADABLE, Instance, read_pickle

_HEAD = struct.Struct(">BBBii")
_HEADS = (4, 8, 4, -12345, -111)
_NUMBERS = struct.Struct(">ii")
_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]{{1,9}})\.toc")
_SEGMENT_ID = re.compile("[0-9a-z]{1,64}")
_MOST_DOCUMENTS = 2**31 - 1


class _Schema(Instance):
    """A schema."""


class _Segment(Instance):
    """A segment of this codec."""


class _OlderSegment(Instance):
    """A segment of Whoosh's own codec."""


_CLASSES = {
    ("__builtin__", "bytes"): Instance,
    ("__builtin__", "long"): Instance,
    ("builtins", "int"): Instance,
    ("collections", "defaultdict"): Instance,
    ("index.analysis.analyzer", "ExactAnalyzer"): Instance,
    ("index.analysis.analyzer", "FoldedAnalyzer"): Instance,
    ("index.analysis.analyzer", "StemAnalyzer"): Instance,
    # Tables of the first version name it where it lived then.
    ("index.codec.segment", "ArraySegment"): _Segment,
    ("index.segments.segment", "ArraySegment"): _Segment,
    ("whoosh.analysis.tokenizers", "IDTokenizer"): Instance,
    # Segments of indexes from before the array codec.
    ("whoosh.codec.whoosh3", "W3Codec"): Instance,
    ("whoosh.codec.whoosh3", "W3Segment"): _OlderSegment,
    ("whoosh.columns", "NumericColumn"): Instance,
    ("whoosh.columns", "RefBytesColumn"): Instance,
    ("whoosh.columns", "VarBytesColumn"): Instance,
    ("whoosh.fields", "COLUMN"): Instance,
    ("whoosh.fields", "DATETIME"): Instance,
    ("whoosh.fields", "ID"): Instance,
    ("whoosh.fields", "STORED"): Instance,
    ("whoosh.fields", "Schema"): _Schema,
    ("whoosh.fields", "TEXT"): Instance,
    ("whoosh.formats", "Existence"): Instance,
    ("whoosh.formats", "Positions"): Instance,
}
"""Module and name as the pickles say them; those of protocol 2 name what Python 2 had."""


@dataclass(frozen=True, slots=True)
class OlderSegment:
    """A segment of Whoosh's own codec: ``name`` begins the names of its files.

    ``compound``: whether all of its files are in one.
    """

    name: str
    size: int
    deleted: frozenset[int]
    compound: bool

    @property
    def live(self) -> int:
        return self.size - len(self.deleted)


@dataclass(frozen=True, slots=True)
class Contents:
    """The file of this name. ``segments``: in the order of their documents."""

    file: str
    segments: list[ArraySegment | OlderSegment]


def read_toc(directory: Path) -> Contents:
    """The newest table of contents in a generation's directory.

    Raises ``FileDamaged`` and OSError.
    """
    found = [match for path in directory.iterdir() if (match := _NAME.fullmatch(path.name))]
    if not found:
        raise FileMissing(f"_{INDEX_NAME}_1.toc")
    newest = max(found, key=lambda match: int(match[1]))
    name = newest[0]
    content = read_file(directory, name)
    try:
        if _HEAD.unpack_from(content) != _HEADS:
            raise FileDamaged(name, "it is no table of contents that this program reads")
        at = _behind_varints(content, _HEAD.size, 3)
        size, at = _varint(content, at)
        old_schema = read_pickle(name, content[at : at + size], _CLASSES)
        number, _ = _NUMBERS.unpack_from(content, at + size)
        segments = read_pickle(name, content[at + size + _NUMBERS.size :], _CLASSES)
        if (
            number != int(newest[1])
            or not isinstance(old_schema, _Schema)
            or not isinstance(segments, list)
        ):
            raise FileDamaged(name, "it does not hold a schema and segments")
        made = [_made(segment) for segment in segments]
    except UNREADABLE:
        raise FileDamaged(name, "it cannot be read") from None
    names = [segment_name(one) for one in made]
    if len(set(names)) < len(names):
        raise FileDamaged(name, "it names a segment twice")
    if sum(map(_size, made)) > _MOST_DOCUMENTS:
        raise FileDamaged(name, "its segments have more documents than an index can")
    return Contents(name, made)


def segment_name(segment: ArraySegment | OlderSegment) -> str:
    """What the names of a segment's files begin with."""
    return segment.name if isinstance(segment, OlderSegment) else str(segment.segment_id())


def _size(segment: ArraySegment | OlderSegment) -> int:
    return segment.size if isinstance(segment, OlderSegment) else segment.doc_count_all()


def live_documents(segment: ArraySegment | OlderSegment) -> int:
    """How many of a segment's documents are not deleted."""
    return int(segment.live if isinstance(segment, OlderSegment) else segment.doc_count())


def _made(segment: object) -> ArraySegment | OlderSegment:
    """The segment that was written. Raises ValueError and others where it is none."""
    match segment:
        case _Segment(state={"segid": segid, "size": size, "deleted": deleted, **rest}):
            _check(rest.get("indexname"), segid, size)
            if deleted is None:
                return ArraySegment.of(segid, size, None)
            bits = np.frombuffer(deleted, np.uint8)
            if len(bits) != (size + 7) // 8:
                raise ValueError(len(bits))
            return ArraySegment.of(segid, size, np.unpackbits(bits, count=size).astype(np.bool_))
        case _OlderSegment(state={"segid": segid, "_doccount": size, **rest}):
            _check(rest.get("indexname"), segid, size)
            deleted = rest.get("_deleted") or set()
            if type(deleted) is not set or not all(
                type(one) is int and 0 <= one < size for one in deleted
            ):
                raise ValueError(deleted)
            deleted = frozenset(deleted)
            return OlderSegment(f"{INDEX_NAME}_{segid}", size, deleted, bool(rest.get("compound")))
    raise TypeError(segment)


def _check(indexname: Any, segid: Any, size: Any) -> None:
    """Raise ValueError or TypeError for what cannot be a segment's; files are named after it."""
    if indexname != INDEX_NAME or not _SEGMENT_ID.fullmatch(segid):
        raise ValueError(segid)
    if type(size) is not int or not 0 <= size <= _MOST_DOCUMENTS:
        raise ValueError(size)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number, and where what follows begins. Raises IndexError and ValueError."""
    value = 0
    for byte in range(_LONGEST_VARINT):
        value |= (content[at + byte] & 0x7F) << 7 * byte
        if content[at + byte] < 0x80:
            return value, at + byte + 1
    raise ValueError(at)


_LONGEST_VARINT = 9


def _behind_varints(content: bytes, at: int, count: int) -> int:
    for _ in range(count):
        at = _varint(content, at)[1]
    return at


def read_segments(directory: Path) -> list[ArraySegment]:
    """The segments of a generation of this version. Raises ``FileDamaged`` and OSError."""
    table = read_toc(directory)
    segments = [one for one in table.segments if isinstance(one, ArraySegment)]
    if len(segments) < len(table.segments):
        raise FileDamaged(table.file, "it names segments of an older version")
    return segments


def write_toc(directory: Path, segments: Sequence[ArraySegment], words: UserWords) -> None:
    """Make the segments the index in ``directory``; ``words`` are those it was built with."""
    for path in directory.iterdir():
        if _NAME.fullmatch(path.name):
            path.unlink()
    table = TOC(schema(words.digest), list(segments), 1)
    table.write(FileStorage(str(directory)), INDEX_NAME)
