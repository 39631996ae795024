"""Letters in another dress are read as plain ones, wherever they come from."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.dressed import typed_place, undressed
from search.query.parse import parse


def test_plain_letters_stand_for_those_in_another_dress() -> None:
    assert undressed("ﬁnal ﬄ ２０２５ ｋｏｍｐａｓ 𝗕𝗮𝗻𝗷𝗶𝗿 𝟛") == "final ffl 2025 kompas Banjir 3"


def test_what_is_no_letter_and_what_is_dressed_otherwise_stays() -> None:
    assert undressed("m² ½ \U0001d6c1 ① Ødegaard") == "m² ½ \U0001d6c1 ① Ødegaard"


@given(st.text(st.sampled_from("aZ09 "), max_size=20))
def test_a_query_in_the_letters_of_mathematics_is_the_query(text: str) -> None:
    bold = {
        unicodedata.normalize("NFKC", chr(one)): chr(one)
        for one in (*range(0x1D400, 0x1D434), *range(0x1D7CE, 0x1D7D8))
    }
    assert parse("".join(bold.get(letter, letter) for letter in text)).root == parse(text).root


@given(st.text(st.sampled_from("aﬁﬃ２𝗕½ "), max_size=12), st.integers(0, 40))
def test_a_place_in_plain_letters_is_that_of_the_letter_they_are_of(text: str, place: int) -> None:
    at = typed_place(text, place)
    before = undressed(text[:at])
    assert len(before) <= place or at == len(text)
    assert at == len(text) or place < len(before) + len(undressed(text[at]))
