"""Days that are alike have one histogram."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from search.histogram import alike, edges

LATEST = date(9999, 12, 30)
"""See ``index.clock.LATEST``."""


@given(st.dates(max_value=LATEST), st.integers(0, 60) | st.integers(0, 4000) | st.integers(0))
def test_days_that_are_alike_have_the_same_edges(first: date, days: int) -> None:
    last = first + timedelta(min(days, (LATEST - first).days))
    assert edges(*alike(first, last)) == edges(first, last)
