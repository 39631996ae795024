"""Writes what a segment keeps of each document (see ``documents``)."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.frames import quick_packing
from index.segments.container import ContainerWriter, SectionWriter
from index.segments.documents import ALWAYS_BULKY, BULKY, Documents
from index.segments.postings_writer import offsets, width
from index.segments.records import BULK, to_bytes

_WRITTEN = 1 << 20  # bytes of frames that are written at once
_HELD = 1 << 18  # bytes of records that lie one after another in memory
_COPIED = 1 << 10  # documents of another file that are copied at once
_U1 = np.dtype("|u1")

Array = NDArray[Any]


class StoredWriter:
    """Gathers stored values, document after document; bulky text is packed on the way."""

    def __init__(self, writer: ContainerWriter) -> None:
        self._section = writer.stream("bulk", _U1)
        self._writer = writer
        # Each alone would keep the room that it was written in, of 4 KiB; all in one would be moved
        # again and again as it grows.
        self._records = [bytearray()]
        self._sizes = array("q")
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._bulk = array("q")

    def add(self, values: Mapping[str, Any]) -> int:
        """The stored values of the next document; the bytes of them that are kept in memory."""
        record = dict(values)
        bulky = []
        texts = []
        for name, value in values.items():
            if type(value) is str and (len(value) >= BULKY or name in ALWAYS_BULKY):
                text = value.encode("utf-8", "surrogatepass")
                bulky.append((name, len(text)))
                texts.append(text)
                del record[name]
        if bulky:
            record[BULK] = bulky
        kept = to_bytes(record)
        self.add_parts([kept], [b"".join(texts)])
        return len(kept)

    def add_parts(self, records: Sequence[bytes], texts: Sequence[bytes]) -> None:
        """The next documents: their records as bytes, and the bulky text that each tells of.

        That is empty for none.
        """
        pack = quick_packing()
        frames = [pack(text) if text else b"" for text in texts]
        sizes = [*map(len, frames)]
        if len(self._records[-1]) >= _HELD:
            self._records.append(bytearray())
        self._records[-1] += b"".join(records)
        self._sizes.extend(map(len, records))
        self._bulk.extend(sizes)
        self._waiting += frames
        self._waiting_bytes += sum(sizes)
        if self._waiting_bytes >= _WRITTEN:
            self._write()

    def _write(self) -> None:
        self._section.write(b"".join(self._waiting))
        self._waiting = []
        self._waiting_bytes = 0

    def finish(self) -> None:
        """Write what is left and the places of everything."""
        self._write()
        self._writer.add("bulk_at", offsets(np.array(self._bulk, np.int64)))
        stored = self._writer.stream("stored", _U1)
        for records in self._records:
            stored.write(np.frombuffer(records, np.uint8))
        self._writer.add("stored_at", offsets(np.array(self._sizes, np.int64)))


def copy_stored(
    writer: ContainerWriter, files: Sequence[tuple[Documents, NDArray[np.bool_] | None]]
) -> None:
    """Write the stored values of documents of other files, one file's after the other's.

    Of each file which are kept, (size,), or None for all. Raises ``FileDamaged``.
    """
    for name in ("bulk", "stored"):
        section = writer.stream(name, _U1)
        sizes = [np.zeros(0, np.int64)]
        for documents, kept in files:
            for first in range(0, documents.size, _COPIED):
                texts, own = documents.strings(name, first, min(first + _COPIED, documents.size))
                some = None if kept is None else kept[first : first + _COPIED]
                if some is not None and not some.all():
                    texts, own = texts[some.repeat(own)], own[some]
                section.write(texts)
                sizes.append(own)
        writer.add(f"{name}_at", offsets(np.concatenate(sizes)))


def write_byte_strings(
    writer: ContainerWriter, name: str, places: str, texts: Sequence[bytes]
) -> None:
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
    write_byte_strings(writer, f"{name}.text", f"{name}.at", distinct)
    return {"kind": "ordinals", "section": name}


def write_raw_column(writer: ContainerWriter, field: str, content: bytes) -> dict[str, Any]:
    """Write a column as Whoosh's own writer wrote it; its facts."""
    name = f"column.{field}.raw"
    writer.add(name, np.frombuffer(content, np.uint8))
    return {"kind": "bytes", "section": name}


def write_vectors(writer: ContainerWriter, field: str, vectors: Sequence[bytes]) -> str:
    """Write pickled term vectors, one a document; the section's name."""
    name = f"vector.{field}"
    write_byte_strings(writer, name, f"{name}.at", vectors)
    return name
