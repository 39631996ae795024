"""The Whoosh codec whose segments are two files of arrays."""

from __future__ import annotations

from whoosh.codec.base import Codec
from whoosh.filedb.filestore import Storage

from index.codec.document_reader import DocumentReader
from index.codec.document_writer import DocumentWriter
from index.codec.field_writer import FieldWriter
from index.codec.terms_reader import TermsReader
from index.segments.segment import ArraySegment


class ArrayCodec(Codec):  # type: ignore[misc]
    """For ``index.writer(codec=ArrayCodec())``; segments name it themselves when they are read."""

    length_stats = False
    """Lengths of terms are computed from the documents' when they are asked for."""

    def per_document_writer(self, storage: Storage, segment: ArraySegment) -> DocumentWriter:
        return DocumentWriter(storage, segment)

    def field_writer(self, storage: Storage, segment: ArraySegment) -> FieldWriter:
        return FieldWriter(storage, segment)

    def terms_reader(self, storage: Storage, segment: ArraySegment) -> TermsReader:
        """Raises ``FileDamaged``."""
        return TermsReader(storage, segment)

    def per_document_reader(self, storage: Storage, segment: ArraySegment) -> DocumentReader:
        """Raises ``FileDamaged``."""
        return DocumentReader(storage, segment)

    def new_segment(self, storage: Storage, indexname: str) -> ArraySegment:  # noqa: ARG002
        return ArraySegment(indexname)

    @staticmethod
    def column_filename(segment: ArraySegment, field: str) -> str:
        """The file of a column that ``whoosh.sorting.add_sortable`` adds to a finished segment.

        Whoosh writes it, without checksums; Whoosh's merging takes it into the documents' file.
        """
        return str(segment.make_filename(f".{field}.col"))
