"""Runs, told by loops."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.segments.runs import places, running_sums, take_places

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


@given(st.data())
def test_runs_of_several_batches_stand_behind_each_other(data: st.DataObject) -> None:
    """Of three terms: each batch's items lie together, the terms' in their order."""
    batches = data.draw(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), max_size=4))
    totals = [sum(counts) for counts in zip(*batches, strict=True)] or [0, 0, 0]
    free = running_sums(np.array(totals))[:-1].copy()
    found: list[object] = [None] * sum(totals)
    for number, counts in enumerate(batches):
        taken = take_places(free, np.arange(3), np.array(counts))
        for place, term in zip(taken.tolist(), np.repeat(range(3), counts).tolist(), strict=True):
            found[place] = (term, number)
    assert found == [
        (term, number)
        for term in range(3)
        for number, counts in enumerate(batches)
        for _ in range(counts[term])
    ]
