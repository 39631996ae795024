"""Joined terms are those of a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.joined import joined


@given(st.lists(st.binary(max_size=5)))
def test_terms_are_those_of_a_list(terms: list[bytes]) -> None:
    found = joined(terms)
    assert len(found) == len(terms)
    assert [*found] == terms
    assert found.text.tobytes() == b"".join(terms)
