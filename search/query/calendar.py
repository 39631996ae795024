"""Spans of the calendar, from day to day: weeks, months, quarters, years, and those before them.

Weeks begin on Monday. All raise ``ValueError`` or ``OverflowError`` where no calendar has the day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from search.query.day_words import Unit

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEMESTER: 6, Unit.YEAR: 12}

Span = tuple[date, date]
"""The first and the last day, both included."""


def months(year: int, month: int, count: int = 1) -> Span:
    """So many whole months from one on."""
    last = month + count - 2
    end_year, end_month = year + last // 12, last % 12 + 1
    end = monthrange(end_year, end_month)[1]
    return date(year, month, 1), date(end_year, end_month, end)


def span(unit: Unit, day: date, shift: int = 0) -> Span:
    """The unit of the calendar that holds the day, or the one so many units after it.

    The time of day is not known: of hours all days that they may lie in.
    """
    if unit in _MONTHS:
        count = _MONTHS[unit]
        index = (day.year * 12 + day.month - 1) // count * count + shift * count
        return months(index // 12, index % 12 + 1, count)
    if unit is Unit.WEEK:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    first, last = (shift // 24, -(-shift // 24)) if unit is Unit.HOUR else (shift, shift)
    return day + timedelta(days=first), day + timedelta(days=last)


def before(day: date, unit: Unit, count: int) -> date:
    """The day so many units before: of 31 March one month before, the last of February."""
    if unit in _MONTHS:
        index = day.year * 12 + day.month - 1 - count * _MONTHS[unit]
        year, month = index // 12, index % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    if unit is Unit.HOUR:
        return day - timedelta(days=-(-count // 24))
    return day - timedelta(days=count * (7 if unit is Unit.WEEK else 1))


def trailing(day: date, unit: Unit, count: int) -> Span:
    """The last so many units up to the day: ``3 hari terakhir`` are three days with it."""
    if unit is Unit.HOUR:
        return before(day, unit, count), day
    return before(day, unit, count) + timedelta(days=1), day


def third(days: Span, number: int) -> Span:
    """The first (0), the middle or the last (2) third of a month or a year.

    Of a month days 1 to 10, 11 to 20 and the rest, as the weather service counts. Raises
    ``ValueError`` for another span.
    """
    first, last = days
    if days == months(first.year, 1, 12):
        return months(first.year, 1 + 4 * number, 4)
    if days == months(first.year, first.month):
        return first.replace(day=1 + 10 * number), (
            last if number == 2 else first.replace(day=10 + 10 * number)
        )
    raise ValueError("only months and years have a beginning, a middle and an end")
