"""The numbers of articles in the order in which they were read (``documents.NUMBER``)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.documents import NUMBER
from index.segments.reader import SegmentReader


def numbers_of(segments: Sequence[SegmentReader]) -> NDArray[np.uint32] | None:
    """The numbers of all documents: (N,); None where a segment has none. Raises ``FileDamaged``."""
    if not all(NUMBER in one.documents.columns for one in segments):
        return None
    parts = [one.documents.numbers(NUMBER) for one in segments]
    return np.concatenate([np.empty(0, np.uint32), *parts], dtype=np.uint32, casting="unsafe")


def next_number(segments: Sequence[SegmentReader]) -> int | None:
    """The number of the next article that is read; None where the others have none.

    Raises ``FileDamaged``.
    """
    numbers = numbers_of(segments)
    return None if numbers is None else int(numbers.max(initial=0)) + 1
