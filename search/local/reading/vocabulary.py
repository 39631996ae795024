"""The words of an index's exact fields that are near to a given one.

Only words of the letters a to z are looked at. Of each, its length and the set of its letters, a
bit each, are kept from the first look on. An edit changes two of these bits at the most, so that
most words are put aside by arithmetic on one number each, and edits are counted for the few left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.budget import Budget
from search.local.reading.nearest import near

_A = ord("a")
_LETTERS = 26
_OTHER = np.uint32(1 << 31)
"""The bit of words that have anything but letters."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index: how many edits from the given one, and how many articles have it."""

    word: str
    distance: int
    articles: int


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Of each term of a segment's field: length and first byte, uint8, and letters, uint32."""

    lengths: NDArray[np.uint8]
    firsts: NDArray[np.uint8]
    letters: NDArray[np.uint32]


class Vocabulary:
    """The words of a snapshot's segments. Safe under threads; methods raise ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._shapes: dict[tuple[int, str], _Shapes] = {}

    def near(self, field: str, word: str, most: int, budget: Budget) -> list[Near] | None:
        """The words of a field up to ``most`` edits from ``word`` of the letters a to z, unordered.

        Those that begin with another letter are near by one edit only.
        None where the budget was spent before all were looked at; what was read until then is kept,
        so that another look gets farther.
        """
        found: dict[bytes, tuple[int, int]] = {}
        for number, segment in enumerate(self._segments):
            if budget.spent():
                return None
            index = segment.fields.get(field)
            if index is None or not index.terms:
                continue
            shapes = self._shapes.get((number, field))
            if shapes is None:
                shapes = self._shapes[number, field] = _shapes(index)
            for text, distance, articles in _near(index, shapes, word.encode(), most):
                found[text] = distance, articles + found.get(text, (0, 0))[1]
        return [Near(text.decode(), *rest) for text, rest in found.items()]


def is_plain(word: str) -> bool:
    """Whether a word has nothing but the letters a to z."""
    return word.isascii() and word.isalpha() and word.islower()


def _shapes(index: FieldIndex) -> _Shapes:
    text, ends = index.all_of("text"), index.all_of("text_at")
    classes = np.full(256, _OTHER, np.uint32)
    classes[_A : _A + _LETTERS] = np.uint32(1) << np.arange(_LETTERS, dtype=np.uint32)
    starts = ends[:-1].astype(np.intp)
    letters = np.bitwise_or.reduceat(classes[text], starts)
    return _Shapes(np.minimum(np.diff(ends), 255).astype(np.uint8), text[starts], letters)


def _near(
    index: FieldIndex, shapes: _Shapes, word: bytes, most: int
) -> Iterator[tuple[bytes, int, int]]:
    """Term, distance and document frequency of each near term of a segment."""
    letters = np.bitwise_or.reduce(np.uint32(1) << (np.frombuffer(word, np.uint8) - _A))
    shortest, longest = max(len(word) - most, 1), len(word) + most
    # One comparison for both bounds: what is shorter wraps around to a large number.
    fits = (shapes.lengths - np.uint8(shortest)) <= longest - shortest
    allowed = np.where(shapes.firsts == word[0], np.uint8(most), np.uint8(1))
    fits &= np.bitwise_count(shapes.letters ^ letters) <= 2 * allowed
    fits &= shapes.letters < _OTHER
    ordinals = fits.nonzero()[0]
    text, ends = index.all_of("text").data, index.all_of("text_at")
    bounds = zip(ends[ordinals].tolist(), ends[ordinals + 1].tolist(), strict=True)
    words = [bytes(text[start:end]) for start, end in bounds]
    for place, distance in near(word, words, most):
        yield words[place], distance, index.document_frequency(int(ordinals[place]))
