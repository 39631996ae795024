"""The commonest values of a facet are those that counting and sorting all of them gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

values = kernel("values")
pytestmark = pytest.mark.skipif(values is None, reason="the kernels are not in use")

COLUMNS = st.lists(st.integers(0, 12), max_size=60)


@given(COLUMNS, st.data(), st.integers(-1, 15))
def test_the_commonest_come_first_then_by_their_numbers(
    ordinals: list[int], data: st.DataObject, most: int
) -> None:
    column = np.array(ordinals, np.int32)
    some = st.sets(st.integers(0, len(ordinals) - 1)) if ordinals else st.just(set[int]())
    documents = np.array(sorted(data.draw(some)), np.int32)
    counts = np.bincount(column[documents], minlength=13)
    counts[0] = 0
    used = counts.nonzero()[0]
    expected = used[np.argsort(-counts[used], kind="stable")][: max(most, 0)]
    found, numbers, there = values.commonest(column, 13, documents, most)
    assert found.tolist() == expected.tolist()
    assert numbers.tolist() == counts[expected].tolist()
    assert there == len(used)


@pytest.mark.parametrize(
    ("ordinals", "document"),
    [([1, 2], 2), ([1, 2], -1), ([1, 3], 1), ([1, -1], 1), ([], 0)],
    ids=["no such document", "one before all", "no such value", "one below 0", "nothing at all"],
)
def test_what_is_none_is_an_index_error(ordinals: list[int], document: int) -> None:
    column, documents = np.array(ordinals, np.int32), np.array([document], np.int32)
    with pytest.raises(IndexError):
        values.commonest(column, 3, documents, 5)
