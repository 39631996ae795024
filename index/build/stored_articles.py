"""The articles that an index has stored, for ``rebuild --from-index``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from index.article import Article
from index.build.stored_values import article
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.segments.toc import read_toc
from index.store import Store


def stored_articles(path: Path) -> Iterator[Article]:
    """Every live article of the index at ``path``, of this version or an older one.

    Raises ``IndexMissing`` and ``IndexDamaged``.
    """
    with Store(path).open_current(any_version=True) as generation, generation.reading():
        storage = FileStorage(str(generation.path))
        table = read_toc(generation.path)
        for segment in table.segments:
            for stored in _stored(storage, table.schema, segment):
                yield article(stored)


def _stored(storage: FileStorage, schema: Schema, segment: Segment) -> Iterator[dict[str, Any]]:
    """The stored values of a segment's live documents, whatever codec wrote it."""
    if isinstance(segment, ArraySegment):
        reader = open_segment(storage, segment)
        live = np.ones(reader.size, np.bool_) if reader.deleted is None else ~reader.deleted
        for number in np.flatnonzero(live).tolist():
            yield reader.documents.stored(number)
        return
    older = SegmentReader(storage, schema, segment)
    try:
        for _, stored in older.iter_docs():
            yield stored
    finally:
        older.close()
