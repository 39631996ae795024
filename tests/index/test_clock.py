"""Moments and their counts, with Whoosh as witness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from whoosh.util.times import datetime_to_long

from index.clock import microseconds, moment

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))
ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(MOMENTS)
def test_naive_moments_count_as_whoosh_counts(naive: datetime) -> None:
    assert microseconds(naive) == datetime_to_long(naive)


@given(MOMENTS, ZONES)
def test_aware_moments_are_the_same_in_every_zone(naive: datetime, zone: timezone) -> None:
    aware = naive.replace(tzinfo=zone)
    found = moment(microseconds(aware))
    assert found == aware
    assert found.tzinfo is UTC
