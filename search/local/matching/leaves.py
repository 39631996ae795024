"""Where terms, and what stands for many of them, are in one segment: for queries of places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.query import FuzzyTerm, Prefix, Wildcard

from index.light_dataclass import dataclass
from index.segments.runs import places as runs_of
from index.segments.several import Occurring, documents_of, occurring
from search.budget import EXPANDED, LOOKED_UP, POSITION, POSTING, TERM, Budget
from search.local.matches import are_in
from search.local.matching.pattern import Expanding, every_ordinal, expanded
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import EVERYWHERE, Numbers
from search.local.reading.dictionary import MAX_EXPANSIONS

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher

_POSITION = EVERYWHERE - 1


@dataclass(frozen=True, slots=True)
class Words:
    """Any of some terms of one field: a word is one, glued words that hold it are others."""

    fieldname: str
    texts: tuple[str, ...]


Leaf: TypeAlias = Words | Expanding
LEAVES = (Words, Prefix, Wildcard, FuzzyTerm)


class Leaves:
    """The terms of one segment for one query. Raises ``FileDamaged``.

    ``every``: a pattern stands for all of its terms, as where it is excluded. Postings are read
    once, for all documents that are asked about: (size,) ``wanted``.
    """

    def __init__(self, searcher: Searcher, segment: int, *, every: bool) -> None:
        self.budget: Budget = searcher.budget
        self.wanted: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._searcher = searcher
        self._number = segment
        self._segment = searcher.snapshot.segments[segment]
        self._every = every
        self._ordinals: dict[Leaf, Numbers] = {}
        self._occurring: dict[Leaf, Occurring] = {}

    def want(self, documents: Numbers) -> None:
        """Read postings of these documents only, (n,) ascending, from now on."""
        self.wanted = np.zeros(self._segment.size, np.bool_)
        self.wanted[documents] = True

    def having(self, leaf: Leaf) -> NDArray[np.bool_]:
        """Which documents of the segment have it, (size,); all where very many terms may be it."""
        ordinals = self._of(leaf)
        if self._every and len(ordinals) > MAX_EXPANSIONS:
            return np.ones(self._segment.size, np.bool_)
        mask = np.zeros(self._segment.size, np.bool_)
        if len(ordinals):
            found = documents_of(self._segment.fields[leaf.fieldname], ordinals)
            self.budget.work += TERM + EXPANDED * len(ordinals) + 2 * POSTING * len(found)
            mask[found] = True
        return mask

    def occurrences(self, leaf: Leaf) -> int:
        """How often it stands anywhere in the segment."""
        ordinals = self._of(leaf)
        if not len(ordinals):
            return 0
        first, last = int(ordinals[0]), int(ordinals[-1]) + 2
        bounds = self._segment.fields[leaf.fieldname].section_part("position_at", first, last)
        at = ordinals - first
        return int((bounds[at + 1].astype(np.int64) - bounds[at]).sum())

    def sentences(self, inside: Numbers) -> Numbers:
        """The places at which the sentences of bodies begin in some documents: ascending."""
        counts, begins = self._searcher.snapshot.sentences(self._number).of(inside)
        self.budget.work += POSTING * (self._segment.size // 4 + len(begins))
        later = (inside << DOCUMENT_SHIFT).repeat(counts) + begins
        return np.sort(np.concatenate([inside << DOCUMENT_SHIFT, later]))

    def places(self, leaf: Leaf, inside: Numbers, words: int) -> Numbers:
        """Where it stands among the first ``words`` words of the documents ``inside``: ascending.

        ``inside``: (n,) ascending, of those that are wanted.
        """
        ordinals = self._of(leaf)
        if not len(ordinals) or not len(inside):
            return np.empty(0, np.int64)
        found = self._read(leaf, ordinals)
        left, right = found.documents.searchsorted([inside[0], inside[-1] + 1]).tolist()
        documents = found.documents[left:right]
        kept = are_in(documents, inside)
        documents, counts = documents[kept], found.counts[left:right][kept]
        at = runs_of(found.firsts[left:right][kept], counts)
        several = len(ordinals) > 1
        a_place = 2 * POSITION // 3 if several else POSITION // 3
        self.budget.work += POSTING * (right - left) + a_place * len(at)
        places: Numbers = (documents << DOCUMENT_SHIFT).repeat(counts) + found.positions[at]
        if words < EVERYWHERE:
            places = places[places & _POSITION < words]
        return np.sort(places) if several else places

    def _read(self, leaf: Leaf, ordinals: Numbers) -> Occurring:
        found = self._occurring.get(leaf)
        if found is None:
            found = occurring(self._segment.fields[leaf.fieldname], ordinals, self.wanted)
            self.budget.work += TERM + EXPANDED * min(len(ordinals), MAX_EXPANSIONS)
            self.budget.work += 2 * POSTING * found.read
            self._occurring[leaf] = found
        return found

    def _of(self, leaf: Leaf) -> Numbers:
        ordinals = self._ordinals.get(leaf)
        if ordinals is None:
            ordinals = self._ordinals[leaf] = self._look_up(leaf)
        return ordinals

    def _look_up(self, leaf: Leaf) -> Numbers:
        if isinstance(leaf, Words):
            texts: Iterable[str] = leaf.texts
        elif self._every:
            return every_ordinal(self._searcher, self._segment, leaf)
        else:
            texts = expanded(self._searcher, leaf)
        find = self._searcher.snapshot.dictionary.term
        found = [
            place.ordinal
            for text in texts
            for place in find(leaf.fieldname, text).places
            if place.segment == self._number
        ]
        self.budget.work += LOOKED_UP * len(found)
        return np.array(sorted(found), np.int64)
