"""What stands behind some words in titles and bodies: counted in suffix arrays and tables of pairs.

A *run* is some words one behind the other. All occurrences of a run in the titles of a segment are
neighbours in its suffix array (``index.derived.titles``), ordered by the word behind them, so that
those whose next word has a beginning are neighbours too: a few bisections find them, however many
words the run has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.derived import Pairs, Titles, pairs_of, titles_of
from index.derived.pairs import FIELD as BODY
from index.derived.titles import FIELD as TITLE
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.budget import LOOKED_UP, POSTING, TERM, Budget

_COMMONEST = 24
"""So many of a segment's words behind a run are looked at, the commonest."""
_KEPT = 10_000
_MOST = 1 << 16
"""Of more places than these, every second, third ... is looked at."""


@dataclass(frozen=True, slots=True)
class Following:
    """The words that stand behind a run: how often each, and how often any with the beginning."""

    words: Counter[str]
    total: int


class Runs:
    """The runs of words of a snapshot's segments. Shared by threads; raises ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader], bases: Sequence[int]) -> None:
        self._segments = segments
        self._bases = bases

    @cached_property
    def _titles(self) -> list[_OfTitles]:
        return [
            _OfTitles(titles, _Terms(segment.fields[TITLE]), base, segment.deleted)
            for base, segment in zip(self._bases, self._segments, strict=True)
            if (titles := titles_of(segment)) is not None
        ]

    @cached_property
    def _pairs(self) -> list[_OfPairs]:
        return [
            _OfPairs(pairs, _Terms(segment.fields[BODY]))
            for segment in self._segments
            if (pairs := pairs_of(segment)) is not None
        ]

    def in_titles(self, run: Sequence[str], beginning: str, budget: Budget) -> Following:
        """The commonest words with the beginning behind a run in titles, by their occurrences."""
        return _added(one.following(run, beginning, budget) for one in self._titles)

    def in_bodies(self, word: str, beginning: str, budget: Budget) -> Following:
        """The same behind a word in bodies, by the bodies that have both (see ``derived.pairs``).

        Articles that were deleted since their segment was made count.
        """
        return _added(one.following(word, beginning, budget) for one in self._pairs)

    def documents(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """The articles whose title has the run and then a word with the beginning: ascending.

        If it is None, whatever follows.
        """
        parts = [one.documents(run, beginning, budget) for one in self._titles]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def count(self, run: Sequence[str], budget: Budget) -> int:
        """How many articles have the run in their title."""
        return sum(one.count(run, budget) for one in self._titles)

    def headlines(
        self, run: Sequence[str], beginning: str, budget: Budget
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """As ``documents``, and of which the title begins with the run: (n,) each."""
        parts = [one.headlines(run, beginning, budget) for one in self._titles]
        keys = np.concatenate([np.empty(0, np.int64), *parts])
        return keys >> 1, keys & 1 == 0

    def whole(self, run: Sequence[str], budget: Budget) -> NDArray[np.int64]:
        """The articles whose title is the run."""
        parts = [one.whole(run, budget) for one in self._titles]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def beside(self, documents: NDArray[np.int64], beginning: str, budget: Budget) -> Following:
        """The words with the beginning in the titles of some articles, (n,) ascending."""
        return _added(one.inside(documents, beginning, budget) for one in self._titles)


def _added(found: Iterator[tuple[Sequence[bytes], list[int], int]]) -> Following:
    words: Counter[str] = Counter()
    total = 0
    for texts, counts, some in found:
        for text, count in zip(texts, counts, strict=True):
            words[text.decode("utf-8", "replace")] += count
        total += some
    return Following(words, total)


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers, ascending, each once."""
    return _counted(np.sort(numbers))[0]


