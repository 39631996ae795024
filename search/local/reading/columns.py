"""Columns and lengths as arrays, one entry a document of the whole index.

Arrays are made when they are first asked for; documents are numbered through all segments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.clock import LATEST, microseconds
from index.errors import FileDamaged
from index.fields import COUNTED, Counted, Facet, Period
from index.kernels import kernel
from index.segments.reader import SegmentReader, reading_order
from search.local.matches import Matches
from search.local.reading.facet_column import FacetColumn, facet_column
from search.local.reading.groups import Groups, groups_of
from search.local.reading.period_column import UNKNOWN, first_days, local_days, period_column

if TYPE_CHECKING:
    from index.kernels.paging import Paging

_paging = kernel("paging")

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
        return facet_columns(self._segments, self.live)

    @cached_property
    def periods(self) -> Mapping[Period, FacetColumn]:
        """The years and months of the dates as columns of facets."""
        return period_columns(self.days, self.live)

    @cached_property
    def period_starts(self) -> Mapping[Period, NDArray[np.int64]]:
        """Of ``periods`` the first day of each value, as in ``local_days``."""
        return {period: first_days(column.values[1:]) for period, column in self.periods.items()}

    @cached_property
    def counted(self) -> Mapping[Counted, FacetColumn]:
        """The columns of ``facets`` and ``periods``."""
        facets, periods = self.facets, self.periods
        return {one: periods[one] if isinstance(one, Period) else facets[one] for one in COUNTED}

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """See ``date_column``."""
        return date_column(self._segments)

    @property
    def every_date(self) -> NDArray[np.int64]:
        """The dates of all articles of the index: (N,), as ``dates``."""
        return self.dates

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """See ``local_days``."""
        return local_days(self.dates)

    @cached_property
    def _dated(self) -> NDArray[np.bool_]:
        """Of which days there are articles that are not deleted: (D,), as in ``local_days``."""
        days = self.days if self.live is None else self.days[self.live]
        days = days[days != UNKNOWN]
        found = np.zeros(int(days.max()) + 1 if len(days) else 0, np.bool_)
        found[days] = True
        return found

    def has_days(self, first: date | None, last: date | None) -> bool:
        """Whether any article is of the days from one to another, None where they are open."""
        start = 0 if first is None else first.toordinal() - 1
        return bool(self._dated[start : None if last is None else last.toordinal()].any())

    @cached_property
    def same_text(self) -> Groups:
        """Which documents have the same text."""
        return groups_of(hash_column(self._segments))

    @cached_property
    def numbers(self) -> NDArray[np.uint32]:
        """Numbers in the order of reading, in which equals are: (N,), each another.

        Those of the documents where an index has none.
        """
        found = reading_order(self._segments)
        return np.arange(self._size, dtype=np.uint32) if found is None else found

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        """With how many zero bits the hash of each document's text begins: (N,)."""
        from index.segments.sampling import levels_of

        return np.concatenate([np.empty(0, np.uint8), *map(levels_of, self._segments)])

    def hashes(self, documents: NDArray[np.integer]) -> NDArray[np.uint64]:
        """Those of the texts of documents, which ascend, see ``index.segments.sampling``: (n,)."""
        from index.segments.sampling import hashes_of

        bounds = np.cumsum([0, *(segment.size for segment in self._segments)])
        edges = documents.searchsorted(bounds).tolist()
        parts = [
            hashes_of(segment)[documents[start:stop] - base]
            for segment, base, (start, stop) in zip(
                self._segments, bounds.tolist(), pairwise(edges), strict=False
            )
            if start < stop
        ]
        return np.concatenate([np.empty(0, np.uint64), *parts])

    @cached_property
    def paging(self) -> Paging | None:
        """The kernel that makes pages of candidates; None where NumPy does."""
        if _paging is None:
            return None
        made: Paging = _paging.Paging(self.dates, self.numbers, self.same_text.several)
        return made

    @cached_property
    def title_lengths(self) -> NDArray[np.float32]:
        """See ``length_column``."""
        return self.lengths("title")

    @cached_property
    def title_lengths_memory(self) -> memoryview:
        """The same as kernels read it, sooner than where an array has it."""
        return self.title_lengths.data

    def lengths(self, field: str) -> NDArray[np.float32]:
        """See ``length_column``; not kept."""
        return length_column(self._segments, field)


def facet_columns(
    segments: Sequence[SegmentReader], live: NDArray[np.bool_] | None
) -> dict[Facet, FacetColumn]:
    """The columns of all facets; ``live`` as in ``Columns``."""
    return {facet: facet_column(segments, facet.value, live) for facet in Facet}


def period_columns(
    days: NDArray[np.int32], live: NDArray[np.bool_] | None
) -> dict[Period, FacetColumn]:
    """The years and months of days, (N,) as ``local_days`` has them."""
    return {period: period_column(days, period, live) for period in Period}


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
