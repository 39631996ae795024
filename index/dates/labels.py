"""The date in a text that says more: ``Kompas.com - 19/06/2025, 09:12 WIB | 45 views``.

Of several days the one that is labelled as the publication's is taken, else the first that is not
labelled as another's. The time of day is the nearest that no other label claims. Nothing is
guessed: a day needs its year, and a date told from a moment that nobody wrote down ("2 jam yang
lalu") is ``RelativeDate``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from operator import itemgetter

from index.dates.clocks import TAKEN, ZONE, Clock, find_clocks
from index.dates.days import Day, find_days
from index.dates.forms import FIRST_YEAR, LAST_YEAR, ImpossibleDate, NotADate
from index.dates.names import WEEKDAYS
from index.dates.printed import read_printed
from index.dates.relative import RelativeDate, is_relative
from index.dates.roles import role_in
from index.dates.zones import WIB, zone_of
from index.light_dataclass import dataclass

LONGEST_LABEL = 500
"""A longer text is prose that mentions dates, not the date of an article."""

_FEW_WORDS = 160
"""In a longer text with several days, no label telling which, none is taken."""


@dataclass(frozen=True, slots=True)
class Found:
    """The date of a text, whether it has a time of day, and what the text says ``around`` it.

    ``problem`` says why a time of day that stands there was left out.
    """

    moment: datetime
    timed: bool
    around: tuple[str, ...]
    problem: str | None = None


_ORDINARY = {
    ord(written): plain
    for written_so, plain in (
        ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        ("\u2022\u00b7\u2219\u2027\u25cf\u25aa\u00a6\u22c5\u2223\uff5c\u25cb\u2502", "|"),
        ("\u2018\u2019\u02bc\u0060\u00b4", "'"),
        ("\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff\u00ad\0\x01", None),
        ("\uff0f\u2044", "/"),
        ("\uff1a\u2236", ":"),
        ("\uff0c", ","),
        ("\u5e74\u6708", "-"),  # year and month, as Xinhua writes
        ("\u65e5", " "),  # day
    )
    for written in written_so
} | {
    # Windows-1252 as it waits for repair: a hard space, dashes, an apostrophe, bullets.
    0xDCA0: " ",
    0xDC96: "-",
    0xDC97: "-",
    0xDC92: "'",
    0xDCB7: "|",
    0xDC95: "|",
}

_ENTITY = re.compile(
    r"&(?:nbsp|#160|#xa0|ndash|mdash|#821[12]|middot|bull|#183|#8226);?", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""<[^<>]*\b(?:datetime|content)=["']([^"'<>]{8,40})["'][^<>]*>""")

_BEST_FIRST = ("published", None, "updated")

_BESIDE = re.compile(rf"[ ,|/()\-:;@.]*(?:(?:{WEEKDAYS})[ ,|/()\-:;@.]*)?")
_ZONE_BEHIND = re.compile(rf" ?\(?(?P<zone>{ZONE})")
_UNKNOWN_ZONE = re.compile(
    r" ?[(\[]?(?:(?:ist|msk|eet|eest|eat|ast|wat|sast|gst|pkt|npt|hst|nzst|nzdt|nzt|brt|trt|irst"
    r"|acst|acdt|akst|akdt)\b|(?:africa|america|asia|atlantic|australia|europe|indian|pacific|us)/"
    r"[a-z][a-z_/]*)[)\]]?"
    # 8:05 p.m. ET: which of two hours depends on the season. PT is a company where a name follows.
    r"|(?:(?<=[\d ][ap]m)|(?<=[\d ][ap]\.m\.)) \(?[ecmp]t\b\)?(?! ?\w)"
)
_ZONE_ANYWHERE = re.compile(r"(?<![a-z])(?:wib|wita|wit|utc|gmt|asia/[a-z_]+)(?![a-z])")

_SERIAL = re.compile(r"[2-6][0-9]{4}(?:[.,][0-9]+)?")


def find_date(text: str) -> Found:
    """The date of a text from a field of dates: a moment in UTC, midnight WIB where it has no time.

    A time of day that no clock shows, or of an unknown zone, is left out. Raises ``RelativeDate``
    for one that counts from an unknown moment, ``ImpossibleDate`` for one that no calendar holds,
    ``NotADate`` for a text that names no day, or several and not which.
    """
    written = _ordinary(text)
    lowered = written.lower()
    if len(lowered) != len(written):  # some capitals are longer as small letters
        written = lowered
    try:
        printed = read_printed(lowered)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDate(f"“{written}” is not a moment of the calendar: {error}") from None
    if printed is not None:
        return _checked(Found(printed, timed=True, around=()), written)
    days = find_days(lowered)
    if not days or days[0].day is None:
        raise _why_not(lowered, written, impossible=bool(days))
    try:
        return _checked(
            _with_clock(_chosen(days, lowered, written), days, lowered, written), written
        )
    except (ValueError, OverflowError) as error:
        if isinstance(error, NotADate):
            raise
        raise ImpossibleDate(f"“{written}” is not a moment of the calendar: {error}") from None


