"""Whether plain words may name days together, told without the patterns of days.

Those take 15 ms to be compiled and 0.2 ms to say no. What is told here is no more than what every
way of naming days needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.dates.names import MORE_MONTHS, misspelt_month
from search.query.day_words import (
    DIGITS_OF_A_YEAR,
    FROM_TODAY,
    ORDINALS,
    UNIT_LETTERS,
    UNITS,
    WEEKDAYS,
)

_LETTERS = re.compile(r"[a-z]+")
_BESIDE_DIGITS = frozenset(
    {
        *("an", "s", "st", "nd", "rd", "th"),  # 2010an 1990s 1st
        *("q", "tw", "kw", "smt", "t", "z", "wib", "wita", "wit", "gmt", "utc", "am", "pm"),
        *("sen", "sel", "rab", "kam", "jum", "sab", "min", "of", "pkl", "pukul"),
        *("sd", "to", "dan", "hingga", "sampai"),  # 17sd19
    }
).union(MORE_MONTHS, UNITS, UNIT_LETTERS, WEEKDAYS, ORDINALS)
"""Letters that stand beside digits without a blank."""
_PARTS_OF_A_YEAR = frozenset({"kuartal", "triwulan", "quarter", "semester"})
"""Parts of a year that are told by their number: their name and a year are none."""


def may_name_days(words: Sequence[str]) -> bool:
    """Whether words of small ASCII letters and digits may name days; else they name none."""
    is_certain = False
    for word in words:
        if word.isdigit():
            is_certain = True
        elif word.isalpha():
            is_certain = is_certain or word in FROM_TODAY
        elif all(map(_may_be_beside_digits, _LETTERS.findall(word))):
            is_certain = True
        else:
            return False
    if len(words) == 2 and words[0] in _PARTS_OF_A_YEAR:
        return not (words[1].isdigit() and len(words[1]) == DIGITS_OF_A_YEAR)
    return is_certain


def _may_be_beside_digits(letters: str) -> bool:
    """Whether letters are one of those words, or two of them glued: ``17 meisd19 mei``."""
    return (
        letters in _BESIDE_DIGITS
        or misspelt_month(letters) is not None
        or any(
            letters[:at] in _BESIDE_DIGITS and letters[at:] in _BESIDE_DIGITS
            for at in range(1, len(letters))
        )
    )
