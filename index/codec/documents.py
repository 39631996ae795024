"""What a segment keeps of each document: field lengths, columns and stored values, as arrays.

A container (see ``container``) of kind ``documents`` in the file ``<segment>.doc``. Its facts::

    {"segment": its id,
     "documents": number,
     "lengths": {field: section},                  fields with equal lengths share a section
     "columns": {field: {"kind": "numbers", "section", "absent"} or
                        {"kind": "ordinals", "section"} or
                        {"kind": "bytes", "section"}},
     "vectors": {field: section}}

============== =========== ============= =========================================================
section        dtype       items         what
============== =========== ============= =========================================================
length.F       u1 to u4    documents     tokens of the field, exact
column.F       by content  documents     a number a document (``absent`` where it has none), or an
                                         ordinal into the values below
column.F.text  |u1         bytes         the column's distinct values, ascending, one after another
column.F.at    u4 or u8    values + 1    where each begins
column.F.raw   |u1         bytes         any other column as Whoosh's own writer writes it
stored         |u1         bytes         of each document a pickled dict of its stored values, but
                                         for bulky ones. A dict ``{"": [(name, bytes), ...], ...}``
                                         has bulky ones, which follow each other in ``bulk``
stored_at      u4 or u8    documents + 1 where each begins
bulk           |u1         bytes         blocks of UTF-8 text, each a Zstandard frame (RFC 8878)
bulk_at        u4 or u8    blocks + 1    where each block begins
bulk_raw       u4 or u8    blocks + 1    the same in the text unpacked; no document is cut
bulk_of        u4 or u8    documents + 1 where each document's bulky text begins in it
vector.F       |u1         bytes         of each document its term vector, pickled
vector.F.at    u4 or u8    documents + 1 where each begins; one of no bytes is absent
============== =========== ============= =========================================================

The facts name the section of a field: in Whoosh's writer's, full stops in F are ``%2E``.

Text is bulky from ``BULKY`` characters on, and the field ``body`` always is: lists of hits do not
show it, and what they show stays together.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.codec.container import Container, ContainerWriter, Section, SectionWriter
from index.codec.postings import offsets, width
from index.errors import FileDamaged

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

EXTENSION = ".doc"
KIND = "documents"
BULKY = 1000
ALWAYS_BULKY = frozenset({"body"})

_BLOCK_BYTES = 1 << 14
_LEVEL = 1
_U1 = np.dtype("|u1")
_BULK = ""
_KEPT_BYTES = 4 << 20
_KEPT_BLOCK = 1 << 20
"""Unpacked text that a segment keeps in all, and the longest block that it keeps."""

Array = NDArray[Any]


class StoredWriter:
    """Gathers stored values, document after document; bulky text is packed on the way."""

    def __init__(self, writer: ContainerWriter) -> None:
        self._section = writer.stream("bulk", _U1)
        self._writer = writer
        self._records: list[bytes] = []
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._bulk_of = [0]
        self._bulk_raw = [0]
        self._bulk_at = [0]
        self._compressor = zstd.ZstdCompressor(level=_LEVEL)

    def add(self, values: Mapping[str, Any]) -> int:
        """The stored values of the next document; the bytes of them that are kept in memory."""
        record = dict(values)
        bulky = []
        for name, value in values.items():
            if type(value) is str and (len(value) >= BULKY or name in ALWAYS_BULKY):
                text = value.encode("utf-8", "surrogatepass")
                bulky.append((name, len(text)))
                self._waiting.append(text)
                del record[name]
        if bulky:
            record[_BULK] = bulky
        packed = pickle.dumps(record, 5) if record else b""
        self.add_packed(packed, sum(size for _, size in bulky))
        return len(packed)

    def add_packed(self, record: bytes, bulk: int) -> None:
        """A pickled record, whose ``bulk`` bytes of text are waiting already."""
        self._records.append(record)
        self._bulk_of.append(self._bulk_of[-1] + bulk)
        self._waiting_bytes += bulk
        if self._waiting_bytes >= _BLOCK_BYTES:
            self._pack()

    def add_all(self, documents: Documents) -> None:
        """All documents of another file, its blocks of text as they are."""
        self._pack()
        blocks = documents.container["bulk"].all()
        self._section.write(blocks)
        places = documents.container
        before = self._bulk_at[-1]
        self._bulk_at += (places["bulk_at"].all()[1:].astype(np.int64) + before).tolist()
        before = self._bulk_raw[-1]
        self._bulk_raw += (places["bulk_raw"].all()[1:].astype(np.int64) + before).tolist()
        self._bulk_of += (places["bulk_of"].all()[1:].astype(np.int64) + before).tolist()
        self._records += documents.records()

    def add_some(self, documents: Documents, numbers: NDArray[np.int64]) -> None:
        """Some documents of another file."""
        records = documents.records()
        for number in numbers.tolist():
            text = documents.bulk(number)
            self._waiting.append(text)
            self.add_packed(records[number], len(text))

    def _pack(self) -> None:
        if not self._waiting_bytes:
            return
        compressor = self._compressor
        block = compressor.compress(b"".join(self._waiting), mode=compressor.FLUSH_FRAME)
        self._section.write(block)
        self._bulk_at.append(self._bulk_at[-1] + len(block))
        self._bulk_raw.append(self._bulk_raw[-1] + self._waiting_bytes)
        self._waiting = []
        self._waiting_bytes = 0

    def finish(self) -> None:
        """Write what is left and the places of everything."""
        self._pack()
        add = self._writer.add
        for name, places in (
            ("bulk_at", self._bulk_at),
            ("bulk_raw", self._bulk_raw),
            ("bulk_of", self._bulk_of),
        ):
            add(name, np.array(places, width(places[-1], 4)))
        write_texts(self._writer, "stored", "stored_at", self._records)


def write_texts(writer: ContainerWriter, name: str, places: str, texts: Sequence[bytes]) -> None:
    """Write byte strings one after another, and where each begins."""
    section: SectionWriter = writer.stream(name, _U1)
    section.write(b"".join(texts))
    writer.add(places, offsets(np.fromiter(map(len, texts), np.int64, len(texts))))


def write_lengths(writer: ContainerWriter, lengths: Mapping[str, Array]) -> dict[str, str]:
    """Write the lengths of fields, equal ones once; the facts about them."""
    facts: dict[str, str] = {}
    written: list[tuple[str, Array]] = []
    for field, counts in lengths.items():
        known = next((name for name, other in written if np.array_equal(counts, other)), None)
        if known is None:
            known = f"length.{field}"
            highest = int(counts.max()) if len(counts) else 0
            writer.add(known, counts.astype(width(highest)))
            written.append((known, counts))
        facts[field] = known
    return facts


def write_numbers(
    writer: ContainerWriter, field: str, numbers: Array, absent: float
) -> dict[str, Any]:
    """Write a column of one number a document, of one of the container's types; its facts."""
    name = f"column.{field}"
    writer.add(name, numbers)
    return {"kind": "numbers", "section": name, "absent": absent}


