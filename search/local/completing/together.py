"""How often two stems stand in the same bodies, and there one behind the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.segments.postings import FieldIndex
from search.budget import COMPARED, TERM, Budget
from search.local.matches import Documents
from search.local.matching.phrase import with_phrase
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place
from search.query.rewrite.compounds import Together
from search.query.weights import LEAD_FIELD

_FEW = 8
"""Up to so many articles are read one by one, sooner than by arrays over all of a stem's."""
_LOOKED_AT = 1024


@dataclass(frozen=True, slots=True)
class _Both:
    """The articles of one segment that have two stems: the rows of their postings, (n,) each."""

    base: int
    index: FieldIndex
    first: Place
    second: Place
    first_rows: Documents
    second_rows: Documents

    def documents(self) -> Documents:
        """Numbered through all segments: (n,)."""
        found = self.index.documents(self.first.ordinal)[self.first_rows]
        return found.astype(np.int32) + np.int32(self.base)

    def beside(self) -> int:
        """In how many the second stem is right behind the first."""
        first = self.index.positions_of(self.first.ordinal, self.first_rows.tolist())
        second = self.index.positions_of(self.second.ordinal, self.second_rows.tolist())
        beside = 0
        for some, others in zip(first, second, strict=True):
            beside += not {at + 1 for at in some}.isdisjoint(others)
        return beside


def together(snapshot: Snapshot, first: str, second: str, budget: Budget) -> Together:
    """How often bodies have two stems: by the first articles that have both.

    0 only where none has them side by side. Raises ``FileDamaged``.
    """
    both = _with_both(snapshot, first, second, budget)
    count = sum(len(one.first_rows) for one in both)
    if count <= _FEW:
        return Together(sum(one.beside() for one in both), count)
    some = np.concatenate([one.documents() for one in both])[:_LOOKED_AT]
    beside = with_phrase(snapshot, LEAD_FIELD, (first, second), some, budget)
    share = np.count_nonzero(beside) / len(some)
    unseen = count > len(some)
    return Together(max(round(share * count), int(unseen)), count)


def _with_both(snapshot: Snapshot, first: str, second: str, budget: Budget) -> list[_Both]:
    """For each segment that has such articles."""
    one, two = (snapshot.dictionary.term(LEAD_FIELD, stem) for stem in (first, second))
    others = {place.segment: place for place in two.places}
    found = []
    for place in one.places:
        other = others.get(place.segment)
        if other is None:
            continue
        index = snapshot.segments[place.segment].fields[LEAD_FIELD]
        few, many = index.part(place.start, place.stop)[0], index.part(other.start, other.stop)[0]
        budget.work += 2 * TERM + COMPARED * min(len(few), len(many))
        swapped = len(few) > len(many)
        if swapped:
            few, many = many, few
        at = many.searchsorted(few)
        rows = (many.take(at, mode="clip") == few).nonzero()[0]
        if len(rows):
            first_rows, second_rows = (at[rows], rows) if swapped else (rows, at[rows])
            base = snapshot.bases[place.segment]
            found.append(_Both(base, index, place, other, first_rows, second_rows))
    return found
