"""How often two words stand beside each other in the bodies of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.derived import Pairs, pairs_of
from index.fields import EXACT, TEXTS
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

if TYPE_CHECKING:
    from index.kernels.neighbours import Neighbours as Compiled
    from index.kernels.postings import Field as CompiledField

_kernel = kernel("neighbours")

_BODY = TEXTS[-1] + EXACT
_SHIFT = 32
_MOST = 200
"""A rarer word of more articles is not looked for in all of them: about so many tell enough, or up
to twice. Which they are is said by their texts, see ``index.segments.sampling``."""

_Documents: TypeAlias = NDArray[np.unsignedinteger]
_NONE = np.empty(0, np.uint32)

_KEPT = 500
"""So many words are kept at hand: *prabowo*, *kabupaten* are asked about often."""


class Neighbours:
    """Counts, and keeps what was counted."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        having = [one for one in segments if _BODY in one.fields]
        self._fields: list[_Field] = []
        self._counted: list[_Counted] = []
        for one in having:
            field = one.fields[_BODY]
            if field.has_positions:
                self._fields.append(_Field(field, one))
            elif not field.has_postings:
                self._counted.append(_Counted(field, pairs_of(one)))
        self._words: dict[str, _Word] = {}
        self._known: dict[tuple[str, str], int] = {}
        self._compiled = self._compile()

    def _compile(self) -> Compiled | None:
        """What counts where there are positions, compiled; None without kernels."""
        if _kernel is None:
            return None
        fields = self._fields
        found: Compiled = _kernel.Neighbours(
            kernel("postings").Lookup([field.compiled for field in fields]),
            lambda at: fields[at].levels,
            partial(_thinned, fields),
            _MOST,
        )
        return found

    def together(self, one: str, two: str) -> int:
        """At how many places the second word follows the first. Raises ``FileDamaged``.

        Where both have many articles, of a part of them.
        """
        pair = one, two
        known = self._known.get(pair)
        if known is None:
            known = sum(field.together(one, two) for field in self._counted)
            if self._compiled is not None:
                known += self._compiled.together(one, two)
            else:
                known += sum(_follow(*both) for both in self._having(one, two))
            self._known[pair] = known
        return known

    def are_together(self, one: str, two: str, least: int) -> bool:
        """Whether it does at ``least`` places. Raises ``FileDamaged``."""
        pair = one, two
        if pair not in self._known and self._compiled is None:
            # NumPy takes long to read positions, and most words share few articles.
            most = sum(field.together(one, two) for field in self._counted)
            most += sum(_at_most(*both) for both in self._having(one, two))
            if most < least:
                return False
        return self.together(one, two) >= least

    def _having(
        self, one: str, two: str
    ) -> Iterator[tuple[_Term, _Term, _Term, _Documents | None]]:
        """Two words in each field that has both, the rarer of them, and its articles to look at."""
        first, second = self._word(one), self._word(two)
        rare = second if second.articles < first.articles else first
        for term, other, among in zip(first.terms, second.terms, self._among(rare), strict=True):
            if term is not None and other is not None:
                yield term, other, term if rare is first else other, among

    def _word(self, word: str) -> _Word:
        with suppress(KeyError):
            # Not asked before: another thread may clear what is kept.
            return self._words[word]
        if len(self._words) >= _KEPT:
            self._words.clear()
        terms = [field.term(word) for field in self._fields]
        articles = sum(0 if one is None else one.articles for one in terms)
        found = self._words[word] = _Word(terms, articles)
        return found

    def _among(self, word: _Word) -> Sequence[_Documents | None]:
        """The articles of a word that are looked at, in each field; None for all."""
        if word.articles <= _MOST:
            return [None] * len(word.terms)
        if word.sample is None:
            word.sample = self._sample(word.terms)
        return word.sample

    def _sample(self, terms: Sequence[_Term | None]) -> list[_Documents]:
        """The articles of a word that are looked at, in each field."""
        from index.segments.sampling import LEVELS, level_for

        documents = [_NONE if one is None else one.documents for one in terms]
        levels = [
            field.levels_of(some) for field, some in zip(self._fields, documents, strict=True)
        ]
        of_levels = np.sum([np.bincount(some, minlength=LEVELS) for some in levels], axis=0)
        level = level_for(of_levels.tolist(), _MOST)
        found: list[_Documents] = [
            some[having >= level].astype(np.uint32)
            for some, having in zip(documents, levels, strict=True)
        ]
        return _thinned(self._fields, found) if sum(map(len, found)) > 2 * _MOST else found


