"""What is kept never takes more than its limit, and what is asked for outlives what is not."""

from __future__ import annotations

import gc
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.local.plain.memo import PythonMemo

if TYPE_CHECKING:
    from index.kernels.memos import Memo

COMPILED: type[Memo[Any, Any]] | None = None if kernel("memos") is None else kernel("memos").Memo
MEMOS: list[type[PythonMemo[Any, Any] | Memo[Any, Any]]] = [PythonMemo]
if COMPILED is not None:
    MEMOS.append(COMPILED)

both = pytest.mark.parametrize("memo_of", MEMOS, ids=["python", "kernel"][: len(MEMOS)])


@both
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 60)), max_size=60))
def test_kept_values_stay_below_the_limit(memo_of: Any, puts: list[tuple[int, int]]) -> None:
    memo = memo_of(100)
    sizes: dict[tuple[int, int], int] = {}
    for number, (key, size) in enumerate(puts):
        memo.put((number, key), size, size)
        sizes[number, key] = size
        assert memo.get((number, key)) == (size if size <= 50 else None)
        kept = {one: value for one in sizes if (value := memo.get(one)) is not None}
        assert sum(kept.values()) <= 100
        assert all(sizes[one] == value for one, value in kept.items())


@both
@given(st.lists(st.integers(1, 20), max_size=60))
def test_what_is_asked_for_is_not_forgotten(memo_of: Any, sizes: list[int]) -> None:
    memo = memo_of(100)
    memo.put(-1, "hot", 5)
    for number, size in enumerate(sizes):
        memo.put(number, "cold", size)
        assert memo.get(-1) == "hot"


@both
def test_the_colder_half_goes_first(memo_of: Any) -> None:
    memo = memo_of(100)
    for key in "abcd":
        memo.put(key, 1, 25)
    assert memo.get("a") == 1
    memo.put("e", 1, 25)
    assert memo.several("abcde") == [1, None, None, 1, 1]


@both
def test_keys_are_told_in_the_order_in_which_they_would_stay(memo_of: Any) -> None:
    memo = memo_of(100)
    for key in "abcd":
        memo.put(key, 1, 25)
    memo.get("b")
    assert memo.keys() == ["b", "d", "c", "a"]
    memo.reverse()
    assert memo.keys() == ["b", "a", "c", "d"]


@pytest.mark.skipif(COMPILED is None, reason="the kernels are not in use")
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("put"), st.integers(0, 9), st.integers(0, 40)),
            st.tuples(st.just("get"), st.integers(0, 9)),
            st.tuples(st.just("several"), st.lists(st.integers(0, 9))),
            st.tuples(st.just("reverse")),
        ),
        max_size=80,
    )
)
def test_a_kernel_keeps_and_forgets_the_same(steps: list[tuple[Any, ...]]) -> None:
    assert COMPILED is not None
    memo, witness = COMPILED(60), PythonMemo[int, object](60)
    for at, (step, *asked) in enumerate(steps):
        told = [
            getattr(one, step)(*asked[:1], *([at, asked[1]] if step == "put" else []))
            for one in (memo, witness)
        ]
        assert told[0] == told[1]
        assert memo.keys() == witness.keys()


@pytest.mark.skipif(COMPILED is None, reason="the kernels are not in use")
def test_what_is_put_in_the_midst_of_forgetting_is_no_harm() -> None:
    assert COMPILED is not None
    memo: Any = COMPILED(100)

    class Puts:
        def __del__(self) -> None:
            memo.put("again", Puts if memo.get("again") is None else 1, 1)
            memo.keys()

    class Odd:
        def __hash__(self) -> int:
            return 1

        def __eq__(self, other: object) -> bool:
            memo.reverse()
            memo.put(Odd, Puts(), 50)
            return False

    for number in range(200):
        memo.put(number, Puts(), 1 + number % 50)
        memo.put(Odd(), Puts(), 10)
        memo.get(Odd())
        memo.put("x", Puts(), 50)
    gc.collect()
    memo.put("y", 1, 1)
    assert memo.get("y") == 1


@both
def test_what_is_put_by_what_is_gone_counts(memo_of: Any) -> None:
    memo, keys = memo_of(100), count()

    class Puts:
        def __del__(self) -> None:
            memo.put(next(keys), None, 3)

    for _ in range(50):
        memo.put(next(keys), Puts(), 10)
        sizes = [3 if memo.get(key) is None else 10 for key in [*memo.keys()]]
        assert memo.nbytes == sum(sizes)


@pytest.mark.skipif(COMPILED is None, reason="the kernels are not in use")
def test_other_sizes_and_keys_are_refused() -> None:
    assert COMPILED is not None
    memo: Any = COMPILED(100)
    with pytest.raises(ValueError, match="takes bytes"):
        memo.put("a", 1, -1)
    for key, *more in (("a", 1, "b"), ([], 1, 1), ("a", 1)):
        with pytest.raises(TypeError):
            memo.put(key, *more)
    with pytest.raises(OverflowError):
        memo.put("a", 1, 1 << 70)
    with pytest.raises(TypeError):
        memo.get([])
    memo.put("a", 1, (1 << 63) - 1)
    assert memo.keys() == []
