"""Days that count from today: ``kemarin``, ``minggu lalu``, ``3 hari terakhir``, ``last week``.

``minggu lalu`` is the calendar week before this one, from Monday; so are months and years.
``seminggu terakhir`` are the seven days up to today. ``2 minggu lalu`` is the calendar week two
weeks back, and since it or until it means since or until the day itself, 14 days ago.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from index.dates.names import MORE_MONTHS
from index.patterns import on_use
from search.query.calendar import Span, before, months, span, trailing
from search.query.day_words import (
    HR,
    MONTH,
    UNIT,
    UNIT_LETTERS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    Unit,
    with_digits,
)

_SHIFTS = {
    name: shift
    for shift, names in (
        (0, "ini this current berjalan"),
        (-1, "lalu kemarin kemaren kmarin kmrn silam sebelumnya last previous"),
        (1, "depan mendatang next"),
    )
    for name in names.split()
}
_AFTER = (
    r"(?:yang |yg )?(?P<which>ini|berjalan|lalu|kemarin|kemaren|kmarin|kmrn|silam|sebelumnya"
    r"|depan|mendatang)"
)
_BEFORE = r"(?:the )?(?P<which>this|current|last|previous|next)"
_DAYS = {
    name: shift
    for shift, names in (
        (0, "hari ini, hr ini, today, sekarang, saat ini, now, present"),
        (-1, "kemarin, kemaren, kmarin, kmrn, hari kemarin, yesterday"),
        (-2, "kemarin lusa, kemaren lusa, kemarin dulu, kemaren dulu, the day before yesterday"),
        (-2, "day before yesterday"),
        (1, "besok, tomorrow"),
        (2, "lusa, besok lusa, day after tomorrow, the day after tomorrow"),
    )
    for name in names.split(", ")
}
_UNIT_AFTER = on_use(rf"(?P<unit>{UNIT}) {_AFTER}")
_UNIT_BEFORE = on_use(rf"{_BEFORE} (?P<unit>{UNIT})")
_WEEKEND = on_use(
    rf"(?:akhir (?:pekan|minggu)|weekend) {_AFTER}"
    r"|(?:the )?(?P<before>this|last|previous|next) weekend"
)
_LAST = on_use(
    rf"(?:dalam |dlm |selama |in |within |for |over |during )?(?:the )?(?:"
    rf"(?:last|past|previous) (?P<count>[0-9]{{1,6}}) (?P<unit>{UNIT})|past (?P<one>{UNIT})"
    rf"|(?P<number>[0-9]{{1,6}} )?(?P<of>{UNIT}) (?:terakhir|belakangan)(?: ini)?"
    rf"|(?P<these>[0-9]{{1,6}}) (?P<unit_of>{UNIT}) ini)"
)
_IN_WEEK = on_use(
    rf"(?:hari )?(?P<day>{WEEKDAY}) (?:minggu|pekan|mgg) {_AFTER}"
    rf"|(?P<name>{WEEKDAY}) (?P<before>this|last|next) week"
)
_SHORT = on_use(rf"(?:last |past )?(?P<count>[0-9]{{1,6}}) ?(?P<unit>{'|'.join(UNIT_LETTERS)})")
_AGO = on_use(rf"(?P<count>[0-9]{{1,6}}) (?P<unit>{UNIT}) (?:yang |yg )?(?:lalu|silam|ago)")
_ON_WEEKDAY = on_use(
    rf"(?:hari )?(?P<day>{WEEKDAY}) (?:yang |yg )?(?P<which>ini|lalu|kemarin|kemaren|kmrn|silam)"
    rf"|(?:the )?(?P<before>this|last) (?P<name>{WEEKDAY})"
)
_IN_MONTH = on_use(
    rf"(?:(?P<day>[0-9]{{1,2}}) )?(?:bulan )?(?P<month>{MONTH})\.? {_AFTER}"
    rf"|(?P<before>this|last) (?P<name>{MONTH})"
)
_ENGLISH = frozenset({"this", "current", "last", "past", "previous", "next", "ago"})
_LIKE_YEARS = range(1900, 2100)
"""So many days nobody counts back to: such numbers are years."""


def relative_days(  # noqa: C901, PLR0911 - one answer for each form
    text: str, today: date
) -> tuple[Span, date | None] | None:
    """The days that a text in small letters with single blanks names, and the day counted back to.

    None where it names none so. Raises ``ValueError`` and ``OverflowError`` where the calendar has
    no such days.
    """
    if text in _DAYS:
        return span(Unit.DAY, today, _DAYS[text]), None
    if match := _WEEKEND.fullmatch(text):
        monday, sunday = span(Unit.WEEK, today, _SHIFTS[match["which"] or match["before"]])
        return (monday + timedelta(days=5), sunday), None
    if match := _UNIT_AFTER.fullmatch(text) or _UNIT_BEFORE.fullmatch(text):
        return span(_unit(match["unit"], text), today, _SHIFTS[match["which"]]), None
    written = with_digits(text)
    if match := _LAST.fullmatch(written):
        count = match["count"] or match["number"] or match["these"] or "1"
        name = match["unit"] or match["one"] or match["of"] or match["unit_of"]
        unit = _unit(name, text)
        return _trailing(today, unit, int(count)), None
    if match := _SHORT.fullmatch(text):
        return _trailing(today, UNIT_LETTERS[match["unit"]], int(match["count"])), None
    if match := _AGO.fullmatch(written):
        unit, count = _unit(match["unit"], text), int(match["count"])
        if count in _LIKE_YEARS:  # 2023 minggu lalu
            return None
        if unit is Unit.HOUR:
            return span(unit, today, -count), None
        exact = before(today, unit, count)
        return span(unit, exact), exact
    if match := _IN_WEEK.fullmatch(text):
        monday, _ = span(Unit.WEEK, today, _SHIFTS[match["which"] or match["before"]])
        return span(Unit.DAY, monday, WEEKDAYS[match["day"] or match["name"]]), None
    if match := _ON_WEEKDAY.fullmatch(text):
        return _weekday(match, today), None
    if match := _IN_MONTH.fullmatch(text):
        return _month(match, today), None
    return None


def _unit(name: str, text: str) -> Unit:
    """The unit of a name in a text: ``24 hr ago`` are hours, ``2 hr lalu`` days."""
    return Unit.HOUR if name == HR and _ENGLISH.intersection(text.split()) else UNITS[name]


def _trailing(today: date, unit: Unit, count: int) -> Span:
    if not count or count in _LIKE_YEARS:
        raise ValueError("none are no days")
    return trailing(today, unit, count)


def _weekday(match: re.Match[str], today: date) -> Span:
    """Of this week, or the last one before today."""
    wanted = WEEKDAYS[match["day"] or match["name"]]
    if (match["which"] or match["before"]) in {"ini", "this"}:
        return span(Unit.DAY, today, wanted - today.weekday())
    return span(Unit.DAY, today, -((today.weekday() - wanted - 1) % 7 + 1))


def _month(match: re.Match[str], today: date) -> Span:
    """A month, or a day in it: the last one before this month or day, that of this year, the next.

    Raises ``ValueError`` where there is none.
    """
    month = MORE_MONTHS[match["month"] or match["name"]]
    shift = _SHIFTS[match["which"] or match["before"]]
    for year in {0: [today.year], -1: [today.year, today.year - 1]}.get(
        shift, [today.year, today.year + 1]
    ):
        first, last = months(year, month)
        if match["day"]:
            first = last = date(year, month, int(match["day"]))
        if not shift or (last < today if shift < 0 else first > today):
            return first, last
    raise ValueError("no such month")
