"""How far words are from a given one, by edits.

The distance is Damerau-Levenshtein's with every letter edited once at most (insertions, deletions,
substitutions, and transpositions of neighbours). A row of it is worked out for all words at once,
as bits: Hyyrö, H. (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit
distances".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def edits(word: str, others: Sequence[str]) -> NDArray[np.int64]:
    """How far each of the others is from ``word`` of 1 to 60 letters: (n,)."""
    lengths = np.fromiter(map(len, others), np.int64, len(others))
    return distances(list(map(ord, word)), _letters(others, lengths), lengths)


def distances(
    word: Sequence[int], letters: NDArray[np.integer[Any]], lengths: NDArray[np.integer[Any]]
) -> NDArray[np.int64]:
    """How far each of n words is from ``word`` of 1 to 60 letters: (n,).

    Letters are numbers: (n, longest), anything behind the ends of shorter words. Bits of a 64-bit
    number stand for those of ``word``.
    """
    size = len(word)
    ordered = np.array(sorted(set(word)), np.int64)
    patterns = np.zeros(len(ordered) + 1, np.uint64)
    for place, letter in enumerate(word):
        patterns[ordered.searchsorted(letter)] |= np.uint64(1 << place)
    # Letters that the word does not have stand behind the others, with no bit set.
    places = np.minimum(ordered.searchsorted(letters), len(ordered) - 1)
    places[ordered[places] != letters] = len(ordered)
    one, last = np.uint64(1), np.uint64(size - 1)
    found = np.full(len(lengths), size)
    up = np.full(len(lengths), (1 << size) - 1, np.uint64)
    down = np.zeros(len(lengths), np.uint64)
    diagonal = np.zeros(len(lengths), np.uint64)
    before = np.zeros(len(lengths), np.uint64)
    for column in range(letters.shape[1]):
        matching = patterns[places[:, column]]
        swapped = ((~diagonal & matching) << one) & before
        diagonal = (((matching & up) + up) ^ up) | matching | down | swapped
        right = down | ~(diagonal | up)
        left = diagonal & up
        step = ((right >> last) & one).astype(np.int64) - ((left >> last) & one).astype(np.int64)
        found += np.where(column < lengths, step, 0)
        right = (right << one) | one
        up = (left << one) | ~(diagonal | right)
        down = diagonal & right
        before = matching
    return found


def _letters(words: Sequence[str], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The code points of the words, -1 behind shorter ones: (n, longest)."""
    joined = "".join(words).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, np.uint32).astype(np.int64)
    table = np.full((len(words), int(lengths.max(initial=0))), -1, np.int64)
    table[np.arange(table.shape[1]) < lengths[:, None]] = codes
    return table
