"""The words of a few terms of a generation, looked up one by one: what an update asks about.

Deciding for a whole generation reads all of its terms, which grow with it; of one new article there
are a handful of rare terms, whose pieces are soon found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import lexicon
from index.fields import EXACT, TEXTS
from index.glued.candidates import THREE_FROM, Words, words_of
from index.glued.judging import SHORTEST_PART
from index.glued.parts import lists, may_be_derived
from index.glued.vocabulary import SEVERAL, SOLID
from index.segments.hashing import Counts, Numbers, numbers_of
from index.segments.reader import SegmentReader


class Dictionary:
    """How many texts of segments have a word, titles and bodies. Keeps what was looked up."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._fields = [
            one.fields[name + EXACT]
            for one in segments
            for name in TEXTS
            if name + EXACT in one.fields
        ]
        self._known: dict[str, int] = {}

    def articles(self, word: str) -> int:
        """An article that has it in title and body counts twice. Raises ``FileDamaged``."""
        known = self._known.get(word)
        if known is None:
            term, known = word.encode(), 0
            for field in self._fields:
                ordinal = field.find(term)
                if ordinal >= 0:
                    known += field.document_frequency(ordinal)
            self._known[word] = known
        return known

    def all_of(self, words: Sequence[str]) -> list[int]:
        """The same of several."""
        return [self.articles(word) for word in words]

    def counts(self, terms: Sequence[str], fewest: int) -> tuple[Counts, Words]:
        """Those of terms and of all pieces that may be parts, and which are words.

        ``fewest``: see ``Judge``. Raises ``FileDamaged``.
        """
        here, known = lists(), lexicon()
        function = here.front | here.back
        listed = function | known.roots | known.lexicalised | known.names
        several = min(fewest, SEVERAL)

        def is_word(piece: str) -> bool:
            return self.articles(piece) >= several or piece in listed

        pieces = list(dict.fromkeys(piece for term in terms for piece in _pieces(term, is_word)))
        numbers = _numbers(pieces)
        order = numbers.argsort()
        counts = Counts(numbers[order], np.array(self.all_of(pieces), np.int64)[order])
        any_ = [piece for piece in pieces if is_word(piece)]
        often = [piece for piece in pieces if self.articles(piece) >= fewest]
        derived = [*filter(may_be_derived, often)]
        solid = [w for w in often if len(w) >= SOLID] + [w for w in any_ if w in listed]
        all_sure = _numbers(any_)

        def sure(some: Numbers) -> NDArray[np.bool_]:
            return np.isin(some, all_sure)

        sets = (any_, [*function, *derived], solid, here.common)
        return counts, words_of(*([_numbers(words)] for words in sets), sure=sure)


def _numbers(words: Iterable[str]) -> Numbers:
    return numbers_of([word.encode() for word in words])


def _pieces(term: str, is_word: Callable[[str], bool]) -> Iterator[str]:
    """A term and the pieces of it that are asked about."""
    yield term
    heads: list[int] = []
    tails: list[int] = []
    for at in range(2, len(term) - 1):
        for piece, ends in ((term[:at], heads), (term[at:], tails)):
            yield piece
            if is_word(piece):
                ends.append(at)
    if len(term) >= THREE_FROM:
        for first in heads:
            for second in tails:
                if second - first >= SHORTEST_PART:
                    yield term[first:second]
