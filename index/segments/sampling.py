"""Samples of an index's documents that do not depend on the order in which these lie.

Each document has a level: with how many zero bits the hash of its text begins. Of many documents
about half have level 1 or more, a quarter 2 or more, and so on, and which they are is said by their
texts alone: so the same articles give the same sample, whoever indexed them and in which order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.reader import SegmentReader

LEVELS = 65
"""There are so many, from 0 on."""

_COLUMN = "text_hash"
_BITS = 53
"""Of a float's fraction, so that no number is rounded up to the next power of two."""


def levels_of(segment: SegmentReader) -> NDArray[np.uint8]:
    """The levels of a segment's documents, all the highest where hashes are unknown: (n,).

    Raises ``FileDamaged``.
    """
    if _COLUMN not in segment.documents.columns:
        return np.full(segment.size, LEVELS - 1, np.uint8)
    return levels_of_hashes(segment.documents.numbers(_COLUMN))


def levels_of_hashes(hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """With how many zero bits numbers begin, no more than 53: (n,)."""
    _, exponents = np.frexp((hashes >> np.uint64(64 - _BITS)).astype(np.float64))
    return (_BITS - exponents).astype(np.uint8)


def level_for(of_levels: Sequence[int], about: int) -> int:
    """The level from which on documents make a sample of ``about`` of them, up to twice as many.

    ``of_levels``: how many documents have level 0, 1 and so on. Where these are no more than
    ``about`` it is 0, so that all are in the sample. As levels are a matter of chance there may be
    a few less, or more; where texts are copies of each other, which have one level, much more, but
    never less than half of ``about``.
    """
    count = sum(of_levels)
    level = max((count // max(about, 1)).bit_length() - 1, 0) if count > about else 0
    while level and 2 * sum(of_levels[level:]) < about:
        level -= 1
    return level
