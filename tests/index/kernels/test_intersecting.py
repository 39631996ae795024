"""Which documents have all words: of words as common as half of all and as rare as a few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.kernels import kernel
from tests.index.kernels.words import CUTS, SIZE, made_of

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

_SHARES = st.sampled_from((0.6, 0.2, 0.05, 0.02, 0.001, 0.0001))


@settings(max_examples=40)
@given(
    st.lists(_SHARES, min_size=2, max_size=5),
    st.lists(_SHARES, max_size=1),
    st.integers(0, 2**32 - 1),
    st.booleans(),
    st.integers(1, 20),
)
def test_documents_with_all_words_are_those_of_sets(
    shares: list[float], more: list[float], seed: int, masked: bool, count: int
) -> None:
    chance = np.random.default_rng(seed)
    having = [chance.random(SIZE) < share for share in (*shares, *more)]
    for one in having:
        one[chance.integers(SIZE)] = True
    words = [
        {document: document % 37 + 1 for document in one.nonzero()[0].tolist()} for one in having
    ]
    scorer, made = made_of(words)
    musts, mays = made[: len(shares)], made[len(shares) :]
    mask = chance.random(SIZE) < 0.7 if masked else None
    every = np.logical_and.reduce(having[: len(shares)])
    expected = (every if mask is None else every & mask).nonzero()[0].tolist()
    scores = {one: sum(word.get(one, 0) for word in words) / 4 for one in expected}
    total, partial, documents, found, complete = scorer.search(
        musts, (), mays, SIZE, complete_first=True, every=2, mask=mask
    )
    assert (total, partial) == (len(expected), 0)
    assert documents.tolist() == expected
    assert dict(zip(documents.tolist(), found.tolist(), strict=True)) == scores
    assert complete.all()
    best = sorted(scores.values(), reverse=True)[:count]
    total, _, documents, found, complete = scorer.search(
        musts, (), mays, count, complete_first=True, every=0, mask=mask
    )
    assert total == len(expected)
    assert {one for one in expected if best and scores[one] >= best[-1]} <= set(documents.tolist())
    assert found.tolist() == [scores[one] for one in documents.tolist()]
    assert complete.all()


@settings(max_examples=40)
@given(
    st.lists(_SHARES, min_size=2, max_size=4),
    st.integers(0, 2**32 - 1),
    CUTS,
    st.booleans(),
    st.integers(1, 20),
)
def test_what_has_only_some_words_is_counted_where_what_has_all_is_enough(
    shares: list[float], seed: int, cuts: tuple[int, ...], masked: bool, count: int
) -> None:
    chance = np.random.default_rng(seed)
    having = [chance.random(SIZE) < share for share in shares]
    for one in having:
        one[0] = True
    words = [dict.fromkeys(one.nonzero()[0].tolist(), 4) for one in having]
    scorer, made = made_of(words, cuts, counted=False)
    mask = chance.random(SIZE) < 0.7 if masked else np.ones(SIZE, np.bool_)
    every = np.logical_and.reduce(having) & mask
    some = np.logical_or.reduce(having) & mask
    total, partial, documents, _, complete = scorer.search(
        made, made, (), count, complete_first=True, every=0, mask=mask if masked else None
    )
    assert (total, partial) == (every.sum(), some.sum() - every.sum())
    assert some[documents].all()
    assert complete.tolist() == every[documents].tolist()
    assert [one.documents for one in made] == [one.sum() for one in having]
