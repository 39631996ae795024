"""The years and the months of the articles' dates, as columns of facets."""

from __future__ import annotations

import numpy as np
from babel.dates import get_month_names
from numpy.typing import NDArray

from index.fields import Period
from search.local.reading.facet_column import FacetColumn

_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000
_BEFORE_1970 = 719_162
_FIRST_MONTH = -1969 * 12
"""The first of year 1, counted in days and in months from 1970-01."""


def local_days(dates: NDArray[np.int64]) -> NDArray[np.int64]:
    """The days in Asia/Jakarta (UTC+7) of dates, from 0001-01-01: (n,)."""
    days: NDArray[np.int64] = (dates + _JAKARTA) // _DAY
    return days


def period_column(
    dates: NDArray[np.int64], period: Period, live: NDArray[np.bool_] | None
) -> FacetColumn:
    """The year or the month of every date, (N,); negative ones stand for none.

    ``live``: which documents are not deleted, None where all are. Values are in the order of time.
    """
    known = dates >= 0
    days = (local_days(dates[known]) - _BEFORE_1970).astype("datetime64[D]")
    periods = days.astype("datetime64[M]").astype(np.int64) - _FIRST_MONTH
    if period is Period.YEAR:
        periods //= 12
    used = np.bincount(periods).nonzero()[0]
    places = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
    places[used] = np.arange(1, len(used) + 1, dtype=np.int32)
    ordinals = np.zeros(len(dates), np.int32)
    ordinals[known] = places[periods]
    having = np.bincount(ordinals if live is None else ordinals[live], minlength=len(used) + 1)
    having[0] = 0
    counts = tuple(having.tolist())
    if period is Period.YEAR:
        return FacetColumn(ordinals, ("", *(f"{year + 1:04}" for year in used.tolist())), counts)
    months = [(month // 12 + 1, month % 12 + 1) for month in used.tolist()]
    values = tuple(f"{year:04}-{month:02}" for year, month in months)
    names = [get_month_names(locale=language) for language in ("id", "en")]
    called = (
        f"{value} {names[0][month]} {names[1][month]} {year}"
        for value, (year, month) in zip(values, months, strict=True)
    )
    return FacetColumn(ordinals, ("", *values), counts, ("", *called))
