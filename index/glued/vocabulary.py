"""The terms of a generation's segments as numbers: how common, how rare, and what parts may be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.analysis import lexicon
from index.glued.candidates import Words, words_of
from index.glued.judging import LONGEST, SHORTEST, SHORTEST_SMALL
from index.glued.parts import PREFIXES, SHORTEST_DERIVED, lists
from index.segments import hashing
from index.segments.hashing import (
    Blob,
    Counts,
    Flags,
    Numbers,
    Places,
    are_among,
    distinct,
    numbers_of,
)
from index.segments.postings import FieldIndex

_A, _Z = ord("a"), ord("z")
_LONGEST_PREFIX = max(map(len, PREFIXES))
SOLID = 5
SEVERAL = 2
"""A part is in so many articles at least, where the archive is no small one."""


class FieldTerms:
    """The terms of a field. ``ordinal`` to its start, end, number and articles: (t,) each.

    ``plain``: (t,), which are small letters of ASCII alone.
    """

    def __init__(self, index: FieldIndex) -> None:
        self.index = index
        self.blob = Blob(index.all_of("text"))
        bounds = index.all_of("text_at").astype(np.int64)
        self.starts, self.ends = bounds[:-1], bounds[1:]
        self.numbers = self.blob.numbers(self.starts, self.ends)
        self.articles = index.document_frequencies(0, index.terms)
        self.plain = self.blob.are_within(self.starts, self.ends, _A, _Z)


def counted(fields: Sequence[FieldTerms]) -> tuple[Counts, list[Places]]:
    """How many texts have each term, and where each field's terms are among the counts.

    Titles and bodies are texts, so that an article with a term in both counts twice.
    """
    return hashing.counted([one.numbers for one in fields], [one.articles for one in fields])


def rare_in(
    fields: Sequence[FieldTerms],
    counts: Counts,
    places: Sequence[Places],
    most: int,
    small: Flags,
) -> list[Places]:
    """The ordinals of terms that may be glued by how they are written and how rare they are.

    ``small``: of the counts, which are of words in small letters, of which shorter ones may be.

    Each term once, whatever fields have it.
    """
    left = counts.counts <= most
    found = []
    for one, of_field in zip(fields, places, strict=True):
        sizes = one.ends - one.starts
        fits = one.plain & (sizes >= SHORTEST_SMALL) & (sizes <= LONGEST) & left[of_field]
        short = (fits & (sizes < SHORTEST)).nonzero()[0]
        fits[short] = small[of_field[short]]
        found.append(fits.nonzero()[0])
        left[of_field[found[-1]]] = False
    return found


def words_in(
    fields: Sequence[FieldTerms],
    counts: Counts,
    places: Sequence[Places],
    fewest: int,
    *,
    few: bool,
) -> Words:
    """What parts may be: words of ``fewest`` articles; of ``few`` terms anything.

    ``places``: of each field's terms among the counts.
    """
    if few:
        return Words(_anything, _anything, _anything, _anything, _anything, few=True)
    common, function, outside = listed()
    every, strong, solid = [outside], [function], [outside]
    for one, at in zip(fields, places, strict=True):
        articles = counts.counts[at]  # of all fields: how they fall into segments is no matter
        every.append(one.numbers[one.plain & (articles >= min(fewest, SEVERAL))])
        often = articles >= fewest
        solid.append(one.numbers[one.plain & often & (one.ends - one.starts >= SOLID)])
        some = (one.plain & often).nonzero()[0]
        strong.append(one.numbers[some[_look_derived(one, some)]])

    def sure(numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        several: NDArray[np.bool_] = counts.of(numbers) >= min(fewest, SEVERAL)
        return several | are_among(numbers, outside)

    return words_of(every, strong, solid, [common], sure=sure)


@cache
def listed() -> tuple[Numbers, Numbers, Numbers]:
    """The numbers of common words, of function words, and, ascending, of all that are listed."""
    here, words = lists(), lexicon()
    common = numbers_of([word.encode() for word in here.common])
    function = [word.encode() for word in here.front | here.back]
    others = [word.encode() for word in words.roots | words.lexicalised | words.names]
    return common, numbers_of(function), distinct(numbers_of(function + others))


def _anything(numbers: Numbers) -> NDArray[np.bool_]:
    return np.ones(len(numbers), np.bool_)


def _look_derived(field: FieldTerms, ordinals: Places) -> NDArray[np.bool_]:
    """Which of some terms look as if they had a prefix: (k,)."""
    starts = field.starts[ordinals]
    begins = [field.blob.text.take(starts + at, mode="clip") for at in range(_LONGEST_PREFIX)]
    found = np.zeros(len(starts), np.bool_)
    for prefix in PREFIXES:
        here = np.ones(len(starts), np.bool_)
        for letters, letter in zip(begins, prefix.encode(), strict=False):
            here &= letters == letter
        found |= here
    return found & (field.ends[ordinals] - starts >= SHORTEST_DERIVED)
