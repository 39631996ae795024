"""The articles that an index has stored, for ``rebuild --from-index``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.build.older_records import older_records
from index.reading_errors import system_errors_of
from index.segments.blocks import open_blocks
from index.segments.checking import misreading_of
from index.segments.reader import open_segment, reading_order
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
        segments = read_toc(generation.path).segments
        for file, stored in _in_order(generation.path, segments):
            yield article(checked(file, stored, body=True))


def _in_order(
    directory: Path, segments: Sequence[ArraySegment | OlderSegment]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What segments have stored, and the file of each: as it was read, where that is known."""
    storage = FileStorage(str(directory))
    ours = [one for one in segments if not isinstance(one, OlderSegment)]
    if len(ours) == len(segments) and not any(open_blocks(storage, one) for one in ours):
        readers = [open_segment(storage, one) for one in ours]
        numbers = reading_order(readers) if readers else None
        if numbers is not None:
            order = numbers.argsort(kind="stable")
            live = np.concatenate([_live(one.size, one.deleted) for one in readers])
            *bases, _ = accumulate((one.size for one in readers), initial=0)
            for number in order[live[order]].tolist():
                place = bisect_right(bases, number) - 1
                stored = readers[place].documents.stored(number - bases[place])
                yield segment_name(ours[place]), stored
            return
    for segment in segments:
        file = segment_name(segment)
        for stored in _stored(directory, segment):
            yield file, stored


def _stored(directory: Path, segment: ArraySegment | OlderSegment) -> Iterator[dict[str, Any]]:
    """The stored values of a segment's live documents, whatever codec wrote it."""
    if isinstance(segment, OlderSegment):
        yield from older_records(directory, segment)
        return
    storage = FileStorage(str(directory))
    documents = open_blocks(storage, segment) or open_segment(storage, segment).documents
    for number in np.flatnonzero(_live(documents.size, segment.deleted())).tolist():
        yield documents.stored(number)


def _live(size: int, deleted: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    return np.ones(size, np.bool_) if deleted is None else ~deleted
