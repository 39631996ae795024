"""Where terms are in the segments of an index, and their postings through all segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader


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


def find_term(segments: Sequence[SegmentReader], field: str, text: bytes) -> Term:
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
    segments: Sequence[SegmentReader], bases: Sequence[int], field: str, term: Term
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


def first_positions(segments: Sequence[SegmentReader], field: str, term: Term) -> NDArray[np.int64]:
    """Where a term first stands in each document of ``read_postings``: (n,)."""
    found = [
        segments[one.segment].fields[field].first_positions(one.ordinal) for one in term.places
    ]
    return np.concatenate(found, dtype=np.int64)


def first_position(
    segments: Sequence[SegmentReader], bases: Sequence[int], field: str, term: Term, number: int
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
