"""Numbers, dates and untrusted text as a reader sees them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import format_date, format_time
from markupsafe import Markup

from index.bilingual import Language, Text
from index.dates import WIB, local_day
from index.fields import Counted, Period
from index.light_dataclass import dataclass
from search.response import HistogramBin
from web.facet_parameters import MAX_VALUE_CHARACTERS

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_MISREAD = re.compile(rf"\\|\s|{_INVISIBLE.pattern}")
"""Browsers drop such characters, or end the host at them, where ``urlsplit`` does not."""

_MINUS = re.compile(r"((?<![^\s(])[-–−]\S)")
_JOINED = Markup('<span class="joined">{}</span>')

_MONTH = re.compile("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])")

_ONE, _TENTH = Decimal(1), Decimal("0.1")
_INDONESIAN = str.maketrans(",.", ".,")

_SHORT_SECONDS = 90
_UNITS = {"second": "detik", "minute": "menit", "hour": "jam", "day": "hari"}

_LABEL_CHARACTERS = 80
_HEADLINE_CHARACTERS = 300


def engine_html(html: str) -> Markup:
    """HTML that an engine made, in which all is escaped but ``<mark>``: the one trusted place."""
    return Markup(html)  # noqa: S704


def paragraphs_html(html: str) -> Markup:
    """The lines of such HTML as paragraphs, those without text left out.

    No mark goes over the end of a line. It is made in one piece, as there may be 200,000 of them.
    """
    lines = [text for line in html.split("\n") if (text := line.strip())]
    between = '</p>\n      <p dir="auto">'
    return engine_html(f'<p dir="auto">{between.join(lines)}</p>' if lines else "")


def day(moment: datetime | date, language: Language) -> str:
    """``1 Juni 2023``, for a moment the day in Jakarta."""
    local = local_day(moment) if isinstance(moment, datetime) else moment
    return _date(local, "d MMMM y", language)


def clock(moment: datetime, language: Language) -> str:
    """``10.15 WIB``; empty for midnight, which stands for a day without a known time."""
    local = moment.astimezone(WIB)
    if not (local.hour or local.minute or local.second):
        return ""
    pattern = "HH.mm" if language == "id" else "HH:mm"
    return f"{format_time(local, format=pattern, locale=language)} WIB"


def duration(seconds: int) -> Text:
    """``45 seconds``, ``1 hour 30 minutes``: at most two units, rounded up, none of them nought.

    Up to 90 seconds are told as seconds.
    """
    if seconds <= _SHORT_SECONDS:
        return _units((seconds, "second"))
    minutes = math.ceil(seconds / 60)
    if minutes < 24 * 60:
        return _units((minutes // 60, "hour"), (minutes % 60, "minute"))
    hours = math.ceil(minutes / 60)
    return _units((hours // 24, "day"), (hours % 24, "hour"))


def _units(*counted: tuple[int, str]) -> Text:
    said = [(many, unit) for many, unit in counted if many]
    return Text(
        " ".join(f"{many} {unit}{'' if many == 1 else 's'}" for many, unit in said),
        " ".join(f"{many} {_UNITS[unit]}" for many, unit in said),
    )


def number(value: float, language: Language) -> str:
    """``1.234`` in Indonesian, ``1,234`` in English; fractions only below ten, one digit.

    What Babel makes of it, in a hundredth of the time; halves are rounded to the even digit.
    """
    if type(value) is int:
        if 0 <= value < 1000:
            return str(value)
        text = f"{value:,d}"
    else:
        whole = value >= 10 or value == int(value)
        rounded = Decimal(str(value)).quantize(_ONE if whole else _TENTH, ROUND_HALF_EVEN)
        text = f"{rounded:,f}".removesuffix(".0")
    return text if language == "en" else text.translate(_INDONESIAN)


def plain(text: str) -> str:
    """One line without control and direction characters, for places that cannot isolate them."""
    return " ".join((text if text.isprintable() else _INVISIBLE.sub(" ", text)).split())


def unparted(query: str) -> Markup:
    """A query as HTML in which no line ends between a minus sign and its word."""
    return Markup("").join(
        _JOINED.format(piece) if place % 2 else piece
        for place, piece in enumerate(_MINUS.split(query))
    )


def label(text: str) -> str:
    """The beginning of a value of any length, for a line of its own."""
    return _line(text, _LABEL_CHARACTERS)


def value(one: Counted, text: str, language: Language) -> str:
    """A value of a facet in one line, as far as a filter takes one; a month as ``Mei 2017``."""
    if one is Period.MONTH and _MONTH.fullmatch(text):
        return _date(date.fromisoformat(f"{text}-01"), "MMMM y", language)
    return _line(text, MAX_VALUE_CHARACTERS)


def headline(title: str) -> str:
    """A title, which may be of any length, as far as anyone reads one."""
    return _cut(title, _HEADLINE_CHARACTERS)


def web_link(url: str | None) -> str | None:
    """The URL where it may become a link: http or https, a host, nothing invisible in it."""
    if url is None or _MISREAD.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def web_host(url: str) -> str:
    """The host of what ``web_link`` let pass, as a reader knows it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def page_window(page: int, last: int) -> list[int | None]:
    """The page numbers to offer: the ends and the neighbours, None where some are left out.

    So few that the pages of ten thousand hits stand on one line.
    """
    offered = sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)})
    window: list[int | None] = []
    for before, here in zip([0, *offered], offered, strict=False):
        if here - before == 2:
            window.append(here - 1)
        elif here - before > 2:
            window.append(None)
        window.append(here)
    return window


