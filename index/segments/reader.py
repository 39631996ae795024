"""Opens the segments of an index as arrays, without Whoosh's readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.errors import FileDamaged
from index.light_dataclass import dataclass
from index.segments.container import Array, Container
from index.segments.derived import EXTENSION as DERIVED
from index.segments.derived import KIND as DERIVED_KIND
from index.segments.documents import EXTENSION as DOCUMENTS
from index.segments.documents import NUMBER, Documents
from index.segments.postings import EXTENSION as POSTINGS
from index.segments.postings import FieldIndex, Postings
from index.segments.segment import ArraySegment


@dataclass(frozen=True)
class SegmentReader:
    """An open segment of ``size`` documents in ``storage``.

    ``deleted``: (size,), or None where none is. ``container``: the file of its ``fields``.
    ``learned``: what is known of its articles while its file of that is not written.
    """

    storage: Storage
    segment: ArraySegment
    size: int
    deleted: NDArray[np.bool_] | None
    fields: Mapping[str, FieldIndex]
    documents: Documents
    container: Container
    learned: Container | None = None

    @property
    def name(self) -> str:
        name: str = self.segment.segment_id()
        return name

    @cached_property
    def derived(self) -> Container:
        """What was learned from its articles, opened at the first look.

        Raises ``FileMissing`` where Whoosh's own writer wrote the segment, and ``FileDamaged``.
        """
        if self.learned is not None:
            return self.learned
        derived = Container(self.storage, self.segment.make_filename(DERIVED), DERIVED_KIND)
        require_same_segment(derived, self.segment)
        derived.require_unsigned()
        return derived


def reading_order(segments: Sequence[SegmentReader]) -> NDArray[np.uint32] | None:
    """The places of all documents in the order of reading, see ``documents.NUMBER``: (N,).

    Each another; None where a segment has none. Raises ``FileDamaged``.
    """
    numbers = noted_order(segments)
    if numbers is not None and not are_distinct(numbers):  # be it of two segments
        name = segments[-1].documents.container.name
        raise FileDamaged(name, "two of its articles have the same number")
    return numbers


def noted_order(segments: Sequence[SegmentReader]) -> NDArray[np.uint32] | None:
    """The same as segments note it, be it that two documents have the same place."""
    if not all(NUMBER in one.documents.columns for one in segments):
        return None
    parts = [np.empty(0, np.uint32)]
    for one in segments:
        part = one.documents.numbers(NUMBER)
        if part.dtype.kind != "u" or part.dtype.itemsize > parts[0].itemsize:
            raise FileDamaged(one.documents.container.name, "its numbers are wider than 32 bits")
        parts.append(part)
    return np.concatenate(parts, dtype=np.uint32)


def are_distinct(numbers: NDArray[np.uint32]) -> bool:
    """Whether each is another."""
    count = len(numbers)
    most = int(numbers.max()) if count else 0
    if most > 64 * count:
        return len(np.unique(numbers)) == count
    seen = np.zeros(most + 1, np.bool_)
    seen[numbers] = True
    return int(np.count_nonzero(seen)) == count


def open_segment(
    storage: Storage, segment: ArraySegment, learned: Mapping[str, Array] | None = None
) -> SegmentReader:
    """Open a segment's files. Raises ``FileDamaged``.

    ``learned``: sections of its file of derived data that are asked for before that is written.
    """
    documents = open_documents(storage, segment)
    postings = open_postings(storage, segment)
    return SegmentReader(
        storage,
        segment,
        documents.size,
        segment.deleted(),
        postings.fields,
        documents,
        postings.container,
        None if learned is None else Container.held(segment.make_filename(DERIVED), learned),
    )


def open_documents(storage: Storage, segment: ArraySegment) -> Documents:
    """Open a segment's documents. Raises ``FileDamaged``."""
    documents = Documents(storage, segment.make_filename(DOCUMENTS))
    require_same_segment(documents.container, segment)
    if documents.size != segment.doc_count_all():
        raise FileDamaged(
            documents.container.name,
            f"it holds {documents.size} documents instead of {segment.doc_count_all()}",
        )
    return documents


def open_postings(storage: Storage, segment: ArraySegment) -> Postings:
    """Open a segment's postings. Raises ``FileDamaged``."""
    postings = Postings(storage, segment.make_filename(POSTINGS))
    require_same_segment(postings.container, segment)
    return postings


def require_same_segment(container: Container, segment: ArraySegment) -> None:
    """Raise ``FileDamaged`` for the file of another segment under this one's name.

    The first files of the format name none: an index of then is still read out.
    """
    if container.facts.get("segment", segment.segment_id()) != segment.segment_id():
        raise FileDamaged(container.name, "it belongs to another segment")
