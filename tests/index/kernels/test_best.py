"""The best of the documents that match are those of scoring all of them."""

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
    count=st.integers(1, 12),
    more=WORDS,
    cuts=CUTS,
    complete_first=st.booleans(),
    counted=st.booleans(),
    masked=st.booleans(),
)
def test_the_best_are_those_of_scoring_all(
    words: list[dict[int, int]],
    count: int,
    more: list[dict[int, int]],
    cuts: tuple[int, ...],
    *,
    complete_first: bool,
    counted: bool,
    masked: bool,
) -> None:
    """By states and, of words that nobody counted yet in several chunks, by bits."""
    scorer, made = made_of([*words, *more], cuts, counted=counted)
    musts, mays = made[: len(words)], made[len(words) :]
    mask = np.arange(SIZE) % 3 != 1 if masked else None
    matching = {one for one in set.union(*map(set, words)) if mask is None or mask[one]}
    every = set.intersection(matching, *map(set, words))
    scores = {
        one: sum(word.get(one, 0) for word in (*words, *more)) / 4 for one in sorted(matching)
    }

    def key(one: int) -> tuple[bool, float]:
        return complete_first and one in every, scores[one]

    order = sorted(matching, key=key, reverse=True)
    least = key(order[:count][-1]) if order else None
    expected = [one for one in sorted(matching) if least is not None and key(one) >= least]
    # The first time words are counted.
    for _ in range(2):
        total, partial, documents, found, complete = scorer.search(
            musts, musts, mays, count, complete_first=complete_first, every=0, mask=mask
        )
        assert (total, partial) == (len(every), len(matching) - len(every))
        listed = dict(zip(documents.tolist(), found.tolist(), strict=True))
        assert documents.tolist() == sorted(listed)
        assert set(expected) <= set(listed)
        assert all(scores[one] == score for one, score in listed.items())
        assert complete.tolist() == [one in every for one in documents.tolist()]


@given(
    words=WORDS,
    documents=st.lists(st.one_of(st.integers(0, 12), st.integers(65_530, 65_545)), max_size=9),
    is_told=st.booleans(),
)
def test_what_documents_lack(
    words: list[dict[int, int]], documents: list[int], *, is_told: bool
) -> None:
    scorer, made = made_of(words)
    texts = tuple(map(str, range(len(words))))
    lacking = [
        tuple(text for text, word in zip(texts, words, strict=True) if one not in word)
        for one in documents
    ]
    complete = [is_told and not one for one in lacking]
    assert scorer.lacking(made, texts, documents, complete) == lacking


def test_what_nobody_has_is_refused() -> None:
    scorer, made = made_of([{1: 1}])
    for number in (-1, SIZE):
        with pytest.raises(IndexError, match="document"):
            scorer.lacking(made, ("satu",), [1, number], [True, True])
    with pytest.raises(ValueError, match="text"):
        scorer.lacking(made, (), [1], [False])
    with pytest.raises(ValueError, match="complete"):
        scorer.lacking(made, ("satu",), [1], [])
