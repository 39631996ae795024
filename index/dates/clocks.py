"""The time of day in a text: ``09.12 WIB``, ``pukul 9 malam``, ``9:12 PM``, ``T19:17:34+07:00``.

Texts come in small letters, with single spaces and ASCII hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from index.dates.zones import ZONE_NAMES, zone_of
from index.light_dataclass import dataclass

TAKEN = "\x01"
"""Stands for every character of a date that was found before clocks are looked for."""

ZONE = (
    rf"z(?![a-z])|(?:{ZONE_NAMES})(?![a-z])(?!\ ?[+-]\ ?\d)"
    r"|(?:utc|gmt|ut)\ ?[+-]\ ?[0-9]{1,2}(?::?[0-9]{2})?(?!\d)"
    r"|wib|\+[0-9]{2}'?:?[0-9]{2}'?(?!\d)|\+[0-9]{1,2}(?!\d)|-[0-9]{4}(?!\d)"
)
_HALF = r"[ap]m\b|[ap]\.m\.|dini\ hari|subuh|pagi|siang|sore|petang|malam|mlm\b"
_CLOCK = re.compile(
    rf"""
    (?<![\d+])(?<!\d[.,:/])
    (?:(?P<cue>\b(?:pukul|pkl?|jam)\b[.:]?\ ?)|(?P<t>(?<={TAKEN})[t_]))?
    (?P<hour>\d{{1,2}})
    (?: \ ?(?P<mark>[:.])\ ?(?P<minute>\d{{2}})
        (?:\ ?(?P=mark)\ ?(?P<second>\d{{2}})(?:[.,](?P<fraction>\d{{1,9}}))?)?
    )?
    (?!\d)(?![:.]\d)
    (?P<until>\ ?(?:-|s/d|sampai|hingga)\ ?\d{{1,2}}[:.]\d{{2}}(?!\d)(?![:.]\d))?
    (?:\ ?(?P<half>{_HALF}))?
    (?:\ ?[,(\[|/-]?\ ?(?P<zone>{ZONE})[)\]]?)?
    """,
    re.ASCII | re.VERBOSE,
)
_FOUR_DIGITS = re.compile(
    r"(?<![\d.,:/])(?P<hour>[0-2]\d),?(?P<minute>[0-5]\d) ?(?P<zone>wib|wita|wit)\b", re.ASCII
)
_LASTS = re.compile(r" ?(?:menit|mnt|minutes?|detik|seconds?|secs?)\b")
_COUNTS = re.compile(
    r" ?(?:%|menit|mnt|min\b(?!,)|minutes?|detik|sec|views?|kali|rb\b|ribu|jt\b|juta|k\b|m\b|x\b"
    r"|komentar|poin|points?|[gmk]b\b|orang|persen|tahun|jam\b|pembaca|likes?|shares?)"
)
_MEASURED = re.compile(r"(?:durasi|duration|skor|score|rp|usd|us\$|dibaca|views?|hits?) ?[.:]? ?$")
_ONLY_CLOCK = re.compile(r"(?:0 days )?(?:(?:waktu|time|jam|pukul)\b ?:? ?)?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at ``start`` to ``end`` of its text; ``zone`` as written, None where none is.

    ``marked``: a zone, a word or a colon tells that it is one. Else it counts only beside the
    date, as ``10.15`` might be a number.
    """

    hour: int
    minute: int
    second: int
    microsecond: int
    zone: str | None
    start: int
    end: int
    marked: bool

    def time(self) -> time:
        """The time of day with its zone, WIB where none is named.

        Raises ``ValueError`` where no clock shows it.
        """
        return time(
            self.hour, self.minute, self.second, self.microsecond, tzinfo=zone_of(self.zone)
        )

    def on(self, day: date) -> datetime:
        """The moment at which the clock shows this on a day; at 24:00 the next day begins.

        Raises ``ValueError`` where no clock shows it.
        """
        if self.hour == 24 and not (self.minute or self.second or self.microsecond):
            next_day = day + timedelta(days=1)
            return datetime.combine(next_day, time(tzinfo=zone_of(self.zone)))
        return datetime.combine(day, self.time())


def find_clocks(text: str) -> Iterator[Clock]:
    """Every time of day in the text, also those that no clock shows."""
    for match in _CLOCK.finditer(text):
        clock = _clock(match, text)
        if clock is not None:
            yield clock
    for match in _FOUR_DIGITS.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"])
        yield Clock(hour, minute, 0, 0, match["zone"], match.start(), match.end(), marked=True)


def read_clock(text: str) -> time | None:
    """The time of day that is all the text says; None where it says anything else."""
    if len(text) > 40:
        return None
    lowered = " ".join(text.lower().split()).replace("\u2013", "-")
    start = _ONLY_CLOCK.match(lowered)
    match = _CLOCK.fullmatch(lowered) or _CLOCK.fullmatch(lowered, start.end() if start else 0)
    if match is None or (match["minute"] is None and not (match["half"] or match["zone"])):
        return None
    clock = _clock(match, lowered)
    try:
        return None if clock is None else clock.time()
    except ValueError:
        return None


def _clock(match: re.Match[str], text: str) -> Clock | None:
    """The clock of a match; None where the number counts something else."""
    facts = match.groupdict()
    zone, end = facts["zone"], match.end()
    told = facts["cue"] or facts["half"]
    if facts["minute"] is None and not told:
        return None
    if not (told or zone or facts["t"]):
        counts = _LASTS if facts["mark"] == ":" else _COUNTS
        if counts.match(text, end) or _MEASURED.search(
            text, max(0, match.start() - 12), match.start()
        ):
            return None
    if facts["t"] or facts["second"]:
        zone = zone or facts["until"]
    return Clock(
        _hour(int(facts["hour"]), facts["half"]),
        int(facts["minute"] or 0),
        int(facts["second"] or 0),
        int((facts["fraction"] or "").ljust(6, "0")[:6]),
        _offset(zone) if zone and ("+" in zone or "-" in zone) else zone,
        match.start(),
        end,
        marked=bool(told or zone or facts["t"]) or facts["mark"] == ":",
    )


def _offset(written: str) -> str:
    return written.replace("'", "").replace(" ", "")


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24 that an hour of 12 is in this part of the day."""
    if half is None or hour > 12:
        return hour
    part = half.replace(".", "")
    if part in {"am", "pagi", "dini hari", "subuh"}:
        return hour % 12
    if part == "pm" or (part in {"sore", "petang"} and hour != 12):
        return hour % 12 + 12
    if part in {"malam", "mlm"}:
        return hour + 12 if 6 <= hour < 12 else hour % 12
    return hour + 12 if hour < 6 else hour  # siang