def write_ordinals(writer: ContainerWriter, field: str, values: Sequence[bytes]) -> dict[str, Any]:
    """Write a column of one byte string a document; its facts."""
    distinct = sorted(set(values))
    ordinal = {value: number for number, value in enumerate(distinct)}
    ordinals = np.fromiter(map(ordinal.__getitem__, values), np.int64, len(values))
    return write_ordinals_of(writer, field, ordinals, distinct)


def write_ordinals_of(
    writer: ContainerWriter, field: str, ordinals: Array, distinct: Sequence[bytes]
) -> dict[str, Any]:
    """Write a column of (n,) ordinals into ``distinct``, ascending byte strings; its facts."""
    name = f"column.{field}"
    writer.add(name, ordinals.astype(width(max(len(distinct) - 1, 0))))
    write_texts(writer, f"{name}.text", f"{name}.at", distinct)
    return {"kind": "ordinals", "section": name}


def write_raw_column(writer: ContainerWriter, field: str, content: bytes) -> dict[str, Any]:
    """Write a column as Whoosh's own writer wrote it; its facts."""
    name = f"column.{field}.raw"
    writer.add(name, np.frombuffer(content, np.uint8))
    return {"kind": "bytes", "section": name}


def write_vectors(writer: ContainerWriter, field: str, vectors: Sequence[bytes]) -> str:
    """Write pickled term vectors, one a document; the section's name."""
    name = f"vector.{field}"
    write_texts(writer, name, f"{name}.at", vectors)
    return name


class Texts:
    """Byte strings by number, from a section that holds them and one that says where."""

    def __init__(self, container: Container, texts: str, places: str) -> None:
        self._texts: Section = container[texts]
        self._places: Section = container[places]

    def __len__(self) -> int:
        return len(self._places) - 1

    def __getitem__(self, number: int) -> bytes:
        start, stop = self._places.part(number, number + 2).tolist()
        return self._texts.part(start, stop).tobytes()

    def all(self) -> list[bytes]:
        """All of them."""
        places = self._places.all().tolist()
        blob = self._texts.all().tobytes()
        return [blob[a:b] for a, b in pairwise(places)]


