"""Candidates that words do not tell apart have the score of the best of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.local.scoring.features import _alike
from tests.index.kernels.words import scorer_of

pytestmark = pytest.mark.skipif(kernel("candidates") is None, reason="the kernels are not in use")

SIZE = 40
_gives = st.lists(st.sampled_from([0.0, 1.0, 1.005, 1.02, 3.0]), min_size=SIZE, max_size=SIZE)


@given(
    words=st.lists(_gives, max_size=3),
    scores=st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.5]), min_size=SIZE, max_size=SIZE),
    chosen=st.sets(st.integers(0, SIZE - 1), min_size=1),
)
def test_those_that_are_alike_are_lifted_to_the_best(
    words: list[list[float]], scores: list[float], chosen: set[int]
) -> None:
    scorer = scorer_of("body", None, SIZE)
    every = np.arange(SIZE, dtype=np.int32)
    made = tuple(
        scorer.row(every[np.array(gives) > 0], np.array(gives)[np.array(gives) > 0])
        for gives in words
    )
    sought = kernel("candidates").Sought(scorer, [None], (), 1.0)
    places = np.array(sorted(chosen))
    rows, then = sought.raised(every, np.array(scores), places, made, 0.01)
    before = np.array(scores)[places]
    expected = before
    if words:
        alike = _alike([np.array(gives)[places] for gives in words], 0.01)
        expected = np.where(alike, before, 0.0).max(axis=1)
    assert then[places].tolist() == expected.tolist()
    assert rows[0].tolist() == (expected - before).tolist()
    others = np.setdiff1d(every, places)
    assert then[others].tolist() == np.array(scores)[others].tolist()


def test_pairs_that_were_not_found_are_refused() -> None:
    kind, scorer = kernel("candidates").Sought, scorer_of("body", None, 9)

    def raised(sought: Any) -> Any:
        return sought.raised(np.arange(3, dtype=np.int32), np.ones(3), np.arange(3), (), 0.0)

    with pytest.raises(TypeError, match="not found"):
        raised(kind.__new__(kind))
    fitting = scorer, [None], (("a", "b", 1, 1.0),), 1.0
    sought = kind(*fitting)
    before = [one.tolist() for one in raised(sought)]
    with pytest.raises(TypeError, match="has its pairs"):
        sought.__init__(*fitting)
    assert [one.tolist() for one in raised(sought)] == before
    for odd in (
        (None, [None], (), 1.0),
        (scorer, None, (), 1.0),
        (scorer, [None, None], (), 1.0),
        (scorer, [None], (("a", "b", -1, 1.0),), 1.0),
        (scorer, [None], (("a", "b", 1),), 1.0),
        (scorer, [None], ((1, "b", 1, 1.0),), 1.0),
    ):
        half = kind.__new__(kind)
        with pytest.raises((TypeError, ValueError)):
            half.__init__(*odd)
        with pytest.raises(TypeError, match="not found"):
            raised(half)
