"""Moments as Whoosh counts them: microseconds since 0001-01-01 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 24 * 60 * 60

LATEST = datetime(9999, 12, 30, 16, 59, 59, 999_999, tzinfo=UTC)
"""The last moment an article can have: its day in Indonesia, and the next, can still be told."""


def microseconds(moment: datetime) -> int:
    """Microseconds since 0001-01-01 UTC; a naive moment is read as UTC."""
    since = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH
    return (since.days * _DAY + since.seconds) * _SECOND + since.microseconds


def moment(count: int) -> datetime:
    """The aware UTC datetime of ``microseconds``."""
    return _EPOCH + timedelta(microseconds=count)
