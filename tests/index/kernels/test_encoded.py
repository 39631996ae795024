"""JSON text that the kernel writes is the text of the dictionaries that it stands for."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.bilingual import Text
from index.kernels import kernel

_compiled = kernel("encoded")
if _compiled is None:
    pytest.skip("the kernel is not in use", allow_module_level=True)

Form, Member = _compiled.Form, _compiled.Member
PLAIN = Form("plain")


def encoded(form: Any, value: object, language: str = "id") -> bytes:
    text: bytes = _compiled.encoded(form, value, language, orjson.dumps)
    return text


@given(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.integers(-10, 10**10)
    | st.floats()
    | st.text()
    | st.text(st.characters(max_codepoint=127), min_size=6)
    | st.lists(st.integers(0, 3))
)
@example("".join(map(chr, range(300))))
@example('a"b\\c\x7f\x1f' * 9)
@example("\u2028é€😀" * 5)
def test_a_value_is_written_as_orjson_does(value: object) -> None:
    assert encoded(PLAIN, value) == orjson.dumps(value)


@given(st.integers(0, 9), st.integers(0, 255))
def test_a_byte_is_escaped_wherever_it_stands_among_others(place: int, code: int) -> None:
    text = "a" * place + chr(code) + "é" + "b" * 9
    assert encoded(PLAIN, text) == orjson.dumps(text)


@pytest.mark.parametrize("value", ["\ud800", 2**64, -(2**63) - 1, {1: 2}, object()])
def test_what_orjson_refuses_is_refused(value: object) -> None:
    with pytest.raises(orjson.JSONEncodeError):
        encoded(PLAIN, value)


def test_an_object_has_its_members_in_their_order() -> None:
    form = Form(
        "object",
        members=[
            Member(b'"b"', "b", PLAIN, None, False),
            Member(b'"x"', "both", PLAIN, "x", False),
            Member(b'"y"', "both", PLAIN, "y", False),
            Member(b'"texts"', "texts", Form("array", inner=Form("translated")), None, False),
            Member(b'"kinds"', "kinds", Form("mapping", inner=PLAIN), None, False),
            Member(b'"none"', "none", Form("text", function=str), None, False),
            Member(b'"day"', "day", Form("text", function=str), None, False),
            Member(b'"left"', "empty", PLAIN, None, True),
        ],
    )
    value = SimpleNamespace(
        b=1,
        both={"x": 2},
        texts=(Text("one", "satu"), Text("two", "dua")),
        kinds={"a": 1, "b": None},
        none=None,
        day=7,
        empty="",
    )
    expected = {
        "b": 1,
        "x": 2,
        "y": None,
        "texts": ["one", "two"],
        "kinds": {"a": 1, "b": None},
        "none": None,
        "day": "7",
    }
    assert encoded(form, value, "en") == orjson.dumps(expected)
    assert b'"texts":["satu","dua"]' in encoded(form, value)
    value.empty = "x"
    assert encoded(form, value, "en") == orjson.dumps(expected | {"left": "x"})


def test_an_object_without_members_and_long_answers_are_written() -> None:
    assert encoded(Form("object"), object()) == b"{}"
    several = ["é" * 5_000] * 40
    assert encoded(Form("array", inner=PLAIN), several) == orjson.dumps(several)


class Harm:
    """What is asked raises, or gives what is no string."""

    @property
    def broken(self) -> str:
        raise KeyError("patah")

    def in_language(self, _: str) -> object:
        return 3.5


def test_what_a_value_raises_is_raised() -> None:
    with pytest.raises(KeyError):
        encoded(Form("object", members=[Member(b'"a"', "broken", PLAIN, None, False)]), Harm())
    with pytest.raises(AttributeError):
        encoded(Form("object", members=[Member(b'"a"', "not_there", PLAIN, None, False)]), Harm())
    with pytest.raises(TypeError):
        encoded(Form("array", inner=PLAIN), 3)
    with pytest.raises(AttributeError):
        encoded(Form("mapping", inner=PLAIN), 3)
    # What stands in the place of a text is written as it is.
    assert encoded(Form("translated"), Harm()) == b"3.5"
    with pytest.raises(TypeError):
        _compiled.encoded(PLAIN, object(), "id", lambda _: "a string")


def test_forms_that_do_not_fit_are_refused() -> None:
    member = Member(b'"a"', "a", PLAIN, None, False)
    Form("object", members=[member, Member(b'"b"', "b", PLAIN, None, False)])
    with pytest.raises(TypeError):
        Form("object", members=[member])
    twice = Member(b'"a"', "a", PLAIN, None, False)
    with pytest.raises(TypeError):
        Form("object", members=[twice, twice])
    with pytest.raises(TypeError):
        Form.__new__(Form)
    for kind in ("array", "mapping", "text"):
        with pytest.raises(TypeError):
            Form(kind)
    with pytest.raises(KeyError):
        Form("other")
    with pytest.raises(TypeError):
        Form("object", members=[None])
    with pytest.raises(TypeError):
        Form("array", inner=3)


def test_members_of_a_form_that_is_refused_may_stand_in_another() -> None:
    placed, free = (Member(b'"a"', "a", PLAIN, None, False) for _ in range(2))
    Form("object", members=[placed])
    for refused in ([placed, free], [free, placed], [free, free], [free, None]):
        with pytest.raises(TypeError):
            Form("object", members=refused)
    form = Form("object", members=[free])
    assert encoded(form, SimpleNamespace(a=1)) == b'{"a":1}'


def test_only_what_is_empty_where_its_text_is_may_be_omitted() -> None:
    for form in (PLAIN, Form("array", inner=PLAIN)):
        holder = Form("object", members=[Member(b'"a"', "a", form, None, True)])
        assert encoded(holder, SimpleNamespace(a=())) == b"{}"
    for form in (
        Form("object"),
        Form("mapping", inner=PLAIN),
        Form("text", function=str),
        Form("translated"),
    ):
        with pytest.raises(TypeError):
            Member(b'"a"', "a", form, None, True)


def test_forms_stand_a_hundred_within_each_other_and_no_more() -> None:
    def in_array(form: Any) -> Any:
        return Form("array", inner=form)

    def in_object(form: Any) -> Any:
        return Form("object", members=[Member(b'"a"', "a", form, None, False)])

    for around in (in_array, in_object):
        form = PLAIN
        for _ in range(99):
            form = around(form)
        with pytest.raises(ValueError, match="too many"):
            around(form)
    value: Any = 1
    form = PLAIN
    for _ in range(99):
        form, value = in_array(form), [value]
    assert encoded(form, value) == orjson.dumps(value)


def test_nothing_is_kept_of_what_was_written() -> None:
    value = ["some text of its own"]
    before = sys.getrefcount(value[0])
    for _ in range(100):
        encoded(Form("array", inner=PLAIN), value)
    after = sys.getrefcount(value[0])
    assert after == before
