"""The postings of terms through all segments as one row of scores, kept while there is room.

What is read is scored at once: BM25 needs nothing of a query but its weights. Kept are the sums of
terms that are always sought together (a word is a stem and a surface form in title and body), so
that a query of words adds up one row a word.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.reading import SegmentReader
from search.local.matches import Matches, added, nothing

Terms = tuple[tuple[str, str, float], ...]
"""Field, text and weight of each term of a row."""

_CACHE_BYTES = 64 << 20
_CACHE_BYTES_A_DOCUMENT = 128


@dataclass(frozen=True)
class Place:
    """A term in one segment: the segment's number and the term's ordinal there."""

    segment: int
    ordinal: int


@dataclass(frozen=True)
class Term:
    """Where a term is; ``document_frequency`` counts deleted documents too."""

    places: tuple[Place, ...]
    document_frequency: int


def find_term(segments: list[SegmentReader], field: str, text: bytes) -> Term:
    """Look a term up in all segments. Raises ``FileDamaged``."""
    places = []
    frequency = 0
    for number, segment in enumerate(segments):
        index = segment.fields.get(field)
        if index is None:
            continue
        ordinal = index.find(text)
        if ordinal >= 0:
            places.append(Place(number, ordinal))
            frequency += index.document_frequency(ordinal)
    return Term(tuple(places), frequency)


def read_documents(
    segments: list[SegmentReader], bases: list[int], field: str, term: Term
) -> NDArray[np.int32]:
    """The documents that have a term, deleted ones included: (n,), ascending."""
    parts = [
        segments[place.segment].fields[field].documents(place.ordinal) for place in term.places
    ]
    documents = np.concatenate(parts, dtype=np.int32)
    at = 0
    for place, part in zip(term.places, parts, strict=True):
        if bases[place.segment]:
            documents[at : at + len(part)] += bases[place.segment]
        at += len(part)
    return documents


def read_frequencies(
    segments: list[SegmentReader], field: str, term: Term
) -> NDArray[np.float32] | None:
    """How often each of these documents has it: (n,); None where all have it once."""
    parts: list[NDArray[Any]] = []
    once = True
    for place in term.places:
        index = segments[place.segment].fields[field]
        frequencies = index.frequencies(place.ordinal)
        once &= frequencies is None
        if frequencies is None:
            frequencies = np.ones(index.document_frequency(place.ordinal), np.uint8)
        parts.append(frequencies)
    return None if once else np.concatenate(parts, dtype=np.float32)


class RowCache:
    """The rows used last, bounded in bytes. Safe under threads."""

    def __init__(self, documents: int) -> None:
        self._limit = _CACHE_BYTES + _CACHE_BYTES_A_DOCUMENT * documents
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Terms, Matches] = OrderedDict()

    def get(self, key: Terms) -> Matches | None:
        """What was put for the terms, if it is still there."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Terms, row: Matches) -> None:
        """Keep a row, dropping those used longest ago beyond the limit."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = row
            self._bytes += _size(key, row)
            while self._bytes > self._limit:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: Terms, row: Matches) -> int:
    """Bytes, those of the objects around the arrays included (measured with tracemalloc)."""
    return row.documents.nbytes + row.scores.nbytes + 500 + 250 * len(key)


def merged(rows: list[Matches], size: int) -> Matches:
    """The rows of several terms as one, scores added up and kept as float32."""
    rows = [row for row in rows if len(row)]
    if not rows:
        return nothing()
    row = added(rows, size)
    return Matches(row.documents, row.scores.astype(np.float32, copy=False))
