"""Two words, how they are spelt in one piece, and what tells that they are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from search.query.rewrite.compound_parts import (
    _token,
    belongs,
    is_in_lexicon,
    is_sliver,
    parts_of,
)


@pytest.mark.parametrize(
    ("first", "second", "forms"),
    [
        ("sepak", "bola", {"sepakbola"}),
        ("jawa", "pos", {"jawapos"}),
        ("covid", "19", {"covid19", "covid-19"}),
        ("anti", "korupsi", {"antikorupsi", "anti-korupsi"}),
        ("e", "mail", {"email", "e-mail"}),
    ],
)
def test_two_words_are_spelt_in_one_piece(first: str, second: str, forms: set[str]) -> None:
    found = parts_of(first, second, analysis())
    assert found is not None
    assert (found.one.surface, found.two.surface) == (first, second)
    assert {form.surface for form in found.forms} == forms


@pytest.mark.parametrize(
    ("first", "second"),
    [("bola", "bola"), ("19", "20"), ("di", "makan"), ("buku", "nya"), ("a b", "c"), ("", "bola")],
)
def test_what_is_one_word_with_an_affix_or_none_is_no_pair(first: str, second: str) -> None:
    assert parts_of(first, second, analysis()) is None


@given(st.text("abenrstu012-.'A\u00e9 ", max_size=8))
def test_a_token_is_told_sooner_than_where_it_stands(text: str) -> None:
    how = analysis()
    found = how.tokens(text)
    expected = found[0] if len(found) == 1 and found[0].end == len(text) else None
    assert _token(text, how) == expected


def test_only_a_form_whose_stem_is_its_own_is_told_by_it() -> None:
    found = parts_of("sub", "tema", analysis())
    assert found is not None
    assert [form.term for form in found.forms] == [("", "subtema"), ("_exact", "sub-tema")]


def test_words_of_the_lexicon_and_slivers_of_them() -> None:
    assert is_in_lexicon("bola")
    assert not is_in_lexicon("xyzzy")
    assert belongs("anti")
    assert belongs("e")
    assert not belongs("bola")
    assert is_sliver("ka", "nada")
    assert not is_sliver("set", "up")
    assert not is_sliver("e", "mail")
    assert is_sliver("e", "ma")
