"""The years and the months of the articles' dates, as columns of facets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dates.names import MONTHS
from index.fields import PERIOD_FORMS, Period
from search.local.reading.facet_column import FacetColumn

UNKNOWN = -1
"""The day of an article without a date."""

_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000
_BEFORE_1970 = 719_162
_FIRST_MONTH = -1969 * 12
"""The first of year 1, counted in days and in months from 1970-01."""


def local_days(dates: NDArray[np.int64]) -> NDArray[np.int32]:
    """The days in Asia/Jakarta (UTC+7) of dates: (N,), 0 for 0001-01-01, UNKNOWN for no date."""
    days = (dates + _JAKARTA) // _DAY
    return np.where(dates < 0, UNKNOWN, days).astype(np.int32)


def period_column(
    days: NDArray[np.int32], period: Period, live: NDArray[np.bool_] | None
) -> FacetColumn:
    """The year or the month of every day of ``local_days``.

    ``live``: which documents are not deleted, None where all are. Values are in the order of time.
    """
    known = days != UNKNOWN
    since_1970 = (days[known].astype(np.int64) - _BEFORE_1970).astype("datetime64[D]")
    periods = since_1970.astype("datetime64[M]").astype(np.int64) - _FIRST_MONTH
    if period is Period.YEAR:
        periods //= 12
    used = np.bincount(periods).nonzero()[0]
    places = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
    places[used] = np.arange(1, len(used) + 1, dtype=np.int32)
    ordinals = np.zeros(len(days), np.int32)
    ordinals[known] = places[periods]
    having = np.bincount(ordinals if live is None else ordinals[live], minlength=len(used) + 1)
    having[0] = 0
    counts = tuple(having.tolist())
    form = PERIOD_FORMS[period]
    if period is Period.YEAR:
        years = tuple(form.format(year + 1) for year in used.tolist())
        return FacetColumn(ordinals, ("", *years), counts)
    months = [(month // 12 + 1, month % 12 + 1) for month in used.tolist()]
    values = tuple(form.format(year, month) for year, month in months)
    called = (
        f"{value} {' '.join(name for name, number in MONTHS.items() if number == month)} {year}"
        for value, (year, month) in zip(values, months, strict=True)
    )
    return FacetColumn(ordinals, ("", *values), counts, ("", *called))


def first_days(periods: Sequence[str]) -> NDArray[np.int64]:
    """The first day of years or months such as ``2017`` or ``2017-05``: as in ``local_days``."""
    days = np.array(periods, "datetime64[D]").astype(np.int64)
    return days + _BEFORE_1970


def days_after(periods: Sequence[str], period: Period) -> NDArray[np.int64]:
    """The day behind the last of each of some years, or of some months."""
    unit = "datetime64[Y]" if period is Period.YEAR else "datetime64[M]"
    days = (np.array(periods, unit) + 1).astype("datetime64[D]").astype(np.int64)
    return days + _BEFORE_1970
