"""Articles of clean records, made at once: what does not fit is refused, and crashes nothing."""

from __future__ import annotations

from collections import UserDict
from typing import Any

import pytest

from index.article import Article
from index.fields import FACETS
from index.kernels import kernel
from index.sources import lean
from index.sources.columns.plan import FieldNames
from index.sources.record import Record, assembled, to_article
from index.sources.text.tidiness import TIDINESS

pytestmark = pytest.mark.skipif(kernel("lean") is None, reason="the kernels are not in use")

BODY = "Pemerintah menaikkan harga beras di pasar induk mulai hari ini, kata menteri. " * 3 + "Ya."
VALUES: dict[str, object] = {
    "id": "1",
    "title": "Harga naik",
    "body": BODY,
    "url": "https://kabar.example/1",
    "date": "2023-06-01",
    "source": "Kabar",
}
NONE: tuple[tuple[str, ...], ...] = ((),) * len(FACETS)


class _Text(str):
    __slots__ = ()


def _columns(**other: Any) -> Any:
    plan = FieldNames({}).plan(VALUES)
    named = {name: plan[name] for name in ("body", "title", "url", "origin", "id", "date")}
    facets = tuple([plan[name] for name in FACETS])
    return kernel("lean").Columns(
        lean._rules, plan, **{**named, "facets": facets, "alone": True, **other}
    )


def _rules(**other: Any) -> Any:
    given: dict[str, Any] = {
        "printed": frozenset(),
        "beginnings": frozenset(),
        "is_no_text": lambda _: False,
        "longest_no_text": 60,
        "short_name": lambda value, _: (value, []),
        "longest_name": 100,
        "day": lambda _: None,
        "no_date": ValueError,
        "plain_day": 10,
        "date": lambda *_: None,
        "without_cut": lambda body, _: body,
        "text": lambda *_: BODY,
        "line": lambda *_: "",
        "given_id": lambda *_: "",
        "name": lambda *_: None,
        "dateline": lambda _: None,
        "assembled": lambda *_, **__: None,
        "longest_id": 500,
    }
    positional = other.pop("positional", (TIDINESS, Article, FACETS))
    return kernel("lean").Rules(*positional, **{**given, **other})


def _kind_of(value: object) -> str:
    """A name for a case that is the same in every process: no address, no order of a set."""
    if isinstance(value, dict):
        return ", ".join(value)
    return ascii(value) if type(value) in {str, bytes, bool, float} else type(value).__name__


@pytest.mark.parametrize("values", [VALUES, UserDict(VALUES)], ids=["dict", "another mapping"])
def test_a_clean_record_is_told(values: Any) -> None:
    faults: list[Any] = []
    told = _columns().article(values, faults)
    assert (told, faults) == to_article(Record(VALUES, 1), FieldNames({}))


@pytest.mark.parametrize("key", VALUES)
@pytest.mark.parametrize(
    "value",
    [
        *(
            b"1",
            [],
            {},
            1.5,
            True,
            object(),
            _Text("x"),
            _Text(BODY),
            "\ud800",
            "a\0b",
            "nan",
            " x",
        ),
        *("Judul tidak ditemukan", "2023-13-01", "2023-xx-01", "éééé-éé-éé", "<p>", "\U0010ffff"),
    ],
    ids=_kind_of,
)
def test_of_odd_values_nothing_is_told_or_what_the_whole_road_tells(key: str, value: Any) -> None:
    values = {**VALUES, key: value}
    faults: list[Any] = []
    told = _columns().article(dict(values), faults)
    if told is not None:
        assert (told, faults) == to_article(Record(dict(values), 1), FieldNames({}))


def test_a_record_of_another_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        _columns().article({"isi": BODY}, [])
    for values in (None, 7):
        with pytest.raises(TypeError):
            _columns().article(values, [])