@dataclass(slots=True)
class _Word:
    """A word's term in each field, and how many articles have it.

    ``sample``: those looked at of many; None before any are: most words are never the rarer one.
    """

    terms: Sequence[_Term | None]
    articles: int
    sample: Sequence[_Documents] | None = None


class _Term:
    """A term of a field. ``documents``: (n,), those that have it."""

    def __init__(self, index: FieldIndex, ordinal: int) -> None:
        self.index = index
        self.ordinal = ordinal

    @property
    def articles(self) -> int:
        return self.index.document_frequency(self.ordinal)

    @cached_property
    def documents(self) -> NDArray[np.unsignedinteger]:
        return self.index.documents(self.ordinal)

    def often(self, documents: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
        """How often some documents that have it have it: (n,)."""
        counts = self.index.occurrences(self.ordinal)
        if counts is None:
            return np.ones(len(documents), np.uint8)
        found: NDArray[np.unsignedinteger] = counts.take(self.documents.searchsorted(documents))
        return found

    @cached_property
    def _positions(self) -> tuple[NDArray[np.int64], NDArray[np.unsignedinteger]]:
        return self.index.positions(self.ordinal)

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


def _shared(
    first: _Term, second: _Term, rare: _Term, among: _Documents | None
) -> NDArray[np.unsignedinteger]:
    """The documents that have both, of those that are looked at."""
    some, other = rare.documents, (second if rare is first else first).documents
    if among is not None:
        some = among.astype(some.dtype)
    shared: NDArray[np.unsignedinteger] = some[
        other.take(other.searchsorted(some), mode="clip") == some
    ]
    return shared


def _follow(first: _Term, second: _Term, rare: _Term, among: _Documents | None) -> int:
    """At how many places the second follows the first."""
    both = _shared(first, second, rare, among)
    if not len(both):
        return 0
    before, behind = first.places(both) + 1, second.places(both)
    return int((behind.take(behind.searchsorted(before), mode="clip") == before).sum())


def _at_most(first: _Term, second: _Term, rare: _Term, among: _Documents | None) -> int:
    """More than ``_follow`` gives, told without positions."""
    both = _shared(first, second, rare, among)
    return int(np.minimum(first.often(both), second.often(both)).sum()) if len(both) else 0


def _thinned(fields: Sequence[_Field], found: Sequence[_Documents]) -> list[_Documents]:
    """What is left of too large a sample, in each field."""
    from index.segments.sampling import thinned

    hashes = [field.hashes[some] for field, some in zip(fields, found, strict=True)]
    places = thinned(np.concatenate(hashes), 2 * _MOST)
    edges = np.cumsum([0, *map(len, found)])
    bounds = places.searchsorted(edges).tolist()
    return [
        some[places[left:right] - edge]
        for some, edge, (left, right) in zip(found, edges.tolist(), pairwise(bounds), strict=False)
    ]


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


class _Field:
    """A segment's field; levels and hashes of its documents: see ``index.segments.sampling``."""

    def __init__(self, index: FieldIndex, segment: SegmentReader) -> None:
        self._index = index
        self._segment = segment

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        from index.segments.sampling import levels_of

        return levels_of(self._segment)

    def levels_of(self, documents: NDArray[np.unsignedinteger]) -> NDArray[np.uint8]:
        """Those of some documents. Raises ``FileDamaged`` where one is none of the segment."""
        if len(documents) and int(documents.max()) >= len(self.levels):
            raise self._index.damaged("a document is none of the segment")
        return self.levels.take(documents)

    @property
    def hashes(self) -> NDArray[np.uint64]:
        from index.segments.sampling import hashes_of

        return hashes_of(self._segment)

    @property
    def compiled(self) -> CompiledField | None:
        return self._index.compiled

    def term(self, word: str) -> _Term | None:
        ordinal = self._index.find(word.encode())
        return None if ordinal < 0 else _Term(self._index, ordinal)