class Documents:
    """The mapped file of a segment. Everything raises ``FileDamaged``."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.container = container = Container(storage, name, KIND)
        try:
            facts = container.facts
            self.size: int = facts["documents"]
            self._lengths: Mapping[str, str] = facts["lengths"]
            self.columns: Mapping[str, Mapping[str, Any]] = facts["columns"]
            self.vectors: Mapping[str, str] = facts["vectors"]
        except (KeyError, TypeError):
            raise FileDamaged(name, "its facts cannot be read") from None
        self._stored = Texts(container, "stored", "stored_at")
        self._bulk = Texts(container, "bulk", "bulk_at")
        self._bulk_raw = container["bulk_raw"]
        self._bulk_of = container["bulk_of"]
        self._lock = threading.Lock()
        self._blocks: dict[int, bytes] = {}
        self._kept = 0
        if len(self._stored) != self.size or len(self._bulk_of) != self.size + 1:
            raise FileDamaged(name, f"it does not hold {self.size} documents")
        for field, section in self._lengths.items():
            if len(container[section]) != self.size:
                raise FileDamaged(name, f"the lengths of {field} are not {self.size}")

    def has_lengths(self, field: str) -> bool:
        return field in self._lengths

    def length_fields(self) -> list[str]:
        return list(self._lengths)

    def lengths(self, field: str) -> Array:
        """The lengths of a field in tokens: (size,) unsigned."""
        return self.container[self._lengths[field]].all()

    def numbers(self, field: str) -> Array:
        """A column of numbers: (size,)."""
        return self.container[self.columns[field]["section"]].all()

    def raw_column(self, field: str) -> memoryview:
        """A column as Whoosh's own writer wrote it."""
        return self.container[self.columns[field]["section"]].all().data

    def ordinals(self, field: str) -> tuple[Array, list[bytes]]:
        """A column of byte strings: (size,) unsigned ordinals into its distinct values."""
        name = self.columns[field]["section"]
        return self.container[name].all(), self.values(field).all()

    def values(self, field: str) -> Texts:
        """The distinct values of a column of byte strings, ascending."""
        name = self.columns[field]["section"]
        return Texts(self.container, f"{name}.text", f"{name}.at")

    @property
    def fragmented(self) -> bool:
        """Whether its blocks of text are mostly far shorter than they could be."""
        blocks = len(self._bulk_raw) - 1
        return blocks > 0 and self._bulk_raw.item(blocks) < blocks * _BLOCK_BYTES // 2

    def records(self) -> list[bytes]:
        """The pickled records of all documents, bulky text apart."""
        return self._stored.all()

    def hit(self, number: int) -> dict[str, Any]:
        """The stored values of a document but for bulky ones."""
        values = self._record(number)
        values.pop(_BULK, None)
        return values

    def stored(self, number: int) -> dict[str, Any]:
        """The stored values of a document."""
        values = self._record(number)
        bulky = values.pop(_BULK, None)
        if bulky:
            text = self.bulk(number)
            at = 0
            for name, size in bulky:
                values[name] = text[at : at + size].decode("utf-8", "surrogatepass")
                at += size
        return values

    def bulk(self, number: int) -> bytes:
        """The bulky text of a document, its values one after the other."""
        start, stop = self._bulk_of.part(number, number + 2).tolist()
        if start == stop:
            return b""
        raw = self._bulk_raw.all()
        block = int(raw.searchsorted(start, "right")) - 1
        first = int(raw[block])
        text = self._block(block)[start - first : stop - first]
        if len(text) != stop - start:
            raise FileDamaged(self.container.name, f"the text of document {number} is cut")
        return text

    def _record(self, number: int) -> dict[str, Any]:
        record = self._stored[number]
        if not record:
            return {}
        # Its block's checksum was verified when this process first touched it: these bytes are
        # what the writer wrote, unless the file was altered in place since.
        values: dict[str, Any] = pickle.loads(record)  # noqa: S301
        return values

    def _block(self, block: int) -> bytes:
        text = self._blocks.get(block)
        if text is None:
            try:
                text = zstd.decompress(self._bulk[block])
            except zstd.ZstdError as error:
                raise FileDamaged(self.container.name, str(error)) from None
            if len(text) <= _KEPT_BLOCK:
                self._keep(block, text)
        return text

    def _keep(self, block: int, text: bytes) -> None:
        with self._lock:
            if block in self._blocks:
                return  # another thread was faster
            if self._kept + len(text) > _KEPT_BYTES:
                self._blocks.clear()
                self._kept = 0
            self._blocks[block] = text
            self._kept += len(text)

    def vector(self, field: str, number: int) -> bytes:
        """The pickled term vector of a document, or nothing."""
        name = self.vectors[field]
        return Texts(self.container, name, f"{name}.at")[number]
