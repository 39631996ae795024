"""What stands behind a word in the bodies of a segment: read from its table of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.derived import Pairs
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
        at = int(pairs.firsts.searchsorted(ordinal)) if ordinal >= 0 else len(pairs.firsts)
        if at == len(pairs.firsts) or int(pairs.firsts[at]) != ordinal:
            return (), (), 0
        start, end = int(pairs.at[at]), int(pairs.at[at + 1])
        seconds = pairs.seconds[start:end]
        left, right = seconds.searchsorted(self.terms.bounds(beginning))
        budget.work += POSTING * int(right - left)
        found = slice(start + int(left), start + int(right))
        return self.terms.commonest(
            pairs.seconds[found].astype(np.int64),
            pairs.bodies[found].astype(np.int64),
        )
