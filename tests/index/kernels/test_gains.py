"""A word of several ways scores what the best of them does, wherever any of them is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from tests.index.kernels.words import CUTS, SIZE, made_of

pytestmark = pytest.mark.skipif(kernel("gains") is None, reason="the kernels are not in use")

_WAYS = st.lists(
    st.tuples(st.integers(1, 400), st.integers(0, 99), st.sampled_from([500, SIZE])),
    min_size=1,
    max_size=7,
)
"""How many documents each has, by which chance, and below which number they are."""


@given(_WAYS, CUTS)
def test_the_best_of_several_ways_counts(
    ways: list[tuple[int, int, int]], cuts: tuple[int, ...]
) -> None:
    scorer, _ = made_of([], cuts)
    known, best = [], np.zeros(SIZE)
    for count, seed, below in ways:
        chance = np.random.default_rng(seed)
        documents = np.unique(chance.integers(0, below, count)).astype(np.int32)
        scores = chance.integers(1, 40, len(documents)) / 4
        known.append((documents, scores))
        best[documents] = np.maximum(best[documents], scores)
    word = scorer.word((), tuple(known))
    scores, having = scorer.word_scores((word,), np.arange(SIZE, dtype=np.int32))
    assert scores[0].tolist() == best.tolist()
    assert having[0].tolist() == (best > 0).tolist()
