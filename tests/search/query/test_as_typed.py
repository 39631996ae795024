"""A tree is typed so that it is read as the same tree: parts of a query can be taken out of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.parse import parse
from search.query.syntax.boolean import AllOf, AnyOf
from search.query.syntax.node import Node
from tests.search.query.rendering import rendered
from tests.search.query.typing_queries import SIGNS, queries


def _binding(root: Node | None) -> list[bool]:
    """Of every node that stands among others, whether it binds."""
    nodes = root.nodes if isinstance(root, AllOf | AnyOf) else ()
    return [node.binds for node in nodes] + [one for node in nodes for one in _binding(node)]


def _is_read_as_typed(text: str) -> None:
    root = parse(text).root
    if root is None:
        return
    again = parse(root.as_typed()).root
    assert again == root, (root.as_typed(), rendered(root), rendered(again))
    assert _binding(again) == _binding(root), (root.as_typed(), rendered(root), rendered(again))


@settings(max_examples=150)
@given(queries())
def test_queries_of_the_grammar(text: str) -> None:
    _is_read_as_typed(text)


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*SIGNS, " ", " ", " "]), max_size=30).map("".join))
def test_signs_in_any_order(text: str) -> None:
    _is_read_as_typed(text)


@pytest.mark.parametrize("word", ["NOTDEKAT", "NOTWITHIN", "NOTNEAR5", "NOTDEKAT12", "PRE5"])
def test_a_word_that_would_be_an_operator_is_typed_as_none(word: str) -> None:
    _is_read_as_typed(f"banjir&&{word}&&warga")


def test_words_between_patterns_are_not_stressed() -> None:
    _is_read_as_typed("*ONEAR/3%/ W/SDAN*")
    _is_read_as_typed("*karta Satu Dua Tiga ban*")


def test_a_word_before_a_number_is_no_operator() -> None:
    _is_read_as_typed("banjir (NEAR) 5 warga")


@pytest.mark.parametrize(
    "text",
    [
        "sumber:kata*||",
        "sumber:kata*|bola*",
        'sumber:"kata * *"',
        'sumber:="kata\t**"',
        "sumber:(kata* , bola*)",
        "sumber:(?kata*\u00ad",
        "penulis:NEAR1,5",
        "site:(near5;DEKAT12)",
        "||\u200bk*ta?\u00ad",
    ],
)
def test_values_of_facets_with_signs(text: str) -> None:
    _is_read_as_typed(text)


_OF_VALUES = st.sampled_from(["sumber:", "site:(", "penulis:=", 'kategori:"', "-place:", "judul:"])


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(_OF_VALUES, st.lists(st.sampled_from([*SIGNS, "|", ";", " "]), max_size=6)),
        max_size=2,
    )
)
def test_values_with_signs_in_any_order(values: list[tuple[str, list[str]]]) -> None:
    _is_read_as_typed(" ".join(name + "".join(signs) for name, signs in values))


@settings(max_examples=100)
@given(st.text(max_size=200) | st.text('ab"()-:*=?~ \u201dORjudulNEAR/5', max_size=60))
def test_any_text(text: str) -> None:
    _is_read_as_typed(text)


@pytest.mark.parametrize(
    "text",
    [
        "intext:Suara DEKAT/8 (bahasa:Ambon()",
        "(loc:=Ambonsampai:9999-12-31) W/S anakSuara,",
        "end:=tsite:elah~2body:gempa NEAR/500 body:gempa",
    ],
)
def test_fields_of_other_engines_within_a_part_of_a_body(text: str) -> None:
    _is_read_as_typed(text)
