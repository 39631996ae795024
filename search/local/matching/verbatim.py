"""Where words stand one directly behind the other in bodies, whatever else matches.

Found by the words' own positions, so that no article is missed for want of a high score. A place is
``(document << DOCUMENT_SHIFT) + position``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.segments.reader import SegmentReader
from search.budget import COMPARED, LOOKED_UP, TERM, Budget
from search.local.matches import Documents, are_in, distinct
from search.local.matching.positions import DOCUMENT_SHIFT, common, places_in
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

Places = NDArray[np.int64]

_POSITION = (1 << DOCUMENT_SHIFT) - 1
_compiled = kernel("positions")


def runs(snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget) -> Places:
    """The places of the first of the words wherever the others follow it: ascending.

    Those in segments that were not looked at when the budget was spent are missing.
    """
    standing = snapshot.standing(field)
    known = None
    if standing is not None:
        known = standing.runs(tuple(words), budget.left())
    if known is not None:
        budget.work += known[1]
        return known[0]
    found = [np.empty(0, np.int64)]
    for base, inside, places in having_all(snapshot, field, words, budget):
        begins: Places | None = None
        # Words with few positions leave little to look for among those of the others.
        for step in sorted(range(len(words)), key=lambda step: _postings(places[step])):
            steps = places_in(snapshot, field, places[step], inside, budget) - step
            begins = steps if begins is None else common(begins, steps)
            if not len(begins):
                break
        assert begins is not None
        documents = inside[begins >> DOCUMENT_SHIFT].astype(np.int64) + base
        found.append((documents << DOCUMENT_SHIFT) + (begins & _POSITION))
    return np.concatenate(found)


def documents_of(places: Places) -> Documents:
    """The documents that places are in."""
    documents = (places >> DOCUMENT_SHIFT).astype(np.int32)
    return documents if len(documents) == 1 else distinct(documents)


def beginning_with(
    snapshot: Snapshot, field: str, places: Sequence[Place], inside: Documents, budget: Budget
) -> Documents:
    """Those that begin with the words, of documents of one segment that have all of them."""
    for step in sorted(range(len(places)), key=lambda step: _postings(places[step])):
        found = places_in(snapshot, field, places[step], inside, budget)
        inside = inside[found[found & _POSITION == step] >> DOCUMENT_SHIFT]
        if not len(inside):
            break
    return inside


def having_all(
    snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget
) -> Iterator[tuple[int, Documents, list[Place]]]:
    """Of each segment, until the budget is spent, the documents that are live and have all words.

    The number of the segment's first document; (n,) as numbered within it; where each word is.
    """
    having = _segments_with(snapshot, field, words)
    budget.work += LOOKED_UP * len(words) * len(snapshot.segments)
    for number, segment in enumerate(snapshot.segments):
        if budget.spent():
            return
        if number not in having:
            continue
        places, rarest = having[number]
        budget.work += TERM * len(places) + COMPARED * rarest
        inside = _having_all(segment, field, [place.ordinal for place in places])
        if len(inside):
            yield snapshot.bases[number], inside, places


def _segments_with(
    snapshot: Snapshot, field: str, words: Sequence[str]
) -> Mapping[int, tuple[list[Place], int]]:
    """The segments that have all words: by number where these are, and the rarest's postings."""
    if _compiled is not None:
        found = snapshot.across(field).find(list(words))
        return {
            number: ([Place(number, *place) for place in places], rarest)
            for number, places, rarest in found
        }
    by_word = [
        {place.segment: place for place in snapshot.dictionary.term(field, word).places}
        for word in words
    ]
    having = {}
    for number in range(len(snapshot.segments)):
        if all(number in places for places in by_word):
            places = [of[number] for of in by_word]
            having[number] = places, min(map(_postings, places))
    return having


def _having_all(segment: SegmentReader, field: str, ordinals: list[int]) -> Documents:
    """The live documents of one segment that have all of some terms."""
    index = segment.fields[field]
    if _compiled is not None:
        found: Documents = _compiled.having_all(
            index.compiled, ordinals, segment.size, segment.deleted
        )
        return found
    rarest, *others = sorted(ordinals, key=index.document_frequency)
    inside = index.documents(rarest)
    for other in others:
        inside = inside[are_in(inside, index.documents(other))]
        if not len(inside):
            break
    if segment.deleted is not None:
        inside = inside[~segment.deleted[inside]]
    return inside.astype(np.int32)


def _postings(place: Place) -> int:
    return place.stop - place.start
