"""How long a question waits for the cluster: the rule, and the way in which searches are asked.

A budget (``search.budget``) is processor time of this machine, of which waiting takes none. So a
question waits as many seconds besides, by the clock on the wall, in all of its requests together
(``Budget.patience``). Time between requests does not count, or a process whose threads wait for
each other would cut short answers that cost nothing.

- Each search says as its ``timeout`` what is left. A shard that needs longer answers with what it
  has found, and the answer is ``partial``.
- Planning asks as long as anything is left, and goes on with what it knows (``settling``).
- What is to be found is asked for whatever is left: such a search has ``LEAST`` seconds, of which a
  question has at most three behind its time (``listing``: two, and the copies of hits).
- What a shard's limit does not see, as the queue of a node that is busy, or a node that hangs, has
  ``GRACE`` seconds more. Then the next node is asked, once, and it is ``ClusterBusy``.

Articles are looked up by their ids (``index.opensearch.looked_up``) without any of this: what they
take is small, and none of it can be left out. Such a request waits as every other one does
(``index.opensearch.connection``).

A search is not cancelled by the cluster after a time (``cancel_after_time_interval``): that gives
an error in the place of what was found. When nobody waits any more, its nodes end it by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from time import monotonic

from index.opensearch import several
from index.opensearch.connection import Connection
from index.opensearch.layout import Dsl
from index.opensearch.moment import Searched
from search.budget import Budget, wait

LEAST = 0.5
"""Seconds that a search has at the least. The limits of all are multiples of it, rounded up: nodes
keep answers by the whole text of a search, and would know none again with another limit."""

GRACE = 5.0
"""Seconds after a search's limit in which its answer may still come."""

_LONGEST = 3600.0
"""Seconds; no answer is worth more."""


def answers(
    connection: Connection,
    searched: Searched,
    budget: Budget,
    searches: Sequence[tuple[Dsl, Dsl]],
    preference: str | None = None,
) -> list[Dsl]:
    """The answers to some searches, header and body each, in their order, asked at once.

    The time is taken from the budget's ``patience``. ``preference`` and what is raised: as
    ``index.opensearch.several.answers``.
    """
    begun, patience = monotonic(), budget.patience

    def within() -> tuple[float, float]:
        limit = _limit(patience - (monotonic() - begun))
        return limit, limit + GRACE

    try:
        return several.answers(connection, searched, searches, preference=preference, within=within)
    finally:
        wait(budget, monotonic() - begun)


def _limit(left: float) -> float:
    """Seconds for a search where so many are left."""
    return LEAST * ceil(min(max(left, LEAST), _LONGEST) / LEAST)