@pytest.mark.parametrize(
    "other",
    [
        *({name: None} for name in ("body", "title", "url", "origin", "id", "date", "facets")),
        *({name: ["a"]} for name in ("body", "title", "url", "origin", "id", "date", "facets")),
        {"facets": (None,) * len(FACETS)},
        {"facets": ("a",) * len(FACETS)},
    ],
    ids=str,
)
def test_columns_that_are_no_keys_are_refused(other: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        _columns(**other).article(VALUES, [])


def test_as_many_facets_as_there_are_have_keys() -> None:
    for facets in ((), NONE[1:], (*NONE, ())):
        with pytest.raises(ValueError, match="each facet"):
            _columns(facets=facets)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"positional": (None, Article, FACETS)}, TypeError),
        ({"positional": (TIDINESS, Record, FACETS)}, TypeError),
        ({"positional": (TIDINESS, Article, FACETS[1:])}, ValueError),
        ({"positional": (TIDINESS, Article, (*FACETS, "x"))}, TypeError),
        ({"positional": (TIDINESS, Article, (*FACETS, *FACETS, "x"))}, ValueError),
        ({"printed": {"nan"}}, TypeError),
        ({"printed": frozenset([7])}, TypeError),
        ({"beginnings": frozenset(["ab"])}, ValueError),
        ({"beginnings": frozenset(["abé"])}, ValueError),
        ({"beginnings": frozenset(map(str, range(100, 200)))}, ValueError),
        ({"plain_day": 7}, ValueError),
        ({"no_date": "x"}, TypeError),
    ],
    ids=_kind_of,
)
def test_rules_that_do_not_fit_are_refused(other: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        _rules(**other)


def test_what_the_rules_raise_or_give_amiss_is_raised() -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError

    values: dict[str, object] = {**VALUES, "source": None}
    for name in ("day", "dateline"):
        rules = _rules(**{name: broken})
        plan = FieldNames({}).plan(values)
        named = {key: plan[key] for key in ("body", "title", "url", "origin", "id", "date")}
        facets = tuple([plan[key] for key in FACETS])
        columns = kernel("lean").Columns(rules, plan, facets=facets, alone=True, **named)
        with pytest.raises(RuntimeError):
            columns.article(values, [])
    rules = _rules(short_name=lambda *_: (None,))
    plan = FieldNames({}).plan(VALUES)
    columns = kernel("lean").Columns(
        rules,
        plan,
        **{key: plan[key] for key in ("body", "title", "url", "origin", "id", "date")},
        facets=tuple([plan[key] for key in FACETS]),
        alone=True,
    )
    with pytest.raises(ValueError, match="unpack"):
        columns.article(VALUES, [])


_ASKED: dict[str, dict[str, object]] = {
    "text": {"body": f"{BODY} \x07"},
    "without_cut": {"body": f"{BODY} [...]"},
    "line": {"title": "Harga\x07"},
    "given_id": {"id": "1\x07"},
    "name": {"source": 7},
    "date": {"date": "1 Juni 2023"},
}
"""Values for which each of these is asked."""


def _asking(name: str, asked: Any) -> Any:
    """What is made of values for which ``asked`` is, and what it told."""
    faults: list[Any] = []
    values = {**VALUES, **_ASKED[name]}
    plan = FieldNames({}).plan(values)
    columns = kernel("lean").Columns(
        _rules(**{"assembled": assembled, name: asked}),
        plan,
        **{key: plan[key] for key in ("body", "title", "url", "origin", "id", "date")},
        facets=tuple([plan[key] for key in FACETS]),
        alone=True,
    )
    return columns.article(values, faults), faults


@pytest.mark.parametrize("name", _ASKED)
def test_who_is_asked_for_a_value_may_raise_and_tell(name: str) -> None:
    def broken(*given: Any) -> Any:
        given[-1].append("told")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        _asking(name, broken)

    def telling(*given: Any) -> Any:
        given[-1].append("told")
        return BODY

    article, faults = _asking(name, telling)
    assert isinstance(article, Article)
    assert faults == ["told"]


@pytest.mark.parametrize("name", ["text", "without_cut", "line", "given_id"])
@pytest.mark.parametrize("value", [7, b"x", [], object(), _Text("x")], ids=_kind_of)
def test_who_is_asked_for_a_text_gives_one(name: str, value: Any) -> None:
    if name == "text" and isinstance(value, str):
        assert _asking(name, lambda *_: value)[0].body == value
        return
    with pytest.raises(TypeError):
        _asking(name, lambda *_: value)


@pytest.mark.parametrize("name", _ASKED)
def test_who_is_asked_may_change_the_record(name: str) -> None:
    def emptying(values: Any, *_: Any) -> Any:
        if isinstance(values, dict):
            values.update(dict.fromkeys(values))
        return BODY

    assert isinstance(_asking(name, emptying)[0], Article)
