"""A text that is a date and nothing else: archives, queries and feeds write them so.

Four families of text are read, each as a whole or not at all:

- the year first, ISO 8601 and its relatives: ``2023-06-01T10:15:00Z``, ``2023-06-01 10:15 +0700``;
- numbers with the day first: ``1/6/2023``, ``(1/6/2023)``, ``01-06-2023, 10.15 WIB``;
- a month's name, Indonesian or English: ``Kamis, 1 Juni 2023 10.15 WIB``, RFC 2822;
- digits alone: ``20230601``, ``202306011015``, ``20230601101500``, epoch seconds and milliseconds.

A time without a zone is read as WIB; 24:00 is the 0:00 of the next day.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from index.dates.names import MONTHS
from index.dates.zones import WIB, zone_of
from index.patterns import on_use

FIRST_YEAR, LAST_YEAR = 1500, 2200
"""A date of another year is a mistake of whoever wrote it."""

LONGEST = 80
"""No form of a date has more characters."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SMALLEST_EPOCH = 100_000_000  # 1973 in seconds; below it a number is a year or a mistake
_SMALLEST_MILLISECONDS = 100_000_000_000  # 1973 in milliseconds, the year 5138 in seconds


class NotADate(ValueError):
    """The value has no form of a date."""


class ImpossibleDate(NotADate):
    """The value has the form of a date, but the calendar or the clock has no such moment."""


_WEEKDAY = (
    r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?)\b\.?\s*,?\s*)?"
)
_TIME = (
    r"(?:(?:t|\s*[,|/\-–—]?\s*(?:(?:pukul|jam|pkl?\.?)\s*)?)"
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})"
    r"(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s*(?P<zone>z|(?:utc|gmt|ut)?\s*(?:\+[0-9]{1,2}(?::?[0-9]{2})?"
    r"|-[0-9]{1,2}(?::?[0-9]{2})?(?!\s*wi))|utc|gmt|ut|wib|wita|wit)?"
    r"(?:\s*\([a-z ]{1,30}\))?)?"
)
_ZONE_ALONE = r"(?:\s*(?:wib|wita|wit))?"


def _form(day: str) -> re.Pattern[str]:
    """A whole line that is a weekday, the day (bare or in parentheses), a time and a zone."""
    return on_use(
        rf"{_WEEKDAY}(?P<open>\()?\s*{day}\s*(?(open)\))\s*{_TIME}{_ZONE_ALONE}\s*\.?",
        re.IGNORECASE | re.ASCII,
    )