def _counted(ascending: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each of the numbers once, and how often they were there."""
    begins = np.empty(len(ascending) + 1, np.bool_)
    begins[:1] = begins[-1:] = True
    np.not_equal(ascending[1:], ascending[:-1], out=begins[1:-1])
    at = begins.nonzero()[0]
    return ascending[at[:-1]], at[1:] - at[:-1]


def _commonest(
    index: FieldIndex, ordinals: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[Sequence[bytes], list[int], int]:
    """The texts of the commonest terms, their counts, and the sum of all counts."""
    if not len(counts):
        return [], [], 0
    total = int(counts.sum())
    if len(counts) > _COMMONEST:
        some = (-counts).argsort(kind="stable")[:_COMMONEST]
        ordinals, counts = ordinals[some], counts[some]
    return [index.text(ordinal) for ordinal in ordinals.tolist()], counts.tolist(), total


class _Terms:
    """The terms of a field of a segment; what was looked up is kept, as it is asked for again."""

    def __init__(self, index: FieldIndex) -> None:
        self.index = index
        self._ordinals: dict[str, int] = {}
        self._bounds: dict[str, tuple[int, int]] = {}

    def ordinal(self, word: str) -> int:
        """The ordinal of a term, or -1."""
        known = self._ordinals.get(word)
        if known is None:
            if len(self._ordinals) >= _KEPT:
                self._ordinals.clear()
            known = self._ordinals[word] = self.index.find(word.encode("utf-8", "surrogatepass"))
        return known

    def bounds(self, beginning: str) -> tuple[int, int]:
        """The ordinals of the terms that begin so, from and up to."""
        known = self._bounds.get(beginning)
        if known is None:
            if len(self._bounds) >= _KEPT:
                self._bounds.clear()
            known = self.index.with_prefix(beginning.encode("utf-8", "surrogatepass"))
            self._bounds[beginning] = known
        return known


@dataclass(frozen=True)
class _OfTitles:
    """The titles of one segment. ``deleted``: (size,) or None."""

    titles: Titles
    terms: _Terms
    base: int
    deleted: NDArray[np.bool_] | None

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        """Where each title ends in ``words``."""
        return np.append(self.titles.starts[1:], len(self.titles.words)).astype(np.int64) - 1

    @cached_property
    def _firsts(self) -> NDArray[np.unsignedinteger]:
        """Where the suffixes that begin with each term begin."""
        found: NDArray[np.unsignedinteger] = self.terms.index.all_of("position_at")
        return found

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        """``words`` and ``suffixes``: single items are had sooner of these than of arrays."""
        words, suffixes = (
            np.ascontiguousarray(one, one.dtype.newbyteorder("=")).data
            for one in (self.titles.words, self.titles.suffixes)
        )
        return words, suffixes

    def _places(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """Where the run begins in ``words``, for all with such a word behind it, by that word."""
        first, last, behind = 0, len(self.titles.suffixes), 0
        for word in run:
            ordinal = self.terms.ordinal(word)
            budget.work += LOOKED_UP
            if ordinal < 0:
                return np.empty(0, np.int64)
            first, last = self._narrowed(first, last, behind, (ordinal, ordinal + 1))
            behind += 1
            if first == last:
                return np.empty(0, np.int64)
        if beginning is not None:
            first, last = self._narrowed(first, last, behind, self.terms.bounds(beginning))
        step = 1 + (last - first) // _MOST
        budget.work += TERM + POSTING * ((last - first) // step)
        found = self.titles.suffixes[first:last:step].astype(np.int64)
        return found if self.deleted is None else found[~self.deleted[self._numbers(found)]]

    def _narrowed(
        self, first: int, last: int, behind: int, bounds: tuple[int, int]
    ) -> tuple[int, int]:
        """Of suffixes that are alike up to a word, those whose next is of the ordinals."""
        if not behind:
            return int(self._firsts[bounds[0]]), int(self._firsts[bounds[1]])
        words, suffixes = self._views

        def next_word(place: int) -> int:
            return int(words[suffixes[place] + behind])

        some = range(first, last)
        left = bisect_left(some, bounds[0] + 1, key=next_word)
        right = bisect_left(some, bounds[1] + 1, left, key=next_word)
        return first + left, first + right

    def _numbers(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents of places in ``words``."""
        starts = self.titles.starts
        found: NDArray[np.int64] = starts.searchsorted(places.astype(starts.dtype), "right") - 1
        return found

    def following(
        self, run: Sequence[str], beginning: str, budget: Budget
    ) -> tuple[Sequence[bytes], list[int], int]:
        places = self._places(run, beginning, budget)
        nexts = self.titles.words[places + len(run)].astype(np.int64)
        # Where whatever may follow, some titles are at their end.
        return _commonest(self.terms.index, *_counted(nexts[nexts.searchsorted(1) :] - 1))

    def documents(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        return _distinct(self._numbers(self._places(run, beginning, budget))) + self.base

    def headlines(self, run: Sequence[str], beginning: str, budget: Budget) -> NDArray[np.int64]:
        """Twice the article's number, and one more where its title does not begin with the run."""
        places = self._places(run, beginning, budget)
        numbers = self._numbers(places)
        keys = np.sort((numbers + self.base) << 1 | (self.titles.starts[numbers] != places))
        first = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:] >> 1, keys[:-1] >> 1, out=first[1:])
        return keys[first]

    def count(self, run: Sequence[str], budget: Budget) -> int:
        places = self._places(run, None, budget)
        return len(_distinct(self._numbers(places))) if len(places) > 1 else len(places)

    def whole(self, run: Sequence[str], budget: Budget) -> NDArray[np.int64]:
        places = self._places(run, None, budget)
        places = places[self.titles.words[places + len(run)] == 0]
        numbers = self._numbers(places)
        found: NDArray[np.int64] = numbers[self.titles.starts[numbers] == places] + self.base
        return found

    def inside(
        self, documents: NDArray[np.int64], beginning: str, budget: Budget
    ) -> tuple[Sequence[bytes], list[int], int]:
        starts = self.titles.starts
        inside = documents[(documents >= self.base) & (documents < self.base + len(starts))]
        from_ = starts[inside - self.base].astype(np.int64)
        counts = self._ends[inside - self.base] - from_
        places = np.repeat(from_ - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        budget.work += TERM + POSTING * len(places)
        words = self.titles.words[places].astype(np.int64) - 1
        low, high = self.terms.bounds(beginning)
        good = (words >= low) & (words < high)
        number = np.repeat(np.arange(len(counts)), counts)
        # A word counts once for a title.
        found = _distinct(words[good] << 32 | number[good]) >> 32
        return _commonest(self.terms.index, *_counted(found))


@dataclass(frozen=True, slots=True)
class _OfPairs:
    """The pairs of one segment."""

    pairs: Pairs
    terms: _Terms

    def following(
        self, word: str, beginning: str, budget: Budget
    ) -> tuple[Sequence[bytes], list[int], int]:
        pairs = self.pairs
        ordinal = self.terms.ordinal(word)
        budget.work += LOOKED_UP + TERM
        at = int(pairs.firsts.searchsorted(ordinal)) if ordinal >= 0 else len(pairs.firsts)
        if at == len(pairs.firsts) or int(pairs.firsts[at]) != ordinal:
            return [], [], 0
        start, end = int(pairs.at[at]), int(pairs.at[at + 1])
        seconds = pairs.seconds[start:end]
        left, right = seconds.searchsorted(self.terms.bounds(beginning))
        budget.work += POSTING * int(right - left)
        found = slice(start + int(left), start + int(right))
        return _commonest(
            self.terms.index,
            pairs.seconds[found].astype(np.int64),
            pairs.bodies[found].astype(np.int64),
        )
