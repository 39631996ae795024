"""The article of a record in whose values little or nothing has to be mended.

In nearly all records of nearly all archives every value is a clean text. ``to_article`` looks at
each of them for everything that may be wrong; here one compiled look at each tells that nothing is.
What it cannot tell that of is cleaned, as there. Where a record has no body, or one in a form of
its own, nothing is said, and ``to_article`` makes the article.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.article import Article
from index.dates import NotADate
from index.fields import FACETS
from index.kernels import kernel
from index.sources.columns.grammar import ORIGIN
from index.sources.columns.plan import FieldNames, Plan
from index.sources.record import (
    LONGEST_ID,
    LONGEST_NAME,
    Record,
    assembled,
    id_of,
    line_of,
    name_of,
    short_name,
    text_of,
)
from index.sources.text.cleaning import Faults
from index.sources.text.cuts import tell_cut
from index.sources.text.dateline import read_dateline
from index.sources.text.tidiness import TIDINESS
from index.sources.values.article_date import PLAIN_DAY, has_parts, moment_of_day, read_date
from index.sources.values.embedded import APART, EMBEDDED
from index.sources.values.placeholders import (
    BEGINNINGS,
    LONGEST_PLACEHOLDER,
    PRINTED,
    is_no_text,
)

_MOST_SHAPES = 1000

Values = Mapping[str, object]


_compiled = None if TIDINESS is None else kernel("lean")
_rules = _compiled and _compiled.Rules(
    TIDINESS,
    Article,
    FACETS,
    printed=PRINTED,
    beginnings=BEGINNINGS,
    is_no_text=is_no_text,
    longest_no_text=LONGEST_PLACEHOLDER,
    short_name=short_name,
    longest_name=LONGEST_NAME,
    day=moment_of_day,
    no_date=NotADate,
    plain_day=PLAIN_DAY,
    date=read_date,
    without_cut=tell_cut,
    text=text_of,
    line=line_of,
    given_id=id_of,
    name=name_of,
    dateline=read_dateline,
    assembled=assembled,
    longest_id=LONGEST_ID,
)


class LeanRoad:
    """Makes articles of the records of one reading as far as it is sure of them."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names
        self._shapes: dict[int, tuple[Plan, Any]] = {}

    def article(self, record: Record, faults: Faults) -> Article | None:
        """What ``to_article`` makes of the record, its repairs added to ``faults``, empty before.

        None where that is not told here, and then ``faults`` tell nothing.
        """
        if _rules is None or record.faults:
            return None
        values = record.values
        plan = self._names.plan(values)
        known = self._shapes.get(id(plan))
        if known is None:
            known = self._learn(values, plan)
        columns = known[1]
        if columns is None:
            return None
        found: Article | None = columns.article(values, faults)
        return found

    def _learn(self, values: Values, plan: Plan) -> tuple[Plan, Any]:
        """What is known of the shape from now on; the plan is kept, so that none gets its id."""
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        known = plan, _columns(values, plan)
        self._shapes[id(plan)] = known
        return known


def _columns(values: Values, plan: Plan) -> Any:
    """The columns of a shape; None where its values have to be looked for."""
    if _compiled is None or EMBEDDED in values or not APART.isdisjoint(values) or not plan["body"]:
        return None
    return _compiled.Columns(
        _rules,
        plan,
        body=plan["body"],
        title=plan["title"],
        url=plan["url"],
        origin=plan[ORIGIN],
        id=plan["id"],
        date=plan["date"],
        facets=tuple([plan[name] for name in FACETS]),
        alone=not has_parts(values),
    )
