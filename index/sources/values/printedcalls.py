"""Values that are printed as calls: ``ISODate("2023-06-01")``, ``array(['a'], dtype=object)``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone

_Call = Callable[[list[object], dict[str, object]], object]


def _first(items: list[object], _named: dict[str, object]) -> object:
    return items[0]


def _datetime(items: list[object], named: dict[str, object]) -> str:
    """``datetime.datetime(2023, 6, 1, 10, 0)`` as ISO 8601."""
    year, month, day, *rest = (int(str(item)) for item in items)
    moment = datetime(year, month, day, *rest)  # type: ignore[arg-type]  # noqa: DTZ001
    zone = named.get("tzinfo")
    if zone is None:
        return moment.isoformat()
    if isinstance(zone, str):
        if zone.rsplit(".", 1)[-1].lower() not in {"utc", "tzutc"}:
            raise ValueError(zone)
        return moment.replace(tzinfo=UTC).isoformat()
    if not isinstance(zone, timedelta):
        raise TypeError(zone)
    return moment.replace(tzinfo=timezone(zone)).isoformat()


def _moment(items: list[object], _named: dict[str, object]) -> object:
    """``new Date(1685588400000)``, ``ISODate("2023-06-01T03:00:00Z")``."""
    return items[0] if isinstance(items[0], str) else {"$date": items[0]}


def _interval(_items: list[object], named: dict[str, object]) -> timedelta:
    return timedelta(**{name: float(str(value)) for name, value in named.items()})


def _pairs(items: list[object], _named: dict[str, object]) -> object:
    """``OrderedDict([('a', 1)])``, ``OrderedDict({'a': 1})``."""
    held = items[0] if items else []
    if isinstance(held, list):
        return {str(key): value for key, value in held}
    return held


def _number(items: list[object], _named: dict[str, object]) -> object:
    held = items[0]
    if isinstance(held, str):
        return float(held) if "." in held else int(held)
    return held


CALLS: Mapping[str, _Call] = {
    **dict.fromkeys(("ObjectId", "UUID", "str_", "array", "set", "frozenset", "list"), _first),
    **dict.fromkeys(("NumberLong", "NumberInt", "NumberDouble", "NumberDecimal"), _number),
    **dict.fromkeys(("Int32", "Int64", "Long", "Double", "Decimal", "Decimal128"), _number),
    **dict.fromkeys(("int32", "int64", "float32", "float64"), _number),
    **dict.fromkeys(("ISODate", "Date", "Timestamp"), _moment),
    **dict.fromkeys(("datetime", "date"), _datetime),
    "datetime64": _first,
    "timedelta": _interval,
    "timezone": _first,
    "tzutc": lambda _items, _named: timedelta(0),
    "OrderedDict": _pairs,
    "defaultdict": lambda items, _named: items[-1],
}
"""What a call gives, by the last part of its name, from its arguments and its named ones."""
