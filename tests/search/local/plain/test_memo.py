"""What is kept never takes more than its limit, and what is asked for outlives what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.local.plain.memo import Memo


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 60)), max_size=60))
def test_kept_values_stay_below_the_limit(puts: list[tuple[int, int]]) -> None:
    memo: Memo[tuple[int, int], int] = Memo(100)
    sizes: dict[tuple[int, int], int] = {}
    for number, (key, size) in enumerate(puts):
        memo.put((number, key), size, size)
        sizes[number, key] = size
        assert memo.get((number, key)) == (size if size <= 50 else None)
        kept = {one: value for one in sizes if (value := memo.get(one)) is not None}
        assert sum(kept.values()) <= 100
        assert all(sizes[one] == value for one, value in kept.items())


@given(st.lists(st.integers(1, 20), max_size=60))
def test_what_is_asked_for_is_not_forgotten(sizes: list[int]) -> None:
    memo: Memo[int, str] = Memo(100)
    memo.put(-1, "hot", 5)
    for number, size in enumerate(sizes):
        memo.put(number, "cold", size)
        assert memo.get(-1) == "hot"


def test_the_colder_half_goes_first() -> None:
    memo: Memo[str, int] = Memo(100)
    for key in "abcd":
        memo.put(key, 1, 25)
    assert memo.get("a") == 1
    memo.put("e", 1, 25)
    assert [memo.get(key) for key in "abcde"] == [1, None, None, 1, 1]


def test_keys_are_told_in_the_order_in_which_they_would_stay() -> None:
    memo: Memo[str, int] = Memo(100)
    for key in "abcd":
        memo.put(key, 1, 25)
    memo.get("b")
    assert memo.keys() == ["b", "d", "c", "a"]
    memo.reverse()
    assert memo.keys() == ["b", "a", "c", "d"]
