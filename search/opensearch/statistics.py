"""What the generation in use on a cluster holds, in numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from index.opensearch.checking import bytes_of
from index.opensearch.connection import Connection
from search.local.statistics import of_columns, of_making
from search.opensearch.opened import Opened
from search.response import Statistics

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def statistics(opened: Opened, connection: Connection) -> Statistics:
    """Counts of what is open; of its size the cluster is asked. Raises ``FileDamaged``.

    ``segments`` are the cluster's own matter. Raises ``IndexUnavailable``, too.
    """
    facts = opened.facts
    words = facts.words
    return Statistics(
        articles=facts.articles,
        bytes=bytes_of(connection, facts),
        published=facts.published or _NEVER,
        version=facts.meta["version"] + (f", words {words.digest}" if words.to_text() else ""),
        segments=None,
        **of_columns(opened.companion),
        **of_making(facts.meta),
    )
