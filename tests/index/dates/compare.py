"""Our parser beside dateparser and python-dateutil, on the table of forms.

``python -m tests.index.dates.compare`` prints for each how many forms it reads right, wrong, and
not at all although they say a date, and its microseconds a form. A form that says no date is right
where the parser says so, wrong where it gives one.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from index.dates import WIB, NotADate, iso_date, parse_date
from index.dates.labels import find_date
from tests.index.dates.table import FORMS, IMPOSSIBLE, RELATIVE

Reader = Callable[[str], datetime | None]


def ours(text: str) -> datetime | None:
    """As a field of dates is read."""
    try:
        return parse_date(text)
    except NotADate:
        try:
            return find_date(text).moment
        except NotADate:
            return None


def dateparser_reader() -> Reader:
    """``dateparser.parse``: Indonesian and English, the day first, Jakarta."""
    parse: Any = importlib.import_module("dateparser").parse
    settings = {"DATE_ORDER": "DMY", "TIMEZONE": "Asia/Jakarta", "RETURN_AS_TIMEZONE_AWARE": True}

    def read(text: str) -> datetime | None:
        moment: datetime | None = parse(text, languages=["id", "en"], settings=settings)
        return moment

    return read


def dateutil_reader() -> Reader:
    """``dateutil.parser.parse``: fuzzy, the day first; a moment without a zone is in WIB."""
    parse: Any = importlib.import_module("dateutil.parser").parse

    def read(text: str) -> datetime | None:
        try:
            moment: datetime = parse(text, dayfirst=True, fuzzy=True)
        except (ValueError, OverflowError):
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=WIB)

    return read


def compare(name: str, read: Reader, *, show: bool = False) -> None:
    """Prints one line, and with ``show`` every form that is read otherwise than the table says."""
    counts: Counter[str] = Counter()
    read("1 Juni 2023")
    spent = 0.0
    for text, expected in FORMS:
        start = time.perf_counter()
        moment = read(text)
        spent += time.perf_counter() - start
        given = None if moment is None else iso_date(moment)
        wanted = None if expected in {RELATIVE, IMPOSSIBLE} else expected
        verdict = "right" if given == wanted else "none" if given is None else "wrong"
        counts[verdict] += 1
        if show and verdict != "right":
            print(f"  {verdict}: {text!r} gives {given}, not {wanted}")
    each = spent / len(FORMS) * 1e6
    print(
        f"{name:16}{counts['right']:5} right{counts['wrong']:5} wrong{counts['none']:5} none"
        f"{each:9.1f} µs a form"
    )


if __name__ == "__main__":
    print(f"{len(FORMS)} forms")
    compare("index.dates", ours, show=True)
    compare("dateparser", dateparser_reader())
    compare("python-dateutil", dateutil_reader())
