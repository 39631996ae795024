"""What an open generation holds, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from index.clock import moment
from search.limits import FACET_VALUES
from search.local.page.values import commonest
from search.local.reading.columns import UNDATED
from search.local.reading.snapshot import Snapshot
from search.response import Statistics

_MOST_KINDS, _LONGEST_KIND = 200, 50
"""More than there are: each is a series of a metric, and an index may come from anywhere."""


_known: WeakKeyDictionary[Snapshot, Statistics] = WeakKeyDictionary()


def statistics(snapshot: Snapshot) -> Statistics:
    """Counts of a generation, counted once: it never changes. Raises ``FileDamaged``."""
    found = _known.get(snapshot)
    if found is None:
        found = _known[snapshot] = _counted(snapshot)
    return found


def _counted(snapshot: Snapshot) -> Statistics:
    manifest = snapshot.generation.manifest
    has_words = bool(snapshot.generation.words.to_text())
    return Statistics(
        articles=manifest.articles,
        bytes=sum(entry.bytes for entry in manifest.files.values()),
        published=manifest.published,
        version=manifest.version + (f", words {manifest.words}" if has_words else ""),
        segments=len(snapshot.segments),
        **of_columns(snapshot),
        **of_making(manifest.parameters),
    )


def of_columns(snapshot: Snapshot) -> dict[str, Any]:
    """The statistics that are counted in columns and dictionaries. Raises ``FileDamaged``."""
    columns = snapshot.columns
    dates = columns.dates[columns.everything.documents]
    dates = dates[dates != UNDATED]
    return {
        "generation": snapshot.name,
        "terms": snapshot.dictionary.distinct("body"),
        "oldest": moment(int(dates.min())) if len(dates) else None,
        "newest": moment(int(dates.max())) if len(dates) else None,
        "facets": {
            facet: commonest(column, FACET_VALUES) for facet, column in columns.facets.items()
        },
    }


def of_making(made: Mapping[str, object]) -> dict[str, Any]:
    """The statistics that are told by the command that made a generation."""
    command = made.get("command")
    return {
        "command": command if isinstance(command, str) else None,
        "rebuilt": _moment(made.get("rebuilt")),
        "skipped": _counts(made.get("skipped")),
        "repaired": _counts(made.get("repaired")),
    }


def _moment(text: object) -> datetime | None:
    """The moment of a manifest; None where an earlier program wrote none."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return None if found is None else found.replace(tzinfo=found.tzinfo or UTC)


def _counts(value: object) -> dict[str, int]:
    """Counts by kind as ``rebuild`` wrote them; none of an index that was made otherwise."""
    known = value if isinstance(value, Mapping) else {}
    counts = {
        kind: count
        for kind, count in known.items()
        if isinstance(count, int) and isinstance(kind, str) and len(kind) <= _LONGEST_KIND
    }
    return counts if len(counts) <= _MOST_KINDS else {}
