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


_MANY = 420_000
"""Documents of seven chunks; of a long segment runs note only where the first few begin."""


@settings(max_examples=15, deadline=None)
@given(
    st.lists(_SHARES, min_size=1, max_size=3),
    st.integers(0, 2**32 - 1),
    st.sampled_from(((), (70_000,), (300_000, 365_536))),
    st.booleans(),
    st.sampled_from((1, 10, _MANY)),
)
def test_of_long_segments_each_chunk_has_its_own_postings(
    shares: list[float], seed: int, cuts: tuple[int, ...], strict: bool, count: int
) -> None:
    chance = np.random.default_rng(seed)
    having = [chance.random(_MANY) < share for share in shares]
    for one in having:
        # At the borders of chunks, too, and of some chunks nothing.
        one[(np.arange(7) << 16)[chance.random(7) < 0.5]] = True
        one[(np.arange(1, 7) << 16)[chance.random(6) < 0.5] - 1] = True
        one[65_536 * chance.integers(6) :][: chance.integers(140_000)] = False
        one[0] = True
    gains = [one * chance.integers(1, 40, _MANY) for one in having]
    words = [{at: int(gain[at]) for at in gain.nonzero()[0].tolist()} for gain in gains]
    scorer, made = made_of(words, cuts, counted=bool(seed % 2), size=_MANY)
    every, some = np.logical_and.reduce(having), np.logical_or.reduce(having)
    sums = np.add.reduce(gains) / 4
    for _ in range(2):  # the second time it is known how many documents have each word
        total, partial, documents, scores, complete = scorer.search(
            made, () if strict else made, (), count, complete_first=False, every=0
        )
        matching = every if strict else some
        assert total == every.sum()
        assert strict or partial == some.sum() - every.sum()
        least = np.sort(sums[matching])[-count:][:1]
        expected = (matching & (sums >= least)).nonzero()[0] if len(least) else least
        assert set(expected.tolist()) <= set(documents.tolist())
        assert scores.tolist() == sums[documents].tolist()
        assert complete.tolist() == every[documents].tolist()
