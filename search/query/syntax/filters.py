"""Filters in a query: ``sumber:antara``, ``sejak:2023-06-01``. They score nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.analysis import fold_value
from index.dates import WIB
from index.fields import BY_NAME, Facet
from search.query.syntax.node import Marked, Node
from search.query.weights import Weights


@dataclass(frozen=True, slots=True)
class _Filter(Node):
    """What only says which articles may match."""

    @property
    def restricts(self) -> bool:
        return True

    def marked(self) -> Marked:
        return Marked()

    def width(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class FacetIs(_Filter):
    """``sumber:antara``: the facet has this value, without regard to case."""

    facet: Facet
    value: str

    def compile(self, weights: Weights) -> Query:  # noqa: ARG002 - it has no weight
        term = whoosh_query.Term(self.facet.value, fold_value(self.value))
        return whoosh_query.ConstantScoreQuery(term, 0.0)

    def as_typed(self) -> str:
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{BY_NAME[self.facet].query_names[0]}:{value}"


@dataclass(frozen=True, slots=True)
class DateRange(_Filter):
    """``sejak:`` and ``sampai:``: calendar days in Asia/Jakarta, both included."""

    first: date | None
    last: date | None

    def compile(self, weights: Weights) -> Query:  # noqa: ARG002 - it has no weight
        return whoosh_query.ConstantScoreQuery(self.in_days(), 0.0)

    def in_days(self) -> Query:
        """The range of moments alone."""
        return whoosh_query.DateRange("date", _start(self.first), _end(self.last))

    def as_typed(self) -> str:
        days = ("sejak", self.first), ("sampai", self.last)
        return " ".join(f"{name}:{day.isoformat()}" for name, day in days if day is not None)


def _start(day: date | None) -> datetime | None:
    if day is None:
        return None
    try:
        moment = datetime(day.year, day.month, day.day, tzinfo=WIB)
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # the first day of year 1 began in year 0 of UTC
        return datetime.min  # noqa: DTZ901 - Whoosh's dates are naive


def _end(day: date | None) -> datetime | None:
    """The last microsecond of the day."""
    start = _start(day)
    return None if start is None else start + timedelta(hours=24, microseconds=-1)
