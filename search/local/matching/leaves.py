"""Where terms, and what stands for many of them, are in one segment: for queries of places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from whoosh.query import FuzzyTerm, Prefix, Query, Term, Wildcard

from index.segments import runs
from index.segments.several import Occurring, documents_of, occurring
from search.budget import LOOKED_UP, POSITION, POSTING, TERM, Budget
from search.local.matches import are_in
from search.local.matching.pattern import every_ordinal, expanded
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import EVERYWHERE, Numbers
from search.local.reading.dictionary import MAX_EXPANSIONS

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher

LEAVES = (Term, Prefix, Wildcard, FuzzyTerm)

_POSITION = EVERYWHERE - 1


class Leaves:
    """The terms of one segment for one query. Raises ``FileDamaged``.

    ``every``: a pattern stands for all of its terms, as where it is excluded. Postings are read
    once, for all documents that are asked about: (size,) ``wanted``.
    """

    def __init__(self, searcher: Searcher, segment: int, *, every: bool) -> None:
        self.budget: Budget = searcher.budget
        self.wanted: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._searcher = searcher
        self._segment = searcher.snapshot.segments[segment]
        self._every = every
        self._ordinals: list[tuple[Query, Numbers]] = []
        self._occurring: list[tuple[Query, Occurring]] = []

    def want(self, documents: Numbers) -> None:
        """Read postings of these documents only, (n,) ascending, from now on."""
        self.wanted = np.zeros(self._segment.size, np.bool_)
        self.wanted[documents] = True

    def having(self, query: Query) -> NDArray[np.bool_]:
        """Which documents of the segment have it, (size,); all where very many terms may be it."""
        ordinals = self._of(query)
        if len(ordinals) > MAX_EXPANSIONS:
            return np.ones(self._segment.size, np.bool_)
        mask = np.zeros(self._segment.size, np.bool_)
        if len(ordinals):
            found = documents_of(self._segment.fields[query.fieldname], ordinals)
            self.budget.work += TERM * len(ordinals) + POSTING * len(found)
            mask[found] = True
        return mask

    def occurrences(self, query: Query) -> int:
        """How often it stands anywhere in the segment."""
        ordinals = self._of(query)
        if not len(ordinals):
            return 0
        first, last = int(ordinals[0]), int(ordinals[-1]) + 2
        bounds = self._segment.fields[query.fieldname].section_part("position_at", first, last)
        at = ordinals - first
        return int((bounds[at + 1].astype(np.int64) - bounds[at]).sum())

    def places(self, query: Query, inside: Numbers, words: int) -> Numbers:
        """Where it stands among the first ``words`` words of the documents ``inside``: ascending.

        ``inside``: (n,) ascending, of those that are wanted.
        """
        ordinals = self._of(query)
        if not len(ordinals) or not len(inside):
            return np.empty(0, np.int64)
        found = self._read(query, ordinals)
        left, right = found.documents.searchsorted([inside[0], inside[-1] + 1]).tolist()
        documents = found.documents[left:right]
        kept = are_in(documents, inside)
        documents, counts = documents[kept], found.counts[left:right][kept]
        at = runs.places(found.firsts[left:right][kept], counts)
        self.budget.work += POSTING * (right - left) + POSITION * len(at)
        places: Numbers = (documents << DOCUMENT_SHIFT).repeat(counts) + found.positions[at]
        if words < EVERYWHERE:
            places = places[places & _POSITION < words]
        return places if len(ordinals) == 1 else np.sort(places)

    def _read(self, query: Query, ordinals: Numbers) -> Occurring:
        for known, found in self._occurring:
            if known == query:
                return found
        found = occurring(self._segment.fields[query.fieldname], ordinals, self.wanted)
        terms = min(len(ordinals), MAX_EXPANSIONS)  # more are read at once
        self.budget.work += TERM * terms + POSTING * found.read // 4
        self._occurring.append((query, found))
        return found

    def _of(self, query: Query) -> Numbers:
        for known, ordinals in self._ordinals:
            if known == query:
                return ordinals
        ordinals = self._look_up(query)
        self._ordinals.append((query, ordinals))
        return ordinals

    def _look_up(self, query: Query) -> Numbers:
        index = self._segment.fields.get(query.fieldname)
        if index is None:
            return np.empty(0, np.int64)
        texts: Iterable[str] = (query.text,)
        if not isinstance(query, Term):
            if self._every:
                return every_ordinal(self._searcher, self._segment, query)
            texts = expanded(self._searcher, query)
        found = [index.find(text.encode("utf-8", "surrogatepass")) for text in texts]
        self.budget.work += LOOKED_UP * len(found)
        return np.array(sorted(one for one in found if one >= 0), np.int64)
