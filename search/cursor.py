"""The cursor that leads from one page of hits to the next: the sort keys of the page's last hit.

So the next page costs the same at any depth. It also has the moment of the first page, from whose
day the days of the query count on all pages.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import struct
from dataclasses import replace
from math import isfinite

from index.clock import LATEST, microseconds, moment
from index.dates import local_day
from index.light_dataclass import dataclass
from search.errors import BadCursor
from search.request import SearchRequest, Sort

_PACKED = struct.Struct("<BIdqIqBI")
_IN_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_LAST_PAGE = 2**32 - 2
_MOST_PASSED = 2**31
_SORTS = tuple(Sort)
_LATEST = microseconds(LATEST)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The keys of the last hit of a page of ``sort``, and the number of the page after it.

    ``now`` (microseconds, see ``index.clock``) is the moment from which recency counts, the same
    for all pages. ``leading``: whether the last hit is of those that come before others whatever
    their scores. ``passed``: how many hits there were up to it and with it.
    """

    sort: Sort
    page: int
    score: float
    date: int
    number: int
    now: int
    leading: bool = True
    passed: int = 0

    @property
    def today(self) -> dt.date:
        """The day in Asia/Jakarta on which the first page was asked for."""
        return local_day(moment(self.now))

    def encode(self) -> str:
        """The cursor as a short text that is safe in URLs."""
        return encoded(
            self.sort,
            self.page,
            self.score,
            self.date,
            self.number,
            self.now,
            leading=self.leading,
            passed=self.passed,
        )

    @staticmethod
    def decode(text: str, sort: Sort) -> Cursor:
        """The cursor of ``encode``. Raises ``BadCursor`` for anything else or another sort."""
        try:
            packed = base64.b64decode(
                text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
            )
            number, page, score, date, last, now, leading, passed = _PACKED.unpack(packed)
            cursor = Cursor(_SORTS[number], page, score, date, last, now, bool(leading), passed)
        except (UnicodeEncodeError, binascii.Error, struct.error, IndexError):
            raise BadCursor(text) from None
        if cursor.sort is not sort or not isfinite(score) or not 1 <= page <= _LAST_PAGE:
            raise BadCursor(text)
        if not 0 <= now <= _LATEST or passed > _MOST_PASSED:
            raise BadCursor(text)
        return cursor


def encoded(  # noqa: PLR0917 - what a cursor holds
    sort: Sort,
    page: int,
    score: float,
    date: int,
    number: int,
    now: int,
    *,
    leading: bool,
    passed: int,
) -> str:
    """A cursor as text, as ``Cursor.encode`` gives it, without making one."""
    order = _SORTS.index(sort)
    packed = _PACKED.pack(order, page, score, date, number, now, leading, passed)
    text = binascii.b2a_base64(packed, newline=False)
    return text.translate(_IN_ADDRESSES, b"=").decode("ascii")


def continued(request: SearchRequest) -> SearchRequest:
    """The request, which has a cursor, on the day of its first page. Raises ``BadCursor``."""
    assert request.cursor is not None
    return replace(request, today=Cursor.decode(request.cursor, request.sort).today)
