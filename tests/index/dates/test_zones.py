"""Days in Jakarta."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.dates import local_day, local_today, zones

_FROM = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.datetimes(datetime(1960, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
@example(datetime(2026, 11, 30, 16, 59, 59, 999_999, UTC))
@example(datetime(2026, 11, 30, 17, tzinfo=UTC))
def test_today_is_the_day_of_now(now: datetime) -> None:
    since = (now - _FROM) // timedelta(microseconds=1) * 1000
    for more in (0, 999):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(zones, "time_ns", lambda more=more: since + more)
            assert local_today() == local_day(now)
