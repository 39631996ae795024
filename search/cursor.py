"""The cursor that leads from one page of hits to the next: the sort keys of the page's last hit.

So the next page costs the same at any depth. It also has the moment of the first page, from whose
day the days of the query count on all pages, and a seal: a checksum of the question and the ranking
that it was given for, which an engine puts behind it and looks at.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import struct
from contextlib import suppress
from dataclasses import replace
from math import isfinite
from zlib import crc32

from index.clock import LATEST, microseconds, moment
from index.dates import local_day, local_today
from index.light_dataclass import dataclass
from search.errors import BadCursor, ForeignCursor, OldCursor
from search.request import SearchRequest, Sort

_PACKED = struct.Struct("<BIdqIqBI")
_IN_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_LETTERS = 51
_SEALED = _LETTERS + 8
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
        """The cursor of ``encode``, sealed or not. Raises ``BadCursor`` for anything else.

        ``ForeignCursor`` for that of another sort.
        """
        try:
            plain = text.encode("ascii")
            if len(plain) == _SEALED:
                plain = plain[:_LETTERS]
            packed = base64.b64decode(
                plain + b"=" * (-len(plain) % 4), altchars=b"-_", validate=True
            )
            number, page, score, date, last, now, leading, passed = _PACKED.unpack(packed)
            cursor = Cursor(_SORTS[number], page, score, date, last, now, bool(leading), passed)
        except (UnicodeEncodeError, binascii.Error, struct.error, IndexError):
            raise BadCursor(text) from None
        if not isfinite(score) or not 1 <= page <= _LAST_PAGE:
            raise BadCursor(text)
        if not 0 <= now <= _LATEST or passed > _MOST_PASSED:
            raise BadCursor(text)
        if cursor.sort is not sort:
            raise ForeignCursor(text)
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


def day_of(cursor: str | None, sort: Sort) -> dt.date:
    """From which day days are counted: that of a cursor's first page, else today.

    From today, too, with what is no cursor of the sort: engines say so.
    """
    if cursor is not None:
        with suppress(BadCursor):
            return Cursor.decode(cursor, sort).today
    return local_today()


def order_sum(ranking: object) -> int:
    """A checksum of a ranking, by what it is made of: the same in every process."""
    return crc32(repr(ranking).encode())


def continued(request: SearchRequest, ranking: int) -> SearchRequest:
    """The request, which has a cursor, on the day of its first page.

    ``ranking``: the ``order_sum`` of the engine's. Raises ``BadCursor``: ``ForeignCursor`` where it
    was given for another question, ``OldCursor`` where a program of before gave it.
    """
    text = request.cursor
    assert text is not None
    cursor = Cursor.decode(text, request.sort)
    if len(text) != _SEALED:
        raise OldCursor(text)
    if text[_LETTERS:] != seal(request, ranking):
        raise ForeignCursor(text)
    return replace(request, today=cursor.today)


def seal(request: SearchRequest, ranking: int) -> str:
    """What is asked and in which order, as eight digits that stand behind a cursor.

    Pages may change their size, and what is shown of hits; blanks may be more or fewer.
    """
    query = " ".join(request.query.split())
    found = crc32(query.encode("utf-8", "surrogatepass"), ranking)
    if request.asks_more:
        found = crc32(repr(request.asked).encode("utf-8", "surrogatepass"), found)
    return f"{found:08x}"
