"""Spans of days in the words of both languages: ``16–22 Juni 2025``, ``since 1 June 2025``."""

from __future__ import annotations

from datetime import date

from index.bilingual import Text
from search.query.calendar import months

_NAMES = (
    "January Januari, February Februari, March Maret, April April, May Mei, June Juni, July Juli,"
    " August Agustus, September September, October Oktober, November November, December Desember"
)
_MONTHS = tuple(Text(*names.split()) for names in _NAMES.split(", "))


def days_in_words(first: date | None, last: date | None) -> Text:
    """The days from one to another, both included; None where they are open. One is given."""
    if last is None:
        assert first is not None
        return _with(Text("since {}", "sejak {}"), _day(first))
    if first is None:
        return _with(Text("until {}", "sampai {}"), _day(last))
    if first == last:
        return _day(first)
    if first.year != last.year:
        return _joined(" – ", _day(first), _day(last))
    if first.month != last.month:
        return _joined(" – ", _day_of_month(first), _day(last))
    return _joined("–", Text(str(first.day), str(first.day)), _day(last))


def span_in_words(first: date | None, last: date | None) -> Text:
    """The same, a whole month or year by its name: ``Mei 2017``, ``2017``."""
    if first is not None and last is not None:
        if (first, last) == months(first.year, 1, 12):
            return Text(f"{first.year:04}", f"{first.year:04}")
        if (first, last) == months(first.year, first.month):
            month = _MONTHS[first.month - 1]
            return _joined(" ", month, Text(f"{first.year:04}", f"{first.year:04}"))
    return days_in_words(first, last)


def _day(day: date) -> Text:
    year = f"{day.year:04}"
    return _joined(" ", _day_of_month(day), Text(year, year))


def _day_of_month(day: date) -> Text:
    number = str(day.day)
    return _joined(" ", Text(number, number), _MONTHS[day.month - 1])


def _joined(between: str, one: Text, other: Text) -> Text:
    return Text(
        f"{one.english}{between}{other.english}", f"{one.indonesian}{between}{other.indonesian}"
    )


def _with(pattern: Text, day: Text) -> Text:
    return Text(pattern.english.format(day.english), pattern.indonesian.format(day.indonesian))
