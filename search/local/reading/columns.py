"""Columns and lengths as arrays, one entry a document of the whole index.

Arrays are made when they are first asked for; documents are numbered through all segments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold_value
from index.clock import LATEST, microseconds
from index.errors import FileDamaged
from index.fields import Facet
from index.segments.reader import SegmentReader
from search.local.matches import Documents, Mask, Matches
from search.local.reading.groups import Groups, groups_of
from search.values import Values

_LAST = np.uint64(microseconds(LATEST))

UNDATED = -(2**62)
"""The date of an article without one: older than every other, and with a negative in range."""


class Columns:
    """The columns of an index's segments, each made when it is first asked for, and kept.

    Raises ``FileDamaged``.
    """

    def __init__(self, segments: Sequence[SegmentReader], size: int) -> None:
        self._segments = segments
        self._size = size

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are not deleted: (N,), or None where all are."""
        return live_documents(self._segments)

    @cached_property
    def everything(self) -> Matches:
        """All documents that are not deleted, with scores of 0."""
        documents = np.arange(self._size, dtype=np.int32)
        if self.live is not None:
            documents = documents[self.live]
        return Matches(documents, np.zeros(len(documents), np.float32))

    @cached_property
    def facets(self) -> Mapping[Facet, FacetColumn]:
        """The columns of all facets."""
        return {facet: facet_column(self._segments, facet.value, self.live) for facet in Facet}

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """See ``date_column``."""
        return date_column(self._segments)

    @cached_property
    def same_text(self) -> Groups:
        """Which documents have the same text."""
        return groups_of(hash_column(self._segments))

    @cached_property
    def title_lengths(self) -> NDArray[np.float32]:
        """See ``length_column``."""
        return self.lengths("title")

    def lengths(self, field: str) -> NDArray[np.float32]:
        """See ``length_column``; not kept."""
        return length_column(self._segments, field)


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet. ``ordinals``: (N,) int32 into ``values``; 0 stands for no value.

    Values that differ only in case or white space are one; the commonest way to write it is shown.
    ``counts``: how many documents that are not deleted have each of ``values``, 0 for no value.
    """

    ordinals: NDArray[np.int32]
    values: tuple[str, ...]
    counts: tuple[int, ...]

    @cached_property
    def known(self) -> Values:
        """What texts stand for among the values, which are numbered as in ``values``."""
        return Values(self.values, self.counts)

    def having(self, numbers: Sequence[int], documents: Documents) -> Mask:
        """Which of the documents have one of the values: (n,)."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[list(numbers)] = True
        mask: Mask = wanted[self.ordinals[documents]]
        return mask


def facet_column(
    segments: Sequence[SegmentReader], field: str, live: NDArray[np.bool_] | None
) -> FacetColumn:
    """The facet ``field`` of all documents; ``live`` as in ``Columns``."""
    columns = []
    spellings: dict[str, Counter[str]] = {}
    for segment in segments:
        if field not in segment.documents.columns:
            columns.append((np.zeros(segment.size, np.uint8), [""]))
            continue
        ordinals, given = segment.documents.ordinals(field)
        counts = np.bincount(ordinals, minlength=len(given)).tolist()
        folded = []
        for value, times in zip(given, counts, strict=True):
            spelling = value.decode("utf-8")
            folded.append(fold_value(spelling))
            spellings.setdefault(folded[-1], Counter())[spelling] += times
        columns.append((ordinals, folded))
    spellings.pop("", None)
    by_folded = {folded: number for number, folded in enumerate(sorted(spellings), start=1)}
    values = ("", *(spellings[folded].most_common(1)[0][0] for folded in sorted(spellings)))
    parts = [
        np.array([by_folded.get(one, 0) for one in folded], np.int32)[ordinals]
        for ordinals, folded in columns
    ]
    numbers = np.concatenate([np.empty(0, np.int32), *parts])
    having = np.bincount(numbers if live is None else numbers[live], minlength=len(values))
    having[0] = 0
    return FacetColumn(numbers, values, tuple(having.tolist()))


def date_column(segments: Sequence[SegmentReader]) -> NDArray[np.int64]:
    """Dates: (N,) int64, microseconds as ``index.clock`` counts them, or UNDATED."""
    parts = [np.empty(0, np.int64)]
    for segment in segments:
        if "date" not in segment.documents.columns:
            parts.append(np.full(segment.size, UNDATED))
            continue
        raw = segment.documents.numbers("date")
        absent = raw == np.uint64(_absent(segment))
        if raw.dtype.kind != "u" or bool((~absent & (raw > _LAST)).any()):
            raise FileDamaged(segment.documents.container.name, "it has a date that is none")
        dates = raw.astype(np.int64)
        dates[absent] = UNDATED
        parts.append(dates)
    return np.concatenate(parts)


def _absent(segment: SegmentReader) -> int:
    """The number that stands for no date."""
    absent = segment.documents.columns["date"].get("absent")
    if type(absent) is not int or not 0 <= absent < 1 << 64:
        raise FileDamaged(segment.documents.container.name, "its dates have no number for none")
    return absent


def hash_column(segments: Sequence[SegmentReader]) -> NDArray[np.uint64]:
    """Text hashes: (N,) uint64."""
    return np.concatenate(
        [
            np.empty(0, np.uint64),
            *(
                segment.documents.numbers("text_hash")
                if "text_hash" in segment.documents.columns
                else np.zeros(segment.size, np.uint64)
                for segment in segments
            ),
        ]
    )


def length_column(segments: Sequence[SegmentReader], field: str) -> NDArray[np.float32]:
    """Field lengths in tokens: (N,) float32."""
    parts = [
        segment.documents.lengths(field)
        if segment.documents.has_lengths(field)
        else np.zeros(segment.size, np.uint8)
        for segment in segments
    ]
    return np.concatenate([np.empty(0, np.float32), *parts], dtype=np.float32)


def live_documents(segments: Sequence[SegmentReader]) -> NDArray[np.bool_] | None:
    """Which documents are not deleted: (N,), or None where all are."""
    if all(segment.deleted is None for segment in segments):
        return None
    return np.concatenate(
        [
            np.ones(segment.size, np.bool_) if segment.deleted is None else ~segment.deleted
            for segment in segments
        ]
    )
