"""Numbers that are dates only by their column: ``06/01/2023`` and the days of a spreadsheet.

One value does not tell whether its month comes first, the others of its column do: ``06/19/2023``
is certain. A date column of nothing but numbers such as ``45078.43`` counts days from 30 December
1899, as spreadsheets do (ECMA-376, 18.17.4.1). So the first records of a file are looked at before
any is handed on, as long as none of the two is there: no more than twenty.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.values.placeholders import is_placeholder

_GLIMPSE = 20
_MOST_RECORDS = 2000
_MOST_CHARACTERS = 2**24
_LONGEST = 80
_MONTHS = 12
_MAJORITY = 10
"""So many times as many certain dates of one order make the others mistakes."""

_NUMERIC = on_use(
    r"(?<![\d/-])(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?:\d{4}|\d{2})"
    r"(?![\d/-])",
    re.ASCII,
)
_DAYS = on_use(r"[345]\d{4}(?:[.,]\d{1,15})?", re.ASCII)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  as a text without a zone, read as WIB

Item = Record | InputProblem


@dataclass(slots=True)
class _Column:
    """What the first values of a column of dates are."""

    month_first: int = 0
    day_first: int = 0
    days: int = 0
    other: int = 0
    is_us: bool = field(default=False, init=False)
    is_mixed: bool = field(default=False, init=False)
    is_days: bool = field(default=False, init=False)

    def take(self, value: object) -> None:
        if value is None or (isinstance(value, str) and is_placeholder(value)) or value == "":
            return
        if _days(value) is not None:
            self.days += 1
            return
        self.other += 1
        found = _numeric(value)
        if found is not None:
            self.month_first += int(found["second"]) > _MONTHS >= int(found["first"])
            self.day_first += int(found["first"]) > _MONTHS >= int(found["second"])

    def decide(self) -> None:
        self.is_days = self.days > 0 and not self.other
        self.is_us = self.month_first > _MAJORITY * self.day_first
        self.is_mixed = not self.is_us and self.month_first * _MAJORITY > self.day_first > 0


def with_ordered_dates(items: Iterator[Item], names: FieldNames) -> Iterator[Item]:
    """The items, with dates that name their moment alone, also told where that was a decision."""
    first: list[Item] = []
    found = _look(itertools.islice(items, _GLIMPSE), first, names, _MOST_CHARACTERS)
    if not any(_is_telling(column) for column in found.values()):
        return itertools.chain(first, items)
    rest = itertools.islice(items, _MOST_RECORDS)
    _look(rest, first, names, _MOST_CHARACTERS, found)
    for column in found.values():
        column.decide()
    decided = {key: one for key, one in found.items() if one.is_us or one.is_mixed or one.is_days}
    whole = itertools.chain(first, items)
    return _settled(whole, decided) if decided else whole


def _look(
    items: Iterable[Item],
    taken: list[Item],
    names: FieldNames,
    most: int,
    columns: dict[str, _Column] | None = None,
) -> dict[str, _Column]:
    """Takes items until there are as many characters in them; what their columns of dates are."""
    columns = {} if columns is None else columns
    for item in items:
        taken.append(item)
        if isinstance(item, InputProblem):
            continue
        values = item.values
        for key in names.plan(values)["date"]:
            columns.setdefault(key, _Column()).take(values[key])
        most -= sum(len(value) for value in values.values() if isinstance(value, str))
        if most < 0:
            break
    return columns


def _is_telling(column: _Column) -> bool:
    return bool(column.month_first or column.day_first or (column.days and not column.other))


def _settled(items: Iterable[Item], columns: Mapping[str, _Column]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Record):
            for key, column in columns.items():
                if key in item.values:
                    _settle(item, key, column)
        yield item


def _settle(record: Record, key: str, column: _Column) -> None:
    value = record.values[key]
    if column.is_days:
        days = _days(value)
        if days is not None:
            moment = _EPOCH + timedelta(seconds=round(days * 86400))
            record.values = {**record.values, key: moment.isoformat()}
        return
    found = _numeric(value)
    if found is None or max(int(found["first"]), int(found["second"])) > _MONTHS:
        return
    if found["first"] == found["second"]:
        return
    told = "hari di depan / day first"
    if column.is_us:
        told = "bulan di depan / month first"
        text = found.string
        swapped = found["mark"].join((found["second"], found["first"]))
        text = text[: found.start()] + swapped + text[found.end("second") :]
        record.values = {**record.values, key: text}
    record.faults = (*record.faults, (ProblemKind.DATE_ORDER, f"{key}: {value}: {told}"))


def _numeric(value: object) -> re.Match[str] | None:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return _NUMERIC.search(value)


def _days(value: object) -> float | None:
    """The value as days of a spreadsheet; None where it cannot be such."""
    if isinstance(value, float):
        value = str(value)
    if not isinstance(value, str) or not _DAYS.fullmatch(value.strip()):
        return None
    return float(value.strip().replace(",", "."))
