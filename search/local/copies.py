"""The other articles with the text of one."""

from __future__ import annotations

import numpy as np

from index.article import Article
from search.local.reading.snapshot import Snapshot


def copies_of(snapshot: Snapshot, number: int, limit: int) -> list[Article]:
    """Articles with the text of a document, without it, newest first. Raises ``FileDamaged``."""
    columns = snapshot.columns
    if not columns.same_text.with_others(np.array([number], np.int32))[0]:
        return []
    group = columns.same_text.group(number)
    if columns.live is not None:
        group = group[columns.live[group]]
    others = group[group != number]
    newest_first = np.lexsort((others, -columns.dates.take(others)))
    return [snapshot.article(other) for other in others[newest_first[:limit]].tolist()]
