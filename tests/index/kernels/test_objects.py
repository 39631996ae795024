"""Values' attributes as dictionaries, compiled and value by value."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

_compiled = kernel("objects")

NAMES = ("a", "b", "c")
NONE = (None,) * 3
ALL = (False,) * 3


@given(
    st.lists(st.tuples(*[st.text(max_size=3)] * 3), max_size=5),
    st.tuples(*[st.booleans()] * 3),
)
def test_a_member_is_an_attribute_or_stands_in_its_column(
    rows: list[tuple[str, ...]], in_columns: tuple[bool, ...]
) -> None:
    if _compiled is None:
        return
    values = [SimpleNamespace(**dict(zip("xyz", row, strict=True))) for row in rows]
    columns = [
        [row[place].upper() for row in rows] if there else None
        for place, there in enumerate(in_columns)
    ]
    expected = [
        {
            name: one.upper() if there else one
            for name, one, there in zip(NAMES, row, in_columns, strict=True)
        }
        for row in rows
    ]
    found: list[dict[str, Any]] = _compiled.objects(
        values, NAMES, ("x", "y", "z"), NONE, ALL, columns
    )
    assert found == expected
    assert [list(one) for one in found] == [list(NAMES)] * len(rows)


@pytest.mark.skipif(_compiled is None, reason="the kernel is not in use")
@given(
    st.lists(st.dictionaries(st.sampled_from("kl"), st.text(max_size=1))),
    st.tuples(*[st.booleans()] * 3),
    st.sampled_from([dict, MappingProxyType]),
)
def test_entries_of_mappings_are_members_and_what_is_empty_may_be_left_out(
    rows: list[dict[str, str]], omitted: tuple[bool, ...], kind: Callable[[Any], Any]
) -> None:
    values = [SimpleNamespace(x=kind(row), y="y") for row in rows]
    made = _compiled.objects(values, NAMES, ("x", "x", "y"), ("k", "l", None), omitted, [None] * 3)
    every = [{"a": row.get("k"), "b": row.get("l"), "c": "y"} for row in rows]
    may_lack = dict(zip(NAMES, omitted, strict=True))
    assert made == [
        {name: one for name, one in row.items() if one or not may_lack[name]} for row in every
    ]


@pytest.mark.skipif(_compiled is None, reason="the kernel is not in use")
@pytest.mark.parametrize(
    ("names", "attributes", "columns", "error"),
    [
        (("a",), ("x", "y"), [None], ValueError),
        (("a",), ("x",), [None, None], ValueError),
        (("a",), ("x",), [[]], ValueError),
        (("a",), ("x",), [[1, 2]], ValueError),
        (("a",), ("y",), [None], AttributeError),
    ],
    ids=["attributes", "columns", "short column", "long column", "no attribute"],
)
def test_what_does_not_fit_is_refused(
    names: tuple[str, ...], attributes: tuple[str, ...], columns: list[Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _compiled.objects([SimpleNamespace(x=1)], names, attributes, (None,), (False,), columns)


@pytest.mark.skipif(_compiled is None, reason="the kernel is not in use")
def test_as_many_keys_as_names_are_needed() -> None:
    for keys, omitted in (((), (False,)), ((None,), ())):
        with pytest.raises(ValueError, match="keys"):
            _compiled.objects([SimpleNamespace(x=1)], ("a",), ("x",), keys, omitted, [None])
