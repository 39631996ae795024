"""A request's filters as queries of the cluster: days, values of facets, years and months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.analysis import fold_value
from index.fields import COUNTED, Counted, Facet, Period
from index.light_dataclass import dataclass
from index.opensearch.layout import DAY, Dsl
from search.local.filters import ordinals
from search.local.reading.columns import Columns
from search.local.reading.facet_column import FacetColumn
from search.local.reading.period_column import days_after, first_days
from search.opensearch.dsl.clauses import any_of, any_term
from search.request import SearchRequest

_MOST_RANGES = 40
"""A node takes 1,024 clauses, and each range is one. The days of more are named, which is slow."""

MOST_NAMED = 4_096
"""Values of a facet that a filter names at the most: each request repeats them dozens of times.

Of more, the commonest are let pass. Where more are excluded, all others are let pass; of more than
so many of these, too, the commonest. So what is cut short lets pass too few, and never too many.
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What lets articles pass. ``days``: always; ``by``: what each facet and each period asks for.

    A facet is counted among what the others let pass. ``cut``: whether a filter lets pass less than
    it should, as it would have to name too many values (``MOST_NAMED``).
    """

    days: Sequence[Dsl]
    by: Mapping[Counted, Dsl]
    cut: bool = False

    @property
    def every(self) -> list[Dsl]:
        """All of them."""
        return [*self.days, *self.by.values()]

    def others(self, one: Counted) -> list[Dsl]:
        """Those of the other facets and periods, without days."""
        return [query for other, query in self.by.items() if other is not one]


def filters_of(request: SearchRequest, columns: Columns) -> Filters:
    """The filters of a request; its values stand for those that ``columns`` know."""
    days: list[Dsl] = []
    if request.date_from is not None or request.date_to is not None:
        bounds = {}
        if request.date_from is not None:
            bounds["gte"] = request.date_from.toordinal() - 1
        if request.date_to is not None:
            bounds["lte"] = request.date_to.toordinal() - 1
        days.append({"range": {DAY: bounds}})
    by: dict[Counted, Dsl] = {}
    cut = False
    for one in COUNTED:
        column, clause = columns.counted[one], {}
        if values := request.chosen.get(one):
            meant = set(ordinals(column, values))
            cut |= _is_cut(one, meant)
            clause["filter"] = [_having(one, _named(one, column, meant))]
        if values := request.left_out.get(one):
            meant = set(ordinals(column, values))
            if _is_cut(one, meant):
                others = {*range(1, len(column.values))} - meant
                cut |= _is_cut(one, others)
                without = {"bool": {"must_not": [{"exists": {"field": one.value}}]}}
                passing = any_of([_having(one, _named(one, column, others)), without])
                clause.setdefault("filter", []).append(passing)
            else:
                clause["must_not"] = [_having(one, _named(one, column, meant))]
        if clause:
            by[one] = {"bool": clause}
    return Filters(days, by, cut)


def _is_cut(one: Counted, numbers: set[int]) -> bool:
    """Whether not all of some values of a column are named."""
    return isinstance(one, Facet) and len(numbers) > MOST_NAMED


def _named(one: Counted, column: FacetColumn, numbers: set[int]) -> list[str]:
    """Some values of a column as far as they are named, the commonest first."""
    found = sorted(numbers, key=lambda number: (-column.counts[number], number))
    named = found[:MOST_NAMED] if _is_cut(one, numbers) else found
    return [column.values[number] for number in named]


def _having(one: Counted, meant: Sequence[str]) -> Dsl:
    """What has one of some values of a facet, or is of one of some periods."""
    if not isinstance(one, Period):
        return any_term(one.value, [fold_value(value) for value in meant])
    runs = list(_runs(sorted(meant), one))
    if len(runs) > _MOST_RANGES:
        return any_term(DAY, [day for run in runs for day in run])
    return any_of([{"range": {DAY: {"gte": run.start, "lt": run.stop}}} for run in runs])


def _runs(meant: Sequence[str], period: Period) -> Iterator[range]:
    """The days of years or months, in the order of time, those that adjoin as one."""
    if not meant:
        return
    starts, ends = first_days(meant).tolist(), days_after(meant, period).tolist()
    begun, until = starts[0], ends[0]
    for start, end in zip(starts, ends, strict=True):
        if start > until:
            yield range(begun, until)
            begun = start
        until = end
    yield range(begun, until)
