"""Words side by side, whatever they score: phrases found by where their words stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import ConstantScoreQuery, Or, Phrase, Query

from search.local.matches import Documents
from search.local.matching.verbatim import documents_of, runs

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def are_phrases(query: Query) -> bool:
    """Whether it is a phrase or one of several, of words that score nothing there."""
    return type(query) is ConstantScoreQuery and bool(_phrases(query.child))


def beside(searcher: Searcher, query: Query) -> Documents | None:
    """What has a phrase or one of several, without a look at scores; None of any other query.

    What lies behind where the budget was spent is missing.
    """
    phrases = _phrases(query)
    if not phrases:
        return None
    snapshot, budget = searcher.snapshot, searcher.budget
    found = [
        runs(snapshot, one.fieldname, one.words, budget) for one in phrases if not budget.spent()
    ]
    return documents_of(np.concatenate(found) if found else np.empty(0, np.int64))


def _phrases(query: Query) -> list[Phrase]:
    """The phrases of which one must match; none where it is anything else."""
    parts = query.subqueries if type(query) is Or and query.scale is None else [query]
    plain = all(type(one) is Phrase and one.slop == 1 and one.words for one in parts)
    return list(parts) if plain else []
