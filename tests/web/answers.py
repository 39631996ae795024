"""An answer as an engine gives it, for tests of what is counted."""

from __future__ import annotations

from search.response import SearchResponse
from web.work import Took


class NothingSaid:
    """A query of no parts."""

    parts = ()


TOOK = Took(0.002, 0.001)
ANSWER = SearchResponse(
    query="",
    corrected=None,
    total=3,
    partial_total=0,
    listed=3,
    took_ms=1,
    page=1,
    per_page=10,
    next_cursor=None,
    hits=(),
    facets={},
    facet_totals={},
    histogram=(),
    undated=0,
    suggestion=None,
    notes=(),
    question=NothingSaid(),
    partial=False,
    generation="g",
)
