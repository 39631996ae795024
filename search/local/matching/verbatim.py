"""Where words stand one directly behind the other in bodies, whatever else matches.

Found by the words' own positions, so that no article is missed for want of a high score. A place is
``(document << DOCUMENT_SHIFT) + position``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search.budget import COMPARED, LOOKED_UP, TERM, Budget
from search.local.matches import Documents, are_in
from search.local.matching.positions import DOCUMENT_SHIFT, places_in
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

Places = NDArray[np.int64]

_POSITION = (1 << DOCUMENT_SHIFT) - 1


def runs(snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget) -> Places:
    """The places of the first of the words wherever the others follow it: ascending.

    Those in segments that were not looked at when the budget was spent are missing.
    """
    found = [np.empty(0, np.int64)]
    for base, inside, places in having_all(snapshot, field, words, budget):
        begins: Places | None = None
        # Words with few positions leave little to look for among those of the others.
        for step in sorted(range(len(words)), key=lambda step: _postings(places[step])):
            steps = places_in(snapshot, field, places[step], inside, budget) - step
            begins = steps if begins is None else begins[are_in(begins, steps)]
            if not len(begins):
                break
        assert begins is not None
        documents = inside[begins >> DOCUMENT_SHIFT].astype(np.int64) + base
        found.append((documents << DOCUMENT_SHIFT) + (begins & _POSITION))
    return np.concatenate(found)


def documents_of(places: Places) -> Documents:
    """The documents that places are in."""
    return np.unique(places >> DOCUMENT_SHIFT).astype(np.int32)


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
    terms = [snapshot.dictionary.term(field, word) for word in words]
    budget.work += LOOKED_UP * len(terms) * len(snapshot.segments)
    by_segment = [{place.segment: place for place in term.places} for term in terms]
    for number, segment in enumerate(snapshot.segments):
        if budget.spent():
            return
        if not all(number in places for places in by_segment):
            continue
        places = [of[number] for of in by_segment]
        index = segment.fields[field]
        rarest, *others = sorted(places, key=_postings)
        budget.work += TERM * len(places) + COMPARED * _postings(rarest)
        inside = index.documents(rarest.ordinal)
        for other in others:
            inside = inside[are_in(inside, index.documents(other.ordinal))]
            if not len(inside):
                break
        if segment.deleted is not None:
            inside = inside[~segment.deleted[inside]]
        if len(inside):
            yield snapshot.bases[number], inside.astype(np.int32), places


def _postings(place: Place) -> int:
    return place.stop - place.start
