"""Questions that a cluster cannot be asked exactly: it names more, which are sifted here.

All that may match is read, up to ``MOST_SIFTED`` articles, and searched by the embedded engine's
code as a small index of its own with the whole one's counts. Beyond that the answer is partial: of
the first in the order of the request, by relevance by the cluster's scores.
"""

from __future__ import annotations

from index.opensearch.layout import Dsl
from search.opensearch.asking import Asking, Named, named, ranking
from search.request import Sort

MOST_SIFTED = 1_000
"""Articles that are read at the most: about 4 MB of text."""

_BATCH = 250


def candidates(
    asking: Asking, query: Dsl, filters: list[Dsl], sort: Sort, ageing: Dsl | None
) -> list[Named]:
    """What may match, in order, read in batches; ``asking`` is partial where there is more.

    ``ageing``: how age changes scores, as ``function_score`` takes it. Raises ``IndexUnavailable``.
    """
    found: list[Named] = []
    while len(found) <= MOST_SIFTED:
        after = found[-1].keys if found else None
        body = ranking(query, filters, sort, _BATCH, 0, after, ageing=ageing)
        (answer,) = asking.answers([body])
        batch = named(answer, sort)
        found += batch
        if len(batch) < _BATCH:
            return found
        if asking.budget.patience <= 0:
            break
    asking.partial = True
    return found[:MOST_SIFTED]
