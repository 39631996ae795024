"""The runs of words in the titles of a segment, found in its suffix array by bisection.

Where the titles with some words stand is kept: who types letter by letter asks for them again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.derived import Titles
from search.budget import LOOKED_UP, POSTING, TERM, Budget
from search.local.reading.word_counts import Counts, Terms

_KEPT = 10_000
_FEW = 48
_MOST = 1 << 16
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
        """Where the run begins in ``words``, for all with such a word behind it, by that word."""
        first, last = self._range(run, beginning, budget)
        step = 1 + (last - first) // _MOST
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
            return (), (), 0
        if self._few(first, last):
            budget.work += TERM + POSTING * (last - first)
            words, suffixes = self._views
            behind = len(run)
            counted: dict[int, int] = {}
            for place in suffixes[first:last]:
                word = words[place + behind]
                counted[word] = counted.get(word, 0) + 1
            # Where whatever may follow, some titles are at their end.
            counted.pop(0, None)
            texts = [self.terms.text(word - 1) for word in counted]
            return texts, list(counted.values()), sum(counted.values())
        places = self._places(run, beginning, budget)
        nexts = self.titles.words[places + len(run)].astype(np.int64)
        return self.terms.commonest(*_counted(nexts[nexts.searchsorted(1) :] - 1))

    def documents(
        self, run: Sequence[str], beginning: str | None, budget: Budget
    ) -> NDArray[np.int64]:
        """The articles whose title has the run and such a word behind it: ascending."""
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
        if self._few(first, last):
            budget.work += TERM + POSTING * (last - first)
            starts, base, few = self._starts, self.base, {}
            for place in self._views[1][first:last]:
                number = bisect_right(starts, place) - 1
                inside = starts[number] != place
                few[number] = few.get(number, True) and inside
            keys = sorted((number + base) << 1 | inside for number, inside in few.items())
            return np.array(keys, np.int64)
        places = self._places(run, beginning, budget)
        numbers = self._numbers(places)
        keys = np.sort((numbers + self.base) << 1 | (self.titles.starts[numbers] != places))
        first = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:] >> 1, keys[:-1] >> 1, out=first[1:])
        return keys[first]

    def count(self, run: Sequence[str], budget: Budget) -> int:
        """How many titles have the run."""
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
        words = self.titles.words[int(self.titles.starts[number]) : int(self._ends[number])]
        return [self.terms.text(word - 1) for word in words.tolist()]

    def is_same_behind(self, run: Sequence[str], budget: Budget) -> bool:
        """Whether the same word may stand behind the run in all titles; False: it does not."""
        first, last = self._of_run(run, budget)
        if first == last or self.deleted is not None:
            return True
        words, suffixes = self._views
        behind = words[suffixes[first] + len(run)]
        return bool(behind) and behind == words[suffixes[last - 1] + len(run)]

    def having_words(self, numbers: NDArray[np.int64], wanted: Sequence[str]) -> list[int]:
        """Those of some titles with as many words as are wanted that have these."""
        words, starts, text = self._views[0], self._starts, self.terms.text
        backwards = range(len(wanted) - 1, -1, -1)
        found = []
        for number in numbers.tolist():
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
        return int(self._ends[number]) - int(self.titles.starts[number])

    def having_length(self, numbers: NDArray[np.int64], length: int) -> NDArray[np.int64]:
        """Those of some titles that have so many words."""
        if not len(numbers):
            return numbers
        found: NDArray[np.int64] = numbers[
            self._ends[numbers] - self.titles.starts[numbers] == length
        ]
        return found

    def beside(self, documents: NDArray[np.int64], beginning: str, budget: Budget) -> Counts:
        """The words with the beginning in the titles of some articles, by the titles."""
        low, high = self.terms.bounds(beginning)
        inside = self.inside(documents)
        if low == high or not len(inside):
            return (), (), 0
        from_ = self.titles.starts[inside].astype(np.int64)
        counts = self._ends[inside] - from_
        places = np.repeat(from_ - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        budget.work += TERM + POSTING * len(places)
        words = self.titles.words[places].astype(np.int64) - 1
        good = (words >= low) & (words < high)
        number = np.repeat(np.arange(len(counts)), counts)
        # A word counts once for a title.
        found = _distinct(words[good] << 32 | number[good]) >> 32
        return self.terms.commonest(*_counted(found))
