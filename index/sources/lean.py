"""The article of a record in which nothing has to be mended, chosen or told.

Nearly all records of nearly all archives are such: every value is a clean text. ``to_article``
looks at each of them for everything that may be wrong; here one compiled look at each tells that
nothing is. Where it does not, nothing is said, and ``to_article`` makes the article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from index.article import Article
from index.dates import NotADate, parse_date
from index.fields import FACETS
from index.light_dataclass import dataclass
from index.sources.columns.grammar import ORIGIN
from index.sources.columns.plan import FieldNames, Plan
from index.sources.record import LONGEST_NAME, Record, assembled, short_name
from index.sources.text.cleaning import Faults
from index.sources.text.tidiness import TELLS, is_body, is_line
from index.sources.values.article_date import PLAIN_DAY, has_parts, read_date
from index.sources.values.embedded import APART, EMBEDDED
from index.sources.values.placeholders import LONGEST_PLACEHOLDER, is_no_text

_MOST_SHAPES = 1000

Values = Mapping[str, object]


class _Unsure(Exception):
    """Something may have to be done about the record."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the fields of records of one shape are, best first; ``facets``: those that there are.

    ``alone``: no column holds a part of a date.
    """

    plan: Plan
    body: tuple[str, ...]
    title: tuple[str, ...]
    url: tuple[str, ...]
    origin: tuple[str, ...]
    id: tuple[str, ...]
    date: tuple[str, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    alone: bool


class LeanRoad:
    """Makes articles of the records of one reading as far as it is sure of them."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names
        self._shapes: dict[int, tuple[Plan, _Columns | None]] = {}

    def article(self, record: Record) -> Article | None:
        """What ``to_article`` makes of the record, without a fault; None where that is unsure."""
        if not TELLS or record.faults:
            return None
        values = record.values
        plan = self._names.plan(values)
        known = self._shapes.get(id(plan))
        if known is None:
            known = self._learn(values, plan)
        columns = known[1]
        if columns is None:
            return None
        try:
            return _article(values, columns)
        except _Unsure:
            return None

    def _learn(self, values: Values, plan: Plan) -> tuple[Plan, _Columns | None]:
        """What is known of the shape from now on; the plan is kept, so that none gets its id."""
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        known = plan, _columns(values, plan)
        self._shapes[id(plan)] = known
        return known


def _columns(values: Values, plan: Plan) -> _Columns | None:
    """The columns of a shape; None where its values have to be looked for."""
    if EMBEDDED in values or not APART.isdisjoint(values) or not plan["body"]:
        return None
    return _Columns(
        plan,
        plan["body"],
        plan["title"],
        plan["url"],
        plan[ORIGIN],
        plan["id"],
        plan["date"],
        tuple((name, plan[name]) for name in FACETS if plan[name]),
        alone=not has_parts(values),
    )


def _article(values: Values, columns: _Columns) -> Article:
    """The article. Raises ``_Unsure``."""
    body = _first(values, columns.body)
    if type(body) is not str or not is_body(body):
        raise _Unsure
    given_title = _line(values, columns.title)
    url = _line(values, columns.url) or None
    given_id = _id(values, columns.id)
    date = _date(values, columns)
    facets: dict[str, str | None] = dict.fromkeys(FACETS)
    for name, keys in columns.facets:
        facets[name] = _name(values, name, keys)
    origin = None
    if url is None and columns.origin:
        origin = _line(values, columns.origin) or None
    return assembled(given_id, given_title, body, date, facets, url=url, origin=origin)


def _first(values: Values, keys: Sequence[str]) -> object:
    """The first value that is there; None where none is."""
    for key in keys:
        value = values[key]
        if value is not None and value != "":
            return value
    return None


def _line(values: Values, keys: Sequence[str]) -> str:
    """The text of a field that is one line, empty where there is none. Raises ``_Unsure``."""
    for key in keys:
        value = values[key]
        if value is not None and value != "":
            break
    else:
        return ""
    if type(value) is not str or not is_line(value):
        raise _Unsure
    if len(value) <= LONGEST_PLACEHOLDER and is_no_text(value):
        raise _Unsure
    return value


def _id(values: Values, keys: Sequence[str]) -> str:
    """The given id, empty where there is none. Raises ``_Unsure``."""
    if keys and type(_first(values, keys)) is int:
        return str(_first(values, keys))
    return _line(values, keys)


def _date(values: Values, columns: _Columns) -> datetime | None:
    """The moment of the record. Raises ``_Unsure`` where there is something to tell of it."""
    if columns.alone:
        value = _first(values, columns.date)
        if value is None:
            return None
        if type(value) is str and len(value) == PLAIN_DAY and value[4] == value[7] == "-":
            moment = _day(value)
            if moment is None:
                raise _Unsure
            return moment
    faults: Faults = []
    moment = read_date(values, columns.plan, faults)
    if faults:
        raise _Unsure
    return moment


@lru_cache(2**12)
def _day(value: str) -> datetime | None:
    """The moment of a day: the same few hundred come again and again."""
    try:
        return parse_date(value)
    except NotADate:
        return None


def _name(values: Values, field: str, keys: Sequence[str]) -> str | None:
    """The first name among the field's values. Raises ``_Unsure``."""
    for key in keys:
        value = values[key]
        if value is None:
            continue
        if type(value) is not str or len(value) > LONGEST_NAME:
            raise _Unsure
        name, repairs = short_name(value, field)
        if repairs:
            raise _Unsure
        if name:
            return name
    return None
