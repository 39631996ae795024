"""The words of a few terms of a generation, looked up one by one: what an update asks about.

Deciding for a whole generation reads all of its terms, which grow with it; of one new article there
are a handful of rare terms, whose pieces are soon found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.analysis import lexicon
from index.fields import EXACT, TEXTS
from index.glued.candidates import THREE_FROM, Words
from index.glued.judging import SHORTEST_PART
from index.glued.parts import PREFIXES, SHORTEST_DERIVED, lists
from index.glued.vocabulary import SEVERAL, SOLID
from index.segments.hashing import AtAGlance, Counts, Numbers, numbers_of
from index.segments.reader import SegmentReader


class Dictionary:
    """How many articles of segments have a word. Keeps what was looked up."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        names = [one + EXACT for one in TEXTS]
        self._fields = [one.fields[name] for one in segments for name in names if name in one.fields]
        self._known: dict[str, int] = {}

    def articles(self, word: str) -> int:
        """Counted for each field. Raises ``FileDamaged``."""
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
        listed = here.front | here.back | known.roots | known.lexicalised | known.names
        several = min(fewest, SEVERAL)
        articles: dict[str, int] = {}
        for term in terms:
            articles[term] = self.articles(term)
            heads, tails = [], []
            for at in range(2, len(term) - 1):
                for piece, ends in ((term[:at], heads), (term[at:], tails)):
                    having = articles[piece] = self.articles(piece)
                    if having >= several or piece in listed:
                        ends.append(at)
            if len(term) >= THREE_FROM:
                for piece in _middles(term, heads, tails):
                    articles[piece] = self.articles(piece)
        words = list(articles)
        numbers = numbers_of([word.encode() for word in words])
        order = numbers.argsort()
        counts = Counts(numbers[order], np.array(list(articles.values()), np.int64)[order])

        def of(*chosen: str) -> AtAGlance:
            return AtAGlance([numbers_of([word.encode() for word in chosen])])

        any_ = [word for word in words if articles[word] >= several or word in listed]
        often = [word for word in words if articles[word] >= fewest]
        derived = [w for w in often if w.startswith(PREFIXES) and len(w) >= SHORTEST_DERIVED]
        solid = [word for word in often if len(word) >= SOLID] + [w for w in any_ if w in listed]
        sure = np.sort(numbers_of([word.encode() for word in any_]))

        def is_sure(some: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
            return np.isin(some, sure)

        function = here.front | here.back
        return counts, Words(
            of(*any_), of(*function, *derived), of(*solid), of(*here.common), is_sure, few=False
        )


def _middles(term: str, heads: Sequence[int], tails: Sequence[int]) -> Iterator[str]:
    for first in heads:
        for second in tails:
            if second - first >= SHORTEST_PART:
                yield term[first:second]
