"""Days as people write them in queries: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from index.dates import local_day, parse_date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?", re.ASCII)
_DASHES = str.maketrans("\u2010\u2011\u2013\u2212", "----")


def days_of(text: str) -> tuple[date, date]:
    """The first and the last day of what a text names, in Asia/Jakarta.

    A day may be written as in archives (``index.dates``). Raises ``ValueError`` for what is none.
    """
    written = text.strip(" ,;").translate(_DASHES)
    if _ISO.fullmatch(written):
        day = date.fromisoformat(written)
        return day, day
    if match := _YEAR_OR_MONTH.fullmatch(written):
        year, month = int(match[1]), match[2]
        first, last = date(year, int(month or 1), 1), date(year, int(month or 12), 1)
        return first, last.replace(day=monthrange(last.year, last.month)[1])
    day = local_day(parse_date(written))
    return day, day
