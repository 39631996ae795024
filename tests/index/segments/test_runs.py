"""Runs, told by loops."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segments.runs import (
    add_counts,
    first_items,
    places,
    put_next,
    running_sums,
    stable_order,
)

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


NARROW = st.sampled_from([np.uint8, np.uint16, np.uint32])


@given(
    st.lists(st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, 200), max_size=4))),
    NARROW,
    NARROW,
    st.integers(0, 50),
)
def test_what_comes_next_of_each_term_goes_behind_what_is_there(
    batches: list[dict[int, list[int]]],
    wide: type[np.unsignedinteger],
    narrow: type[np.unsignedinteger],
    more: int,
) -> None:
    expected: list[list[int]] = [[] for _ in range(6)]
    for one in batches:
        for term, items in one.items():
            expected[term] += [item + more for item in items]
    free = running_sums(np.array([*map(len, expected)]))[:-1].copy()
    ends = free + np.array([*map(len, expected)])
    target = np.zeros(sum(map(len, expected)), wide)
    for one in batches:
        terms = np.array([*one], np.uint32)
        counts = np.array([*map(len, one.values())], np.uint32)
        some = np.array([item for items in one.values() for item in items], narrow)
        before = free.copy()
        put_next(target, free, terms, counts, some, more, take=False)
        assert free.tolist() == before.tolist()
        put_next(target, free, terms, counts, some, more, take=True)
    assert target.tolist() == [item for items in expected for item in items]
    assert free.tolist() == ends.tolist()


@pytest.mark.parametrize(
    ("terms", "counts", "items"),
    [([1], [2], [7, 7]), ([0], [3], [7, 7]), ([2], [1], [7]), ([0, 1], [2, 1], [7, 7])],
    ids=["behind the end", "more items than there are", "no such term", "fewer items"],
)
def test_what_does_not_fit_is_not_put(
    terms: list[int], counts: list[int], items: list[int]
) -> None:
    free = np.array([0, 3])
    of = np.array(terms, np.uint32), np.array(counts, np.uint32), np.array(items, np.uint8)
    with pytest.raises((IndexError, ValueError)):
        put_next(np.zeros(4, np.uint8), free, *of, 0, take=False)


@given(st.lists(st.lists(st.integers(0, 255), min_size=1, max_size=4)), NARROW, NARROW)
def test_first_items_are_those_that_runs_begin_with(
    runs: list[list[int]], one: type[np.unsignedinteger], other: type[np.unsignedinteger]
) -> None:
    items = np.array([item for run in runs for item in run], one)
    found = first_items(items, np.array([*map(len, runs)], other))
    assert found.dtype == one
    assert found.tolist() == [run[0] for run in runs]


@given(st.lists(st.dictionaries(st.integers(0, 5), st.integers(0, 9))))
def test_counts_are_added_to_those_of_their_terms(batches: list[dict[int, int]]) -> None:
    totals = np.zeros(6, np.int64)
    for one in batches:
        add_counts(totals, np.array([*one], np.uint32), np.array([*one.values()], np.uint32))
    assert totals.tolist() == [sum(one.get(term, 0) for one in batches) for term in range(6)]


def test_counts_of_no_term_are_not_added() -> None:
    with pytest.raises(IndexError):
        add_counts(np.zeros(2, np.int64), np.array([2], np.uint32), np.array([1], np.uint32))


@given(st.lists(st.integers(0, 9) | st.integers(0, 2**32 - 1)))
def test_a_stable_order_keeps_equal_ones_as_they_were(ids: list[int]) -> None:
    found = stable_order(np.array(ids, np.uint32))
    assert found.tolist() == sorted(range(len(ids)), key=ids.__getitem__)
