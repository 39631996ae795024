"""Days as they are typed in haste, respelt: ``mei '17``, ``7hari``, ``June 1-5, 2023``.

Texts come in small letters, with single blanks.
"""

from __future__ import annotations

import re

from index.dates.days import this_or_last_century
from index.dates.names import WEEKDAYS
from index.patterns import on_use
from search.query.day_words import MONTH, UNITS

_END = on_use(r"(?:[!?]+|(?<!\.)\.)$")
_SHORT_YEAR = on_use(r"(?<=[a-z0-9]) ?'([0-9]{2})(?![0-9])")
_GLUED_YEAR = on_use(rf"(?<![a-z])({MONTH})(?=[0-9]{{4}}(?![0-9]))")
_LONG_UNITS = "|".join(sorted((name for name in UNITS if len(name) > 2), key=len, reverse=True))
_GLUED_UNIT = on_use(rf"(?<=[0-9])(?=(?:{_LONG_UNITS})\b)")
_OF = on_use(rf"^(?:the )?month of |(?<=[a-z]) of(?= [0-9]{{4}}$)|^the (?=[0-9]|(?:{MONTH})\b)")
_MONTH_FIRST = on_use(
    rf"({MONTH})\.? ([0-9]{{1,2}})(?: ?- ?| (?:to|through|thru|until|sampai) )([0-9]{{1,2}})"
    r"(?:,| ,)? ([0-9]{4})"
)
_YEARS = on_use(r"(?<![0-9])([0-9]{2})([0-9]{2})(?:/([0-9]{2})?|-)([0-9]{2})(?![0-9])")
_BEFORE_DAY = on_use(rf"^(?:{WEEKDAYS})[.,]{{1,2}} ?(?=[0-9])")


def respelt(text: str) -> str:
    """The text with years of four digits, and blanks and marks where others write them."""
    text = _END.sub("", text)
    if "'" in text:
        text = text.replace("0's", "0s")
        text = _SHORT_YEAR.sub(lambda match: f" {this_or_last_century(int(match[1]))}", text)
    text = _GLUED_UNIT.sub(" ", _GLUED_YEAR.sub(r"\1 ", text))
    text = _MONTH_FIRST.sub(r"\2-\3 \1 \4", _OF.sub("", text))
    match = _YEARS.fullmatch(text)
    return text if match is None else _two_years(match)


def without_weekday(text: str) -> str:
    """The text without the short name of a weekday before a number: ``sab, 1 jun 2024``."""
    return _BEFORE_DAY.sub("", text)


def _two_years(match: re.Match[str]) -> str:
    """``2017/2018``, ``2017/18`` and ``2017-18`` as a range, where it cannot be a month."""
    century, year, later, last = match.groups()
    follows = int(last) == (int(year) + 1) % 100 and int(last) > 12
    if later is None and not follows:
        return match[0]
    end = f"{later}{last}" if later else f"{int(century + year) + 1:04}"
    return f"{century}{year}..{end}"
