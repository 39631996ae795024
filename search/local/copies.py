"""The other articles with the text of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from index.fields import Facet
from search.local.reading.snapshot import Snapshot
from search.response import Copy


def copies_of(snapshot: Snapshot, number: int, limit: int) -> list[Copy]:
    """Articles with the text of a document, without it, newest first, but for that text.

    Raises ``FileDamaged``.
    """
    return [_copy(snapshot.hit(other)) for other in others_with_text(snapshot, number)[:limit]]


def others_with_text(snapshot: Snapshot, number: int) -> list[int]:
    """The other documents with the text of one, newest first."""
    columns = snapshot.columns
    if not columns.same_text.several[number]:
        return []
    group = columns.same_text.group(number)
    if columns.live is not None:
        group = group[columns.live[group]]
    others = group[group != number]
    newest_first = np.lexsort((columns.numbers.take(others), -columns.dates.take(others)))
    found: list[int] = others[newest_first].tolist()
    return found


def _copy(stored: Mapping[str, Any]) -> Copy:
    date: datetime | None = stored.get("date")
    return Copy(
        stored["id"],
        stored["title"],
        None if date is None else date.replace(tzinfo=UTC),
        {facet: stored[facet.value] for facet in Facet if facet.value in stored},
    )
