"""Dates as programs print their objects: ``/Date(1559000000000)/``, ``datetime.date(2019, 9, 28)``.

Read are the JSON of .NET's ``DataContractJsonSerializer``, JavaScript's ``new Date(...)``, the
``repr`` of Python's ``datetime`` and of ``time.struct_time`` (as feedparser gives it: in UTC), and
epochs in microseconds and nanoseconds, which no other unit brings near our time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from index.dates.zones import WIB

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCRIPT = re.compile(r"\\?/date\((-?[0-9]{1,14})(?:[+-][0-9]{4})?\)\\?/|new date\(([0-9]{12,14})\)")
_PYTHON = re.compile(
    r"(?:datetime\.)?(?:datetime|date)\(([0-9]{4}), ([0-9]{1,2}), ([0-9]{1,2})"
    r"(?:, ([0-9]{1,2}), ([0-9]{1,2})(?:, ([0-9]{1,2})(?:, ([0-9]{1,6}))?)?)?"
    r"(?:, tzinfo=(.{1,80}))?\)"
)
_UTC = re.compile(r"(?:datetime\.)?(?:timezone\.)?utc|tzutc\(\)|<utc>|zoneinfo\(key='utc'\)")
_OFFSET = re.compile(r"(?:tzoffset\([^,]{1,10}, |.{0,20}timedelta\(seconds=)([0-9]{4,5})\)+")
_JAKARTA = re.compile(r".{0,30}'asia/jakarta'.{0,30}")
_STRUCT = re.compile(
    r"time\.struct_time\(tm_year=([0-9]{4}), tm_mon=([0-9]{1,2}), tm_mday=([0-9]{1,2}), "
    r"tm_hour=([0-9]{1,2}), tm_min=([0-9]{1,2}), tm_sec=([0-9]{1,2}), .{0,60}\)"
)
_FINE_EPOCH = re.compile(r"[1-4][0-9]{15}(?:[0-9]{3})?")


def read_printed(text: str) -> datetime | None:
    """The moment in UTC that a text in small letters is the notation of, or None.

    Raises ``ValueError`` where no calendar holds it.
    """
    if text[-1:] not in {")", "/"}:
        return _fine_epoch(text) if _FINE_EPOCH.fullmatch(text) else None
    if match := _SCRIPT.fullmatch(text):
        return _EPOCH + timedelta(milliseconds=int(match[1] or match[2]))
    if match := _STRUCT.fullmatch(text):
        return datetime(*(int(part) for part in match.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
    if match := _PYTHON.fullmatch(text):
        zone = _zone(match[8])
        if zone is not None:
            parts = [int(part or 0) for part in match.groups()[:7]]
            return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type,misc]
    return None


def _fine_epoch(digits: str) -> datetime:
    microseconds = int(digits) if len(digits) == 16 else int(digits) // 1000
    return _EPOCH + timedelta(microseconds=microseconds)


def _zone(printed: str | None) -> timezone | None:
    """The zone of a printed ``tzinfo``; None where it is not known."""
    if printed is None or _JAKARTA.fullmatch(printed):
        return WIB
    if _UTC.fullmatch(printed):
        return UTC
    offset = _OFFSET.fullmatch(printed)
    return timezone(timedelta(seconds=int(offset[1]))) if offset else None
