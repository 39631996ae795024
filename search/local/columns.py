"""Columns and lengths as arrays, one entry a document of the whole index.

Arrays are made when they are first asked for; documents are numbered through all segments.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold_value
from index.segments.reader import SegmentReader

NO_DATE = -(2**62)
"""The date of an article without one: older than every other, and with a negative in range."""


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet. ``ordinals``: (N,) int32 into ``values``; 0 stands for no value.

    Values that differ only in case or white space are one; the commonest way to write it is shown.
    """

    ordinals: NDArray[np.int32]
    values: tuple[str, ...]
    by_folded: dict[str, int]


def facet_column(segments: list[SegmentReader], field: str) -> FacetColumn:
    """The facet ``field`` of all documents."""
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
    return FacetColumn(np.concatenate([np.empty(0, np.int32), *parts]), values, by_folded)


def date_column(segments: list[SegmentReader]) -> NDArray[np.int64]:
    """Dates: (N,) int64, microseconds since 0001-01-01 UTC as Whoosh counts them, or NO_DATE."""
    parts = [np.empty(0, np.int64)]
    for segment in segments:
        if "date" not in segment.documents.columns:
            parts.append(np.full(segment.size, NO_DATE))
            continue
        raw = segment.documents.numbers("date")
        dates = raw.astype(np.int64)
        dates[raw == np.uint64(segment.documents.columns["date"]["absent"])] = NO_DATE
        parts.append(dates)
    return np.concatenate(parts)


def hash_column(segments: list[SegmentReader]) -> NDArray[np.uint64]:
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


def length_column(segments: list[SegmentReader], field: str) -> NDArray[np.float32]:
    """Field lengths in tokens: (N,) float32."""
    parts = [
        segment.documents.lengths(field)
        if segment.documents.has_lengths(field)
        else np.zeros(segment.size, np.uint8)
        for segment in segments
    ]
    return np.concatenate([np.empty(0, np.float32), *parts], dtype=np.float32)


def live_documents(segments: list[SegmentReader]) -> NDArray[np.bool_] | None:
    """Which documents are not deleted: (N,), or None where all are."""
    if all(segment.deleted is None for segment in segments):
        return None
    return np.concatenate(
        [
            np.ones(segment.size, np.bool_) if segment.deleted is None else ~segment.deleted
            for segment in segments
        ]
    )


@dataclass(frozen=True)
class Copies:
    """Which documents have the same text, from their hashes: (N,) uint64.

    ``order``: (r,) documents that share their hash with another, by hash and then ascending.
    ``group``: (N,) int32, where a document's group begins in ``starts``, or -1; a group ends where
    the next begins.
    """

    group: NDArray[np.int32]
    order: NDArray[np.int32]
    starts: NDArray[np.intp]

    def of(self, number: int) -> NDArray[np.int32]:
        """The documents with the same text as one, itself included, ascending."""
        group = int(self.group[number])
        if group < 0:
            return np.array([number], np.int32)
        return self.order[self.starts[group] : self.starts[group + 1]]


def copies(hashes: NDArray[np.uint64]) -> Copies:
    """The groups of documents with equal hashes."""
    group = np.full(len(hashes), -1, np.int32)
    order = hashes.argsort(kind="stable")
    ordered = hashes[order]
    same = ordered[1:] == ordered[:-1]
    repeated = np.zeros(len(hashes), np.bool_)
    repeated[1:] = same
    repeated[:-1] |= same
    members: NDArray[np.int32] = order[repeated].astype(np.int32)
    ordered = ordered[repeated]
    begins = np.ones(len(ordered), np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    group[members] = np.cumsum(begins, dtype=np.int32) - 1
    return Copies(group, members, np.append(begins.nonzero()[0], len(members)))
