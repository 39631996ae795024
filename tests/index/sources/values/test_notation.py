"""Values written down almost as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.values.notation import NotNotation, printed_value, read_value, unescaped


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("['a', \"b'c\"]", ["a", "b'c"]),
        ("('a', 'b',)", ["a", "b"]),
        ("{'a', 'b'}", ["a", "b"]),
        ("{judul: 'a', // kata\n isi: `b`, /* dua */}", {"judul": "a", "isi": "b"}),
        (
            "{'a': None, 'b': True, 'c': NaN, 'd': -1.5e3}",
            {"a": None, "b": True, "c": None, "d": -1500.0},
        ),
        ("array(['a', 'b'], dtype=object)", ["a", "b"]),
        ("array(['a'\n 'b'], dtype='<U1')", ["a", "b"]),
        ("{'t': ISODate(\"2023-06-01\")}", {"t": "2023-06-01"}),
        ("{'t': new Date(1685588400000)}", {"t": {"$date": 1685588400000}}),
        ("{'t': datetime.datetime(2023, 6, 1, 10, 0)}", {"t": "2023-06-01T10:00:00"}),
        ("[OrderedDict([('a', 'b')])]", [{"a": "b"}]),
        ("[NumberLong('5'), ObjectId('x')]", [5, "x"]),
        ("{'a': 'satu '\n      'dua'}", {"a": "satu dua"}),
        (r"[u'caf\xe9 \ud83d\ude00', r'\n']", ["café 😀", r"\n"]),
    ],
)
def test_what_programs_print_is_read(text: str, value: object) -> None:
    assert printed_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("[FOTO] Banjir", "[FOTO]", "['a'", "['a' 'b' c]", "{a}", "{'a': 1 'b': 2}", "('Kompas')"),
        *("[new]", "[new 'a']", "[eval('a')]", "{'a': {[]: 1}}", "['a'] dan ['b']", "[1.2.3]", ""),
    ],
)
def test_what_is_only_text_in_brackets_is_none(text: str) -> None:
    assert printed_value(text) is None


def test_an_end_that_comes_too_early_is_told_from_what_is_wrong() -> None:
    for text, cut in (("['a', 'b", True), ("{'a': ", True), ("{'a' = 1}", False), ("[?]", False)):
        with pytest.raises(NotNotation) as caught:
            read_value(text)
        assert caught.value.cut is cut


def test_reading_ends_where_the_value_does() -> None:
    assert read_value("x = ['a'], 5", 4) == (["a"], 9)


def test_an_escape_that_is_not_known_stays() -> None:
    assert unescaped(r"a\tb\q\u12") == "a\tb\\q\\u12"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=9,
)


@given(st.lists(VALUES, max_size=4))
def test_what_python_and_json_print_comes_back(values: list[Any]) -> None:
    for text in (repr(values), json.dumps(values), json.dumps(values, ensure_ascii=False)):
        value, end = read_value(text)
        assert (value, end) == (_with_texts(values), len(text))


def _with_texts(value: object) -> object:
    """Infinity is no number of JSON."""
    if isinstance(value, list):
        return [_with_texts(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_texts(item) for key, item in value.items()}
    return None if value in (float("inf"), float("-inf")) else value


@given(st.text("[]{}()'\",:\\ \nnewu1adtra", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(printed_value(text), (list, dict, type(None)))