def _ordinary(text: str) -> str:
    """The text in one line, with one sign for every dash, bullet and apostrophe."""
    if len(text) > 2 * LONGEST_LABEL:
        raise NotADate(f"“{text[:40]}…” is too long for a date")
    if "&" in text:
        text = _ENTITY.sub(" | ", text)
    if "<" in text:
        text = _TAG.sub(" ", _ATTRIBUTE.sub(r" \1 ", text))
    if not text.isascii() or "`" in text or "\1" in text:
        text = text.translate(_ORDINARY)
    written = " ".join(text.split())
    if len(written) > LONGEST_LABEL:
        raise NotADate(f"“{text[:40]}…” is too long for a date")
    return written


def _checked(found: Found, written: str) -> Found:
    if not FIRST_YEAR <= found.moment.year <= LAST_YEAR:
        raise ImpossibleDate(f"“{written}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def _why_not(text: str, written: str, *, impossible: bool) -> NotADate:
    if is_relative(text):
        return RelativeDate(f"“{written}”")
    if impossible:
        return ImpossibleDate(f"“{written}” is not a day of the calendar")
    if _SERIAL.fullmatch(text):
        return NotADate(f"“{written}” may be a spreadsheet's number of a day: write the date out")
    return NotADate(f"“{written}” has no form of a date that is known")


def _chosen(days: list[Day], text: str, written: str) -> Day:
    """The day of the publication."""
    roles = list(_roles(days, text))
    for role in _BEST_FIRST:
        wanted = [day for day, is_of in zip(days, roles, strict=True) if is_of == role]
        if wanted:
            if role is None and len(text) > _FEW_WORDS and len({day.day for day in wanted}) > 1:
                raise NotADate(f"“{written}” names several days")
            return wanted[0]
    raise NotADate(f"“{written}” has no date of publication")


def _roles(days: list[Day], text: str) -> Iterator[str | None]:
    """What each day is the day of: the last word for it between the day before and the day."""
    start = 0
    for day in days:
        yield role_in(text, start, day.start)
        start = day.end


def _with_clock(chosen: Day, days: list[Day], text: str, written: str) -> Found:
    bare = text
    for day in days:
        bare = bare[: day.start] + TAKEN * (day.end - day.start) + bare[day.end :]
    clocks = list(find_clocks(bare))
    clock = _inner_clock(chosen) or _nearest(chosen, days, clocks, bare)
    spans = [(day.start, day.end) for day in days]
    spans += [(clock.start, clock.end) for clock in clocks if clock.marked]
    around = _around(written, spans)
    assert chosen.day is not None
    midnight = datetime.combine(chosen.day, time(tzinfo=WIB)).astimezone(UTC)
    if clock is None:
        return Found(midnight, timed=False, around=around)
    if clock.zone is None and (unknown := _UNKNOWN_ZONE.match(bare, clock.end)):
        around = _around(written, [*spans, unknown.span()])
        problem = f"“{written}” counts in a zone that is not known"
        return Found(midnight, timed=False, around=around, problem=problem)
    try:
        moment = clock.on(chosen.day)
        if clock.zone is None:
            moment = moment.replace(tzinfo=zone_of(_zone_elsewhere(chosen, bare)))
    except ValueError as error:
        problem = f"“{written}” has no such time of day: {error}"
        return Found(midnight, timed=False, around=around, problem=problem)
    return Found(moment.astimezone(UTC), timed=True, around=around)


def _inner_clock(day: Day) -> Clock | None:
    """The clock of ``19 juni 12:34 2025`` and of ``20250619t091200``."""
    if day.clock is None:
        return None
    digits = day.clock
    if digits.isdigit():
        digits = ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))
    return next(find_clocks(digits), None)


def _nearest(chosen: Day, days: list[Day], clocks: list[Clock], text: str) -> Clock | None:
    """The clock nearest to the day, of those that have no nearer day and no other label."""
    role = role_in(
        text, max((day.end for day in days if day.end <= chosen.start), default=0), chosen.start
    )
    best: tuple[int, Clock] | None = None
    for clock in clocks:
        gap = _gap(clock, chosen)
        if any(_gap(clock, day) < gap for day in days if day is not chosen):
            continue
        start, end = sorted(
            (clock.end, chosen.start) if clock.end <= chosen.start else (chosen.end, clock.start)
        )
        other = role_in(text, start, end)
        if other not in {None, role, "published"} and not (
            role is None and clock.end <= chosen.start
        ):
            continue
        if not clock.marked and not _BESIDE.fullmatch(text, start, end):
            continue
        if best is None or gap < best[0]:
            best = gap, clock
    return best and best[1]


def _gap(clock: Clock, day: Day) -> int:
    return (
        2 * (clock.start - day.end) if clock.start >= day.end else 2 * (day.start - clock.end) + 1
    )


def _zone_elsewhere(day: Day, text: str) -> str | None:
    """The zone behind the day, or the only one that the text names."""
    if day.clock and (behind := _ZONE_BEHIND.match(text, day.end)):
        return behind["zone"].replace("'", "")
    named = set(_ZONE_ANYWHERE.findall(text))
    return named.pop() if len(named) == 1 else None


def _around(written: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """The pieces of the text between the dates, the clocks and their zones."""
    pieces, start = [], 0
    for begin, end in sorted(spans, key=itemgetter(0)):
        pieces.append(written[start : max(start, begin)])
        start = max(start, end)
    return (*pieces, written[start:])
