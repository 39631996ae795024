"""Where words stand in the order in which they were typed, whatever else matches.

Found by the words' own positions, so that no article is missed for want of a high score. A place is
``(document << DOCUMENT_SHIFT) + position``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT
from search.budget import Budget
from search.local.matches import Documents
from search.local.matching.positions import DOCUMENT_SHIFT, among, places_in
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place

Places = NDArray[np.int64]


def runs(snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget) -> Places:
    """Where the words stand one directly behind the other: the places of the first, ascending.

    Those in segments that were not looked at when the budget was spent are missing.
    """
    found = [np.empty(0, np.int64)]
    for base, inside, places in _having_all(snapshot, field, words, budget):
        begins: Places | None = None
        # Words with few positions leave little to look for among those of the others.
        for step in sorted(range(len(words)), key=lambda step: _postings(places[step])):
            steps = places_in(snapshot, field, places[step], inside) - step
            begins = steps if begins is None else among(begins, steps)
            if not len(begins):
                break
        assert begins is not None
        found.append(_of_index(begins, inside, base))
    return np.concatenate(found)


def in_order(snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget) -> Documents:
    """The articles that have the words one behind the other, with any words between.

    Missing are those as in ``runs``.
    """
    found = [np.empty(0, np.int32)]
    for base, inside, places in _having_all(snapshot, field, words, budget):
        # Each word where it first stands behind the one before, which leaves most for the next.
        reached = (np.arange(len(inside), dtype=np.int64) << DOCUMENT_SHIFT) - 1
        number = np.arange(len(inside))
        for place in places:
            steps = places_in(snapshot, field, place, inside)
            at = steps.searchsorted(reached, "right")
            np.minimum(at, len(steps) - 1, out=at)
            behind = (steps[at] > reached) & (steps[at] >> DOCUMENT_SHIFT == number)
            reached, number = steps[at[behind]], number[behind]
        found.append(inside[number] + np.int32(base))
    return np.concatenate(found)


def documents_of(places: Places) -> Documents:
    """The documents that places are in."""
    return np.unique(places >> DOCUMENT_SHIFT).astype(np.int32)


def at_beginning(places: Places) -> Documents:
    """The documents that have a place at their beginning."""
    return documents_of(places[places & ((1 << DOCUMENT_SHIFT) - 1) == 0])


def of_length(snapshot: Snapshot, field: str, length: int, documents: Documents) -> Documents:
    """Those of documents whose field has so many words."""
    field = field.removesuffix(EXACT)  # both have one token a position
    found = [np.empty(0, np.int32)]
    edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
    for number, segment in enumerate(snapshot.segments):
        here = documents[edges[number] : edges[number + 1]]
        if len(here):
            lengths = segment.documents.lengths(field)[here - snapshot.bases[number]]
            found.append(here[lengths == length])
    return np.concatenate(found)


def _having_all(
    snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget
) -> Iterator[tuple[int, Documents, list[Place]]]:
    """Of each segment, until the budget is spent, the documents that are live and have all words.

    The number of the segment's first document; (n,) as numbered within it; where each word is.
    """
    terms = [snapshot.dictionary.term(field, word) for word in words]
    by_segment = [{place.segment: place for place in term.places} for term in terms]
    for number, segment in enumerate(snapshot.segments):
        if budget.spent():
            return
        if not all(number in places for places in by_segment):
            continue
        places = [of[number] for of in by_segment]
        index = segment.fields[field]
        inside, *others = (
            index.documents(place.ordinal) for place in sorted(set(places), key=_postings)
        )
        for other in others:
            inside = among(inside, other)
        if segment.deleted is not None:
            inside = inside[~segment.deleted[inside]]
        if len(inside):
            yield snapshot.bases[number], inside.astype(np.int32), places


def _postings(place: Place) -> int:
    return place.stop - place.start


def _of_index(places: Places, inside: Documents, base: int) -> Places:
    """Places with documents of the index for numbers in ``inside``, the documents of a segment."""
    documents = inside[places >> DOCUMENT_SHIFT].astype(np.int64) + base
    found: Places = (documents << DOCUMENT_SHIFT) + (places & ((1 << DOCUMENT_SHIFT) - 1))
    return found
