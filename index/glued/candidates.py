"""Which terms may be glued words, and where: found by array operations over whole vocabularies.

A term is cut at every place, and the pieces are looked up as numbers (see ``hashing``) among the
words that parts may be. What is left is little, and is judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.glued.judging import LONGEST, SHORTEST_PART
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.hashing import (
    BASE,
    BITS,
    INVERSE,
    MIX,
    AtAGlance,
    Blob,
    Numbers,
    Places,
    at_a_glance,
    numbers_of,
)

_SHORT_BEHIND, _SHORT_BEFORE = numbers_of([b"di", b"ke"]), numbers_of([b"di", b"ke", b"ia"])
THREE_FROM = 11
"""Letters from which on a term may be glued of three."""

_kernel = kernel("cutting")


Tell = Callable[[Numbers], NDArray[np.bool_]]
"""Tells of numbers, (k,), which are words of a kind."""


@dataclass(frozen=True, slots=True)
class Words:
    """What parts may be. ``any_``: all words; ``strong``: those of which one has to be there.

    These tell at a glance (see ``AtAGlance``). ``sure`` tells of numbers which are in ``any_``, and
    takes its time. ``few``: whether the
    archive has so few words that everything counts as one; else ``glance`` is what they ask.
    ``solid``: words of which any two may
    stand together in a term that is written in small letters; ``common``: the same in any other.
    """

    any_: Tell
    strong: Tell
    solid: Tell
    common: Tell
    sure: Tell
    few: bool
    glance: AtAGlance | None = None


def words_of(
    every: Iterable[Numbers],
    strong: Iterable[Numbers],
    solid: Iterable[Numbers],
    common: Iterable[Numbers],
    *,
    sure: Tell,
) -> Words:
    """Words of an archive that has many, by their numbers."""
    glance, *others = at_a_glance(every, strong, solid, common)
    in_strong, in_solid, in_common = (one.has for one in others)
    return Words(glance.has, in_strong, in_solid, in_common, sure, few=False, glance=glance)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Places where terms may fall apart: (k,) each.

    ``terms``: the number of the term among those asked about; ``first``, ``second``: where its
    second part begins, and its third, which is 0 where it has none.
    """

    terms: Places
    first: Places
    second: Places


def candidates(
    blob: Blob, starts: Places, ends: Places, words: Words, small: NDArray[np.bool_]
) -> Cuts:
    """The cuts of terms in a blob into two or three words of which one is strong.

    ``small``: (t,), which terms are written in small letters; those need no strong word. Others
    need none where all their words are common ones.
    """
    two, three = good_cuts(blob, starts, ends, words, small)
    found = (
        _sure(blob, starts, ends, words, two),
        _sure(blob, starts, ends, words, three),
        _short_behind(blob, starts, ends, words),
        _short_before(blob, starts, ends, words),
    )
    return Cuts(*(np.concatenate(all_) for all_ in zip(*found, strict=True)))


def good_cuts(
    blob: Blob, starts: Places, ends: Places, words: Words, small: NDArray[np.bool_]
) -> tuple[Places, Places]:
    """Where terms fall apart into what may be words and good ones: ``(2, k)`` and ``(3, k)``.

    The number of the term, ascending, and where its second part begins, and its third.
    """
    if _kernel is None or words.glance is None or int((ends - starts).max(initial=0)) > LONGEST:
        two, three = plain_places(blob, starts, ends, words)
        return (
            _good_of_two(blob, starts, ends, words, two, small),
            _good_of_three(blob, starts, ends, words, three, small),
        )
    found: tuple[Places, Places] = _kernel.cuts(
        blob.text,
        starts,
        ends,
        small.view(np.uint8),
        words.glance.having,
        BASE,
        INVERSE,
        MIX,
        BITS,
        SHORTEST_PART,
        THREE_FROM,
    )
    return found


def plain_places(blob: Blob, starts: Places, ends: Places, words: Words) -> tuple[Places, Places]:
    """Where they fall apart into what may be words: every term is cut at every place."""
    sizes = ends - starts
    places = np.maximum(sizes - 2 * SHORTEST_PART + 1, 0)
    terms = np.repeat(np.arange(len(sizes)), places)
    at = np.arange(len(terms)) - np.repeat(np.cumsum(places) - places, places) + SHORTEST_PART
    start, end = starts[terms], ends[terms]
    begins = words.any_(blob.numbers(start, start + at))
    behind = words.any_(blob.numbers(start + at, end))
    two = (begins & behind).nonzero()[0]
    long = sizes[terms] >= THREE_FROM
    left, right = (begins & long).nonzero()[0], (behind & long).nonzero()[0]
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
    good = words.any_(blob.numbers(start + at[first], start + at[second])).nonzero()[0]
    first, second = first[good], second[good]
    return np.stack((terms[two], at[two])), np.stack((terms[first], at[first], at[second]))


def _sure(
    blob: Blob, starts: Places, ends: Places, words: Words, places: Places
) -> tuple[Places, Places, Places]:
    """Those of whose parts all are words: ``terms``, ``first`` and ``second`` as in ``Cuts``."""
    terms, *cuts = places
    start = starts[terms]
    bounds = [start, *(start + one for one in cuts), ends[terms]]
    told = [words.sure(blob.numbers(left, right)) for left, right in pairwise(bounds)]
    terms, first, *second = places[:, np.all(told, axis=0)]
    return terms, first, second[0] if second else np.zeros(len(terms), np.int64)


def _good_of_two(  # noqa: PLR0917 - what ``candidates`` has at hand
    blob: Blob,
    starts: Places,
    ends: Places,
    words: Words,
    places: Places,
    small: NDArray[np.bool_],
) -> Places:
    """Those of two words that are good."""
    terms, at = places
    start = starts[terms]
    head, tail = blob.numbers(start, start + at), blob.numbers(start + at, ends[terms])
    return places[:, _good(words, small[terms], (head, tail))]


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


def _good_of_three(  # noqa: PLR0917 - what ``candidates`` has at hand
    blob: Blob,
    starts: Places,
    ends: Places,
    words: Words,
    places: Places,
    small: NDArray[np.bool_],
) -> Places:
    """The same of three words."""
    terms, first, second = places
    start = starts[terms]
    head = blob.numbers(start, start + first)
    middle = blob.numbers(start + first, start + second)
    tail = blob.numbers(start + second, ends[terms])
    good = words.strong(middle)
    good |= words.strong(head) & words.strong(tail)
    left = (~good & small[terms]).nonzero()[0]
    good[left] = _good(words, np.ones(len(left), np.bool_), (head[left], middle[left], tail[left]))
    return places[:, good]
