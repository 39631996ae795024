"""The runs of words in the titles of a segment, found in its suffix array by bisection.

Where the titles with some words stand is kept: who types letter by letter asks for them again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.derived import Titles
from index.light_dataclass import dataclass
from search.budget import LOOKED_UP, POSTING, TERM, Budget
from search.local.reading.word_counts import Counts, Terms

_KEPT = 10_000
_FEW = 48
_FEW_TITLES = 12
_MOST = 1 << 18
"""Of more places than these, every second, third ... is looked at."""


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


def _step(first: int, last: int) -> int:
    return 1 + (last - first) // _MOST


@dataclass(frozen=True)
class TitlesOfSegment:
    """The titles of one segment. ``deleted``: (size,) or None."""

    titles: Titles
    terms: Terms
    base: int
    deleted: NDArray[np.bool_] | None
    _ranges: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        """Where each title ends in ``words``."""
        return np.append(self.titles.starts[1:], len(self.titles.words)).astype(np.int64) - 1

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        """How many words each title has."""
        return self._ends - self.titles.starts

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

    @cached_property
    def _starts(self) -> memoryview:
        starts = self.titles.starts
        return np.ascontiguousarray(starts, starts.dtype.newbyteorder("=")).data

    def _of_run(self, run: Sequence[str], budget: Budget) -> tuple[int, int]:
        """The suffixes that begin with the run, from and up to."""
        key = tuple(run)
        known = self._ranges.get(key)
        if known is None:
            ordinal = self.terms.ordinal(key[-1])
            budget.work += LOOKED_UP
            first, last = self._of_run(key[:-1], budget) if len(key) > 1 else (0, -1)
            if ordinal < 0 or first == last:
                known = 0, 0
            else:
                known = self._narrowed(first, last, len(key) - 1, (ordinal, ordinal + 1))
            if len(self._ranges) >= _KEPT:
                self._ranges.clear()
            self._ranges[key] = known
        return known

    def _range(self, run: Sequence[str], beginning: str | None, budget: Budget) -> tuple[int, int]:
        """Those behind whose run is a word with the beginning; if that is None, anything."""
        first, last = self._of_run(run, budget) if run else (0, len(self.titles.suffixes))
        if beginning is not None and first < last:
            return self._narrowed(first, last, len(run), self.terms.bounds(beginning))
        return first, last

    def _places(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """Where the run begins in ``words``, for those with such a word behind it, by that word.

        For all of them up to ``_MOST``, of more for about as many.
        """
        first, last = self._range(run, beginning, budget)
        step = _step(first, last)
        budget.work += TERM + POSTING * ((last - first) // step)
        found = self.titles.suffixes[first:last:step].astype(np.int64)
        return found if self.deleted is None else found[~self.deleted[self._numbers(found)]]

    def _few(self, first: int, last: int) -> bool:
        """Whether so few are sooner gone through one by one."""
        return self.deleted is None and last - first <= _FEW

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

    def following(self, run: Sequence[str], beginning: str, budget: Budget) -> Counts:
        """The words with the beginning that stand behind the run, by their occurrences."""
        first, last = self._range(run, beginning, budget)
        if first == last:
            return Counts(self.terms, (), ())
        if self._few(first, last):
            budget.work += TERM + POSTING * (last - first)
            words, suffixes = self._views
            behind = len(run)
            counted: dict[int, int] = {}
            for place in suffixes[first:last]:
                word = words[place + behind]
                counted[word] = counted.get(word, 0) + 1
            return Counts(self.terms, [word - 1 for word in counted], list(counted.values()))
        places = self._places(run, beginning, budget)
        nexts = self.titles.words[places + len(run)].astype(np.int64)
        ordinals, counts = _counted(nexts - 1)
        return Counts(self.terms, ordinals, counts * _step(first, last))

    def documents(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """The articles whose title has the run and such a word behind it: ascending.

        Of more than ``_MOST`` places some are left out, but not of one word whatever follows.
        """
        if len(run) == 1 and beginning is None:
            return self._having(run[0], budget)
        places = self._places(run, beginning, budget)
        return _distinct(self._numbers(places)) + self.base if len(places) else places

    def _having(self, word: str, budget: Budget) -> NDArray[np.int64]:
        ordinal = self.terms.ordinal(word)
        budget.work += LOOKED_UP
        if ordinal < 0:
            return np.empty(0, np.int64)
        found: NDArray[np.int64] = self.terms.index.documents(ordinal).astype(np.int64)
        budget.work += TERM + POSTING * len(found)
        if self.deleted is not None:
            found = found[~self.deleted[found]]
        return found + self.base

    def headlines(self, run: Sequence[str], beginning: str, budget: Budget) -> NDArray[np.int64]:
        """Twice the article's number, and one more where its title does not begin with the run."""
        first, last = self._range(run, beginning, budget)
        if first == last:
            return np.empty(0, np.int64)
        if self._few(first, last) and last - first <= _FEW_TITLES:
            budget.work += TERM + POSTING * (last - first)
            return self._few_headlines(first, last)
        places = self._places(run, beginning, budget)
        numbers = self._numbers(places)
        keys = np.sort((numbers + self.base) << 1 | (self.titles.starts[numbers] != places))
        once = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:] >> 1, keys[:-1] >> 1, out=once[1:])
        found: NDArray[np.int64] = keys[once]
        return found

    def _few_headlines(self, first: int, last: int) -> NDArray[np.int64]:
        """As ``headlines``, of some suffixes."""
        starts = self._starts
        inside: dict[int, bool] = {}
        for place in self._views[1][first:last]:
            number = bisect_right(starts, place) - 1
            inside[number] = inside.get(number, True) and starts[number] != place
        keys = [(number + self.base) << 1 | behind for number, behind in inside.items()]
        return np.array(sorted(keys), np.int64)

    def count(self, run: Sequence[str], budget: Budget) -> int:
        """How many titles have the run; of more than ``_MOST`` places those looked at."""
        first, last = self._of_run(run, budget)
        if not self._few(first, last):
            return len(_distinct(self._numbers(self._places(run, None, budget))))
        if last - first < 2:
            return last - first
        budget.work += POSTING * (last - first)
        _, suffixes = self._views
        return len({bisect_right(self._starts, place) for place in suffixes[first:last]})

    def title(self, number: int) -> list[str]:
        """The words of a document's title."""
        start, end = self._bounds(number)
        return [self.terms.text(word - 1) for word in self._views[0][start:end]]

    def _bounds(self, number: int) -> tuple[int, int]:
        """Where a title begins and ends in ``words``."""
        starts = self._starts
        behind = starts[number + 1] if number + 1 < len(starts) else len(self._views[0])
        return starts[number], behind - 1

    def is_same_behind(self, run: Sequence[str], budget: Budget) -> bool:
        """Whether the same word may stand behind the run in all titles; False: it does not."""
        first, last = self._of_run(run, budget)
        if first == last or self.deleted is not None:
            return True
        words, suffixes = self._views
        behind = words[suffixes[first] + len(run)]
        return bool(behind) and behind == words[suffixes[last - 1] + len(run)]

    def having_words(self, numbers: Sequence[int], wanted: Sequence[str]) -> list[int]:
        """Those of some titles with as many words as are wanted that have these."""
        words, starts, text = self._views[0], self._starts, self.terms.text
        backwards = range(len(wanted) - 1, -1, -1)
        found = []
        for number in numbers:
            start = starts[number]
            # Words that are alike stand at the beginning mostly.
            if all(text(words[start + at] - 1) == wanted[at] for at in backwards):
                found.append(number)
        return found

    def whole(self, run: Sequence[str], budget: Budget) -> NDArray[np.int64]:
        """The articles whose title is the run: ascending."""
        first, last = 0, len(self.titles.suffixes)
        for behind, word in enumerate(run):
            ordinal = self.terms.ordinal(word)
            budget.work += LOOKED_UP
            if ordinal < 0 or first == last:
                return np.empty(0, np.int64)
            first, last = self._narrowed(first, last, behind, (ordinal, ordinal + 1))
        # Of equal ones those that end come first.
        _, last = self._narrowed(first, last, len(run), (-1, 0)) if run else (0, 0)
        places = self.titles.suffixes[first:last].astype(np.int64)
        numbers = self._numbers(places)
        good = self.titles.starts[numbers] == places
        if self.deleted is not None:
            good &= ~self.deleted[numbers]
        found: NDArray[np.int64] = np.sort(numbers[good]) + self.base
        return found

    def inside(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of some articles, ascending, that are of this segment, by their numbers in it."""
        first, last = documents.searchsorted((self.base, self.base + len(self.titles.starts)))
        found: NDArray[np.int64] = documents[first:last] - self.base
        return found

    def length(self, number: int) -> int:
        """How many words a document's title has."""
        start, end = self._bounds(number)
        return end - start

    def having_length(self, numbers: NDArray[np.int64], length: int) -> list[int]:
        """Those of some titles that have so many words."""
        found: list[int] = numbers[self._lengths[numbers] == length].tolist()
        return found

    def beside(self, documents: NDArray[np.int64], beginning: str, budget: Budget) -> Counts:
        """The words with the beginning in the titles of some articles, by the titles."""
        low, high = self.terms.bounds(beginning)
        inside = self.inside(documents)
        if low == high or not len(inside):
            return Counts(self.terms, (), ())
        if len(inside) <= _FEW_TITLES:
            return self._beside_few(inside.tolist(), low, high, budget)
        from_ = self.titles.starts[inside].astype(np.int64)
        counts = self._ends[inside] - from_
        places = np.repeat(from_ - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        budget.work += TERM + POSTING * len(places)
        words = self.titles.words[places]
        good = ((words > low) & (words <= high)).nonzero()[0]
        number = np.cumsum(counts).searchsorted(good, "right")
        # A word counts once for a title.
        found = _distinct((words[good].astype(np.int64) - 1) << 32 | number) >> 32
        return Counts(self.terms, *_counted(found))

    def _beside_few(self, numbers: list[int], low: int, high: int, budget: Budget) -> Counts:
        words, counted = self._views[0], dict[int, int]()
        for number in numbers:
            start, end = self._bounds(number)
            budget.work += POSTING * (end - start)
            for word in {word for word in words[start:end] if low < word <= high}:
                counted[word - 1] = counted.get(word - 1, 0) + 1
        budget.work += TERM
        return Counts(self.terms, list(counted), list(counted.values()))
