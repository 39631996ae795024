"""Dates that are objects and lists become one text or number that names the moment.

MongoDB's extended JSON (``$date``), PHP's DateTime (``date`` and ``timezone``), Firestore's
timestamp (``seconds`` and ``nanoseconds``), Java's list of numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from index.dates.zones import named_zone
from index.patterns import on_use
from index.sources.values.notation import printed_value

_DEEPEST = 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = on_use(r"\s*(?:(?:pukul|jam|pkl\.?)\s*)?[0-9]{1,2}[.:][0-9]{2}", re.IGNORECASE)
_OFFSET = on_use(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
_HOLDERS = (
    *("$date", "$numberLong", "$numberInt", "$numberDouble", "iso", "date_time", "datetime"),
    *("dateTime", "date", "tanggal", "rendered", "value", "raw", "_cdata", "__cdata", "#text"),
    *("_text", "text", "@value", "$t", "$", "_", "timestamp", "published", "utc", "local"),
)
_PARTS = ("year", "month", "day", "hour", "minute", "second")

Moment = str | int | float


def as_moment_value(value: object) -> Moment | None:
    """What names the moment, for ``parse_date``; None where the value cannot name one.

    A text stays as it is, unless it is the notation of a list or an object.
    """
    if type(value) is str and value[:1] not in {"[", "{"}:
        return value
    return _flat(value, 0)


def _flat(value: object, depth: int) -> Moment | None:
    if isinstance(value, str):
        return _of_text(value, depth)
    if isinstance(value, bool) or depth > _DEEPEST:
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list):
        return _of_list([item for item in value if item not in (None, "")], depth)
    return _of_object(value, depth) if isinstance(value, dict) else None


def _of_text(value: str, depth: int) -> Moment | None:
    held = printed_value(value) if value[:1] in {"[", "{"} else None
    return value if held is None else _flat(held, depth + 1)


def _of_list(items: list[object], depth: int) -> Moment | None:
    if len(items) == 1:
        return _flat(items[0], depth + 1)
    texts = [item.strip() for item in items if isinstance(item, str)]
    if len(texts) == len(items) and texts:
        if len(texts) == 2 and _CLOCK.match(texts[1]):
            return " ".join(texts)
        return texts[0] if len(set(texts)) == 1 else None
    return _of_numbers(items)


def _of_numbers(numbers: list[object]) -> str | None:
    """Year, month, day and so on as ISO 8601."""
    parts = [part for part in numbers if isinstance(part, int) and not isinstance(part, bool)]
    if len(parts) != len(numbers) or not 3 <= len(parts) <= 7 or not 1000 <= parts[0] <= 9999:
        return None
    year, month, day, hour, minute, second = [*parts, 0, 0, 0][:6]
    day_text = f"{year:04}-{month:02}-{day:02}"
    return day_text if len(parts) == 3 else f"{day_text}T{hour:02}:{minute:02}:{second:02}"


def _of_object(value: Mapping[str, object], depth: int) -> Moment | None:
    for seconds in ("seconds", "_seconds"):
        if isinstance(number := _number(value.get(seconds)), int):
            return _since_epoch(number * 1000)
    if "$date" in value:
        milliseconds = _number(value["$date"])
        if milliseconds is not None:
            return _since_epoch(milliseconds)
    if isinstance(stamp := value.get("$timestamp"), dict):
        return _flat(stamp.get("t"), depth + 1)
    if "year" in value and "month" in value:
        parts = itertools.takewhile(value.__contains__, _PARTS)
        return _of_numbers([_number(value[part]) for part in parts])
    for key in _HOLDERS:
        if value.get(key) not in (None, ""):
            moment = _flat(value[key], depth + 1)
            return _with_clock_and_zone(moment, value) if isinstance(moment, str) else moment
    return None


def _number(value: object) -> int | float | None:
    """A number, or MongoDB's object of one."""
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}", value):
            return int(value)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}|[0-9]{4}", value):
        return int(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _since_epoch(milliseconds: float) -> Moment:
    """ISO 8601, since small numbers of milliseconds would be taken for something else."""
    try:
        return (_EPOCH + timedelta(milliseconds=milliseconds)).isoformat()
    except (OverflowError, ValueError):
        return milliseconds


def in_zone(moment: str, zone: object) -> str:
    """The moment with the offset of a zone that a field of its own names."""
    offset = _offset(zone) if isinstance(zone, str) and not _OFFSET.search(moment) else None
    return moment if offset is None else moment + offset


def _offset(name: str) -> str | None:
    """``+07:00`` for ``Asia/Jakarta``; None for a name that is not known."""
    zone = named_zone(name)
    return None if zone is None else _EPOCH.astimezone(zone).isoformat()[-6:]


def _with_clock_and_zone(moment: str, value: Mapping[str, object]) -> str | None:
    clock = value.get("time") or value.get("jam") or value.get("waktu")
    if isinstance(clock, str) and _CLOCK.match(clock) and not _CLOCK.search(moment):
        moment = f"{moment} {clock.strip()}"
    zone = value.get("timezone") or value.get("tz")
    if not isinstance(zone, str) or _OFFSET.search(moment):
        return moment
    offset = _offset(zone) or (zone if _OFFSET.fullmatch(zone) else None)
    if offset is not None:
        return moment + offset
    try:
        local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OSError, KeyError):
        return None
    return local.isoformat()
