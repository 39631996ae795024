"""The order of hits, and one page of it.

Order is by score (or date), then newest, then document number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.cursor import Cursor
from search.local.matches import Documents, Mask, largest
from search.local.reading.columns import UNDATED
from search.request import SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Ordered:
    """Documents and their sort keys, larger first: (n,) each. Documents ascend."""

    documents: Documents
    first: NDArray[np.float64]
    second: NDArray[np.int64]

    def at(self, chosen: NDArray[np.intp]) -> Ordered:
        """Those at some places."""
        return Ordered(self.documents[chosen], self.first[chosen], self.second[chosen])


@dataclass(frozen=True, slots=True)
class Page:
    """The page's number, its documents in order, and the cursor to the next page, if any."""

    number: int
    documents: Documents
    following: str | None


def ordered(
    sort: Sort, documents: Documents, scores: NDArray[np.float64], dates: NDArray[np.int64]
) -> Ordered:
    """The sort keys of documents: (n,) each. Articles without a date come last by date."""
    if sort is Sort.RELEVANCE:
        return Ordered(documents, scores, dates)
    if sort is Sort.OLDEST:
        dates = np.where(dates == UNDATED, UNDATED, -dates)
    return Ordered(documents, np.zeros_like(scores), dates)


def top(count: int, keys: Ordered) -> NDArray[np.intp]:
    """Places of the first ``count`` in order: (min(count, n),).

    All are sorted only where they are few; otherwise those that cannot be among them are left out.
    """
    chosen = np.arange(len(keys.first))
    if len(keys.first) > 2 * count > 0:
        # By date all scores are the same, and the dates decide.
        key = keys.first if keys.first.min() < keys.first.max() else keys.second
        chosen = largest(key, count)
        keys = keys.at(chosen)
    order = np.lexsort((keys.documents, -keys.second, -keys.first))
    return chosen[order[:count]]


def distinct(groups: NDArray[np.int32], keys: Ordered) -> NDArray[np.int64]:
    """Places of the first in order of every group, (n,) int32: (m,), ascending."""
    order = np.lexsort((keys.documents, -keys.second, -keys.first))
    _, where = np.unique(groups[order], return_index=True)
    return np.sort(order[where])


def after(cursor: Cursor, keys: Ordered) -> Mask:
    """Which documents come after the cursor: (n,)."""
    later = (keys.second < cursor.date) | (
        (keys.second == cursor.date) & (keys.documents > cursor.number)
    )
    mask: Mask = (keys.first < cursor.score) | ((keys.first == cursor.score) & later)
    return mask


def page(request: SearchRequest, keys: Ordered, cursor: Cursor | None, now: int) -> Page:
    """The page that a request, or the cursor that it has, asks for.

    ``now``: the moment from which recency counts, for the pages that follow.
    """
    size = request.per_page
    if cursor is None:
        number = request.page
        window = top(number * size + 1, keys)[(number - 1) * size :]
    else:
        number = cursor.page
        later = after(cursor, keys).nonzero()[0]
        window = later[top(size + 1, keys.at(later))]
    chosen = window[:size]
    shown = keys.documents[chosen]
    if len(window) <= size:
        return Page(number, shown, None)
    last = int(chosen[-1])
    following = Cursor(
        request.sort,
        number + 1,
        float(keys.first[last]),
        int(keys.second[last]),
        int(keys.documents[last]),
        now,
    )
    return Page(number, shown, following.encode())
