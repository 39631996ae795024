"""Names without what is not the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.text.facets import tidy


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Oleh: Rina Tan", "Rina Tan"),
        ("oleh Rina Tan", "Rina Tan"),
        ("PENULIS : Rina Tan", "Rina Tan"),
        ("By Rina Tan", "Rina Tan"),
        ("Ditulis oleh: rina", "rina"),
        ("By the sea", "By the sea"),
        ("Olehsari Dewi", "Olehsari Dewi"),
        ("Penulis Rina", "Penulis Rina"),
        ("Oleh:", "Oleh:"),
        ("Rina Tan", "Rina Tan"),
        ("Rina Tan , Budi", "Rina Tan, Budi"),
    ],
)
def test_an_author_goes_without_the_word_for_one(written: str, name: str) -> None:
    assert tidy(written, "author") == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("https://www.contoh.id/", "contoh.id"),
        ("HTTP://Contoh.ID:80/kanal?a=b", "contoh.id"),
        ("https://rina@contoh.id", "contoh.id"),
        ("www.contoh.co.id", "contoh.co.id"),
        ("Contoh.com", "Contoh.com"),
        ("Harian Contoh", "Harian Contoh"),
        ("www.", "www."),
    ],
)
def test_a_source_goes_without_what_makes_it_an_address(written: str, name: str) -> None:
    assert tidy(written, "source") == name


@given(st.text(max_size=60), st.sampled_from(["author", "source", "category", "place"]))
def test_a_name_is_never_lost(name: str, field: str) -> None:
    tidied = tidy(name, field)
    assert bool(tidied) == bool(name)
    if field in {"category", "place"}:
        assert tidied is name
