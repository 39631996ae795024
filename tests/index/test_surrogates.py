"""A text with half of a surrogate pair is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.surrogates import is_text


@given(st.text(st.characters(codec=None)))
def test_what_has_none_of_them_is_a_text(value: str) -> None:
    assert is_text(value) == (not any("\ud800" <= one <= "\udfff" for one in value))


@given(st.text(), st.characters(categories=["Cs"]), st.text())
def test_half_of_a_pair_is_no_text(before: str, half: str, after: str) -> None:
    assert not is_text(before + half + after)
