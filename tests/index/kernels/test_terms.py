"""Numbers of chunks become those of their terms as by arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.scanning import spread_by_arrays
from index.kernels import kernel

terms = kernel("terms")
pytestmark = pytest.mark.skipif(terms is None, reason="the kernels are not in use")


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=6),
    st.lists(st.integers(0, 5), max_size=30),
    st.lists(st.integers(0, 30), max_size=6),
    st.lists(st.integers(0, 30), max_size=6),
)
def test_terms_follow_one_another_as_their_chunks_do(
    counts: list[int], chunks: list[int], upto: list[int], begins: list[int]
) -> None:
    first = np.cumsum([0, *counts]).astype(np.int32)
    ids = np.arange(2 * sum(counts), dtype=np.uint32).reshape(-1, 2)
    of = np.array([one % len(counts) for one in chunks], np.int32)
    places = [np.array(sorted(min(one, len(of)) for one in some)) for some in (upto, begins)]
    ours, theirs = ([one.astype(np.int64) for one in places] for _ in range(2))
    found = terms.spread(of, first, ids, *ours)
    expected = spread_by_arrays(of, first, ids, theirs[0], theirs[1])
    assert [one.tolist() for one in found] == [one.tolist() for one in expected]
    assert [one.tolist() for one in ours] == [one.tolist() for one in theirs]
    assert found[0].tolist() == [
        2 * (first[one] + place) for one in of.tolist() for place in range(counts[one])
    ]


@pytest.mark.parametrize("chunk", [-1, 2, 2**31 - 1])
def test_a_chunk_that_is_not_there_is_refused(chunk: int) -> None:
    some, none = np.array([0, 1, 2], np.int32), np.zeros(0, np.int64)
    ids = np.zeros((2, 2), np.uint32)
    with pytest.raises(IndexError, match="no terms"):
        terms.spread(np.array([0, chunk], np.int32), some, ids, none, none)


def test_terms_that_are_no_pairs_are_refused() -> None:
    numbers, none = np.zeros(2, np.int32), np.zeros(0, np.int64)
    with pytest.raises(IndexError, match="stem"):
        terms.spread(numbers, numbers, np.zeros((2, 3), np.uint32), none, none)
