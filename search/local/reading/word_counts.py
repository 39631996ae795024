"""The terms of a field of a segment by their words, and how often each of some is there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex

COMMONEST = 24
"""So many of the words behind a run are looked at, the commonest of all segments."""
_KEPT = 10_000


class Terms:
    """The terms of a field of a segment; what was looked up is kept, as it is asked for again."""

    def __init__(self, index: FieldIndex) -> None:
        self.index = index
        self._ordinals: dict[str, int] = {}
        self._bounds: dict[str, tuple[int, int]] = {}
        self._texts: dict[int, str] = {}

    def ordinal(self, word: str) -> int:
        """The ordinal of a term, or -1."""
        known = self._ordinals.get(word)
        if known is None:
            if len(self._ordinals) >= _KEPT:
                self._ordinals.clear()
            known = self._ordinals[word] = self.index.find(word.encode("utf-8", "surrogatepass"))
        return known

    def bounds(self, beginning: str) -> tuple[int, int]:
        """The ordinals of the terms that begin so, from and up to."""
        known = self._bounds.get(beginning)
        if known is None:
            if len(self._bounds) >= _KEPT:
                self._bounds.clear()
            known = self.index.with_prefix(beginning.encode("utf-8", "surrogatepass"))
            self._bounds[beginning] = known
        return known

    def text(self, ordinal: int) -> str:
        """The term of an ordinal."""
        known = self._texts.get(ordinal)
        if known is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            text, at = self._views
            known = str(text[at[ordinal] : at[ordinal + 1]], "utf-8", "replace")
            self._texts[ordinal] = known
        return known

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        """The bytes of all terms and where each begins: single ones are had sooner of these."""
        at = self.index.all_of("text_at")
        return self.index.all_of("text").data, np.ascontiguousarray(
            at, at.dtype.newbyteorder("=")
        ).data


@dataclass(frozen=True, slots=True)
class Counts:
    """Some terms of a segment by their ordinals, (n,) each once, and how often each is there: (n,).

    Arrays ascend; lists of few need not.
    """

    terms: Terms
    ordinals: Sequence[int] | NDArray[np.int64]
    counts: Sequence[int] | NDArray[np.int64]

    @property
    def total(self) -> int:
        """How often any of them is there."""
        return int(sum(self.counts) if isinstance(self.counts, list) else np.sum(self.counts))

    @property
    def least(self) -> int:
        """How often the last of the ``COMMONEST`` is there; 0 where there are not so many."""
        counts = np.asarray(self.counts)
        if len(counts) < COMMONEST:
            return 0
        return int(np.partition(counts, -COMMONEST)[-COMMONEST])

    def having(self, least: int) -> dict[str, int]:
        """How often each is there that is so often at the least."""
        ordinals, counts = self.ordinals, self.counts
        if least > 1:
            some = (np.asarray(counts) >= least).nonzero()[0]
            ordinals, counts = np.asarray(ordinals)[some], np.asarray(counts)[some]
        if not isinstance(ordinals, list):
            ordinals = np.asarray(ordinals).tolist()
        if not isinstance(counts, list):
            counts = np.asarray(counts).tolist()
        return dict(zip(map(self.terms.text, ordinals), counts, strict=True))

    def count(self, word: str) -> int:
        """How often a word is there."""
        ordinals = np.asarray(self.ordinals)
        at = (ordinals == self.terms.ordinal(word)).nonzero()[0]
        return int(self.counts[int(at[0])]) if len(at) else 0


def added(found: Sequence[Counts]) -> tuple[dict[str, int], int, bool]:
    """The commonest words through all segments, the sum of all, and whether none was left out.

    Of equals those come first that do by their letters, however articles fall into segments.
    """
    words: dict[str, int] = {}
    some = [one for one in found if len(one.counts)]
    # What is among the commonest of all one segment has in its share of them at the least.
    least = max([one.least for one in some], default=0)
    share = -(-least // max(len(some), 1))
    shown = [one.having(share) for one in some]
    for of_one in shown:
        if words:
            for word, count in of_one.items():
                words[word] = words.get(word, 0) + count
        else:
            words = dict(of_one)
    whole = all(len(of_one) == len(one.counts) for one, of_one in zip(some, shown, strict=True))
    if len(some) > 1 and not whole:
        # A word that is common in another segment counts where it is rare, too.
        for one, of_one in zip(some, shown, strict=True):
            if len(of_one) < len(one.counts):
                for word in words.keys() - of_one.keys():
                    words[word] += one.count(word)
    if len(words) > COMMONEST:
        whole = False
        commonest = sorted(words, key=lambda word: (-words[word], word))[:COMMONEST]
        words = {word: words[word] for word in commonest}
    return words, sum(one.total for one in some), whole
