"""The articles that an index has stored, for ``rebuild --from-index``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.build.older_records import older_records
from index.reading_errors import system_errors_of
from index.segments.blocks import open_blocks
from index.segments.checking import misreading_of
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.segments.toc import OlderSegment, read_toc, segment_name
from index.store import Store
from index.stored_values import article, checked


def stored_articles(path: Path) -> Iterator[Article]:
    """Every live article of the index at ``path``, of this version or an older one.

    Raises ``IndexMissing``, ``IndexDamaged`` and ``IndexUnreadable``.
    """
    with (
        Store(path).open_current(any_version=True) as generation,
        generation.reading(),
        system_errors_of(path),
        misreading_of(generation.path),
    ):
        for segment in read_toc(generation.path).segments:
            file = segment_name(segment)
            for stored in _stored(generation.path, segment):
                yield article(checked(file, stored, body=True))


def _stored(directory: Path, segment: ArraySegment | OlderSegment) -> Iterator[dict[str, Any]]:
    """The stored values of a segment's live documents, whatever codec wrote it."""
    if isinstance(segment, OlderSegment):
        yield from older_records(directory, segment)
        return
    storage = FileStorage(str(directory))
    documents = open_blocks(storage, segment) or open_segment(storage, segment).documents
    deleted = segment.deleted()
    live = np.ones(documents.size, np.bool_) if deleted is None else ~deleted
    for number in np.flatnonzero(live).tolist():
        yield documents.stored(number)
