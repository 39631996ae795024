"""Queries without an array form, through Whoosh's own matchers.

The query language makes none of these; whoever gives a ``Searcher`` a query of Whoosh's own need
not know which have an array form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import Query
from whoosh.scoring import Frequency
from whoosh.searching import SearchContext

from search.budget import POSTING
from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching.kind import Kind, Part, Parts, every_document
from search.local.reading.rows import TEXT_FIELDS

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher

_CHECK_EVERY = 256


def run(searcher: Searcher, query: Query) -> Matches:
    """The matches of any query of Whoosh's. Fields that are not text score nothing."""
    documents: list[int] = []
    scores: list[float] = []
    budget = searcher.budget
    # Whoosh's Or loses what scores nothing, so that terms of other fields count.
    scored = query.field() in {None, *TEXT_FIELDS}
    weighting = searcher.rows.model if scored else Frequency()
    with searcher.snapshot.whoosh(weighting) as whoosh_searcher:
        context = SearchContext(weighting=weighting)
        for leaf, base in whoosh_searcher.leaf_searchers():
            if budget.spent():
                break
            matcher = query.matcher(leaf, context)
            while matcher.is_active():
                documents.append(base + matcher.id())
                scores.append(matcher.score() if scored else 0.0)
                matcher.next()
                budget.work += POSTING
                if len(documents) % _CHECK_EVERY == 0 and budget.spent():
                    break
    return Matches(np.array(documents, np.int32), np.array(scores, np.float64))


def probe(
    searcher: Searcher,
    query: Query,
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001 - a kind's ``probe``
) -> tuple[Mask, Scores]:
    """Which of the documents match."""
    return run(searcher, query).at(documents)


def _parts(searcher: Searcher, query: Query, documents: Documents) -> Parts:
    mask, scores = searcher.probe(query, documents)
    word = str(getattr(query, "text", query))
    return Parts(mask, [Part("bm25", str(query.field() or ""), word, scores)])


KIND = Kind(run, probe, every_document, _parts)
