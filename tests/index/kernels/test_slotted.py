"""Objects with slots that are made without a call are those of calls."""

from __future__ import annotations

import copy
import gc
import pickle
from collections import namedtuple
from dataclasses import dataclass, fields, replace
from functools import cmp_to_key
from sys import getrefcount
from types import FunctionType
from typing import Any, Self
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search import making
from search.making import _Called, maker_of
from search.response import Hit, SearchResponse
from tests.index.kernels.looking import looked_at

pytestmark = pytest.mark.skipif(kernel("slotted") is None, reason="the kernels are not in use")


@dataclass(slots=True)
class Some:
    """One of three members."""

    first: Any
    second: Any = 2
    third: Any = 3


NAMES = ("first", "second", "third")


def _maker(*places: int, kind: Any = Some, names: tuple[str, ...] = NAMES) -> Any:
    return kernel("slotted").Maker(kind, names, places)


@given(
    rows=st.lists(st.tuples(st.text(), st.integers()), max_size=5),
    places=st.lists(st.integers(-1, 1), min_size=3, max_size=3),
    data=st.data(),
)
def test_of_rows_and_columns_those_are_made_that_calls_make(
    rows: list[tuple[Any, ...]], places: list[int], data: st.DataObject
) -> None:
    column = st.one_of(
        st.integers(), st.lists(st.floats(0, 1), min_size=len(rows), max_size=len(rows))
    )
    columns = tuple(data.draw(column) for place in places if place < 0)
    made = _maker(*places).of_rows(rows, columns)
    assert made == _Called(Some, tuple(places)).of_rows(rows, columns)
    assert type(made) is tuple


def test_one_is_as_the_class_makes_it() -> None:
    maker = _maker(-1, -1, -1)
    one = maker.one("a", [1], None)
    assert type(one) is Some
    assert one == Some("a", [1], None)
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == replace(one) == one
    one.first = "b"
    assert repr(one) == repr(Some("b", [1], None))
    for few in ((), (1, 2), (1, 2, 3, 4)):
        with pytest.raises(TypeError, match="a value"):
            maker.one(*few)


def test_what_is_made_is_seen_by_who_collects_garbage_and_let_go() -> None:
    held = object()
    before = getrefcount(held)
    maker = _maker(0, -1, -1)
    made = maker.of_rows([(held,)] * 5, (held, [held] * 5))
    assert getrefcount(held) == before + 15
    assert all(gc.is_tracked(one) for one in made)
    made[0].first = made[0]
    del made
    gc.collect()
    assert getrefcount(held) == before


def test_answers_are_made_so() -> None:
    for kind in (Hit, SearchResponse):
        names = [one.name for one in fields(kind)]
        made: Any = maker_of(kind, {}).one(*names)
        assert {name: getattr(made, name) for name in names} == dict(zip(names, names, strict=True))


@pytest.mark.parametrize("road", [_maker, lambda *places: _Called(Some, places)], ids=["", "off"])
def test_what_does_not_fit_is_refused(road: Any) -> None:
    maker = road(1, -1, -1)
    for columns in ((), (1,), (1, 2, 3), ([], 1), ([1, 2], 1)):
        with pytest.raises(ValueError, match="column"):
            maker.of_rows([(1, 2)], columns)
    with pytest.raises(IndexError):
        maker.of_rows([(1,)], (1, 2))
    for odd in ([1], [None], [[1, 2]]):
        with pytest.raises(TypeError):
            maker.of_rows(odd, (1, 2))


def test_each_slot_has_a_place_or_none() -> None:
    with pytest.raises(ValueError, match="place"):
        _maker(-1, -1)


@dataclass(slots=True)
class _More:
    """Counts what it is made with."""

    first: Any

    def __post_init__(self) -> None:
        self.first += 1


@pytest.mark.parametrize("compiled", [None, kernel("slotted")], ids=["off", "on"])
def test_classes_that_do_more_than_to_fill_slots_are_refused(
    compiled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_slotted", compiled)
    with pytest.raises(TypeError, match="more"):
        maker_of(_More, {})


class _Without:
    first = second = third = 1


class _Base:
    __slots__ = ("first",)


class _Derived(_Base):
    __slots__ = ("second", "third")


class _Made:
    __slots__ = NAMES

    def __new__(cls) -> Self:
        return object.__new__(cls)


class _Aliased:
    __slots__ = ("first", "second")


_Aliased.third = _Aliased.second  # type: ignore[attr-defined]


class _Borrowed:
    __slots__ = ("first", "second", "third_")
    third = _Aliased.second  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind",
    [
        *(_Without, _Made, namedtuple("Row", NAMES), int, None, "Some", Some(1)),  # noqa: PYI024
        *(_Aliased, _Borrowed, type({}.keys()), type(cmp_to_key(max)), FunctionType, type),
    ],
    ids=str,
)
def test_only_classes_of_nothing_but_slots_are_taken(kind: Any) -> None:
    with pytest.raises(TypeError):
        _maker(-1, -1, -1, kind=kind)


def test_classes_whose_objects_are_more_than_their_slots_are_refused() -> None:
    kinds: Any = ((type({}.keys()), ()), (type(cmp_to_key(max)), ("obj",)), (_Aliased, NAMES[:1]))
    for kind, names in kinds:
        with pytest.raises(TypeError):
            kernel("slotted").Maker(kind, names, (-1,) * len(names))


def test_slots_of_a_class_and_of_its_base_are_filled() -> None:
    one = _maker(-1, -1, -1, kind=_Derived).one(1, 2, 3)
    assert (one.first, one.second, one.third) == (1, 2, 3)
    with pytest.raises(TypeError):
        kernel("slotted").Maker(_Derived, NAMES[1:], (-1, -1))


def test_slots_are_filled_beside_what_refers_weakly() -> None:
    class Referred:
        __slots__ = ("__weakref__", "first")

    one: Any = kernel("slotted").Maker(Referred, ("first",), (-1,)).one(7)
    assert one.first == 7
    assert ref(one)() is one


@pytest.mark.parametrize(
    "names",
    [
        *(("first", "second", "fourth"), ("first", "second", "__eq__")),
        *(("first", "second", "second"), ("first", "second", "third", "third")),
    ],
)
def test_only_slots_are_filled(names: tuple[str, ...]) -> None:
    with pytest.raises(TypeError):
        _maker(*(-1 for _ in names), names=names)
    with pytest.raises(TypeError):
        _maker(-1, -1, names=names[:2])


def test_nobody_sees_a_tuple_that_is_not_filled() -> None:
    rows = [(number,) for number in range(53)]
    found = looked_at(lambda: _maker(0, -1, -1).of_rows(rows, (2, 3)), 53)
    assert [one.first for one in found] == [*range(53)]
