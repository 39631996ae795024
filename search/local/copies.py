"""How many other matches have the same text as each hit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.find import Found
from search.local.matches import Documents, Matches
from search.local.matching.searcher import Searcher


def copies(searcher: Searcher, found: Found, documents: Documents, shown: Documents) -> list[int]:
    """How many other matches (``documents``, or all where these are some) have each one's text.

    ``shown``: (k,) documents, of which each gets a number. 0 where the time was up.
    """
    same_text = searcher.snapshot.columns.same_text
    counts = [0] * len(shown)
    for place in same_text.with_others(shown).nonzero()[0].tolist():
        group = same_text.group(int(shown[place]))
        counts[place] = max(_matching(searcher, found, documents, group) - 1, 0)
    return counts


def _matching(
    searcher: Searcher, found: Found, documents: Documents, group: NDArray[np.int32]
) -> int:
    """How many documents of a group match."""
    if found.total is None:
        matching, _ = Matches(documents, documents).at(group)
    else:
        live = searcher.snapshot.columns.live
        matching, _ = searcher.probe(found.query, group if live is None else group[live[group]])
    return int(np.count_nonzero(matching))
