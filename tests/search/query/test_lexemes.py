"""Words alone are told without the pattern of all lexemes, and are those that it tells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.lexeme import Kind
from search.query.lexemes import _Scan, _with_operators, is_plain, lexemes
from tests.conftest import examples

WORDS = st.sampled_from(
    [
        *("near", "NEAR", "dekat", "adj5", "ATLEAST", "TIDAK", "tidak", "and", "OR", "Not", "dan"),
        *("XOR", "ONEAR", "W", "w5", "PSSI", "5", "2017", "3d", "TO", "to", "judul", "Jakarta"),
        *("banjir", "SENTENCE", "bukan", "BUKAN", "before", "WITHIN", "within", "DEKAT", "A", "a"),
    ]
)


@settings(max_examples=examples(400))
@given(st.lists(WORDS, max_size=6).map(" ".join), st.sampled_from(["", " "]))
def test_words_alone_are_read_as_the_pattern_reads_them(text: str, beside: str) -> None:
    text = f"{beside}{text}{beside}"
    found, notes = lexemes(text)
    scan = _Scan(text)
    read = _with_operators(text, scan.found, scan.notes)
    assert found == read
    assert notes == scan.notes


@settings(max_examples=examples(200))
@given(WORDS, WORDS)
def test_a_word_is_plain_where_it_is_one_before_any_other(word: str, behind: str) -> None:
    if is_plain(word):
        assert lexemes(f"{word} {behind}")[0][0].text == word
        assert lexemes(f"{word} 1")[0][0].kind is Kind.WORD


@pytest.mark.parametrize(
    "query", ["banjir w\u0131thin/5 kota", "banjir w/\u017f kota", "\u017fumber:antara"]
)
def test_operators_and_fields_are_of_plain_letters(query: str) -> None:
    found, _ = lexemes(query)
    assert {one.kind for one in found}.isdisjoint({Kind.NEAR, Kind.FIELD})


def test_full_width_letters_are_plain_ones() -> None:
    found, _ = lexemes("banjir \uff37\uff29\uff34\uff28\uff29\uff2e/5 kota")
    assert Kind.NEAR in {one.kind for one in found}
