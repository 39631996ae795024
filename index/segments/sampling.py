"""Samples of an index's documents that do not depend on the order in which these lie.

Each document has a level: with how many zero bits the hash of its text begins. Of many documents
about half have level 1 or more, a quarter 2 or more, and so on, and which they are is said by their
texts alone: so the same articles give the same sample, whoever indexed them and in which order.

Copies of one text are all of one level. Where that makes a sample too large, it is put in the
order of the hashes, and some are taken at even distances: as many copies of a text as are its
share. Which of the copies is no matter, since all have the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.reader import SegmentReader

LEVELS = 65
"""There are so many, from 0 on."""

_COLUMN = "text_hash"
_BITS = 53
"""Of a float's fraction, so that no number is rounded up to the next power of two."""


def levels_of(segment: SegmentReader) -> NDArray[np.uint8]:
    """The levels of a segment's documents: (n,). Raises ``FileDamaged``."""
    return levels_of_hashes(hashes_of(segment))


def hashes_of(segment: SegmentReader) -> NDArray[np.uint64]:
    """The hashes of a segment's texts: (n,), of their numbers where those are unknown.

    Raises ``FileDamaged``.
    """
    if _COLUMN not in segment.documents.columns:
        return _mixed(np.arange(1, segment.size + 1, dtype=np.uint64))
    found: NDArray[np.uint64] = segment.documents.numbers(_COLUMN).astype(np.uint64, copy=False)
    return found


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """As good as hashes: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014)."""
    found = numbers * np.uint64(0x9E3779B97F4A7C15)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return found ^ (found >> np.uint64(31))


def levels_of_hashes(hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """With how many zero bits numbers begin, no more than 53: (n,)."""
    _, exponents = np.frexp((hashes >> np.uint64(64 - _BITS)).astype(np.float64))
    return (_BITS - exponents).astype(np.uint8)


def level_for(of_levels: Sequence[int], about: int) -> int:
    """The level from which on documents make a sample of ``about`` of them.

    It has ``about`` of them or more, up to twice as many. Where texts are copies of each other, so
    that levels tell less of them, half of that at the least, and it may be all (see ``thinned``).
    0 for no more than ``about``.
    """
    level = first_level(sum(of_levels), about)
    while is_too_high(level, sum(of_levels[level:]), about):
        level -= 1
    return level


def first_level(count: int, about: int) -> int:
    """That of so many documents, where their levels are as is to be expected."""
    return max((count // max(about, 1)).bit_length() - 1, 0) if count > about else 0


def is_too_high(level: int, sample: int, about: int) -> bool:
    """Whether a sample of this level and above has too few documents, and could have more."""
    return level > 0 and 2 * sample < about


def thinned(hashes: NDArray[np.uint64], most: int) -> NDArray[np.intp]:
    """Which of a sample's documents, of these hashes, are left, no more than ``most``: (n,)."""
    count = len(hashes)
    if count <= most:
        return np.arange(count)
    places = hashes.argsort(kind="stable")[np.arange(most) * count // most]
    places.sort()
    return places


def sampled(
    levels: NDArray[np.uint8],
    about: int,
    hashes: Callable[[NDArray[np.intp]], NDArray[np.uint64]],
) -> NDArray[np.intp]:
    """Which of some documents are looked at: (n,) ascending, no more than twice ``about``.

    ``hashes``: gives those of some of them, and is asked only where there are too many.
    """
    level = level_for(np.bincount(levels, minlength=LEVELS).tolist(), about)
    places = (levels >= level).nonzero()[0]
    if len(places) > 2 * about:
        places = places[thinned(hashes(places), 2 * about)]
    return places
