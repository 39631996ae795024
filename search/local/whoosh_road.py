"""Queries without an array form, through Whoosh's own matchers.

The query language makes none of these; whoever gives an ``Evaluation`` a query of Whoosh's own
(``similar_query`` and, later, stages of ranking do) need not know which have an array form.
"""

from __future__ import annotations

from time import monotonic

import numpy as np
from whoosh import query as whoosh_query
from whoosh.scoring import Frequency
from whoosh.searching import SearchContext

from search.local.matches import Matches
from search.local.snapshot import TEXT_FIELDS, Snapshot
from search.local.weighting import BM25

_CHECK_EVERY = 256


def run_through_whoosh(
    snapshot: Snapshot, query: whoosh_query.Query, model: BM25, deadline: float
) -> tuple[Matches, bool]:
    """The matches of any query of Whoosh's. Fields that are not text score nothing.

    The second is false where ``deadline`` (of ``time.monotonic``) cut it short.
    """
    documents: list[int] = []
    scores: list[float] = []
    complete = True
    # Whoosh's Or loses what scores nothing, so that terms of other fields count.
    scored = query.field() in {None, *TEXT_FIELDS}
    weighting = model if scored else Frequency()
    with snapshot.whoosh.searcher(weighting=weighting) as searcher:
        context = SearchContext(weighting=weighting)
        for leaf, base in searcher.leaf_searchers():
            if monotonic() > deadline:
                complete = False
                break
            matcher = query.matcher(leaf, context)
            while matcher.is_active():
                documents.append(base + matcher.id())
                scores.append(matcher.score() if scored else 0.0)
                matcher.next()
                if len(documents) % _CHECK_EVERY == 0 and monotonic() > deadline:
                    complete = False
                    break
    return Matches(np.array(documents, np.int32), np.array(scores, np.float64)), complete
