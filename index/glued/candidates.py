"""Which terms may be glued words, and where: found by array operations over whole vocabularies.

A term is cut at every place, and the pieces are looked up as numbers (see ``hashing``) among the
words that parts may be. What is left is little, and is judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.glued.hashing import AtAGlance, Blob, Numbers, Places
from index.glued.judging import SHORTEST_PART

_LONG = 11
"""Letters from which on a term may be glued of three."""


@dataclass(frozen=True, slots=True)
class Words:
    """What parts may be. ``any_``: all words; ``strong``: those of which one has to be there.

    ``sure`` tells of numbers which are in ``any_``, and takes its time. ``few``: whether the
    archive has so few words that everything counts as one.
    """

    any_: AtAGlance
    strong: AtAGlance
    sure: Callable[[Numbers], NDArray[np.bool_]]
    few: bool


@dataclass(frozen=True, slots=True)
class Cuts:
    """Places where terms may fall apart: (k,) each.

    ``terms``: the number of the term among those asked about; ``first``, ``second``: where its
    second part begins, and its third, which is 0 where it has none.
    """

    terms: Places
    first: Places
    second: Places


def candidates(blob: Blob, starts: Places, ends: Places, words: Words) -> Cuts:
    """The cuts of terms in a blob into two or three words of which one is strong."""
    sizes = ends - starts
    places = np.maximum(sizes - 2 * SHORTEST_PART + 1, 0)
    terms = np.repeat(np.arange(len(sizes)), places)
    at = np.arange(len(terms)) - np.repeat(np.cumsum(places) - places, places) + SHORTEST_PART
    start, end = starts[terms], ends[terms]
    head, tail = blob.numbers(start, start + at), blob.numbers(start + at, end)
    begins, stops = words.any_.has(head), words.any_.has(tail)
    both = (begins & stops).nonzero()[0]
    strong = words.strong.has(head[both]) | words.strong.has(tail[both])
    two = both[strong]
    two = two[words.sure(head[two]) & words.sure(tail[two])]
    nothing = np.zeros(len(two), np.int64)
    more = _in_three(blob, starts, ends, words, (terms, at, head, tail, begins, stops))
    found = terms[two], at[two], nothing
    return Cuts(*(np.concatenate(pair) for pair in zip(found, more, strict=True)))


def _in_three(
    blob: Blob,
    starts: Places,
    ends: Places,
    words: Words,
    cuts: tuple[
        Places, Places, NDArray[np.uint64], NDArray[np.uint64], NDArray[np.bool_], NDArray[np.bool_]
    ],
) -> tuple[Places, Places, Places]:
    """The same of three words: ``terms``, ``first`` and ``second`` as in ``Cuts``."""
    terms, at, head, tail, begins, stops = cuts
    long = (ends - starts)[terms] >= _LONG
    left, right = (begins & long).nonzero()[0], (stops & long).nonzero()[0]
    # Every beginning of a term with every end of it: both ascend by terms.
    low = terms[right].searchsorted(terms[left])
    high = terms[right].searchsorted(terms[left], "right")
    counts = high - low
    first = np.repeat(left, counts)
    within = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    second = right[np.repeat(low, counts) + within]
    apart = (at[second] - at[first] >= SHORTEST_PART).nonzero()[0]
    first, second = first[apart], second[apart]
    start = starts[terms[first]]
    middle = blob.numbers(start + at[first], start + at[second])
    good = words.any_.has(middle)
    good &= words.strong.has(middle) | words.strong.has(head[first]) & words.strong.has(
        tail[second]
    )
    chosen = good.nonzero()[0]
    first, second = first[chosen], second[chosen]
    sure = words.sure(head[first]) & words.sure(middle[chosen]) & words.sure(tail[second])
    first, second = first[sure], second[sure]
    return terms[first], at[first], at[second]
