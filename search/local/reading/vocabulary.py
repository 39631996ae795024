"""The words of an index's exact fields that are near to a given one.

Only words of the letters a to z are looked at. Of each, its length and the set of its letters, a
bit each, stand in the segments (``index.derived.words``). An edit changes at most two of these
bits, so that most words are ruled out by arithmetic on one number each, and edits are counted for
the few left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.derived.words import OTHER, WordShapes, words_of
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.budget import Budget
from search.local.reading.nearest import near

_A = ord("a")


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index: how many edits from the given one, and how many articles have it."""

    word: str
    distance: int
    articles: int


class Vocabulary:
    """The words of a snapshot's segments. Safe under threads; methods raise ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._shapes: dict[tuple[int, str], WordShapes] = {}

    def near(self, field: str, word: str, max_edits: int, budget: Budget) -> list[Near] | None:
        """The words of a field up to ``max_edits`` from ``word`` of the letters a to z, unordered.

        Those that begin with another letter are near by one edit only.
        None where the budget was spent before all were looked at; what was read until then is kept,
        so that the next call gets farther.
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
                shapes = self._shapes[number, field] = words_of(segment, field)
            for text, distance, articles in _near(index, shapes, word.encode(), max_edits):
                found[text] = distance, articles + found.get(text, (0, 0))[1]
        return [Near(text.decode(), *rest) for text, rest in found.items()]


def is_plain(word: str) -> bool:
    """Whether a word has nothing but the letters a to z."""
    return word.isascii() and word.isalpha() and word.islower()


def _near(
    index: FieldIndex, shapes: WordShapes, word: bytes, max_edits: int
) -> Iterator[tuple[bytes, int, int]]:
    """Term, distance and document frequency of each near term of a segment."""
    letters = np.bitwise_or.reduce(np.uint32(1) << (np.frombuffer(word, np.uint8) - _A))
    shortest, longest = max(len(word) - max_edits, 1), len(word) + max_edits
    # One comparison for both bounds: what is shorter wraps around to a large number.
    fits = (shapes.lengths - np.uint8(shortest)) <= longest - shortest
    allowed = np.where(shapes.firsts == word[0], np.uint8(max_edits), np.uint8(1))
    fits &= np.bitwise_count(shapes.letters ^ letters) <= 2 * allowed
    fits &= shapes.letters < OTHER
    ordinals = fits.nonzero()[0]
    text, ends = index.all_of("text").data, index.all_of("text_at")
    bounds = zip(ends[ordinals].tolist(), ends[ordinals + 1].tolist(), strict=True)
    words = [bytes(text[start:end]) for start, end in bounds]
    for place, distance in near(word, words, max_edits):
        yield words[place], distance, index.document_frequency(int(ordinals[place]))
