"""The date of an article: which of a record's values names it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from index.dates import NotADate, parse_date
from index.sources.cleaning import Faults, add_fault
from index.sources.columns import Plan
from index.sources.problems import ProblemKind
from index.sources.values import as_moment_value


def read_date(values: Mapping[str, object], plan: Plan, faults: Faults) -> datetime | None:
    """The moment of the first value that is not empty; None where it names none."""
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
            return parse_date(value)
        except NotADate as error:
            add_fault(faults, ProblemKind.BAD_DATE, str(error))
            return None
    return None
