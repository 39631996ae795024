"""The order of hits against sorting all of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.local.matches import largest
from search.local.page.order import Ordered, top

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
