"""Which articles have words in the order in which they were typed, whatever else matches.

They are found by the words' own positions, so that none is missed for want of a high score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT
from search.budget import Budget
from search.local.matches import Documents
from search.local.matching.phrase import with_phrase
from search.local.matching.positions import DOCUMENT_SHIFT, places_in
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place


def having_all(
    snapshot: Snapshot, field: str, words: Sequence[str], budget: Budget, *, ordered: bool
) -> Documents:
    """The articles that have all of the words in a field of surface forms.

    ``ordered``: only those that have them one behind the other, with any words between. The
    articles of segments that were not looked at when the budget was spent are missing.
    """
    parts = [np.empty(0, np.int32)]
    found = {word: snapshot.dictionary.term(field, word).places for word in words}
    by_segment = {word: {one.segment: one for one in places} for word, places in found.items()}
    for number, base in enumerate(snapshot.bases):
        if budget.spent():
            break
        places = {word: of[number] for word, of in by_segment.items() if number in of}
        if len(places) < len(by_segment):
            continue
        inside = _inside(snapshot, field, sorted(places.values(), key=_postings))
        if ordered and len(inside):
            inside = inside[_ordered(snapshot, field, [places[word] for word in words], inside)]
        parts.append(inside + np.int32(base))
    documents = np.concatenate(parts)
    live = snapshot.columns.live
    return documents if live is None else documents[live[documents]]


def one_after_the_other(
    snapshot: Snapshot, field: str, words: Sequence[str], documents: Documents, budget: Budget
) -> Documents:
    """Those of articles that have all the words that have nothing between them."""
    if not len(documents):
        return documents
    return documents[with_phrase(snapshot, field, words, documents, budget)]


def of_length(snapshot: Snapshot, field: str, length: int, documents: Documents) -> Documents:
    """Those of articles whose field has so many words."""
    field = field.removesuffix(EXACT)
    parts = [np.empty(0, np.int32)]
    edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
    for number, segment in enumerate(snapshot.segments):
        here = documents[edges[number] : edges[number + 1]]
        if len(here):
            lengths = segment.documents.lengths(field)[here - snapshot.bases[number]]
            parts.append(here[lengths == length])
    return np.concatenate(parts)


def _postings(place: Place) -> int:
    return place.stop - place.start


def _inside(snapshot: Snapshot, field: str, places: Sequence[Place]) -> NDArray[np.int32]:
    """The documents of a segment that have all terms, the rarest of which is first."""
    index = snapshot.segments[places[0].segment].fields[field]
    common = index.documents(places[0].ordinal)
    for place in places[1:]:
        having = index.documents(place.ordinal)
        at = having.searchsorted(common)
        np.minimum(at, len(having) - 1, out=at)
        common = common[having[at] == common]
        if not len(common):
            break
    return common.astype(np.int32)


def _ordered(
    snapshot: Snapshot, field: str, places: Sequence[Place], inside: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which documents, that have all terms, have them in this order: (n,).

    Each term is taken where it first stands behind the one before, which leaves most for the rest.
    """
    number = np.arange(len(inside), dtype=np.int64)
    left = number
    reached = (number << DOCUMENT_SHIFT) - 1
    for place in places:
        found = places_in(snapshot, field, place, inside)
        at = found.searchsorted(reached, "right")
        np.minimum(at, len(found) - 1, out=at)
        following = found[at]
        behind = (following > reached) & (following >> DOCUMENT_SHIFT == left)
        left, reached = left[behind], following[behind]
        if not len(left):
            break
    mask = np.zeros(len(inside), np.bool_)
    mask[left] = True
    return mask
