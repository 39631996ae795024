"""Runs, told by loops."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segments.runs import places, put_runs, running_sums

COUNTS = st.lists(st.integers(0, 5), max_size=8)


@given(COUNTS)
def test_running_sums_end_with_the_sum_of_all(counts: list[int]) -> None:
    assert running_sums(np.array(counts, np.uint8)).tolist() == list(accumulate(counts, initial=0))


def test_running_sums_of_bools_count_them() -> None:
    assert running_sums(np.array([True] * 300)).tolist() == list(range(301))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 5)), max_size=8))
def test_places_count_up_from_the_first_of_each_run(runs: list[tuple[int, int]]) -> None:
    firsts, counts = np.array(runs, np.int64).reshape(-1, 2).T
    expected = [first + item for first, count in runs for item in range(count)]
    assert places(firsts, counts).tolist() == expected


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64])
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.booleans()), max_size=6))
def test_runs_are_put_behind_what_is_free(
    dtype: type[np.unsignedinteger], gaps: list[tuple[int, int, bool]]
) -> None:
    """Of each run its items, the gap that is left behind it, and whether it is put first."""
    counts, gap, _ = np.array(gaps, np.int64).reshape(-1, 3).T
    firsts = running_sums(counts + gap)[:-1]
    items = np.arange(counts.sum(), dtype=np.int64).astype(dtype)
    begins = running_sums(counts)
    order = sorted(range(len(gaps)), key=lambda run: not gaps[run][2])
    target = np.full(int((counts + gap).sum()), 99, dtype)
    moved = [items[begins[run] : begins[run + 1]] for run in order]
    put_runs(target, firsts[order], counts[order], np.concatenate([items[:0], *moved]))
    expected = [
        item
        for run, (count, left, _) in enumerate(gaps)
        for item in [*items[begins[run] : begins[run] + count].tolist(), *[99] * left]
    ]
    assert target.tolist() == expected


@pytest.mark.parametrize(
    ("firsts", "counts"),
    [
        pytest.param([3], [2], id="behind the end"),
        pytest.param([0], [3], id="more items than there are"),
        pytest.param([9], [2], id="far behind the end"),
        pytest.param([0, 2**62], [1, 1], id="beyond any array"),
    ],
)
def test_runs_that_do_not_fit_are_not_put(firsts: list[int], counts: list[int]) -> None:
    with pytest.raises((IndexError, ValueError)):
        put_runs(np.zeros(4, np.uint8), np.array(firsts), np.array(counts), np.zeros(2, np.uint8))
