"""The order of hits against sorting all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clock import microseconds
from index.dates import WIB
from search.local.matches import largest
from search.local.page import order
from search.local.page.order import Ordered, moment_of, top

_lists = st.lists(st.integers(0, 40), min_size=0, max_size=3000).map(
    lambda values: np.array(values, np.float64)
)
_seeds = st.integers(0, 2**32 - 1)


@given(_seeds, st.integers(0, 6000), st.integers(1, 60), st.integers(1, 50))
def test_the_largest_chosen_hold_the_largest_and_their_equals(
    seed: int, size: int, count: int, distinct: int
) -> None:
    key = np.random.default_rng(seed).integers(0, distinct, size).astype(np.float64)
    found = largest(key, count)
    assert (np.diff(found) > 0).all()
    if size > count:
        least = np.sort(key)[size - count]
        assert set((key >= least).nonzero()[0]) <= set(found)
        atleast = largest(key, count, least)
        assert set((key >= least).nonzero()[0]) == set(atleast)
    else:
        assert len(found) == size


@given(_lists, st.integers(1, 30), _seeds)
def test_the_top_is_the_beginning_of_all_sorted(first: np.ndarray, count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    second = random.integers(0, 3, len(first))
    numbers = random.permutation(len(first))
    rows = sorted(range(len(first)), key=lambda row: (-first[row], -second[row], numbers[row]))
    assert top(count, Ordered(numbers.astype(np.int32), first, second)).tolist() == rows[:count]


_nows = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(_nows, st.integers(-2, 2) | st.sampled_from((date.min, date.max)))
def test_the_moment_of_a_day_is_now_or_where_the_day_is_nearest(
    now: datetime, day: int | date
) -> None:
    if isinstance(day, int):
        day = now.astimezone(WIB).date() + timedelta(days=day)
    with pytest.MonkeyPatch.context() as patch:
        since = now - datetime(1970, 1, 1, tzinfo=UTC)
        patch.setattr(order, "time_ns", lambda: since // timedelta(microseconds=1) * 1000 + 999)
        found = moment_of(day)
    if day == date.min:
        assert found == 24 * 3600 * 10**6 - 1
        return
    begun = microseconds(datetime.combine(day, time(), WIB))
    assert found == min(max(microseconds(now), begun), begun + 24 * 3600 * 10**6 - 1)
