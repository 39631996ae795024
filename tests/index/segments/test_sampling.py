"""Samples of documents: which they are is said by their texts, how many by how many there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.segments.sampling import LEVELS, level_for, levels_of_hashes

_BITS = 53


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 63).map(lambda bit: 1 << bit)))
def test_a_level_is_how_many_zero_bits_a_hash_begins_with(hashes: list[int]) -> None:
    found = levels_of_hashes(np.array(hashes, np.uint64))
    assert found.tolist() == [min(64 - one.bit_length(), _BITS) for one in hashes]


@given(st.integers(0, 2**32 - 1), st.integers(0, 40_000), st.integers(1, 600))
def test_a_sample_has_about_as_many_as_are_asked_for(seed: int, count: int, about: int) -> None:
    hashes = np.random.default_rng(seed).integers(0, 2**64, count, np.uint64)
    levels = levels_of_hashes(hashes)
    level = level_for(np.bincount(levels, minlength=LEVELS).tolist(), about)
    sample = int(np.count_nonzero(levels >= level))
    assert 2 * sample >= min(count, about)
    if count <= about:
        assert level == 0
    elif about > 100:
        assert sample < 3 * about


@given(st.lists(st.integers(0, 9_000), min_size=LEVELS, max_size=LEVELS), st.integers(1, 3000))
def test_there_are_enough_whatever_levels_documents_have(of_levels: list[int], about: int) -> None:
    level = level_for(of_levels, about)
    assert 2 * sum(of_levels[level:]) >= min(sum(of_levels), about)


def test_copies_of_one_text_are_looked_at_where_there_is_nothing_else() -> None:
    assert level_for([10_000] + [0] * 64, 100) == 0
    assert level_for([0, 0, 10_000] + [0] * 62, 100) == 2
