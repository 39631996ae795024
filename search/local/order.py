"""The order of hits, one page of it, and the cursor that leads to the next.

Order is by score (or date), then newest, then document number. Cursors hold the sort keys of the
last hit of a page, so that following them costs no more the deeper they lead.
"""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import BadCursor
from search.local.columns import NO_DATE
from search.request import Sort

_CURSOR = struct.Struct("<BIdqIq")
_LAST_PAGE = 2**32 - 2
_SORTS = tuple(Sort)
_GROUP = 64
_SMALLEST_GROUP = 8


@dataclass(frozen=True, slots=True)
class Cursor:
    """The keys of the last hit of a page of ``sort``, and the number of the page after it.

    ``now`` (microseconds) is the moment from which recency counts, the same for all pages.
    """

    sort: Sort
    page: int
    score: float
    date: int
    number: int
    now: int

    def encode(self) -> str:
        """The cursor as a short text that is safe in URLs."""
        packed = _CURSOR.pack(
            _SORTS.index(self.sort), self.page, self.score, self.date, self.number, self.now
        )
        return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")

    @staticmethod
    def decode(text: str, sort: Sort) -> Cursor:
        """The cursor of ``encode``. Raises ``BadCursor`` for anything else or another sort."""
        try:
            packed = base64.b64decode(
                text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
            )
            number, page, score, date, last, now = _CURSOR.unpack(packed)
            cursor = Cursor(_SORTS[number], page, score, date, last, now)
        except (UnicodeEncodeError, binascii.Error, struct.error, IndexError):
            raise BadCursor(text) from None
        if cursor.sort is not sort or not isfinite(score) or not 1 <= page <= _LAST_PAGE:
            raise BadCursor(text)
        return cursor


def keys(
    sort: Sort, scores: NDArray[np.float64], dates: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The two sort keys, larger first: (n,) each. Articles without a date come last by date."""
    if sort is Sort.RELEVANCE:
        return scores, dates
    if sort is Sort.NEWEST:
        return np.zeros_like(scores), dates
    return np.zeros_like(scores), np.where(dates == NO_DATE, NO_DATE, -dates)


def after(
    cursor: Cursor,
    first: NDArray[np.float64],
    second: NDArray[np.int64],
    numbers: NDArray[Any],
) -> NDArray[np.bool_]:
    """Which documents come after the cursor: (n,) bool."""
    later = (second < cursor.date) | ((second == cursor.date) & (numbers > cursor.number))
    mask: NDArray[np.bool_] = (first < cursor.score) | ((first == cursor.score) & later)
    return mask


def leading(key: NDArray[Any], count: int, least: float = -inf) -> NDArray[np.intp]:
    """Indices, ascending, among which are those of the ``count`` largest keys and of all equals.

    Keys below ``least`` are left out. Among the maxima of groups of keys, ``count`` are not below
    the ``count``-th largest maximum, so no key below it is among the largest: few maxima are
    partitioned in place of all keys.
    """
    if len(key) > 2 * count:
        maxima = key
        size = min(_GROUP, len(key) // (8 * max(count, 1)))
        if size >= _SMALLEST_GROUP:
            maxima = key[: len(key) // size * size].reshape(size, -1).max(axis=0)
        least = max(least, np.partition(maxima, len(maxima) - count)[len(maxima) - count])
    elif least == -inf:
        return np.arange(len(key))
    found: NDArray[np.intp] = (key >= least).nonzero()[0]
    return found


def top(
    count: int,
    first: NDArray[np.float64],
    second: NDArray[np.int64],
    numbers: NDArray[Any],
) -> NDArray[np.intp]:
    """Indices of the first ``count`` in order: (min(count, n),).

    All are sorted only where they are few; otherwise those that cannot be among them are left out.
    """
    chosen = np.arange(len(first))
    if len(first) > 2 * count > 0:
        # By date all scores are the same, and the dates decide.
        key = first if first.min() < first.max() else second
        chosen = leading(key, count)
        first, second, numbers = first[chosen], second[chosen], numbers[chosen]
    order = np.lexsort((numbers, -second, -first))
    return chosen[order[:count]]


def distinct(
    hashes: NDArray[np.uint64],
    first: NDArray[np.float64],
    second: NDArray[np.int64],
    numbers: NDArray[Any],
) -> NDArray[np.int64]:
    """Indices of the first in order of every hash: (m,) int64, ascending."""
    order = np.lexsort((numbers, -second, -first))
    _, where = np.unique(hashes[order], return_index=True)
    return np.sort(order[where])
