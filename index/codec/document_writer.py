"""Writes the documents of a segment as Whoosh hands them over: one value at a time."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from whoosh.codec.base import PerDocumentWriter
from whoosh.columns import Column
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage

from index.codec.whoosh_columns import ColumnWriter, column_writer
from index.segments.container import ContainerWriter
from index.segments.documents import EXTENSION, KIND
from index.segments.documents_writer import StoredWriter, write_lengths, write_vectors
from index.segments.segment import ArraySegment

VectorItem = tuple[str, float, bytes]


@dataclass
class _Document:
    """What was said of a document so far. It counts when it is finished, or not at all."""

    stored: dict[str, Any] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    columns: list[tuple[str, Column, Any]] = field(default_factory=list)
    vectors: dict[str, bytes] = field(default_factory=dict)


class DocumentWriter(PerDocumentWriter):  # type: ignore[misc]
    """Writes ``<segment>.doc`` when it is closed."""

    def __init__(self, storage: Storage, segment: ArraySegment) -> None:
        self._segment = segment
        self._file = ContainerWriter(storage, segment.make_filename(EXTENSION), KIND)
        self._stored = StoredWriter(self._file)
        self._lengths: dict[str, array[int]] = {}
        self._columns: dict[str, ColumnWriter] = {}
        self._vectors: dict[str, list[bytes]] = {}
        self._finished = 0
        self._document: _Document | None = None
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Raises ValueError where another document is open or is expected."""
        if self._document is not None:
            raise ValueError(f"document {self._finished} is not finished")
        if docnum != self._finished:
            raise ValueError(f"document {docnum} instead of {self._finished}")
        self._document = _Document()

    @property
    def _open(self) -> _Document:
        if self._document is None:
            raise ValueError("no document was started")
        return self._document

    def add_field(self, fieldname: str, fieldobj: FieldType, value: Any, length: int) -> None:  # noqa: ARG002
        if value is not None:
            self._open.stored[fieldname] = value
        if length:
            self._open.lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: Column, value: Any) -> None:
        self._open.columns.append((fieldname, columnobj, value))

    def add_vector_items(
        self,
        fieldname: str,
        fieldobj: FieldType,  # noqa: ARG002
        items: Iterable[VectorItem],
    ) -> None:
        columns = list(zip(*items, strict=True))
        if columns:
            self._open.vectors[fieldname] = pickle.dumps(columns, 5)

    def finish_doc(self) -> None:
        document, number = self._open, self._finished
        for name, column, value in document.columns:
            if name not in self._columns:
                self._columns[name] = column_writer(column)
            self._columns[name].add(number, value)
        self._stored.add(document.stored)
        for name, length in document.lengths.items():
            lengths = self._lengths.setdefault(name, array("Q"))
            lengths.extend([0] * (number - len(lengths)))
            lengths.append(length)
        for name, vector in document.vectors.items():
            vectors = self._vectors.setdefault(name, [])
            vectors += [b""] * (number - len(vectors))
            vectors.append(vector)
        self._finished += 1
        self._document = None

    def close(self) -> None:
        """Write everything; a document that was not finished is left out."""
        size = self._finished
        self._segment.set_doc_count(size)
        self._stored.finish()
        self._file.finish(
            {
                "segment": self._segment.segment_id(),
                "documents": size,
                "lengths": write_lengths(self._file, self._all_lengths()),
                "columns": {
                    name: column.write(self._file, _alias(name), size)
                    for name, column in self._columns.items()
                },
                "vectors": {
                    name: write_vectors(
                        self._file, _alias(name), vectors + [b""] * (size - len(vectors))
                    )
                    for name, vectors in self._vectors.items()
                },
            }
        )
        self.is_closed = True

    def _all_lengths(self) -> dict[str, np.ndarray[Any, np.dtype[np.uint64]]]:
        found = {}
        for name, lengths in self._lengths.items():
            found[name] = np.zeros(self._finished, np.uint64)
            found[name][: len(lengths)] = lengths
        return found


def _alias(field: str) -> str:
    """A field's name without full stops, which part the names of sections."""
    return field.replace("%", "%25").replace(".", "%2E")
