"""The documents of a segment as Whoosh reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import Column, ColumnReader
from whoosh.filedb.filestore import Storage
from whoosh.formats import Format
from whoosh.matching import ListMatcher

from index.codec.whoosh_columns import column_reader
from index.segments.reader import open_documents
from index.segments.segment import ArraySegment


class DocumentReader(PerDocumentReader):  # type: ignore[misc]
    """Lengths are exact. Everything raises ``FileDamaged``."""

    def __init__(self, storage: Storage, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._documents = open_documents(storage, segment)
        self._lengths: dict[str, NDArray[Any]] = {}

    def doc_count(self) -> int:
        return self._documents.size - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._documents.size

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._documents.columns or self._storage.file_exists(
            self._column_file(fieldname)
        )

    def _column_file(self, fieldname: str) -> str:
        name: str = self._segment.codec().column_filename(self._segment, fieldname)
        return name

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        if fieldname in self._documents.columns:
            return column_reader(self._documents, fieldname, column)
        name = self._column_file(fieldname)
        file = self._storage.open_file(name)
        return column.reader(file, 0, self._storage.file_length(name), self._documents.size)

    def _field_lengths(self, fieldname: str) -> NDArray[Any] | None:
        if fieldname not in self._lengths:
            if not self._documents.has_lengths(fieldname):
                return None
            self._lengths[fieldname] = self._documents.lengths(fieldname)
        return self._lengths[fieldname]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Raises IndexError for a document that is not there."""
        lengths = self._field_lengths(fieldname)
        return default if lengths is None else lengths.item(docnum) or default

    def field_length(self, fieldname: str) -> int:
        """The tokens of the field in all documents, deleted ones included."""
        lengths = self._field_lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.uint64))

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._field_lengths(fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._field_lengths(fieldname)
        return 0 if lengths is None else int(lengths.max())

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return fieldname in self._documents.vectors and bool(
            self._documents.vector(fieldname, docnum)
        )

    def vector(self, docnum: int, fieldname: str, format_: Format) -> ListMatcher:
        """The terms of a document as a matcher. Raises KeyError where it has no vector."""
        if not self.has_vector(docnum, fieldname):
            raise KeyError(f"document {docnum} has no vector of {fieldname}")
        columns = self._documents.vector(fieldname, docnum)
        return ListMatcher(*map(list, columns), format=format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._documents.stored(docnum)
