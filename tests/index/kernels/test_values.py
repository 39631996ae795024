"""Values, days and periods are counted as arrays of all of them tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import sleep

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

values = kernel("values")
pytestmark = pytest.mark.skipif(values is None, reason="the kernels are not in use")

COLUMNS = st.lists(st.integers(0, 12), max_size=60)


TEXTS = tuple("abcdefghijklm")


@given(COLUMNS, st.data(), st.integers(-1, 15), st.integers(-1, 15))
def test_the_commonest_come_first_then_by_their_numbers(
    ordinals: list[int], data: st.DataObject, begin: int, stop: int
) -> None:
    column = np.array(ordinals, np.int32)
    some = st.sets(st.integers(0, len(ordinals) - 1)) if ordinals else st.just(set[int]())
    documents = np.array(sorted(data.draw(some)), np.int32)
    counts = np.bincount(column[documents], minlength=13)
    counts[0] = 0
    used = counts.nonzero()[0]
    expected = used[np.argsort(-counts[used], kind="stable")][max(begin, 0) : max(stop, 0)]
    texts, numbers, there = values.commonest(column, TEXTS, documents, begin, stop)
    assert texts == [TEXTS[ordinal] for ordinal in expected]
    assert numbers == counts[expected].tolist()
    assert there == len(used)


@given(st.integers(0, 2**32), st.integers(0, 90), st.integers(1, 150))
def test_of_many_values_the_commonest_come_first(seed: int, stop: int, known: int) -> None:
    column = np.random.default_rng(seed).integers(0, known, 400).astype(np.int32)
    texts = tuple(str(number) for number in range(known))
    counts = np.bincount(column, minlength=known)
    counts[0] = 0
    used = counts.nonzero()[0]
    expected = used[np.argsort(-counts[used], kind="stable")][:stop]
    found = values.commonest(column, texts, np.arange(400, dtype=np.int32), 0, stop)
    assert found == ([texts[one] for one in expected], counts[expected].tolist(), len(used))


@given(
    st.lists(st.integers(-1, 40) | st.integers(-1, 3_652_058), max_size=40),
    st.data(),
    st.sets(st.integers(0, 45), max_size=9),
    st.integers(-1, 9),
    st.integers(-1, 9),
)
def test_days_and_periods_are_counted(
    every: list[int], data: st.DataObject, beginning: set[int], begin: int, stop: int
) -> None:
    column = np.array(every, np.int32)
    some = st.sets(st.integers(0, len(every) - 1)) if every else st.just(set[int]())
    documents = np.array(sorted(data.draw(some)), np.int32)
    days, before, undated = values.by_day(column, documents)
    known = [day for day in column[documents].tolist() if day >= 0]
    assert days.tolist() == sorted(set(known))
    assert before.tolist() == [*(sum(one < day for one in known) for day in days), len(known)]
    assert undated == len(documents) - len(known)

    starts = sorted(beginning)
    ends = [*starts[1:], 1 << 40]
    counts = [
        sum(start <= day < end for day in known) for start, end in zip(starts, ends, strict=False)
    ]
    names = ("", *map(str, starts))
    expected = [(str(one), count) for one, count in zip(starts, counts, strict=True) if count]
    shown = expected[::-1][max(begin, 0) : max(stop, 0)]
    texts, numbers, there = values.periods(
        np.array(starts, np.int64), days, before, names, begin, stop
    )
    assert list(zip(texts, numbers, strict=True)) == shown
    assert there == len(expected)


@pytest.mark.parametrize(
    ("ordinals", "document"),
    [([1, 2], 2), ([1, 2], -1), ([1, 3], 1), ([1, -1], 1), ([], 0)],
    ids=["no such document", "one before all", "no such value", "one below 0", "nothing at all"],
)
def test_what_is_none_is_an_index_error(ordinals: list[int], document: int) -> None:
    column, documents = np.array(ordinals, np.int32), np.array([document], np.int32)
    with pytest.raises(IndexError):
        values.commonest(column, ("", "a", "b"), documents, 0, 5)


@pytest.mark.parametrize("document", [-1, 2])
def test_the_day_of_no_document_is_an_index_error(document: int) -> None:
    with pytest.raises(IndexError):
        values.by_day(np.array([1, 2], np.int32), np.array([document], np.int32))


@pytest.mark.parametrize("day", [3_652_059, 2**31 - 1])
def test_a_day_behind_the_last_is_an_index_error(day: int) -> None:
    with pytest.raises(IndexError, match="day"):
        values.by_day(np.array([0, day], np.int32), np.array([0, 1], np.int32))


@pytest.mark.parametrize("harm", [2**30, -1])
def test_documents_that_change_while_they_are_counted_are_an_index_error(harm: int) -> None:
    days, documents = np.zeros(10, np.int32), np.zeros(4_000_000, np.int32)

    def write(delay: float) -> None:
        sleep(delay)
        documents[-100_000:] = harm

    for delay in np.linspace(0, 0.01, 12).tolist():
        documents[:] = 0
        with ThreadPoolExecutor(1) as threads:
            writing = threads.submit(write, delay)
            with suppress(IndexError):
                assert values.by_day(days, documents)[1].tolist() == [0, len(documents)]
            writing.result()


@pytest.mark.parametrize(("counts", "names"), [(2, 1), (2, 3), (3, 2), (1, 2)])
def test_periods_that_fit_no_days_are_an_index_error(counts: int, names: int) -> None:
    days = np.array([1], np.int64)
    with pytest.raises(IndexError):
        values.periods(days, days, np.zeros(counts, np.int64), ("",) * names, 0, 5)
