"""How often two words stand beside each other in the bodies of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.derived import Pairs, pairs_of
from index.fields import EXACT, TEXTS
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

_kernel = kernel("neighbours")

_BODY = TEXTS[-1] + EXACT
_SHIFT = 32
_MOST = 200
"""A rarer word of more articles is not looked for in all of them: the first ones tell enough."""

_KEPT = 500
"""So many words are kept at hand, of each segment: *prabowo*, *kabupaten* are asked about often."""


class Neighbours:
    """Counts, and keeps what was counted."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        having = [one for one in segments if _BODY in one.fields]
        self._fields: list[_Field | _Counted] = []
        for one in having:
            field = one.fields[_BODY]
            if field.has_positions:
                self._fields.append(_Field(field, {}))
            elif not field.has_postings:
                self._fields.append(_Counted(field, pairs_of(one)))
        self._known: dict[tuple[str, str], int] = {}

    def together(self, one: str, two: str) -> int:
        """At how many places the second word follows the first. Raises ``FileDamaged``.

        Where both have many articles, of a part of them.
        """
        pair = one, two
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = sum(field.together(one, two) for field in self._fields)
        return known

    def are_together(self, one: str, two: str, least: int) -> bool:
        """Whether it does at ``least`` places. Raises ``FileDamaged``."""
        pair = one, two
        if pair not in self._known and _kernel is None:
            # NumPy takes long to read positions, and most words share few articles.
            most = sum(field.at_most(one, two) for field in self._fields)
            if most < least:
                return False
        return self.together(one, two) >= least


class _Word:
    """A term. ``documents``: (n,), those that have it."""

    def __init__(self, index: FieldIndex, ordinal: int) -> None:
        self._index = index
        self.ordinal = ordinal

    @cached_property
    def documents(self) -> NDArray[np.unsignedinteger]:
        return self._index.documents(self.ordinal)

    def often(self, documents: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
        """How often some documents that have it have it: (n,)."""
        counts = self._index.occurrences(self.ordinal)
        if counts is None:
            return np.ones(len(documents), np.uint8)
        found: NDArray[np.unsignedinteger] = counts.take(self.documents.searchsorted(documents))
        return found

    @cached_property
    def _positions(self) -> tuple[NDArray[np.int64], NDArray[np.unsignedinteger]]:
        return self._index.positions(self.ordinal)

    def places(self, documents: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
        """Where it stands in some documents that have it: document and position as one number."""
        bounds, positions = self._positions
        rows = self.documents.searchsorted(documents)
        first = bounds[rows]
        counts = bounds[rows + 1] - first
        first -= np.cumsum(counts) - counts
        where = np.repeat(first, counts)
        where += np.arange(len(where))
        found = np.repeat(documents.astype(np.int64) << _SHIFT, counts)
        found += positions[where]
        return found


def _shared(first: _Word, second: _Word) -> NDArray[np.unsignedinteger]:
    """The documents that have both, of those that are looked at."""
    rare, other = sorted((first.documents, second.documents), key=len)
    rare = rare[:_MOST]
    shared: NDArray[np.unsignedinteger] = rare[
        other.take(other.searchsorted(rare), mode="clip") == rare
    ]
    return shared


@dataclass(frozen=True, slots=True)
class _Counted:
    """A companion's field, without positions: a pair counts once a body, and only if it is kept."""

    index: FieldIndex
    pairs: Pairs | None

    def together(self, one: str, two: str) -> int:
        pairs = self.pairs
        first, second = self.index.find(one.encode()), self.index.find(two.encode())
        if pairs is None or first < 0 or second < 0:
            return 0
        at = int(pairs.firsts.searchsorted(pairs.firsts.dtype.type(first)))
        if at == len(pairs.firsts) or int(pairs.firsts[at]) != first:
            return 0
        start, stop = int(pairs.at[at]), int(pairs.at[at + 1])
        seconds = pairs.seconds[start:stop]
        place = int(seconds.searchsorted(seconds.dtype.type(second)))
        there = place < len(seconds) and int(seconds[place]) == second
        return int(pairs.bodies[start + place]) if there else 0

    at_most = together


@dataclass(frozen=True, slots=True)
class _Field:
    index: FieldIndex
    kept: dict[str, _Word | None]

    def together(self, one: str, two: str) -> int:
        first, second = self._word(one), self._word(two)
        if first is None or second is None:
            return 0
        if _kernel is not None:
            return int(_kernel.follows(self.index.compiled, first.ordinal, second.ordinal, _MOST))
        both = _shared(first, second)
        if not len(both):
            return 0
        before, behind = first.places(both) + 1, second.places(both)
        return int((behind.take(behind.searchsorted(before), mode="clip") == before).sum())

    def at_most(self, one: str, two: str) -> int:
        """More than ``together`` gives, told without positions."""
        first, second = self._word(one), self._word(two)
        if first is None or second is None:
            return 0
        both = _shared(first, second)
        return int(np.minimum(first.often(both), second.often(both)).sum()) if len(both) else 0

    def _word(self, word: str) -> _Word | None:
        with suppress(KeyError):
            # Not asked before: another thread may clear what is kept.
            return self.kept[word]
        if len(self.kept) >= _KEPT:
            self.kept.clear()
        ordinal = self.index.find(word.encode())
        found = None
        if ordinal >= 0:
            found = _Word(self.index, ordinal)
        self.kept[word] = found
        return found
