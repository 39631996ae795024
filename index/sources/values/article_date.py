"""The date of an article: which of a record's values names it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from index.dates import NotADate, local_day, parse_date
from index.patterns import on_use
from index.sources.columns.grammar import LAST_RESORT
from index.sources.columns.meanings import meaning, with_zone
from index.sources.columns.plan import Plan
from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults, add_fault
from index.sources.values.date_objects import Moment, as_moment_value, in_zone
from index.sources.values.placeholders import is_placeholder

_CLOCK_NAME = on_use(
    r"(?:jam|pukul|pkl|waktu|time|clock|et)"
    r"|(?:jam|pukul|waktu|time)(?:terbit|tayang|publi\w{1,8}|rilis|posting|berita|artikel|unggah)"
    r"|(?:publi\w{1,8}|post|posted|release|article|news)(?:jam|time|clock)"
)
_DAY_NAME = on_use(r"(?:day|hari|tanggal|tgl|date)(?:terbit|tayang|publi\w{1,8})?")
_MONTH_NAME = on_use(r"(?:month|bulan|bln)(?:terbit|tayang|publi\w{1,8})?")
_YEAR_NAME = on_use(r"(?:year|tahun|thn)(?:terbit|tayang|publi\w{1,8})?")
_CLOCK_OR_DAY = on_use(r"(?<![0-9])[0-9]{1,2}\.[0-5][0-9]\.[0-5][0-9](?![0-9])", re.ASCII)
_DAY = on_use(r"0?[1-9]|[12][0-9]|3[01]")
_YEAR = on_use(r"[0-9]{4}")
_FEW = 4  # names alike; each is tried with each of the others
PLAIN_DAY = len("2023-06-01")
"""The characters of a day in ISO 8601."""

_HOUR_OF_MIDNIGHT = 17
"""In UTC, when a day begins in WIB: the moment of a day without a time."""

_LONGEST_NAME = 40
_NOT_IN_A_NAME = on_use(r"[\s_\-.\ufeff]+")


def read_date(values: Mapping[str, object], plan: Plan, faults: Faults) -> datetime | None:
    """The moment of the first value that names one; None where none does.

    A day without a time takes the time of a field of its own, if the record has one, and a day, a
    month and a year in three fields are one date. Values that cannot be read are told, the first
    of them, only where no other value gives a date.
    """
    wrong: tuple[ProblemKind, str] | None = None
    for key in plan["date"]:
        if values[key] is None:
            continue
        value = as_moment_value(values[key])
        if isinstance(value, str) and not value.strip():
            continue
        if value is None:
            add_fault(faults, ProblemKind.WRONG_TYPE, key)
            continue
        try:
            moment = _moment(key, value, values, plan, faults)
        except NotADate as error:
            wrong = wrong or (_kind(error), f"{key}: {error}")
            continue
        if moment is None:
            continue
        if moment.hour != _HOUR_OF_MIDNIGHT or moment.minute or moment.second:
            return moment
        return _with_time(moment, values, key)
    moment_of_parts = _of_parts(values)
    if moment_of_parts is None and wrong is not None:
        add_fault(faults, *wrong)
    return moment_of_parts


def _moment(
    key: str, value: Moment, values: Mapping[str, object], plan: Plan, faults: Faults
) -> datetime | None:
    """The moment of a value, None for a placeholder. Raises ``NotADate``."""
    if type(value) is str and len(value) == PLAIN_DAY and value[4] == value[7] == "-":
        return moment_of_day(value)  # in ISO 8601, the commonest: no zone has to do with it
    zoned = _in_its_zone(key, value, values)
    try:
        return parse_date(zoned)
    except NotADate:
        if is_placeholder(str(value)):
            return None
    if isinstance(value, str) and _is_clock(key, value, values, plan):
        raise NotADate(f"“{value}” is a time of day")
    return _labelled(key, str(zoned), faults)


@lru_cache(2**12)
def moment_of_day(value: str) -> datetime:
    """The moment of a day: the same few hundred come again and again. Raises ``NotADate``."""
    return parse_date(value)


def _in_its_zone(key: str, value: Moment, values: Mapping[str, object]) -> Moment:
    """The moment with the zone that its name, or a field beside it (``pubDateTZ``), tells."""
    if not isinstance(value, str):
        return value
    value = with_zone(key, value)
    zone = f"{key}TZ"
    return in_zone(value, values[zone]) if zone in values else value


def _is_clock(key: str, value: str, values: Mapping[str, object], plan: Plan) -> bool:
    """Whether ``10.15.20`` is a time of day and no day: by its name, and by those beside it."""
    known = meaning(key)
    if known is not None and known.tier > LAST_RESORT:
        return _CLOCK_OR_DAY.search(value) is not None
    if len(plan["date"]) == 1 or key not in _part_names(tuple(values)).clock:
        return False
    return _CLOCK_OR_DAY.fullmatch(value.strip()) is not None


def _labelled(key: str, text: str, faults: Faults) -> datetime:
    """The moment in a label. Imported at need: its expressions take longer than a small archive."""
    from index.dates.labels import find_date

    found = find_date(text)
    if found.problem is not None:
        add_fault(faults, ProblemKind.BAD_TIME, f"{key}: {found.problem}")
    return found.moment


def _kind(error: NotADate) -> ProblemKind:
    from index.dates.relative import RelativeDate

    relative = isinstance(error, RelativeDate)
    return ProblemKind.RELATIVE_DATE if relative else ProblemKind.BAD_DATE


def _with_time(day: datetime, values: Mapping[str, object], of: str | None = None) -> datetime:
    """The day with the time in another field than ``of``, which gave the day."""
    for key in _part_names(tuple(values)).clock:
        if key == of:
            continue
        from index.dates.clocks import read_clock

        value = values[key]
        clock = read_clock(value) if isinstance(value, str) else None
        if clock is not None:
            return datetime.combine(local_day(day), clock).astimezone(UTC)
    return day


def _of_parts(values: Mapping[str, object]) -> datetime | None:
    names = _part_names(tuple(values))
    if not names.year:
        return None
    for keys in itertools.product(names.day[:_FEW], names.month[:_FEW], names.year[:_FEW]):
        day, month, year = (_whole(values[key]) for key in keys)
        if _DAY.fullmatch(day) and _YEAR.fullmatch(year):
            mark = "/" if month.isdigit() else " "
            try:
                return _with_time(parse_date(mark.join((day, month, year))), values)
            except NotADate:
                continue
    return None


def _whole(value: object) -> str:
    """A number or a text as text, ``2025.0`` as ``2025``: tables with gaps make numbers so."""
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    return text.removesuffix(".0")


def has_parts(values: Mapping[str, object]) -> bool:
    """Whether a time, or a date in parts, may stand in fields of their own."""
    names = _part_names(tuple(values))
    return bool(names.clock or names.year)


class _PartNames(NamedTuple):
    """The keys of a record that may hold the parts of a date."""

    clock: tuple[str, ...]
    day: tuple[str, ...]
    month: tuple[str, ...]
    year: tuple[str, ...]


@lru_cache(maxsize=1000)
def _part_names(keys: tuple[str, ...]) -> _PartNames:
    plain = [
        (key, _NOT_IN_A_NAME.sub("", key).lower()) for key in keys if len(key) <= _LONGEST_NAME
    ]
    return _PartNames(
        *(
            tuple(key for key, name in plain if pattern.fullmatch(name))
            for pattern in (_CLOCK_NAME, _DAY_NAME, _MONTH_NAME, _YEAR_NAME)
        )
    )
