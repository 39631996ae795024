"""Days as people write them: the one declaration for queries, the API and the command line.

==========================  ==========================================================
what                        for example
==========================  ==========================================================
a day                       ``2023-06-01`` ``16/06/2025`` ``16-6-25`` ``17 agustus 2017``
a month                     ``2023-06`` ``06/2023`` ``202306`` ``juni 2023`` ``Jun 2023``
a year, years               ``2023`` ``tahun 2023`` ``2010-an`` ``1990s``
a quarter, a half, a week   ``kuartal 1 2023`` ``Q1 2023`` ``semester 2 2023`` ``2023-W05``
a third of a month or year  ``awal 2023`` ``pertengahan juni 2023`` ``akhir tahun lalu``
from one to another         ``2023-01..2023-03`` ``1-5 juni 2023`` ``mei sampai juli 2023``
open at an end              ``..2023`` ``2023..`` ``>=2023-05`` ``<2023`` ``sejak 2023``
counted from today          ``relative_days``
==========================  ==========================================================

For a blank, a hyphen or an underscore may stand. What is no certain day is none: a month or a day
without its year, ``06/23``, a day that no calendar has.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from index.dates.names import MONTHS, MORE_MONTHS, misspelt_month
from index.patterns import on_use
from search.query.day_spellings import respelt, without_weekday
from search.query.one_span import Days, day_somehow, one_span, spaced, usual_span

LONGEST = 80
"""No text of more characters names days."""

_ANY_TWO_DAYS = date(2001, 2, 28), date(2025, 7, 5)
"""The year before both is a leap year."""
_MOST_JOINTS = 6
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")) | str.maketrans(
    "\u2018\u2019", "''"
)
_QUOTES = "\"'\u201c\u201d\u2018\u2019"
_SINCE = on_use(r"(?:>=|dari |sejak |mulai |from |since )(?P<rest>.+)")
_UNTIL = on_use(r"(?:<=|sampai |hingga |until |till )(?P<rest>.+)")
_BESIDE = on_use(
    r"(?:(?P<later>>|(?:setelah|sesudah|after) )|<|(?:sebelum|before) ) ?(?P<rest>[^=].*)"
)
_IN_BRACKETS = on_use(r"[\[{](?P<first>.+?) to (?P<last>.+)[\]}]")
_BETWEEN = on_use(r"(?:antara|between) (?P<first>.+?) (?:dan|and) (?P<last>.+)")
_TO = on_use(
    r" ?\.{2,3} ?| ?- ?| (?:sampai dengan|sampai|hingga|s/d|s\.d\.?|sd|to|until|till|through|thru) "
    r"|(?<=-[0-9]{2})/(?=[0-9]{4}-)"
)
_AND = on_use(r"(?P<first>.+?) (?:dan|and|&) (?P<last>.+)")
_PARTS = on_use(r"[0-9]+|[a-z]+")
_YEAR = on_use(r"[0-9]{4}(?![0-9])")
_YEAR_OR_MONTH = on_use(r"(?:.* )?[0-9]{4}(?:-[0-9]{1,2})?")
_CLOCK = on_use(
    r":|\b(?:pukul|pkl\.?|jam|at) [0-9]|\b(?:wib|wita|wit|gmt|utc)\b"
    r"|(?<![0-9.])[0-9]{1,2}\.[0-9]{2}(?![0-9.])",
    re.IGNORECASE,
)
_OPENING = on_use(r"^(?:dari|sejak|mulai|from|since) ")
_MONTH_NAMES = {number: name for name, number in MONTHS.items()}


class NotDays(ValueError):
    """The text names no days, or none that a calendar has, or not for certain which."""


def days_of(text: str, today: date) -> Days:
    """The days that a text names, whatever its capitals, counted from ``today`` where it does so.

    The first is not after the last. Raises ``NotDays``.
    """
    if len(text) > LONGEST:
        raise NotDays("this is too long for days")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    written = " ".join(text.lower().split()).strip(f" ,;*{_QUOTES}")
    usual = usual_span(written)
    if usual is not None:
        return usual
    try:
        day = without_weekday(respelt(written)).strip(" ,;*")
        blank = spaced(day)
        found = one_span(blank, today) or _range(day, today) or _range(blank, today)
        found = found or day_somehow(blank)
    except (ValueError, OverflowError) as error:
        raise NotDays(str(error)) from None
    if found is None:
        raise NotDays("this is no date")
    return found if day == written else replace(found, spelt=False)


def first_day(text: str, today: date) -> date:
    """The first day of what a text names. Raises ``NotDays`` where it has none, too."""
    found = _whole(text, today).since
    if found is None:
        raise NotDays("this has no first day")
    return found


def last_day(text: str, today: date) -> date:
    """The last day of what a text names. Raises ``NotDays`` where it has none, too."""
    found = _whole(text, today).until
    if found is None:
        raise NotDays("this has no last day")
    return found


def counts_from_today(text: str) -> bool:
    """Whether what a text names is another day's tomorrow; False where it names none."""
    found: list[Days | None] = []
    for today in _ANY_TWO_DAYS:
        try:
            found.append(days_of(text, today))
        except NotDays:
            found.append(None)
    return found[0] != found[1]


