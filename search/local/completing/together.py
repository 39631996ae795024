"""How often two stems stand in the same bodies, and there one behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex
from search.budget import COMPARED, POSITION, POSTING, TERM, Budget
from search.local.matches import Documents
from search.local.matching.phrase import with_phrase
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place
from search.query.rewrite.archive import Together

_kernel, _among = kernel("company"), kernel("among")
FEW = 8
"""Up to so many articles are read one by one, sooner than by arrays over all of a stem's."""
LOOKED_AT = 1024
"""In so many articles with both stems, or up to twice, the places of these are compared.

Which they are is said by their texts, see ``index.segments.sampling``.
"""


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
    """How often bodies have two stems: by a sample of the articles that have both.

    0 only where none has them side by side. Raises ``FileDamaged``.
    """
    if _kernel is not None:
        return _compiled(snapshot, first, second, budget)
    return in_arrays(snapshot, first, second, budget)


def in_arrays(snapshot: Snapshot, first: str, second: str, budget: Budget) -> Together:
    """The same by NumPy."""
    both = _with_both(snapshot, first, second, budget)
    count = sum(len(one.first_rows) for one in both)
    if count <= FEW:
        return Together(sum(one.beside() for one in both), count)
    some = np.concatenate([one.documents() for one in both])
    if count > LOOKED_AT:
        from index.segments.sampling import LEVELS, level_for

        levels = snapshot.columns.levels[some]
        level = level_for(np.bincount(levels, minlength=LEVELS).tolist(), LOOKED_AT)
        some = some[levels >= level]
        budget.work += COMPARED * len(some)
        if len(some) > 2 * LOOKED_AT:
            some = some[_left(snapshot, some)]
    beside = with_phrase(snapshot, LEAD_FIELD, (first, second), some, budget)
    return _estimated(int(np.count_nonzero(beside)), len(some), count)


def stand_beside(snapshot: Snapshot, first: str, second: str, budget: Budget) -> bool:
    """Whether a body has two stems, one behind the other, or very many bodies have both.

    Raises ``FileDamaged``.
    """
    if _kernel is None:
        return beside_in_arrays(snapshot, first, second, budget)
    lookup = snapshot.dictionary.lookup(LEAD_FIELD)
    found: bool
    found, documents, fewer = _kernel.stand_beside(lookup, first, second, LOOKED_AT)
    budget.work += 2 * TERM + COMPARED * fewer + POSTING * documents // 4
    return found


def beside_in_arrays(snapshot: Snapshot, first: str, second: str, budget: Budget) -> bool:
    """The same by NumPy."""
    both = _with_both(snapshot, first, second, Budget(inf))
    places = [snapshot.dictionary.term(LEAD_FIELD, stem).places for stem in (first, second)]
    of_second = {place.segment: place.stop - place.start for place in places[1]}
    sizes = [
        (place.stop - place.start, of_second[place.segment])
        for place in places[0]
        if place.segment in of_second
    ]
    fewer = sum(map(min, sizes))
    budget.work += 2 * TERM + COMPARED * fewer + POSTING * sum(map(sum, sizes)) // 4
    count = sum(len(one.first_rows) for one in both)
    if not 0 < count <= LOOKED_AT:
        return count > 0
    if count <= FEW:
        return any(one.beside() for one in both)
    some = np.concatenate([one.documents() for one in both])
    return bool(with_phrase(snapshot, LEAD_FIELD, (first, second), some, Budget(inf)).any())


def _estimated(beside: int, looked_at: int, count: int) -> Together:
    unseen = count > looked_at
    return Together(max(round(beside / looked_at * count), int(unseen)), count)


def _compiled(snapshot: Snapshot, first: str, second: str, budget: Budget) -> Together:
    """The same by a kernel, which counts as much work."""
    lookup = snapshot.dictionary.lookup(LEAD_FIELD)
    found = _kernel.both(lookup, first, second)
    count = 0
    for _, _, _, some, others, common in found:
        budget.work += 2 * TERM + COMPARED * min(some, others)
        count += common
    sizes: list[int] = [one[-1] for one in found]
    samples: list[NDArray[np.int64]] | None = None
    if count > LOOKED_AT:
        samples = _sampled(snapshot, found, count, budget)
        sizes = [len(one) for one in samples]
    beside = 0
    for at, (number, ordinal, other, some, others, _) in enumerate(found):
        if not sizes[at] or (count > FEW and budget.spent()):
            continue
        of_sample = None if samples is None else samples[at]
        behind, times = _kernel.beside(lookup.fields[number], ordinal, other, of_sample)
        beside += behind
        if count > FEW:
            budget.work += 2 * TERM + POSTING * some // 4 + POSTING * others // 4 + POSITION * times
    return Together(beside, count) if count <= FEW else _estimated(beside, sum(sizes), count)


def _sampled(
    snapshot: Snapshot, found: Sequence[tuple[int, ...]], count: int, budget: Budget
) -> list[NDArray[np.int64]]:
    """The sample of ``count`` articles with both: of each of some segments as ``having`` gives it.

    ``found``: as ``both`` of the kernel gives it.
    """
    from index.segments.sampling import first_level, is_too_high

    fields, levels = snapshot.dictionary.lookup(LEAD_FIELD).fields, snapshot.columns.levels
    bases = [snapshot.bases[number] for number, *_ in found]
    of_segments = [
        levels[base : base + snapshot.segments[number].size]
        for base, (number, *_) in zip(bases, found, strict=True)
    ]
    level = first_level(count, LOOKED_AT)
    while True:
        parts: list[NDArray[np.int64]] = [
            _among.having(
                fields[number], ordinal, other, of_segment, level, snapshot.segments[number].size
            )
            for (number, ordinal, other, *_), of_segment in zip(found, of_segments, strict=True)
        ]
        sample = sum(map(len, parts))
        if not is_too_high(level, sample, LOOKED_AT):
            break
        level -= 1
    budget.work += COMPARED * sample
    if sample <= 2 * LOOKED_AT:
        return parts
    left = _left(
        snapshot,
        np.concatenate([one[:, 0] for one in parts]) + np.repeat(bases, [*map(len, parts)]),
    )
    begins = np.cumsum([0, *map(len, parts)])
    edges = pairwise(left.searchsorted(begins).tolist())
    return [
        one[left[start:stop] - begin]
        for one, begin, (start, stop) in zip(parts, begins.tolist(), edges, strict=False)
    ]


def _left(snapshot: Snapshot, sample: NDArray[np.integer]) -> NDArray[np.intp]:
    """Which of a sample of articles are looked at: not too many, if most are copies of one text."""
    from index.segments.sampling import thinned

    return thinned(snapshot.columns.hashes(sample), 2 * LOOKED_AT)


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
