"""Dates as archives write them, and the calendar of Indonesian readers.

``forms.py`` reads a text that is a date and nothing else; ``labels.py`` finds the date in a text
that says more, with the help of ``days.py``, ``clocks.py``, ``roles.py``, ``relative.py`` and
``printed.py``. Both know ``names.py`` and ``zones.py``.
"""

from index.dates.forms import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    ImpossibleDate,
    NotADate,
    parse_date,
)
from index.dates.zones import WIB, iso_date, local_day, local_today

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST",
    "WIB",
    "ImpossibleDate",
    "NotADate",
    "iso_date",
    "local_day",
    "local_today",
    "parse_date",
]
