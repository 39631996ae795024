"""The histogram of dates: how long its bins are, and which days they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.making import maker_of
from search.response import HistogramBin

_maker = maker_of(HistogramBin, {})
_DAY = timedelta(days=1)
_MAX_DAYS = 45
_MAX_MONTHS = 48
_MAX_YEARS = 60


def histogram(days: NDArray[np.int64], before: NDArray[np.int64]) -> tuple[HistogramBin, ...]:
    """The bins of days, at least one, each with the articles that it has.

    ``days``: (d,) ascending, 0 for 0001-01-01; ``before``: (d + 1,), how many articles there are of
    those before each, and of all.
    """
    first, last = (date.fromordinal(int(days[place]) + 1) for place in (0, -1))
    starts, ends, bounds = _bounds(*alike(first, last))
    sums = before.take(days.searchsorted(bounds))
    counts = (sums[1:] - sums[:-1]).tolist()
    return _maker.of_rows([()] * len(counts), (starts, ends, counts))


@lru_cache(maxsize=256)
def _bounds(first: date, last: date) -> tuple[list[date], list[date], NDArray[np.int64]]:
    """Of the bins from a day to another the first days, the last ones, and ``edges`` as days.

    Answers of an archive have the same few.
    """
    bounds = edges(first, last)
    days = np.array([bound.toordinal() - 1 for bound in bounds], np.int64)
    return bounds[:-1], [end - _DAY for end in bounds[1:]], days


def alike(first: date, last: date) -> tuple[date, date]:
    """Two days that have the same ``edges``, and so have many others like them."""
    if (last - first).days < _MAX_DAYS:
        return first, last
    if _months(first, last) <= _MAX_MONTHS:
        return first.replace(day=1), last.replace(day=28)
    return first.replace(month=1, day=1), last.replace(month=12, day=28)


def edges(first: date, last: date) -> list[date]:
    """Where bins begin, and at the end where the one after the last would begin.

    A bin is a day, a month, a year or a decade, whichever fits the span; bins adjoin each other.
    """
    if (last - first).days < _MAX_DAYS:
        return [first + timedelta(days=step) for step in range((last - first).days + 2)]
    months = _months(first, last)
    if months <= _MAX_MONTHS:
        start = first.year * 12 + first.month - 1
        return [_begin((start + m) // 12, (start + m) % 12 + 1) for m in range(months + 1)]
    step = 1 if last.year - first.year < _MAX_YEARS else 10
    years = range(first.year - first.year % step, last.year + step + 1, step)
    return [_begin(year) for year in years]


def _months(first: date, last: date) -> int:
    """In how many months the days from one to another are."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _begin(year: int, month: int = 1) -> date:
    """The first day of a month; of one after the calendar's end the last day, which none has.

    See ``index.clock.LATEST``.
    """
    return date.max if year > date.max.year else date(max(year, 1), month, 1)


def bins(bounds: Sequence[date], counts: Sequence[int]) -> tuple[HistogramBin, ...]:
    """The bins between ``bounds``, with as many articles each."""
    return tuple(
        HistogramBin(start, end - _DAY, count)
        for start, end, count in zip(bounds, bounds[1:], counts, strict=False)
    )
