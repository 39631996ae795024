"""The order of hits in a cluster, which of them a page needs, and the cursor that leads on.

By relevance the cluster's order is ours but for rounding. So hits are listed in blocks: the first
``BLOCK`` of the cluster's order, the next, and so on, and within each in the engine's own order.
Where blocks begin depends on nothing but the query, so every hit is on one page, whatever the size
of pages. By date both orders are one, and only the hits of the page are needed.

A cursor is that of the embedded engine (``search.cursor``), with the keys by which the cluster
sorted the last hit before the block, or the page. It names no point in time: a cluster keeps 300
of those, and loses them with a node. An index changes only by updates, and what follows a cursor
then is what follows these keys, as it is in the embedded engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign
from typing import Any

from index.light_dataclass import dataclass
from index.opensearch.documents import require_number
from index.opensearch.layout import DATE, NUMBER, Dsl
from search.cursor import Cursor, encoded
from search.limits import MAX_DEPTH
from search.request import SearchRequest, Sort

BLOCK = 50
"""So many hits are ranked again at a time; ``MAX_DEPTH`` is a multiple of it."""

Keys = tuple[float, int, int]
"""Score, date and number by which the cluster sorted a hit; by date its score is 0."""

_NUMBER: Dsl = {NUMBER: "asc"}


def sorting(sort: Sort) -> list[Dsl]:
    """The order as the cluster takes it. Articles without a date come last by date."""
    dates: Dsl = {DATE: {"order": "asc" if sort is Sort.OLDEST else "desc", "missing": "_last"}}
    first: list[Dsl] = [{"_score": "desc"}] if sort is Sort.RELEVANCE else []
    return [*first, dates, _NUMBER]


def keys_of(sort: Sort, values: Sequence[Any]) -> Keys:
    """What the cluster sorted a hit by, from its ``sort``.

    Raises ``FileDamaged`` where that is no article's number: a document without one comes last.
    """
    score, date, number = values if sort is Sort.RELEVANCE else (0.0, *values)
    require_number(number)
    return float(score), int(date), int(number)


def behind(sort: Sort, keys: Keys) -> list[Any]:
    """The same as ``search_after``."""
    return [*keys] if sort is Sort.RELEVANCE else [*keys[1:]]


@dataclass(frozen=True, slots=True)
class Window:
    """The hits of a page, by their ranks from 0 on: from ``start`` up to ``stop``.

    ``begin`` and ``end``: of the blocks in which they are; of themselves, unless ``by_score``.
    ``after``: the keys of the hit before ``begin`` where they are known, and ``leading`` whether
    that is one of those that come first whatever their scores.
    """

    page: int
    start: int
    stop: int
    begin: int
    end: int
    by_score: bool
    after: Keys | None = None
    leading: bool = True

    @property
    def blocks(self) -> list[tuple[int, int]]:
        """Each block with hits of the page: the ranks where it begins and ends."""
        if not self.by_score:
            return [(self.begin, self.end)]
        return [(rank, rank + BLOCK) for rank in range(self.begin, self.end, BLOCK)]


def window(request: SearchRequest, cursor: Cursor | None) -> Window:
    """Which hits a request asks for."""
    size = request.per_page
    page = request.page if cursor is None else cursor.page
    start = (page - 1) * size if cursor is None else cursor.passed
    stop = start + size
    by_score = request.sort is Sort.RELEVANCE
    begin = start - start % BLOCK if by_score else start
    end = stop + -stop % BLOCK if by_score else stop
    if cursor is None or not begin:
        return Window(page, start, stop, begin, end, by_score)
    keys = abs(cursor.score), cursor.date, cursor.number
    return Window(page, start, stop, begin, end, by_score, keys, copysign(1, cursor.score) > 0)


def following(
    request: SearchRequest,
    here: Window,
    before: tuple[Keys, bool] | None,
    now: int,
    *,
    leading: bool = True,
) -> str:
    """The cursor to the page behind this one.

    ``before``: keys of the hit before the block, or the page, in which that begins, and whether it
    is of those that come first; None at the very first block. ``leading``: whether the last hit of
    this page is of these.
    """
    (score, date, number), first = before or ((0.0, 0, 0), True)
    return encoded(
        request.sort,
        here.page + 1,
        score if first else -score,  # no score is below 0
        date,
        number,
        now,
        leading=leading,
        passed=here.stop,
    )


assert MAX_DEPTH % BLOCK == 0
