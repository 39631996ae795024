"""Tokens are sorted by term by the kernel as by a stable sort, batch after batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.inversion import sorted_by_term
from index.kernels import kernel

inversion = kernel("inversion")
pytestmark = pytest.mark.skipif(inversion is None, reason="the kernels are not in use")

IDS = st.integers(0, 9) | st.integers(0, 70_000)
BATCHES = st.lists(st.lists(st.lists(IDS, max_size=9), max_size=5), max_size=4)


@given(BATCHES)
def test_it_is_as_by_a_stable_sort(batches: list[list[list[int]]]) -> None:
    sorter = inversion.Sorter()
    for documents in batches:
        ids = np.array([term for document in documents for term in document], np.uint32)
        counts = np.array([len(document) for document in documents], np.int64)
        if not len(ids):
            assert [len(one) for one in sorter.sort(ids, counts)] == [0] * 6
            continue
        for found, expected in zip(
            sorter.sort(ids, counts), sorted_by_term(ids, counts), strict=True
        ):
            assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("counts", [[1], [3], [3, -1], [], [2**62, 2**62]])
def test_counts_that_do_not_add_up_are_told(counts: list[int]) -> None:
    sorter = inversion.Sorter()
    with pytest.raises(ValueError, match="do not add up"):
        sorter.sort(np.zeros(2, np.uint32), np.array(counts, np.int64))
    assert sorter.sort(np.zeros(2, np.uint32), np.array([2]))[2].tolist() == [2]
