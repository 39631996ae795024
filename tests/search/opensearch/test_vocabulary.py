"""The terms of articles that are read from a cluster, numbered as they come."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.opensearch.vocabulary import Terms

_ALIKE = "pertanggungjawab"
"""As many bytes as are compared at first."""


@given(
    st.lists(
        st.text("aké", max_size=3) | st.text("an", max_size=3).map(_ALIKE.__add__),
        min_size=1,
        unique=True,
    ),
)
def test_ids_are_in_the_order_of_their_terms(names: list[str]) -> None:
    terms = Terms()
    terms.add(names)
    ids = np.array([at for at in range(len(names)) if at % 3], np.int64)
    found = [terms.names[one] for one in terms.in_order(ids).tolist()]
    assert found == sorted(terms.names[one] for one in ids.tolist())