def _whole(text: str, today: date) -> Days:
    """Days without a time of day, which would be lost."""
    if _CLOCK.search(text):
        raise NotDays("this has a time of day")
    return days_of(text, today)


def _range(text: str, today: date) -> Days | None:
    """From one span to another, or open at an end."""
    if match := _BETWEEN.fullmatch(text) or _IN_BRACKETS.fullmatch(text):
        return _from_to(match["first"], match["last"], today)
    opened = _OPENING.sub("", text)
    joints = sorted(_TO.finditer(opened), key=lambda match: match[0] == "-")
    for match in joints if len(joints) <= _MOST_JOINTS else ():
        first, last = opened[: match.start()], opened[match.end() :]
        if not (first and last) and ".." not in match[0]:
            continue
        if match[0] == "-" and _is_inside(first, last):
            continue
        found = _from_to(first, last, today)
        if found is not None:
            return found
    if match := _AND.fullmatch(text):
        found = _from_to(match["first"], match["last"], today)
        return found if found is not None and _adjoins(match, found, today) else None
    return _open(text, today)


def _is_inside(first: str, last: str) -> bool:
    """Whether a hyphen between two texts joins the numbers of one day: ``2017-06 juli 2017``."""
    if not last[:1].isdigit() or not _YEAR_OR_MONTH.fullmatch(first):
        return False
    alike = first.rsplit(maxsplit=1)[-1].count("-") == last.split(maxsplit=1)[0].count("-")
    return not (alike and _YEAR.match(last))


def _open(text: str, today: date) -> Days | None:
    """Since a span, until one, or what is not in one."""
    if match := _SINCE.fullmatch(text):
        found = _plain(match["rest"].strip(), today)
        return found and Days(found.since, None, ranged=True, spelt=found.spelt)
    if match := _UNTIL.fullmatch(text):
        found = _plain(match["rest"].strip(), today)
        return found and Days(None, found.until, ranged=True, spelt=found.spelt)
    if match := _BESIDE.fullmatch(text):
        found = _plain(match["rest"], today)
        if found is None or found.first is None or found.last is None:
            return None
        if match["later"]:
            return Days(found.last + timedelta(days=1), None, ranged=True)
        return Days(None, found.first - timedelta(days=1), ranged=True)
    return None


def _plain(text: str, today: date) -> Days | None:
    """A span that is part of a text; None also where no calendar has it."""
    text = spaced(text)
    try:
        return one_span(text, today) or day_somehow(text)
    except (ValueError, OverflowError):
        return None


def _from_to(first: str, last: str, today: date) -> Days | None:
    if last in {"", "*"} and first not in {"", "*"}:
        begin = _plain(first, today)
        return begin and Days(begin.since, None, ranged=True, spelt=begin.spelt)
    end = _plain(last, today)
    if end is None or end.first is None or end.last is None:
        return None
    if first in {"", "*"}:
        return Days(None, end.until, ranged=True, spelt=end.spelt)
    begin = _begin(first, end.first, today, is_year=last.isdigit())
    if begin is None or begin.first is None or begin.last is None:
        return None
    swapped = begin.first > end.first
    ends = [(one.exact or one.first, one.exact or one.last) for one in (begin, end)]
    earlier, later = sorted((first, last) for first, last in ends if first and last)
    spelt = begin.spelt and end.spelt and not swapped
    return Days(earlier[0], max(earlier[1], later[1]), ranged=True, spelt=spelt)


def _adjoins(match: re.Match[str], both: Days, today: date) -> bool:
    """Whether no day lies between what is joined by "and", so that it is ``both`` as a whole."""
    last = _plain(match["last"], today)
    if last is None or last.first is None or both.first is None:
        return False
    first = _begin(match["first"], last.first, today)
    return (
        first is not None
        and first.last is not None
        and last.first == first.last + timedelta(days=1)
    )


def _is_month(word: str) -> bool:
    return word in MORE_MONTHS or misspelt_month(word) is not None


def _begin(text: str, end: date, today: date, *, is_year: bool = False) -> Days | None:
    """The beginning of a range; what it lacks its end says, too: ``1-5 juni 2023``.

    ``november-februari 2023`` begins in the year before. What ends with a year alone lacks none.
    """
    if (found := _plain(text, today)) is not None or is_year:
        return found
    if not any(part.isdigit() or _is_month(part) for part in _PARTS.findall(text)):
        return None
    years = [f"{text} {year:04}" for year in (end.year, end.year - 1)]
    if text.isdigit():
        years = [f"{text} {_MONTH_NAMES[end.month]} {end.year:04}"]
    for written in years:
        found = _plain(written, today)
        if found is not None and found.first is not None and found.first <= end:
            return found
    return None
