"""What stands behind a word in the bodies of a segment: read from its table of pairs."""

from __future__ import annotations

import numpy as np

from index.derived import Pairs
from index.light_dataclass import dataclass
from search.budget import LOOKED_UP, POSTING, TERM, Budget
from search.local.reading.word_counts import Counts, Terms


@dataclass(frozen=True, slots=True)
class PairsOfSegment:
    """The pairs of one segment."""

    pairs: Pairs
    terms: Terms

    def following(self, word: str, beginning: str, budget: Budget) -> Counts:
        """The terms with the beginning that stand behind a word, by the bodies that have both."""
        pairs = self.pairs
        ordinal = self.terms.ordinal(word)
        budget.work += LOOKED_UP + TERM
        if ordinal < 0:
            return Counts(self.terms, (), ())
        # What is looked for is of the arrays' type, or they would be copied as another.
        firsts, kind = pairs.firsts, pairs.seconds.dtype.type
        at = int(firsts.searchsorted(firsts.dtype.type(ordinal)))
        if at == len(firsts) or int(firsts[at]) != ordinal:
            return Counts(self.terms, (), ())
        start, end = int(pairs.at[at]), int(pairs.at[at + 1])
        seconds = pairs.seconds[start:end]
        left, right = (int(seconds.searchsorted(kind(one))) for one in self.terms.bounds(beginning))
        budget.work += POSTING * (right - left)
        found = slice(start + left, start + right)
        return Counts(
            self.terms, pairs.seconds[found].astype(np.int64), pairs.bodies[found].astype(np.int64)
        )
