"""What is kept of what lists of hits show is what a memo would keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Facet
from index.kernels import kernel
from search.local.plain.memo import Memo

if TYPE_CHECKING:
    from index.kernels.listed import Shown

pytestmark = pytest.mark.skipif(kernel("shelf") is None, reason="the kernels are not in use")

LIMIT = 1000
EACH = 100


def _shown(letters: int, name: str = "d") -> Shown[Facet]:
    title = "t" * letters
    return name, title, title, None, None, {}, None


def _shelf(limit: int = LIMIT) -> Any:
    return kernel("shelf").Shelf([(None, 0)], limit, EACH)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 100) | st.none()), max_size=80))
def test_what_stays_where_there_is_no_room_is_what_a_memo_keeps(
    steps: list[tuple[int, int | None]],
) -> None:
    shelf = _shelf()
    memo: Memo[int, Shown[Facet]] = Memo(LIMIT)
    for at, (number, letters) in enumerate(steps):
        if letters is None:
            assert _kept(shelf, number) == memo.get(number)
        else:
            made = _shown(letters, str(at))
            shelf.put(number, made)
            memo.put(number, made, EACH + 4 * letters)
    assert [_kept(shelf, number) for number in range(13)] == memo.several(range(13))


def test_many_are_found_again() -> None:
    shelf = _shelf(1 << 20)
    numbers = [place * place for place in range(5000)]
    made = [_shown(1, str(number)) for number in numbers]
    assert shelf.several(numbers, lambda number: _shown(1, str(number))) == made
    again = shelf.several(numbers, _fail)
    assert again == made
    assert shelf.several(numbers[:10], _fail)[3] is again[3]


def test_what_is_too_large_is_not_kept() -> None:
    shelf = _shelf()
    assert shelf.several([1], lambda _: _shown(500)) == [_shown(500)]
    assert shelf.several([1], lambda _: _shown(1)) == [_shown(1)]
    assert shelf.several([1], _fail) == [_shown(1)]


def test_what_puts_while_it_is_asked_for_more_disturbs_nothing() -> None:
    shelf = _shelf(10_000)

    def nested(number: int) -> Shown[Facet]:
        if number < 50:
            shelf.several([number + 1], nested)
        return _shown(1, str(number))

    numbers = list(range(60))
    found = shelf.several(numbers, nested)
    assert [name for name, *_ in found] == [str(number) for number in numbers]


def test_only_documents_are_shown() -> None:
    shelf = _shelf()
    with pytest.raises(IndexError, match="document"):
        shelf.several([-1], _fail)
    with pytest.raises(TypeError):
        shelf.several(["1"], _fail)
    with pytest.raises(TypeError):
        shelf.several([1], lambda _: None)
    for few in ((), ("a",), ("a", "b"), (*_shown(1), 1)):
        with pytest.raises(ValueError, match="seven"):
            shelf.put(1, few)
    with pytest.raises(TypeError):
        kernel("shelf").Shelf([("segment", 0)], LIMIT, EACH)


def test_segments_that_are_no_tuples_are_taken_as_they_are_then() -> None:
    segment: list[Any] = [None, 0]
    shelf = kernel("shelf").Shelf([segment], LIMIT, EACH)
    segment[:] = ["segment"]
    assert shelf.several([1], lambda _: _shown(1)) == [_shown(1)]
    for odd in ([None], [None, "a"], [None, 0, 1]):
        with pytest.raises((TypeError, ValueError)):
            kernel("shelf").Shelf([odd], LIMIT, EACH)


def _kept(shelf: Any, number: int) -> Shown[Facet] | None:
    try:
        found: Shown[Facet] = shelf.several([number], _fail)[0]
    except LookupError:
        return None
    return found


def _fail(number: int) -> Any:
    raise LookupError(f"{number} is not kept")
