"""A range of dates: a comparison over the column of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import DateRange

from index.clock import microseconds
from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching import through_whoosh
from search.local.matching.kind import Kind, every_document, without_parts

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def in_range(searcher: Searcher, query: DateRange, documents: Documents | slice) -> Mask:
    """Which of the documents have a date in the range, both ends included: (n,)."""
    dates = searcher.snapshot.columns.dates[documents]
    mask: Mask = dates >= (0 if query.startdate is None else microseconds(query.startdate))
    if query.enddate is not None:
        mask &= dates <= microseconds(query.enddate)
    return mask


def _run(searcher: Searcher, query: DateRange) -> Matches:
    if not _is_plain(query):
        return through_whoosh.run(searcher, query)
    everything = searcher.snapshot.columns.everything
    return everything.where(in_range(searcher, query, everything.documents))


def _probe(
    searcher: Searcher, query: DateRange, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if not _is_plain(query):
        return through_whoosh.probe(searcher, query, documents, excluding=excluding)
    return in_range(searcher, query, documents), np.zeros(len(documents))


def _is_plain(query: DateRange) -> bool:
    return query.fieldname == "date" and not query.startexcl and not query.endexcl


KINDS = {DateRange: Kind(_run, _probe, every_document, without_parts)}
