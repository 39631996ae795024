"""Joined terms are a sequence as a list of them is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segments.joined import JoinedTerms


@given(st.lists(st.binary(max_size=5)), st.slices(6))
def test_terms_are_those_of_a_list(terms: list[bytes], some: slice) -> None:
    text = np.frombuffer(b"".join(terms), np.uint8)
    joined = JoinedTerms(text, np.array([*map(len, terms)], np.int64))
    assert len(joined) == len(terms)
    assert [*joined] == terms
    assert joined[some] == terms[some]
    for at in (len(terms), -len(terms) - 1):
        with pytest.raises(IndexError):
            joined[at]