_YEAR_FIRST = _form(
    r"(?P<year>[0-9]{4})(?P<dash>[-/.])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
)
_DAY_FIRST = _form(
    r"(?P<day>[0-9]{1,2})\s*(?P<dash>[-/.])\s*(?P<month>[0-9]{1,2})\s*(?P=dash)\s*(?P<year>[0-9]{4})"
)
_NAMED_MONTH = _form(
    r"(?P<day>[0-9]{1,2})[\s\-/.]*(?P<month>[a-z]{3,9})\.?[\s,\-/.]*(?P<year>[0-9]{4})"
)
_MONTH_FIRST = _form(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2})\s*,?\s+(?P<year>[0-9]{4})")
_COMPACT = on_use(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2}))?"
)
_TO_THE_MINUTE = on_use(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2][0-9]|3[01])"
    r"(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?:\.0)?"
)
"""As epoch milliseconds these twelve digits would be days of 1976 and 1977.

In a column with gaps they are a float.
"""
_NUMBER = on_use(r"-?[0-9]{9,13}(?:\.[0-9]+)?")
_MAIL = on_use(r"(?:[a-z]{3},\s*)?[0-9]{1,2}\s[a-z]{3}\s[0-9]{2,4}\s[0-9]{2}:", re.IGNORECASE)
_ISO = on_use(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}T[0-9]{2}")
_PLAIN_DAY = on_use(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_date(value: str | float) -> datetime:
    """The moment a value names, aware and in UTC; midnight WIB where it names only a day.

    Numbers are epoch seconds or milliseconds, or a day written ``20230601``. Raises ``NotADate``
    for a value that has no form of a date and ``ImpossibleDate`` for one that has the form but
    that no calendar holds, such as 31 February or the year 2999.
    """
    if isinstance(value, str):
        return _parse_text(value)
    if isinstance(value, bool):
        raise NotADate(f"{value} is not a date")
    if isinstance(value, int):
        digits = _COMPACT.fullmatch(str(value))
        if digits and FIRST_YEAR <= int(digits["year"]) <= LAST_YEAR and value < 10**8:
            return _moment(digits, int(digits["month"]), str(value))
    if digits := _TO_THE_MINUTE.fullmatch(str(value)):
        return _moment(digits, int(digits["month"]), str(value))
    return _from_epoch(value, str(value))


def _parse_text(value: str) -> datetime:
    text = " ".join(value.split())
    if len(text) > LONGEST:
        raise NotADate(f"“{text[:40]}…” is too long for a date")
    if _PLAIN_DAY.fullmatch(text):
        return _plain_day(text)
    if match := _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text):
        return _moment(match, int(match["month"]), text)
    if match := _NAMED_MONTH.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        month = MONTHS.get(match["month"].lower())
        if month is not None:
            return _moment(match, month, text)
    if match := _COMPACT.fullmatch(text) or _TO_THE_MINUTE.fullmatch(text):
        return _moment(match, int(match["month"]), text)
    if _NUMBER.fullmatch(text):
        return _from_epoch(float(text) if "." in text else int(text), text)
    return _from_rare_form(text)


def _plain_day(text: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ImpossibleDate(f"“{text}” is not a day of the calendar: {error}") from None
    _check_year(day.year, text)
    return datetime(day.year, day.month, day.day, tzinfo=WIB).astimezone(UTC)


def _moment(match: re.Match[str], month: int, text: str) -> datetime:
    facts = match.groupdict()
    _check_year(int(facts["year"]), text)
    hour = int(facts.get("hour") or 0)
    minute = int(facts.get("minute") or 0)
    second = int(facts.get("second") or 0)
    fraction = int((facts.get("fraction") or "").ljust(6, "0")[:6])
    ends = hour == 24 and not (minute or second or fraction)  # the next day's 0:00
    try:
        moment = datetime(
            int(facts["year"]),
            month,
            int(facts["day"]),
            0 if ends else hour,
            minute,
            second,
            fraction,
            tzinfo=zone_of(facts.get("zone")),
        )
    except ValueError as error:
        raise ImpossibleDate(f"“{text}” is not a moment of the calendar: {error}") from None
    return moment.astimezone(UTC) + timedelta(days=1) if ends else moment.astimezone(UTC)


def _from_epoch(number: float, text: str) -> datetime:
    if not abs(number) >= _SMALLEST_EPOCH:  # also true of a number that is none (NaN)
        raise NotADate(f"{text} is too small a number for a date")
    try:
        if abs(number) >= _SMALLEST_MILLISECONDS:
            moment = _EPOCH + timedelta(milliseconds=number)
        else:
            moment = _EPOCH + timedelta(seconds=number)
    except OverflowError:
        raise ImpossibleDate(f"{text} is too large a number for a date") from None
    _check_year(moment.year, text)
    return moment


def _from_rare_form(text: str) -> datetime:
    """Years of two digits and named zones of RFC 2822; ISO 8601 without minutes or separators."""
    moment = None
    with suppress(ValueError, OverflowError):
        if _MAIL.match(text):
            from email.utils import parsedate_to_datetime

            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None and text[-1].isalpha():
                moment = None  # it does not know the zone, which a label may
        elif _ISO.match(text):
            moment = datetime.fromisoformat(text)
    if moment is None:
        raise NotADate(f"“{text}” has no form of a date that is known")
    _check_year(moment.year, text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(UTC)


def _check_year(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDate(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
