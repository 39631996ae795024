"""Which terms of a field are at most so many edits from a word: ``kebakran~``.

Edits as in ``nearest``. Whatever letters they have, and however they begin. Most terms are ruled
out by their length and the set of their letters (``index.derived.words``): an edit changes at most
two of these, taken together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.derived.words import OTHER, words_of
from index.segments.reader import SegmentReader
from search.budget import SHAPE, TERM, Budget

_A = ord("a")
_LETTERS = np.uint32((1 << 26) - 1)
_LONGEST = 255
_BYTES = 4
"""The most that a letter takes."""


def edited(
    segment: SegmentReader, field: str, word: str, most: int, budget: Budget
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ordinals of the terms of a field of surface forms, ascending, and how many edits: (n,).

    Raises ``FileDamaged``.
    """
    index, shapes = segment.fields[field], words_of(segment, field)
    size = min(len(word.encode("utf-8", "surrogatepass")), _LONGEST)
    letters = np.uint32(sum(1 << ord(one) - _A for one in set(word) if "a" <= one <= "z"))
    changed = np.bitwise_count((shapes.letters ^ letters) & _LETTERS)
    # The lengths are in bytes, which are no letters where a word has others than a to z.
    longer = np.abs(shapes.lengths.astype(np.int16) - size)
    fits = (changed <= 2 * most) & (longer <= _BYTES * most)
    if word.isascii():
        fits &= (changed + longer <= 2 * most) & (longer <= most) | (shapes.letters >= OTHER)
    found = fits.nonzero()[0]
    budget.work += TERM + SHAPE * index.terms + 4 * SHAPE * len(found)
    if not len(found):
        return found, found
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    text, ends = index.all_of("text").data, index.all_of("text_at")
    bounds = zip(ends[found].tolist(), ends[found + 1].tolist(), strict=True)
    texts = [str(text[start:end], "utf-8", "surrogatepass") for start, end in bounds]
    near = process.extract_iter(word, texts, scorer=OSA.distance, score_cutoff=most)
    pairs = np.array([(place, edits) for _, edits, place in near], np.int64).reshape(-1, 2)
    return found[pairs[:, 0]], pairs[:, 1]
