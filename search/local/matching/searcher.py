"""Whoosh query objects to the documents that match and their scores, as arrays.

A query is either asked for all of its matches (``run``) or about documents that are candidates
already (``probe``): And runs the child with the fewest matches and probes the others, so that its
cost follows what is rare.

What the budget cuts short gives fewer matches, never wrong ones: postings that were not read count
as absent, and an exclusion that was not read to its end excludes everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import numpy as np
from whoosh.query import Query

from index.light_dataclass import dataclass
from search.budget import COMPARED, NODE, TERM, Budget
from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching import (
    boolean,
    constant,
    date_range,
    facet,
    pattern,
    phrase,
    placed,
    term,
    through_whoosh,
)
from search.local.matching.kind import Kind, Parts
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.response import Note

_KINDS: Mapping[type[Query], Kind] = {
    **term.KINDS,
    **phrase.KINDS,
    **pattern.KINDS,
    **placed.KINDS,
    **date_range.KINDS,
    **facet.KINDS,
    **boolean.KINDS,
    **constant.KINDS,
}


def _kind(query: Query) -> Kind:
    return _KINDS.get(type(query), through_whoosh.KIND)


@dataclass(slots=True)
class Searcher:
    """Finds what matches queries in one snapshot, until its budget is spent; nobody changes it.

    ``notes`` say what was searched for otherwise than asked. Raises ``FileDamaged``.
    """

    snapshot: Snapshot
    rows: Rows
    budget: Budget
    notes: list[Note] = field(default_factory=list)

    def run(self, query: Query) -> Matches:
        """All matches of a query."""
        found = _kind(query).run(self, query)
        self.budget.work += NODE + COMPARED * len(found)
        return found

    def probe(
        self, query: Query, documents: Documents, *, excluding: bool = False
    ) -> tuple[Mask, Scores]:
        """Which of the documents, none of them deleted, match, and their scores, else 0: (n,) each.

        ``excluding``: what matches is to be left out; a pattern stands for all of its terms then.
        """
        if not len(documents):
            return np.zeros(0, np.bool_), np.zeros(0)
        self.budget.work += NODE + COMPARED * len(documents)
        return _kind(query).probe(self, query, documents, excluding=excluding)

    def expected(self, query: Query) -> int:
        """About how many documents match: what to begin with."""
        return _kind(query).expected(self, query)

    def parts(self, query: Query, documents: Documents) -> Parts:
        """What the scores of documents, (k,) ascending, are made of."""
        self.budget.work += NODE + COMPARED * len(documents)
        found = _kind(query).parts(self, query, documents)
        self.budget.work += TERM * len(found.parts)
        return found