Unit = Literal["day", "month", "year", "decade"]


@dataclass(slots=True)
class Bar:
    """A bin of the histogram: ``height`` of ``BAR_HEIGHT`` tall, the days that it holds by name.

    Not frozen, as ``Hit``.

    ``tick`` stands on the axis where the bar begins; few bars have one.
    """

    bin: HistogramBin
    height: float
    unit: Unit
    name: str
    tick: str


BAR_HEIGHT = 40

_TICKS = 4


def bars(bins: Sequence[HistogramBin], language: Language) -> list[Bar]:
    """The bins with heights in proportion; a bin with any hit at all can be seen and aimed at."""
    tallest = max((entry.count for entry in bins), default=0)
    if not tallest:
        return []
    unit = _unit(bins[0])
    ticks = _ticks([entry.start for entry in bins], unit, language)
    return [
        Bar(
            entry,
            max(3.0, round(BAR_HEIGHT * entry.count / tallest, 1)) if entry.count else 0.0,
            unit,
            _span(entry, unit, language),
            ticks.get(place, ""),
        )
        for place, entry in enumerate(bins)
    ]


def tallest(shown: Sequence[Bar]) -> int:
    """The count of the tallest of some bars."""
    return max(one.bin.count for one in shown)


def _unit(entry: HistogramBin) -> Unit:
    days = (entry.end - entry.start).days + 1
    if days == 1:
        return "day"
    return "month" if days <= 31 else "year" if days <= 366 else "decade"


def _span(entry: HistogramBin, unit: Unit, language: Language) -> str:
    if unit == "day":
        return day(entry.start, language)
    if unit == "month":
        return _date(entry.start, "MMMM y", language)
    return str(entry.start.year) if unit == "year" else f"{entry.start.year}–{entry.end.year}"


def _ticks(starts: Sequence[date], unit: Unit, language: Language) -> dict[int, str]:
    """What stands below which bars: years where they fit, at the latest before the last bars.

    A year takes about an eighth of the width, a month or a day with its year a third.
    """
    count = len(starts)
    if unit == "month":
        first_months = [place for place, start in enumerate(starts) if start.month == 1]
        if len(first_months) > 1:
            return {
                place: str(starts[place].year) for place in first_months if place <= count * 7 // 8
            }
    if unit in {"year", "decade"}:
        step = -(-count // _TICKS)
        return {place: str(starts[place].year) for place in range(0, count * 7 // 8 + 1, step)}
    pattern = "d MMM y" if unit == "day" else "MMM y"
    places = {0, count // 2} if count > 1 else {0}
    return {place: _date(starts[place], pattern, language) for place in places}


_kept = lru_cache(maxsize=4096)(plain)


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, language: Language) -> str:
    return format_date(day, format=pattern, locale=language)


def _line(text: str, characters: int) -> str:
    """As many characters of a text as one line; pages have the same short ones again and again."""
    return _kept(text) if len(text) <= _LABEL_CHARACTERS else _cut(plain(text), characters)


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1] + "…"
