"""Counts by facets, periods and days, as aggregations of a cluster and from what these answer.

A cluster counts what articles have as they are compared (``index.opensearch.layout``); how values
are written, and which of them an answer lists, the companion's columns say, with the embedded
engine's own code.

Where equal texts are folded, the texts that several articles have are counted apart: of each, how
many articles have which value, of which all but one are taken away again. A node answers only so
many buckets, so that very many such texts are counted by several searches. Of these one may be cut
short and another not, so that more is taken away than there is; nothing is less than 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged
from index.fields import COUNTED, Counted, Facet, Period
from index.light_dataclass import dataclass
from index.opensearch.layout import DAY, TEXT_HASH, Dsl
from search.histogram import bins, edges
from search.local.page.spread import Spread
from search.local.page.values import listed
from search.local.reading.columns import Columns
from search.opensearch.filters import Filters
from search.request import SearchRequest, Sort
from search.response import HistogramBin

MOST_VALUES = 10_000
"""Of a facet with more values than these the rarest are left out: a node answers 65,535 in all."""

_COPIES_AT_ONCE = 20_000
"""Buckets of repeated texts that one search has at the most, beside those of ``MOST_VALUES``."""

_MOST_BUCKETS = 65_000
"""A node answers so many in all, and some hundred more, unless it is set otherwise."""

_EACH_DAY = 64
"""More days than a histogram has as bins of a day."""

_PASSING, _COPIES = "passing", "copies"


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted for a request.

    ``repeated``: the texts that several articles have, and how many, where the request folds equal
    ones.
    """

    request: SearchRequest
    columns: Columns
    filters: Filters
    repeated: Mapping[str, int] = field(default_factory=dict)

    def aggregations(self) -> list[Dsl]:
        """What searches for what is counted, restricted by days alone, are to count.

        Mostly one does; ``joined`` has the answers as that of one.
        """
        first, *others = self._in_turn() or [[]]
        return [self._all(first), *(self._all(texts, copies_only=True) for texts in others)]

    def _all(self, texts: Sequence[str], *, copies_only: bool = False) -> Dsl:
        """What one search counts, and how often it finds each of some texts; or that alone."""
        by, unfiltered = self.filters.by, self._unfiltered()
        among = [(_PASSING, [*by.values()], unfiltered, True)]
        if self.request.facets:
            among += [(one.value, self.filters.others(one), [one], False) for one in by]
        aggs = {}
        for name, filters, counted, by_day in among:
            inside = {} if copies_only else self._among(counted, by_day)
            inside |= self._copies(counted, texts)
            aggs[name] = {
                "filter": {"bool": {"filter": list(filters)}},
                **({"aggs": inside} if inside else {}),
            }
        return aggs

    def _in_turn(self) -> list[list[str]]:
        """The repeated texts, so many together as one search may count."""
        each = (len(COUNTED) + 2 * len(self.filters.by)) if self.request.facets else 0
        parts: list[list[str]] = []
        size = _COPIES_AT_ONCE
        for text, copies in self.repeated.items():
            buckets = 1 + len(self.filters.by) + copies * each
            size += buckets
            if size > _COPIES_AT_ONCE:
                parts.append([])
                size = buckets
            parts[-1].append(text)
        return parts

    def _unfiltered(self) -> list[Counted]:
        by = self.filters.by
        return [one for one in COUNTED if one not in by] if self.request.facets else []

    def _among(self, counted: Sequence[Counted], by_day: bool) -> Dsl:
        """Counts among what some filters let pass."""
        if not self.request.facets:
            return {}
        aggs = self._values(counted)
        if by_day or any(isinstance(one, Period) for one in counted):
            aggs |= self._months()
        if by_day:
            aggs |= {
                "first": {"min": {"field": DAY}},
                "last": {"max": {"field": DAY}},
                "days": {"terms": {"field": DAY, "size": _EACH_DAY, "shard_size": _EACH_DAY}},
            }
        return aggs

    def _copies(self, counted: Sequence[Counted], texts: Sequence[str]) -> Dsl:
        """Of each of some texts how many articles have it, and which values."""
        if not texts:
            return {}
        apart = {}
        if self.request.facets:
            days = {"terms": {"field": DAY, "size": MOST_VALUES}}
            apart = {"aggs": {**self._values(counted), "days": days}}
        terms: Dsl = {"field": TEXT_HASH, "include": list(texts), "size": len(texts)}
        return {_COPIES: {"terms": terms, **apart}}

    def _values(self, counted: Sequence[Counted]) -> Dsl:
        aggs: Dsl = {}
        # Months, too, may be very many, and are counted once more for each filter by time.
        months = len(self._starts) * (1 + sum(isinstance(one, Period) for one in self.filters.by))
        most = max((_MOST_BUCKETS - _COPIES_AT_ONCE - months) // len(Facet), 1)
        most = min(most, MOST_VALUES)
        for one in counted:
            size = min(len(self.columns.counted[one].values) - 1, most)
            if isinstance(one, Facet) and size > 0:
                terms = {"field": one.value, "size": size, "shard_size": most}
                aggs[one.value] = {"terms": terms}
        return aggs

    def _months(self) -> Dsl:
        starts = self.columns.period_starts[Period.MONTH].tolist()
        if not starts:
            return {}
        ends: list[int | None] = [*starts[1:], None]
        ranges = [
            {"from": start} | ({} if end is None else {"to": end})
            for start, end in zip(starts, ends, strict=True)
        ]
        return {"months": {"range": {"field": DAY, "ranges": ranges}}}

    def total(self, answer: Dsl) -> int:
        """How many articles, or texts, pass all filters."""
        found = answer[_PASSING]
        return _number(found)

    def spread(self, answer: Dsl, preferred: Dsl | None = None) -> Spread:
        """What an answer counts.

        ``preferred``: another, whose counts of a facet that is filtered are taken where it has any.
        Raises ``FileDamaged`` where a day is none of the calendar.
        """
        passing = answer[_PASSING]
        facets, totals = {}, {}
        for one in COUNTED:
            found = passing
            if one in self.filters.by:
                found = answer[one.value]
                if preferred is not None and preferred[one.value]["doc_count"]:
                    found = preferred[one.value]
            column = self.columns.counted[one]
            counts = self._of(one, found)
            facets[one], totals[one] = listed(self.request, one, column, counts)
        histogram, undated = self._by_day(passing)
        return Spread(facets, totals, histogram, undated)

    def _of(self, one: Counted, found: Dsl) -> NDArray[np.intp]:
        """How many articles have each value of a column: (V,), 0 for no value."""
        column = self.columns.counted[one]
        counts = np.zeros(len(column.values), np.intp)
        if isinstance(one, Period):
            starts = self.columns.period_starts[one]
            places = starts.searchsorted(self._starts, "right")
            np.add.at(counts, places, _month_counts(found, len(self._starts)))
            for days in _days_of_copies(found):
                for place, copies in _summed(days, starts).items():
                    counts[place + 1] -= copies - 1
            return counts.clip(0)
        numbers = column.known.by_folded
        for key, count in _counts(found, one.value):
            if key in numbers:
                counts[numbers[key]] += count
        for text in _buckets(found, _COPIES):
            for key, count in _counts(text, one.value):
                if key in numbers:
                    counts[numbers[key]] -= count - 1
        return counts.clip(0)

    @property
    def _starts(self) -> NDArray[np.int64]:
        return self.columns.period_starts[Period.MONTH]

    def _by_day(self, found: Dsl) -> tuple[tuple[HistogramBin, ...], int]:
        """The histogram of days, and how many articles have none. Raises ``FileDamaged``.

        Of equal texts, where they are folded, the date of the newest counts, as it is that which is
        listed where all else is the same; of the oldest where these come first.
        """
        months = _month_counts(found, len(self._starts))
        each_day = Counter(dict(_counts(found, "days")))
        first = int(found.get("first", {}).get("value") or 0)
        last = int(found.get("last", {}).get("value") or 0)
        chosen = min if self.request.sort is Sort.OLDEST else max
        for days in _days_of_copies(found):
            each_day.subtract(days)
            for place, copies in _summed(days, self._starts).items():
                months[place] -= copies
            if days:
                each_day[chosen(days)] += 1
                place = int(self._starts.searchsorted(chosen(days), "right")) - 1
                if place >= 0:  # An update may bring days that the companion does not know yet.
                    months[place] += 1
        months = months.clip(0)
        dated = int(months.sum())
        undated = max(_number(found) - dated, 0)
        if not dated:
            return (), undated
        each_day = +each_day
        if each_day and last - first < _EACH_DAY:
            first, last = min(each_day), max(each_day)
        if not 0 <= first <= last < date.max.toordinal() - 1:
            raise FileDamaged(
                f"{DAY} {last if first >= 0 else first}", "it has a date that is none"
            )
        bounds = edges(date.fromordinal(first + 1), date.fromordinal(last + 1))
        begins = [bound.toordinal() - 1 for bound in bounds]
        if begins[1] - begins[0] == 1:
            return bins(bounds, [each_day[day] for day in begins[:-1]]), undated
        before = np.concatenate([[0], months.cumsum()])
        sums = before[self._starts.searchsorted(begins)]
        return bins(bounds, (sums[1:] - sums[:-1]).tolist()), undated


def joined(answers: Sequence[Dsl]) -> Dsl:
    """The answers to ``Counting.aggregations`` as that of one search."""
    first, *others = answers
    for one in others:
        for name, found in one.items():
            first[name][_COPIES]["buckets"] += _buckets(found, _COPIES)
    return first


def _number(found: Dsl) -> int:
    """How many articles there are, or texts, where equal ones are folded."""
    texts = _buckets(found, _COPIES)
    return max(int(found["doc_count"] - sum(one["doc_count"] - 1 for one in texts)), 0)


def folded_texts(answer: Dsl) -> list[str]:
    """The repeated texts that pass all filters, where equal texts are folded."""
    return [one["key"] for one in _buckets(answer[_PASSING], _COPIES)]


def _buckets(found: Dsl, name: str) -> list[Dsl]:
    buckets: list[Dsl] = found.get(name, {}).get("buckets", [])
    return buckets


def _counts(found: Dsl, name: str) -> Iterator[tuple[Any, int]]:
    return ((one["key"], one["doc_count"]) for one in _buckets(found, name))


def _days_of_copies(found: Dsl) -> Iterator[dict[int, int]]:
    """Of each repeated text on which days it has how many articles."""
    return (dict(_counts(text, "days")) for text in _buckets(found, _COPIES))


def _month_counts(found: Dsl, months: int) -> NDArray[np.int64]:
    """How many articles are of each month: (m,)."""
    counts = [one["doc_count"] for one in _buckets(found, "months")]
    return np.array(counts or [0] * months, np.int64)


def _summed(days: Mapping[int, int], starts: NDArray[np.int64]) -> Counter[int]:
    """How many of some articles are in which of the periods that begin at ``starts``, (p,)."""
    found: Counter[int] = Counter()
    for day, count in days.items():
        place = int(starts.searchsorted(day, "right")) - 1
        if place >= 0:
            found[place] += count
    return found
