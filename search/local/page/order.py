"""The order of hits, and one page of it.

Order is by score (or date), then newest, then in the order of reading; where some lead, these
first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from time import time_ns
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.clock import microseconds
from index.kernels import kernel
from search.cursor import Cursor, encoded
from search.local.candidates import Candidates
from search.local.matches import Documents, Mask, largest
from search.local.reading.columns import UNDATED
from search.request import SearchRequest, Sort

_compiled = kernel("ordering")

DAY = 24 * 3600 * 1_000_000
OF_DAYS = DAY + 7 * 3600 * 1_000_000  # the first begins in Jakarta before it does in UTC
BEFORE_1970 = microseconds(datetime(1970, 1, 1, tzinfo=UTC))

_FEW = 256
"""So many are sorted as fast as the first of them are told apart."""


class Ordered(NamedTuple):
    """Documents and their sort keys, larger first: (n,) each. Documents ascend.

    ``leading``: which come before the others, whatever their keys; None where none do. ``numbers``:
    by which equals ascend; None: by their documents.
    """

    documents: Documents
    first: NDArray[np.float64]
    second: NDArray[np.int64]
    leading: Mask | None = None
    numbers: NDArray[np.uint32] | None = None

    @property
    def last(self) -> NDArray[np.integer]:
        """The last key of each, smaller first."""
        return self.documents if self.numbers is None else self.numbers

    def at(self, chosen: NDArray[np.intp]) -> Ordered:
        """Those at some places."""
        leading = None if self.leading is None else self.leading[chosen]
        numbers = None if self.numbers is None else self.numbers[chosen]
        documents, first, second = self.documents[chosen], self.first[chosen], self.second[chosen]
        return Ordered(documents, first, second, leading, numbers)


class Page(NamedTuple):
    """One page: its number, and of its k hits in order documents, scores and factors.

    ``factors``: what age left of each score; None where all of it. ``complete``: which of them have
    all words; None: all. ``every``: the documents of all pages, as far as they are known,
    ascending. ``following``: the cursor to the next page, if any.
    """

    number: int
    documents: list[int]
    scores: list[float]
    factors: list[float] | None
    complete: list[bool] | None
    every: Documents
    following: str | None


def page_of(  # noqa: PLR0917 - what a page is made of
    number: int,
    candidates: Candidates,
    complete: Mask | None,
    places: NDArray[np.intp],
    every: Documents,
    more: str | None,
) -> Page:
    """The page of the candidates at some places in order; ``complete``: which have all words."""
    scores, factors = candidates.scores[places], None
    if candidates.factors is not None:
        factors = candidates.factors[places]
        scores *= factors
    return Page(
        number,
        candidates.documents[places].tolist(),
        scores.tolist(),
        None if factors is None else factors.tolist(),
        None if complete is None else complete[places].tolist(),
        every,
        more,
    )


def best(candidates: Candidates, count: int) -> NDArray[np.intp]:
    """Places of the best ``count`` candidates by their scores, ascending."""
    return np.sort(top(count, _keys(candidates, Sort.RELEVANCE)))


def paged(  # noqa: PLR0917 - what a page is made of
    request: SearchRequest,
    candidates: Candidates,
    complete: Mask | None,
    groups: NDArray[np.int32] | None,
    cursor: Cursor | None,
    now: int,
) -> Page:
    """The page that a request, or the cursor that it has, asks for.

    ``complete``: see ``page_of``. ``groups``: (N,), of which the page has the best article each;
    None for all articles. ``now``: the moment from which recency counts, for the pages that follow.
    """
    keys = _keys(candidates, request.sort)
    kept = None
    if groups is not None:
        kept = best_of_groups(groups[keys.documents], keys)
        keys = keys.at(kept)
    size = request.per_page
    if cursor is None:
        number = request.page
        passed = (number - 1) * size
        window = top(number * size + 1, keys)[(number - 1) * size :]
    else:
        number, passed = cursor.page, cursor.passed
        later = after(cursor, keys).nonzero()[0]
        window = later[top(size + 1, keys.at(later))]
    chosen = window[:size]
    more = None
    if len(window) > size:
        last = chosen[-1]
        more = following(
            request,
            number,
            passed,
            keys.first[last],
            keys.second[last],
            keys.last[last],
            now,
            leading=keys.leading is None or bool(keys.leading[last]),
        )
    places = chosen if kept is None else kept[chosen]
    return page_of(number, candidates, complete, places, keys.documents, more)


def following(  # noqa: PLR0917 - what a cursor holds
    request: SearchRequest,
    number: int,
    passed: int,
    score: float,
    date: int,
    last: int,
    now: int,
    *,
    leading: bool,
) -> str:
    """The cursor behind a page that begins behind ``passed`` hits; the rest is of its last hit."""
    passed += request.per_page
    return encoded(request.sort, number + 1, score, date, last, now, leading=leading, passed=passed)


def moment_of(today: date) -> int:
    """The moment of the day in Asia/Jakarta that is nearest to now, in microseconds."""
    begun = today.toordinal() * DAY - OF_DAYS
    now = time_ns() // 1000 + BEFORE_1970
    if begun <= now < begun + DAY:
        return now
    begun = max(begun, 0)
    return begun if now < begun else begun + DAY - 1


def in_order(candidates: Candidates, sort: Sort) -> NDArray[np.intp]:
    """Places of all candidates in the order of hits."""
    return top(len(candidates.documents), _keys(candidates, sort))


def _keys(candidates: Candidates, sort: Sort) -> Ordered:
    """The sort keys of candidates. Articles without a date come last by date."""
    documents, scores, dates = candidates.documents, candidates.scores, candidates.dates
    if sort is Sort.RELEVANCE:
        factors = candidates.factors
        first = scores if factors is None else scores * factors
        return Ordered(documents, first, dates, candidates.leading, candidates.numbers)
    if sort is Sort.OLDEST:
        dates = np.where(dates == UNDATED, UNDATED, -dates)
    return Ordered(documents, np.zeros_like(scores), dates, None, candidates.numbers)


def top(count: int, keys: Ordered) -> NDArray[np.intp]:
    """Places of the first ``count`` in order: (min(count, n),).

    All are sorted only where they are few; otherwise those that cannot be among them are left out.
    """
    if _compiled is not None:
        found: NDArray[np.intp] = _compiled.top(
            count, keys.documents, keys.first, keys.second, keys.leading, keys.numbers
        )
        return found
    if len(keys.first) <= _FEW:
        return _sorted(keys)[:count]
    if keys.leading is not None:
        before, behind = keys.leading.nonzero()[0], (~keys.leading).nonzero()[0]
        first = before[_top(count, keys.at(before))]
        if len(first) == count:
            return first
        rest = behind[_top(count - len(first), keys.at(behind))]
        return np.concatenate([first, rest])
    return _top(count, keys)


def _top(count: int, keys: Ordered) -> NDArray[np.intp]:
    """The same by the keys alone."""
    chosen = np.arange(len(keys.first))
    if len(keys.first) > 2 * count > 0:
        # By date all scores are the same, and the dates decide.
        key = keys.first if keys.first.min() < keys.first.max() else keys.second
        chosen = largest(key, count)
        keys = keys.at(chosen)
    order = _sorted(keys)
    return chosen[order[:count]]


def _sorted(keys: Ordered) -> NDArray[np.intp]:
    """Places in order."""
    if keys.leading is None:
        return np.lexsort((keys.last, -keys.second, -keys.first))
    return np.lexsort((keys.last, -keys.second, -keys.first, ~keys.leading))


def best_of_groups(groups: NDArray[np.int32], keys: Ordered) -> NDArray[np.int64]:
    """Places of the first in order of every group, (n,) int32: (m,), ascending."""
    if not len(groups):
        return np.empty(0, np.int64)
    alone = np.bincount(groups).take(groups) == 1
    several = (~alone).nonzero()[0]
    order = several[_sorted(keys.at(several))]
    _, where = np.unique(groups[order], return_index=True)
    alone[order[where]] = True
    places: NDArray[np.int64] = alone.nonzero()[0]
    return places


def after(cursor: Cursor, keys: Ordered) -> Mask:
    """Which documents come after the cursor: (n,)."""
    later = (keys.second < cursor.date) | (
        (keys.second == cursor.date) & (keys.last > cursor.number)
    )
    mask: Mask = (keys.first < cursor.score) | ((keys.first == cursor.score) & later)
    if keys.leading is None:
        return mask
    if cursor.leading:
        return mask | ~keys.leading
    return mask & ~keys.leading
