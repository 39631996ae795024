"""Tokens are sorted by term by the kernel as by a stable sort, batch after batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

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
        assert_as_by_a_stable_sort(sorter, ids, counts)


@pytest.mark.parametrize(
    ("documents", "tokens", "terms"),
    [
        *((300, 3, 2), (2, 255, 1), (2, 256, 1), (2, 257, 3), (1, 70_000, 1), (70_000, 1, 5)),
        # A document and a position that are 32 bits together need more than a number of 32.
        *((1 << 16, 1 << 15, 7), (1 << 17, 1 << 15, 7)),
    ],
)
def test_numbers_are_as_narrow_as_they_can_be(documents: int, tokens: int, terms: int) -> None:
    counts = np.zeros(documents, np.int64)
    counts[-1] = tokens
    counts[0] = 2
    ids = np.arange(int(counts.sum()), dtype=np.uint32) % np.uint32(terms)
    sorter = inversion.Sorter()
    for _ in range(2):
        assert_as_by_a_stable_sort(sorter, ids, counts)


def test_documents_without_tokens_at_the_end_widen_nothing() -> None:
    counts = np.zeros(100_000, np.int64)
    counts[255] = 4
    assert_as_by_a_stable_sort(inversion.Sorter(), np.array([2, 1, 2, 2], np.uint32), counts)


def assert_as_by_a_stable_sort(
    sorter: Any, ids: NDArray[np.uint32], counts: NDArray[np.int64]
) -> None:
    for found, expected in zip(sorter.sort(ids, counts), sorted_by_term(ids, counts), strict=True):
        assert found.dtype == expected.dtype
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("counts", [[1], [3], [3, -1], [], [2**62, 2**62]])
def test_counts_that_do_not_add_up_are_told(counts: list[int]) -> None:
    sorter = inversion.Sorter()
    with pytest.raises(ValueError, match="do not add up"):
        sorter.sort(np.zeros(2, np.uint32), np.array(counts, np.int64))
    assert sorter.sort(np.zeros(2, np.uint32), np.array([2]))[2].tolist() == [2]
