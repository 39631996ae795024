"""Questions that a cluster cannot be asked exactly: it names more, which are sifted here.

All that may match is read, up to ``MOST_SIFTED`` articles, and searched by the embedded engine's
code as a small index of its own with the whole one's counts. Beyond that the answer is partial: of
the best by the cluster's scores.
"""

from __future__ import annotations

from typing import Any

from search.opensearch.asking import Asking, Named, named, ranking
from search.request import Sort

Dsl = dict[str, Any]

MOST_SIFTED = 1_000
"""Articles that are read at the most: about 4 MB of text."""

_BATCH = 250


def candidates(asking: Asking, query: Dsl, filters: list[Dsl]) -> list[Named]:
    """What may match, read in batches; ``asking`` is partial where there is more.

    Raises ``IndexUnavailable``.
    """
    found: list[Named] = []
    while len(found) <= MOST_SIFTED:
        after = found[-1].keys if found else None
        body = ranking(query, filters, Sort.RELEVANCE, _BATCH, 0, after)
        (answer,) = asking.answers([body])
        batch = named(answer, Sort.RELEVANCE)
        found += batch
        if len(batch) < _BATCH:
            return found
    asking.partial = True
    return found[:MOST_SIFTED]
