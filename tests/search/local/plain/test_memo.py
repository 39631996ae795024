"""What is kept never takes more than its limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.local.plain.memo import Memo


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 40)), max_size=60))
def test_kept_values_stay_below_the_limit(puts: list[tuple[int, int]]) -> None:
    memo: Memo[tuple[int, int], int] = Memo(100)
    for number, one in enumerate(puts):
        key, size = one
        memo.put((number, key), size, size)
        assert memo.get((number, key)) == size
        kept = [value for at, (key, _) in enumerate(puts) if (value := memo.get((at, key)))]
        assert sum(kept) <= 100
