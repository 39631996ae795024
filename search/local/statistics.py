"""What an open generation holds, in numbers."""

from __future__ import annotations

from index.clock import moment
from search.limits import MAX_FACET_VALUES
from search.local.page.spread import count_values
from search.local.reading.columns import UNDATED
from search.local.reading.snapshot import Snapshot
from search.response import Statistics


def statistics(snapshot: Snapshot) -> Statistics:
    """Counts of a generation."""
    columns = snapshot.columns
    live = columns.everything.documents
    dates = columns.dates[live]
    dates = dates[dates != UNDATED]
    manifest = snapshot.generation.manifest
    has_words = bool(snapshot.generation.words.to_text())
    version = manifest.version + (f", words {manifest.words}" if has_words else "")
    return Statistics(
        articles=manifest.articles,
        segments=len(snapshot.segments),
        terms=snapshot.dictionary.distinct("body"),
        bytes=sum(entry.bytes for entry in manifest.files.values()),
        generation=snapshot.name,
        published=manifest.published,
        version=version,
        oldest=moment(int(dates.min())) if len(dates) else None,
        newest=moment(int(dates.max())) if len(dates) else None,
        facets={
            facet: count_values(column, live, set(), MAX_FACET_VALUES)
            for facet, column in columns.facets.items()
        },
    )
