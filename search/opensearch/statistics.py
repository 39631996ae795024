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

    ``segments`` are the cluster's own matter. Raises ``IndexUnavailable``, and ``NotFoundError``
    where there is no such index.
    """
    facts, words = opened.facts, opened.companion.analysis.words
    size = bytes_of(connection, facts)
    if size is None:  # Perhaps for there is no index any more.
        connection.asked(lambda client: client.indices.get_mapping(index=facts.index))
    return Statistics(
        articles=facts.articles,
        bytes=size,
        published=facts.published or _NEVER,
        version=facts.meta["version"] + (f", words {words.digest}" if words.to_text() else ""),
        segments=None,
        **of_columns(opened.companion),
        **of_making(facts.meta),
    )
