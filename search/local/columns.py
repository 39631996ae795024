"""Whoosh's columns and lengths as arrays, one entry a document of the whole index.

Arrays are built when a generation is opened; documents are numbered through all segments.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.analysis import fold_value

NO_DATE = -(2**62)
"""The date of an article without one: older than every other, and with a negative in range."""

_ABSENT = np.uint64(np.iinfo(np.uint64).max)


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet. ``ordinals``: (N,) int32 into ``values``; 0 stands for no value.

    Values that differ only in case or white space are one; the commonest way to write it is shown.
    """

    ordinals: NDArray[np.int32]
    values: tuple[str, ...]
    by_folded: dict[str, int]


def facet_column(leaves: list[tuple[IndexReader, int]], size: int, field: str) -> FacetColumn:
    """The facet ``field`` of all documents."""
    given: list[bytes] = []
    for reader, _ in leaves:
        if reader.has_column(field):
            given.extend(reader.column_reader(field, translate=False))
        else:
            given.extend([b""] * reader.doc_count_all())
    spellings: dict[str, Counter[str]] = {}
    folded_of: dict[bytes, str] = {}
    for value, times in Counter(given).items():
        spelling = value.decode("utf-8")
        folded = folded_of[value] = fold_value(spelling)
        spellings.setdefault(folded, Counter())[spelling] += times
    spellings.pop("", None)
    by_folded = {folded: number for number, folded in enumerate(sorted(spellings), start=1)}
    values = ("", *(spellings[folded].most_common(1)[0][0] for folded in sorted(spellings)))
    ordinal = {value: by_folded.get(folded, 0) for value, folded in folded_of.items()}
    ordinals = np.fromiter((ordinal[value] for value in given), np.int32, size)
    return FacetColumn(ordinals, values, by_folded)


def date_column(leaves: list[tuple[IndexReader, int]], size: int) -> NDArray[np.int64]:
    """Dates: (N,) int64, microseconds since 0001-01-01 UTC as Whoosh counts them, or NO_DATE."""
    raw = _numbers(leaves, size, "date", _ABSENT)
    dates = raw.astype(np.int64)
    dates[raw == _ABSENT] = NO_DATE
    return dates


def hash_column(leaves: list[tuple[IndexReader, int]], size: int) -> NDArray[np.uint64]:
    """Text hashes: (N,) uint64."""
    return _numbers(leaves, size, "text_hash", np.uint64(0))


def length_column(
    leaves: list[tuple[IndexReader, int]], size: int, field: str
) -> NDArray[np.float32]:
    """Field lengths in tokens as Whoosh's codec kept them: (N,) float32."""
    lengths = np.ones(size, np.float32)
    for reader, offset in leaves:
        read = reader.doc_field_length
        for number in range(reader.doc_count_all()):
            lengths[offset + number] = read(number, field, 1)
    return lengths


def _numbers(
    leaves: list[tuple[IndexReader, int]], size: int, field: str, absent: np.uint64
) -> NDArray[np.uint64]:
    numbers = np.full(size, absent, np.uint64)
    for reader, offset in leaves:
        if reader.has_column(field):
            column = reader.column_reader(field, translate=False)
            count = reader.doc_count_all()
            numbers[offset : offset + count] = np.fromiter(column.load(), np.uint64, count)
    return numbers
