"""The postings of terms through all segments as one row of scores, kept while there is room.

What is read is scored at once: BM25 needs nothing of a query but its weights. Kept are the sums of
terms that are always sought together (a word is a stem and a surface form in title and body), so
that a query of words adds up one row a word.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.reader import SegmentReader
from search.local.matches import Matches, added, nothing
from search.local.row import LEADERS, Row
from search.local.weighting import BM25

Terms = tuple[tuple[str, str, float], ...]
"""Field, text and weight of each term of a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """A term in one segment: the segment's number, the term's ordinal, its postings' bounds."""

    segment: int
    ordinal: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
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
            start, stop = index.postings(ordinal)
            places.append(Place(number, ordinal, start, stop))
            frequency += stop - start
    return Term(tuple(places), frequency)


def read_postings(
    segments: list[SegmentReader], bases: list[int], field: str, term: Term
) -> tuple[NDArray[np.int32], NDArray[np.float32] | None]:
    """The documents that have a term, deleted ones included, and how often: (n,) each.

    Documents ascend; None stands for frequencies that are all 1.
    """
    documents = np.empty(term.document_frequency, np.int32)
    frequencies = np.ones(term.document_frequency, np.float32)
    once = True
    at = 0
    for place in term.places:
        inside, times = segments[place.segment].fields[field].part(place.start, place.stop)
        end = at + place.stop - place.start
        documents[at:end] = inside
        documents[at:end] += bases[place.segment]
        if times is not None:
            frequencies[at:end] = times
            once = False
        at = end
    return documents, None if once else frequencies


def first_positions(segments: list[SegmentReader], field: str, term: Term) -> NDArray[np.int64]:
    """Where a term first stands in each document of ``read_postings``: (n,)."""
    found = [
        segments[one.segment].fields[field].first_positions(one.ordinal) for one in term.places
    ]
    return np.concatenate(found, dtype=np.int64)


def first_position(
    segments: list[SegmentReader], bases: list[int], field: str, term: Term, number: int
) -> int | None:
    """Where a term first stands in one document; None where it does not."""
    within = bisect_right(bases, number) - 1
    index = segments[within].fields.get(field)
    for place in term.places:
        if place.segment == within and index is not None:
            documents = index.documents(place.ordinal)
            row = int(documents.searchsorted(documents.dtype.type(number - bases[within])))
            if row < len(documents) and documents[row] == number - bases[within]:
                return int(index.first_positions(place.ordinal)[row])
    return None


@dataclass(frozen=True)
class Scored:
    """A term of a row: where it is, its idf times its weight, and its field's norms, (N,)."""

    field: str
    term: Term
    factor: float
    norms: NDArray[np.float32]


def read_row(
    segments: list[SegmentReader], bases: list[int], terms: list[Scored], model: BM25
) -> Matches:
    """What has one of the terms, scores added up, a segment at a time: its arrays stay cached."""
    places = [{place.segment: place for place in one.term.places} for one in terms]
    documents: list[NDArray[np.int32]] = []
    scores: list[NDArray[Any]] = []
    for number, (segment, base) in enumerate(zip(segments, bases, strict=True)):
        found: list[tuple[NDArray[Any], NDArray[Any]]] = []
        for one, of_segment in zip(terms, places, strict=True):
            place = of_segment.get(number)
            if place is not None:
                index = segment.fields[one.field]
                inside = index.documents(place.ordinal)
                norms = one.norms[base : base + segment.size].take(inside)
                often = index.frequencies(place.ordinal)
                first = index.first_positions(place.ordinal) if model.leads(one.field) else None
                found.append((inside, model.scores(often, norms, one.factor, first)))
        if not found:
            continue
        having, values = found[0]
        if len(found) > 1:
            together = np.concatenate([one for one, _ in found], dtype=np.intp)
            totals = np.bincount(together, np.concatenate([one for _, one in found]))
            having = (totals > 0.0).nonzero()[0]  # no score is 0
            values = totals[having]
        documents.append(having.astype(np.int32) + np.int32(base))
        scores.append(values)
    return Matches(np.concatenate(documents), np.concatenate(scores, dtype=np.float32))


def size_of(key: Terms, row: Row) -> int:
    """The bytes of a row that is kept, objects around the arrays included (by tracemalloc)."""
    derived = (12 * LEADERS if len(row) > LEADERS else 0) + (row.size // 8 if row.long else 0)
    return row.documents.nbytes + row.scores.nbytes + derived + 500 + 250 * len(key)


def merged(rows: list[Matches], size: int) -> Row:
    """The rows of several terms as one, scores added up and kept as float32."""
    rows = [row for row in rows if len(row)]
    row = added(rows, size) if rows else nothing()
    return Row(row.documents, row.scores.astype(np.float32, copy=False), size)
