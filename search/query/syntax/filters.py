"""Filters in a query: ``sumber:antara``, ``sejak:2023-06-01``. They score nothing."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import UTC, date, datetime, timedelta

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.dates import WIB
from index.fields import BY_NAME, PERIOD_FORMS, Facet, Period
from index.light_dataclass import dataclass
from search.query.calendar import months
from search.query.days_in_words import span_in_words
from search.query.facet_query import WHOLE, FacetQuery
from search.query.operators import as_word
from search.query.syntax.node import Marked, Node, both
from search.query.weights import Weights

_PART = Text("{field} “{value}”", "{field} “{value}”")
_WHOLE = Text("{field} exactly “{value}”", "{field} persis “{value}”")

BARE = re.compile(r"\w[\w.@&'+-]*")
"""A value that is read as one without quotation marks."""


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
    """``sumber:antara``: a part of the facet's value; ``whole``, ``sumber:=antara``: all of it.

    ``name`` and ``position``: what stands before the colon, and where in the query.
    """

    facet: Facet
    value: str
    whole: bool = False
    name: str = field(default="", compare=False)
    position: int | None = field(default=None, compare=False)

    def compile(self, weights: Weights) -> Query:  # noqa: ARG002 - it has no weight
        found = FacetQuery(
            self.facet,
            self.value,
            whole=self.whole,
            written=self.as_typed(),
            position=self.position,
        )
        return whoosh_query.ConstantScoreQuery(found, 0.0)

    def as_typed(self) -> str:
        name = self.name or BY_NAME[self.facet].query_names[0]
        bare = BARE.fullmatch(self.value) and as_word(self.value) == self.value
        value = self.value if bare or '"' in self.value else f'"{self.value}"'
        return f"{name}:{WHOLE if self.whole else ''}{value}"

    def told(self, said: str | None = None) -> Text:  # noqa: ARG002 - no field of texts
        label = BY_NAME[self.facet].label
        named = Text(label.english.lower(), label.indonesian.lower())
        return both(_WHOLE if self.whole else _PART, field=named, value=self.value)


@dataclass(frozen=True, slots=True)
class DateRange(_Filter):
    """``tanggal:``, ``sejak:``, ``sampai:``: calendar days in Asia/Jakarta, both included.

    At least one of them is given; None where the days are open at that end. ``typed``: the field
    and its value, where they count from today; else empty.
    """

    first: date | None
    last: date | None
    typed: str = field(default="", compare=False)

    def compile(self, weights: Weights) -> Query:  # noqa: ARG002 - it has no weight
        return whoosh_query.ConstantScoreQuery(self.in_days(), 0.0)

    def in_days(self) -> Query:
        """The range of moments alone."""
        return whoosh_query.DateRange("date", _start(self.first), _end(self.last))

    def as_typed(self) -> str:
        if self.typed:
            return self.typed
        if self.last is None:
            return f"sejak:{self.first}"
        if self.first is None:
            return f"sampai:{self.last}"
        return f"tanggal:{days_as_typed(self.first, self.last)}"

    def told(self, said: str | None = None) -> Text:  # noqa: ARG002 - no field of texts
        return span_in_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Undated(_Filter):
    """``tanggal:tidak-ada``: articles without a date."""

    def compile(self, weights: Weights) -> Query:  # noqa: ARG002 - it has no weight
        some_day = whoosh_query.DateRange("date", datetime.min, None)  # noqa: DTZ901 - as below
        others = whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(some_day)])
        return whoosh_query.ConstantScoreQuery(others, 0.0)

    def as_typed(self) -> str:
        return "tanggal:tidak-ada"

    def told(self, said: str | None = None) -> Text:  # noqa: ARG002 - no field of texts
        return Text("without a date", "tanpa tanggal")


def days_as_typed(first: date, last: date) -> str:
    """Days in the shortest form that names just these: ``2017``, ``2017-05``, ``2017-05-01``."""
    if (first, last) == months(first.year, 1, 12):
        return PERIOD_FORMS[Period.YEAR].format(first.year)
    if (first, last) == months(first.year, first.month):
        return PERIOD_FORMS[Period.MONTH].format(first.year, first.month)
    return str(first) if first == last else f"{first}..{last}"


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
