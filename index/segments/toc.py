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

Both pickles are read with a closed list of classes (see ``unpickling``): those that the tables of
this version and of older ones name.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.fields import FieldConfigurationError, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.util.varints import read_varint

from index.analysis import UserWords
from index.errors import FileDamaged, FileMissing
from index.schema import INDEX_NAME, schema
from index.segments.segment import ArraySegment
from index.segments.unpickling import UNREADABLE, unpickler

_HEAD = struct.Struct(">BBBii")
_HEADS = (4, 8, 4, -12345, -111)
_NUMBERS = struct.Struct(">ii")
_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")

_CLASSES = frozenset(
    {
        ("__builtin__", "bytes"),
        ("__builtin__", "long"),
        ("builtins", "int"),
        ("collections", "defaultdict"),
        ("index.analysis.analyzer", "ExactAnalyzer"),
        ("index.analysis.analyzer", "FoldedAnalyzer"),
        ("index.analysis.analyzer", "StemAnalyzer"),
        ("index.segments.segment", "ArraySegment"),
        ("whoosh.analysis.tokenizers", "IDTokenizer"),
        # Segments of indexes from before the array codec.
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.columns", "NumericColumn"),
        ("whoosh.columns", "RefBytesColumn"),
        ("whoosh.columns", "VarBytesColumn"),
        ("whoosh.fields", "COLUMN"),
        ("whoosh.fields", "DATETIME"),
        ("whoosh.fields", "ID"),
        ("whoosh.fields", "STORED"),
        ("whoosh.fields", "Schema"),
        ("whoosh.fields", "TEXT"),
        ("whoosh.formats", "Existence"),
        ("whoosh.formats", "Positions"),
    }
)
"""Module and name as the pickles say them; those of protocol 2 name what Python 2 had."""

_MOVED = {("index.codec.segment", "ArraySegment"): ("index.segments.segment", "ArraySegment")}
"""Classes that tables of older indexes name elsewhere."""

_UNREADABLE = (*UNREADABLE, FieldConfigurationError, struct.error)
"""What reading raises for a table that Whoosh did not write."""


@dataclass(frozen=True)
class Contents:
    """The file of this name. ``segments``: in the order of their documents, of any codec."""

    file: str
    schema: Schema
    segments: list[Segment]


def read_toc(directory: Path) -> Contents:
    """The newest table of contents in a generation's directory. Raises ``FileDamaged``."""
    found = [match for path in directory.iterdir() if (match := _NAME.fullmatch(path.name))]
    if not found:
        raise FileMissing(f"_{INDEX_NAME}_1.toc")
    newest = max(found, key=lambda match: int(match[1]))
    name = newest[0]
    stream = io.BytesIO((directory / name).read_bytes())
    read = unpickler(name, _CLASSES, _MOVED)
    try:
        if _HEAD.unpack(stream.read(_HEAD.size)) != _HEADS:
            raise FileDamaged(name, "it is no table of contents that this program reads")
        for _ in range(3):
            read_varint(stream.read)
        old_schema = read(io.BytesIO(stream.read(read_varint(stream.read))))
        number, _ = _NUMBERS.unpack(stream.read(_NUMBERS.size))
        segments = read(stream)
    except _UNREADABLE:
        raise FileDamaged(name, "it cannot be read") from None
    if (
        number != int(newest[1])
        or not isinstance(old_schema, Schema)
        or not isinstance(segments, list)
        or not all(isinstance(segment, Segment) for segment in segments)
    ):
        raise FileDamaged(name, "it does not hold a schema and segments")
    return Contents(name, old_schema, segments)


def read_segments(directory: Path) -> list[ArraySegment]:
    """The segments of a generation of this version. Raises ``FileDamaged``."""
    table = read_toc(directory)
    for segment in table.segments:
        if not isinstance(segment, ArraySegment):
            raise FileDamaged(table.file, "it names segments of an older version")
    return table.segments


def write_toc(directory: Path, segments: Sequence[ArraySegment], words: UserWords) -> None:
    """Make the segments the index in ``directory``; ``words`` are those it was built with."""
    for path in directory.iterdir():
        if _NAME.fullmatch(path.name):
            path.unlink()
    table = TOC(schema(words.digest), list(segments), 1)
    table.write(FileStorage(str(directory)), INDEX_NAME)
