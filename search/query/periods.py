"""Years and months as people write them: ``2017`` and ``2017-05`` of whatever names just one."""

from __future__ import annotations

from datetime import date

from index.fields import PERIOD_FORMS, Period
from search.query.calendar import months
from search.query.days import NotDays, days_of

_LENGTHS = {Period.YEAR: 12, Period.MONTH: 1}
_TODAYS = (date(2000, 2, 2), date(2055, 5, 5))


def period_of(text: str, period: Period) -> str:
    """The year or the month that a text names, as facets have it.

    ``mei 2017`` and ``05/2017`` are months, ``tahun 2017`` is a year. Raises ``NotDays`` for other
    days, for none, and for what counts from today: an address would mean another month tomorrow.
    """
    days, later = (days_of(text, today) for today in _TODAYS)
    if days != later:
        raise NotDays("this counts from today")
    first = days.first
    if first is None or (first, days.last) != months(first.year, first.month, _LENGTHS[period]):
        raise NotDays(f"this is not one {period}")
    if period is Period.YEAR and first.month != 1:
        raise NotDays("this is not one year")
    return PERIOD_FORMS[period].format(first.year, first.month)
