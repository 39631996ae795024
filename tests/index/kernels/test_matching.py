"""Which documents have all words and which only some, as counting word by word says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from tests.index.kernels.words import CUTS, SIZE, WORDS, made_of

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")


@given(
    words=WORDS,
    cuts=CUTS,
    masked=st.booleans(),
    counted=st.booleans(),
    complete_first=st.booleans(),
)
def test_totals_are_those_of_counting_word_by_word(
    words: list[dict[int, int]],
    cuts: tuple[int, ...],
    *,
    masked: bool,
    counted: bool,
    complete_first: bool,
) -> None:
    scorer, made = made_of(words, cuts, counted=counted)
    mask = np.arange(SIZE) % 3 != 1 if masked else None
    passing = {one for one in range(SIZE) if mask is None or mask[one]}
    every = set.intersection(*map(set, words)) & passing
    some = set.union(*map(set, words)) & passing
    total, partial, documents, _, complete = scorer.search(
        made, made, (), SIZE, complete_first=complete_first, every=2, mask=mask
    )
    assert (total, partial) == (len(every), len(some) - len(every))
    assert documents.tolist() == sorted(some)
    assert documents[complete].tolist() == sorted(every)
    total, partial, documents, _, complete = scorer.search(
        made, (), (), SIZE, complete_first=complete_first, every=2, mask=mask
    )
    assert (total, partial) == (len(every), 0)
    assert documents.tolist() == sorted(every)
    assert complete.all()
