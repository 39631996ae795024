"""The articles that an index has stored, for ``rebuild --from-index``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Segment
from whoosh.columns import CompressedBytesColumn
from whoosh.filedb.filestore import FileStorage, OverlayStorage

from index.article import Article
from index.build.stored_values import article
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.segments.toc import read_toc
from index.segments.unpickling import OLDER_VALUES, unpickler
from index.store import Store

_OLDER_RECORDS = "_stored"
"""The column of stored values in segments of Whoosh's own codec."""


def stored_articles(path: Path) -> Iterator[Article]:
    """Every live article of the index at ``path``, of this version or an older one.

    Raises ``IndexMissing`` and ``IndexDamaged``.
    """
    with Store(path).open_current(any_version=True) as generation, generation.reading():
        storage = FileStorage(str(generation.path))
        table = read_toc(generation.path)
        for segment in table.segments:
            for stored in _stored(storage, segment):
                yield article(stored)


def _stored(storage: FileStorage, segment: Segment) -> Iterator[dict[str, Any]]:
    """The stored values of a segment's live documents, whatever codec wrote it."""
    if isinstance(segment, ArraySegment):
        reader = open_segment(storage, segment)
        live = np.ones(reader.size, np.bool_) if reader.deleted is None else ~reader.deleted
        for number in np.flatnonzero(live).tolist():
            yield reader.documents.stored(number)
        return
    files = storage
    if segment.is_compound():
        files = OverlayStorage(segment.open_compound_file(storage), storage)
    codec = segment.codec()
    older = codec.per_document_reader(files, segment)
    try:
        # Whoosh's reader of stored fields would unpickle any class.
        records = older.column_reader(_OLDER_RECORDS, CompressedBytesColumn())
        read = unpickler(codec.column_filename(segment, _OLDER_RECORDS), OLDER_VALUES)
        for number in older.all_doc_ids():
            yield read(io.BytesIO(records[number]))
    finally:
        older.close()
