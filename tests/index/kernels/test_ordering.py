"""The first in order are those that sorting all of them puts first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.local.page.order import Ordered, _sorted

ordering = kernel("ordering")
pytestmark = pytest.mark.skipif(ordering is None, reason="the kernels are not in use")

_candidates = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 2.0]), st.integers(-2, 2), st.booleans()), max_size=60
)


@given(_candidates, st.integers(0, 70), st.booleans(), st.none() | st.integers(0, 99))
def test_the_first_in_order(
    candidates: list[tuple[float, int, bool]], count: int, some_lead: bool, seed: int | None
) -> None:
    numbers = None
    if seed is not None:
        numbers = np.random.default_rng(seed).permutation(len(candidates)).astype(np.uint32)
    keys = Ordered(
        np.arange(len(candidates), dtype=np.int32) * 3,
        np.array([one for one, _, _ in candidates], np.float64),
        np.array([two for _, two, _ in candidates], np.int64),
        np.array([leads for *_, leads in candidates], np.bool_) if some_lead else None,
        numbers,
    )
    found = ordering.top(count, keys.documents, keys.first, keys.second, keys.leading, numbers)
    assert found.tolist() == _sorted(keys)[:count].tolist()


def test_keys_of_other_candidates_are_refused() -> None:
    two, three = np.zeros(2, np.int64), np.zeros(3)
    with pytest.raises(ValueError, match="keys"):
        ordering.top(1, np.arange(3, dtype=np.int32), three, two, None)
    documents, dates = np.arange(3, dtype=np.int32), np.zeros(3, np.int64)
    with pytest.raises(ValueError, match="keys"):
        ordering.top(1, documents, three, dates, None, np.zeros(2, np.uint32))
