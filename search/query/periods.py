"""Years and months as people write them: ``2017`` and ``2017-05`` of whatever names just one."""

from __future__ import annotations

from datetime import date

from index.fields import Period
from search.query.calendar import months
from search.query.days import NotDays, days_of

_LENGTHS = {Period.YEAR: 12, Period.MONTH: 1}


def period_of(text: str, period: Period, today: date) -> str:
    """The year or the month that a text names, as facets have it.

    ``mei 2017``, ``05/2017`` and ``bulan lalu`` are months, ``tahun lalu`` is a year. Raises
    ``NotDays`` for other days, and for none.
    """
    days = days_of(text, today)
    first = days.first
    if first is None or (first, days.last) != months(first.year, first.month, _LENGTHS[period]):
        raise NotDays(f"this is not one {period}")
    if period is Period.YEAR:
        if first.month != 1:
            raise NotDays("this is not one year")
        return f"{first.year:04}"
    return f"{first.year:04}-{first.month:02}"
