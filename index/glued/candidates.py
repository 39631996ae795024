"""Which terms may be glued words, and where: found by array operations over whole vocabularies.

A term is cut at every place, and the pieces are looked up as numbers (see ``hashing``) among the
words that parts may be. What is left is little, and is judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from index.glued.judging import SHORTEST_PART
from index.light_dataclass import dataclass
from index.segments.hashing import Blob, Numbers, Places, numbers_of

_SHORT_BEHIND, _SHORT_BEFORE = numbers_of([b"di", b"ke"]), numbers_of([b"di", b"ke", b"ia"])
THREE_FROM = 11
"""Letters from which on a term may be glued of three."""


Tell = Callable[[Numbers], NDArray[np.bool_]]
"""Tells of numbers, (k,), which are words of a kind."""


@dataclass(frozen=True, slots=True)
class Words:
    """What parts may be. ``any_``: all words; ``strong``: those of which one has to be there.

    These tell at a glance (see ``AtAGlance``). ``sure`` tells of numbers which are in ``any_``, and
    takes its time. ``few``: whether the
    archive has so few words that everything counts as one. ``solid``: words of which any two may
    stand together in a term that is written in small letters; ``common``: the same in any other.
    """

    any_: Tell
    strong: Tell
    solid: Tell
    common: Tell
    sure: Tell
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


@dataclass(frozen=True, slots=True)
class _InTwo:
    """Every term cut at every place: (k,) each, ascending by ``terms`` and where they are cut.

    ``head``, ``tail``: the pieces as numbers; ``begins``, ``ends``: whether these may be words.
    """

    terms: Places
    at: Places
    head: Numbers
    tail: Numbers
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]


def candidates(
    blob: Blob, starts: Places, ends: Places, words: Words, small: NDArray[np.bool_]
) -> Cuts:
    """The cuts of terms in a blob into two or three words of which one is strong.

    ``small``: (t,), which terms are written in small letters; those need no strong word. Others
    need none where all their words are common ones.
    """
    sizes = ends - starts
    places = np.maximum(sizes - 2 * SHORTEST_PART + 1, 0)
    terms = np.repeat(np.arange(len(sizes)), places)
    at = np.arange(len(terms)) - np.repeat(np.cumsum(places) - places, places) + SHORTEST_PART
    start, end = starts[terms], ends[terms]
    head, tail = blob.numbers(start, start + at), blob.numbers(start + at, end)
    cuts = _InTwo(terms, at, head, tail, words.any_(head), words.any_(tail))
    both = (cuts.begins & cuts.ends).nonzero()[0]
    two = both[_good(words, small[terms[both]], (head[both], tail[both]))]
    two = two[words.sure(head[two]) & words.sure(tail[two])]
    nothing = np.zeros(len(two), np.int64)
    more = _in_three(blob, starts, ends, words, cuts, small)
    short = _short_behind(blob, starts, ends, words), _short_before(blob, starts, ends, words)
    found = terms[two], at[two], nothing
    return Cuts(*(np.concatenate(all_) for all_ in zip(found, more, *short, strict=True)))


def _good(
    words: Words, small: NDArray[np.bool_], pieces: tuple[NDArray[np.uint64], ...]
) -> NDArray[np.bool_]:
    strong: NDArray[np.bool_] = np.any([words.strong(one) for one in pieces], axis=0)
    for kind, such in ((words.solid, small), (words.common, ~small)):
        left = (such & ~strong).nonzero()[0]
        strong[left] = np.all([kind(one[left]) for one in pieces], axis=0)
    return strong


def _short_behind(
    blob: Blob, starts: Places, ends: Places, words: Words
) -> tuple[Places, Places, Places]:
    """Terms that end with a function word of two letters: ``korupsidi``."""
    terms = np.isin(blob.numbers(ends - 2, ends), _SHORT_BEHIND).nonzero()[0]
    heads = blob.numbers(starts[terms], ends[terms] - 2)
    terms = terms[words.sure(heads)]
    return terms, (ends - starts)[terms] - 2, np.zeros(len(terms), np.int64)


def _short_before(
    blob: Blob, starts: Places, ends: Places, words: Words
) -> tuple[Places, Places, Places]:
    """Terms that begin with one, and a strong word behind it: ``dipertandingan``."""
    terms = np.isin(blob.numbers(starts, starts + 2), _SHORT_BEFORE).nonzero()[0]
    terms = terms[words.strong(blob.numbers(starts[terms] + 2, ends[terms]))]
    terms = terms[words.sure(blob.numbers(starts[terms] + 2, ends[terms]))]
    return terms, np.full(len(terms), 2), np.zeros(len(terms), np.int64)


def _in_three(  # noqa: PLR0917 - what ``candidates`` has at hand
    blob: Blob,
    starts: Places,
    ends: Places,
    words: Words,
    cuts: _InTwo,
    small: NDArray[np.bool_],
) -> tuple[Places, Places, Places]:
    """The same of three words: ``terms``, ``first`` and ``second`` as in ``Cuts``."""
    terms, at, head, tail = cuts.terms, cuts.at, cuts.head, cuts.tail
    long = (ends - starts)[terms] >= THREE_FROM
    left, right = (cuts.begins & long).nonzero()[0], (cuts.ends & long).nonzero()[0]
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
    good = words.any_(middle)
    strong = words.strong(middle)
    strong |= words.strong(head[first]) & words.strong(tail[second])
    left = (good & ~strong & small[terms[first]]).nonzero()[0]
    strong[left] = _good(
        words, np.ones(len(left), np.bool_), (head[first[left]], middle[left], tail[second[left]])
    )
    good &= strong
    chosen = good.nonzero()[0]
    first, second = first[chosen], second[chosen]
    sure = words.sure(head[first]) & words.sure(middle[chosen]) & words.sure(tail[second])
    first, second = first[sure], second[sure]
    return terms[first], at[first], at[second]
