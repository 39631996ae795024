"""Every day that a text names, whatever stands around it.

Texts come in small letters, with single spaces, ASCII hyphens, and ``|`` for every bullet. Six
shapes are known: the year first, numbers with the day first, also with a Roman month, a month's
name behind or before the day, and eight digits; only where none is found, those that are rare or
misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.dates.forms import FIRST_YEAR, LAST_YEAR
from index.dates.names import MORE_MONTHS, ROMAN_MONTHS, WEEKDAYS, misspelt_month
from index.dates.zones import ZONE_NAMES
from index.light_dataclass import dataclass
from index.patterns import on_use

_PIVOT = 50
"""A year of two digits below it is of this century, as in RFC 2822."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day at ``start`` to ``end`` of its text, with the time of day that stands inside it.

    ``day`` is None where no calendar holds it. ``unsure``: beside another day, the numbers are
    hours, minutes and seconds.
    """

    day: date | None
    start: int
    end: int
    clock: str | None = None
    unsure: bool = False


_MONTH = "|".join(sorted(MORE_MONTHS, key=len, reverse=True))
_INNER = (
    r"(?:(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[ap]\.?m\.?)?"
    rf"(?: ?(?:(?:gmt|utc)?[+-][0-9]{{4}}|{ZONE_NAMES}))?)[ ,|-]{{1,3}})?"
)
_YEAR = (
    "[0-9]{4}(?![0-9])"
    # A time, or a second date, that lost its space: 19 juni 202509:12.
    "|(?:19|20)[0-9]{2}(?=[0-9]{2}[:.][0-9]{2}(?![0-9])|[0-9]{1,2} ?(?:" + _MONTH + "))"
)
_SHORT_YEAR = (
    r"[0-9]{2}(?![0-9])(?![./-][0-9])(?! ?:)(?!,? ?(?:19|20)[0-9]{2}(?![0-9]))"
    r"(?! (?!pukul|jam|pkl?\b|wib|wita?\b|at\b|oleh|by\b)[a-z])"
)
_DIGIT = "[0-9](?<![0-9]{2})"
"""The first digit of a number; the look behind follows it, for that is searched fast."""

_ISO = on_use(
    rf"(?P<year>{_DIGIT}[0-9]{{3}})(?P<mark> ?[-/._:] ?)(?P<month>[0-9]{{1,2}})(?P=mark)"
    r"(?P<day>[0-9]{1,2})(?![0-9])"
)
_NUMBERS = on_use(
    rf"(?P<day>{_DIGIT}[0-9]?) ?(?P<mark>[-/.]) ?(?P<month>[0-9]{{1,2}}) ?(?P=mark) ?"
    rf"(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9])(?![:./-][0-9]))"
)
_NAMED = on_use(
    rf"(?P<day>{_DIGIT}[0-9]?)(?<!covid-[0-9]{{2}})"
    rf"(?:(?: ?(?P<first_month>{_MONTH}))?(?P<to> ?(?:-|s/d|s\.d\.?|sd|sampai|hingga|dan|&|to) ?)"
    r"(?P<last>[0-9]{1,2}))?"
    rf"(?:st|nd|rd|th)?[ .,\-/|]{{0,3}}(?:of |bulan )?"
    rf"(?P<month>{_MONTH})(?![a-z])[ .,\-/'|]{{0,3}}{_INNER}"
    rf"(?:tahun )?(?P<year>{_YEAR}|{_SHORT_YEAR})"
)
_MONTH_FIRST = on_use(
    rf"(?<![a-z])(?P<month>{_MONTH})[ .\-/]{{0,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    rf"(?: ?[,/|-] ?| ){_INNER}'?(?P<year>{_YEAR}|(?<=')[0-9]{{2}}(?![0-9]))"
)
_YEAR_AND_NAME = on_use(
    rf"(?P<year>{_DIGIT}[0-9]{{3}})[ ,\-/.]{{1,2}}(?P<month>{_MONTH})[ ,\-/.]{{1,2}}"
    r"(?P<day>[0-9]{1,2})(?![0-9])"
)
_DIGITS = on_use(
    r"(?P<year>[12](?<![0-9]{2})[09][0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])"
    r"(?:[t _-]?(?P<clock>[0-2][0-9]:?[0-5][0-9](?::?[0-5][0-9])?))?(?![0-9])"
)
_ROMAN = on_use(
    rf"(?P<day>{_DIGIT}[0-9]?)(?P<mark> ?[-/.] ?| (?![ivx] ))(?P<month>[ivx]{{1,4}})(?P=mark)"
    r"(?P<year>[0-9]{4}|(?<![ .])[0-9]{2})(?![0-9a-z])(?! ?[/-] ?[0-9a-z])"
)
_BEFORE_ROMAN = on_use(
    rf"(?:^|[,(|;-]|(?<![a-z])(?:{WEEKDAYS}|tanggal|tgl|pada|per|tayang|terbit|diterbitkan"
    r"|diperbarui|update[sd]?)[.:]?) ?$"
)
"""Behind anything else it is a letter's or a report's number: ``No. 12/VI/2023``."""

_SHAPES = (_ISO, _NUMBERS, _ROMAN, _NAMED, _MONTH_FIRST, _DIGITS, _YEAR_AND_NAME)
_NO_NAMES = (_ISO, _NUMBERS, _ROMAN, _DIGITS)

_DAY_DIGITS = on_use(
    r"^(?P<day>[0-3][0-9])(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_SPACED = on_use(
    r"(?:^|(?<=[a-z], ))(?P<day>[0-9]{1,2}) (?P<month>[0-9]{1,2}) (?P<year>[0-9]{4})(?![0-9])"
)
_MISSPELT = on_use(
    r"(?<![0-9])(?P<day>[0-9]{1,2})[ \-/.]{1,2}(?P<month>[a-z]{5,11})[ .,\-/]{1,2}"
    r"(?P<year>[0-9]{4})(?![0-9])"
)
_SPELT = on_use(
    r"(?<![0-9])(?P<day>[0-9]{1,2}),? bulan (?P<month>[0-9]{1,2}),? tahun (?P<year>[0-9]{4})"
    r"(?![0-9])"
)
_RARE = (_DAY_DIGITS, _SPACED, _MISSPELT, _SPELT)

_HAS_MONTH = on_use(
    "jan|feb|peb|ma[rcy]|mei|mrt|apr|ju[nl]|djoe|ag|aug|ogo|sep|o[kc]t|no[vp]|de[sc]|dis"
)
_OF_AN_EDITION = on_use(r"(?:^|edisi|periode|tanggal|tgl\.?|[a-z]{4,6}day|\() ?:? ?$")
_A_ZONE = on_use(r" ?(?:wib|wita?\b|utc|gmt|[ap]m\b)")


def find_days(text: str) -> list[Day]:
    """The days of the text in order, without overlaps.

    Those that no calendar holds are left out where another one is there.
    """
    shapes = _SHAPES if _HAS_MONTH.search(text) else _NO_NAMES
    found = [day for shape in shapes for day in _of_shape(shape, text)]
    found = found or [day for shape in _RARE for day in _of_shape(shape, text)]
    found = [day for day in found if day.day] or found
    return _apart([day for day in found if not day.unsure] or found)


def _apart(days: list[Day]) -> list[Day]:
    """The days in order; where two overlap, the one that begins first, or is longer."""
    apart: list[Day] = []
    for day in sorted(days, key=lambda day: (day.start, -day.end)):
        if not apart or day.start >= apart[-1].end:
            apart.append(day)
    return apart


def _of_shape(shape: re.Pattern[str], text: str) -> Iterator[Day]:
    for match in shape.finditer(text):
        if shape is _NUMBERS:
            if not _goes_on(match, text):
                unsure = match["mark"] == "." and len(match["year"]) == 2
                yield Day(_numbered(match), match.start(), match.end(), unsure=unsure)
        elif shape is _NAMED:
            yield _named(match, text)
        elif shape is _ROMAN:
            number = ROMAN_MONTHS.get(match["month"])
            if number is not None and _BEFORE_ROMAN.search(text, 0, match.start()):
                day = _day(match["year"], number, int(match["day"]))
                yield Day(day, match.start(), match.end())
        else:
            month = match["month"]
            number = (
                int(month) if month.isdigit() else MORE_MONTHS.get(month) or misspelt_month(month)
            )
            if number is not None:
                year, clock = match["year"], match.groupdict().get("clock")
                day = _day(year, number, int(match["day"]))
                yield Day(day, match.start(), match.end(), clock)


def this_or_last_century(number: int) -> int:
    """The year of which a number up to 99 is the last two digits."""
    return number + (2000 if number < _PIVOT else 1900)


def _day(year: str, month: int, day: int) -> date | None:
    number = this_or_last_century(int(year)) if len(year) == 2 else int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, month, day)
    except ValueError:
        return None


def _numbered(match: re.Match[str]) -> date | None:
    """Day, month and year; month and day, or year, month and day, where only that is possible."""
    first, second, year = int(match["day"]), int(match["month"]), match["year"]
    if second > 12:
        return _day(year, first, second)
    if first > 31 and len(year) == 2:
        return _day(match["day"], second, int(year))
    return _day(year, second, first)


def _goes_on(match: re.Match[str], text: str) -> bool:
    """There are more numbers on the left, or a zone on the right: no day ends there."""
    start = match.start()
    if start > 1 and text[start - 1] == match["mark"] and text[start - 2].isdigit():
        return True
    return len(match["year"]) == 2 and _A_ZONE.match(text, match.end()) is not None


def _named(match: re.Match[str], text: str) -> Day:
    """The day of a match with a month's name; of a range, such as ``1-7 juni 2023``, the first."""
    month, year, clock = MORE_MONTHS[match["month"]], match["year"], match["clock"]
    if match["last"] is None:
        return Day(_day(year, month, int(match["day"])), match.start(), match.end(), clock)
    last = _day(year, month, int(match["last"]))
    if last is not None:
        first = _day(year, MORE_MONTHS.get(match["first_month"], month), int(match["day"]))
        sure = match["first_month"] or match["to"].strip() != "-" or match["to"] == "-"
        sure = sure or _OF_AN_EDITION.search(text, 0, match.start())
        joined = text[max(0, match.start() - 1) : match.start()] in {".", ":", "/", "-", ","}
        if sure and not joined and first is not None and first < last:
            return Day(first, match.start(), match.end(), clock)
    return Day(last, match.start("last"), match.end(), clock)
