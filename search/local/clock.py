"""Whoosh's microseconds since 0001-01-01 UTC, datetimes, and days in Asia/Jakarta."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import overload

import numpy as np
from numpy.typing import NDArray

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000


def microseconds(moment: datetime) -> int:
    """Microseconds since 0001-01-01 UTC; a naive moment is read as UTC."""
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - _EPOCH) // timedelta(microseconds=1)


def moment(count: int) -> datetime:
    """The aware UTC datetime of ``microseconds``."""
    return _EPOCH + timedelta(microseconds=count)


@overload
def day_number(count: int) -> int: ...
@overload
def day_number(count: NDArray[np.int64]) -> NDArray[np.int64]: ...
def day_number(count: int | NDArray[np.int64]) -> int | NDArray[np.int64]:
    """Days from 0001-01-01 to the calendar day in Asia/Jakarta (UTC+7)."""
    return (count + _JAKARTA) // _DAY


def day(number: int) -> date:
    """The calendar day of a ``day_number``."""
    return date.min + timedelta(days=number)
