"""Samples of documents: which they are is said by their texts, how many by how many there are."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.segments.sampling import (
    LEVELS,
    hashes_of,
    level_for,
    levels_of,
    levels_of_hashes,
    sampled,
    thinned,
)
from search.local.reading.snapshot import Snapshot
from tests.conftest import article
from tests.search.local.archives import write_archive

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


@given(st.lists(st.integers(0, 9).map(lambda one: one << 60), max_size=90), st.integers(1, 30))
def test_of_copies_as_many_are_left_as_are_their_share(hashes: list[int], most: int) -> None:
    found = thinned(np.array(hashes, np.uint64), most).tolist()
    assert len(found) == min(most, len(hashes))
    assert found == sorted(set(found))
    left = [hashes[one] for one in found]
    for one in hashes:
        assert abs(left.count(one) - hashes.count(one) * len(left) / len(hashes)) < 1
    other = Random(most).sample(hashes, len(hashes))
    assert sorted(left) == sorted(other[one] for one in thinned(np.array(other, np.uint64), most))


@given(st.integers(0, 2**32 - 1), st.integers(0, 3000), st.integers(0, 63), st.integers(1, 300))
def test_a_sample_is_bounded_though_nearly_all_are_copies(
    seed: int, copies: int, zeros: int, about: int
) -> None:
    random = np.random.default_rng(seed)
    hashes = random.integers(0, 2**64, 500 + copies, np.uint64)
    hashes[500:] = (1 << 63) >> zeros
    random.shuffle(hashes)

    def of(places: NDArray[np.intp]) -> NDArray[np.uint64]:
        return hashes[places]

    found = sampled(levels_of_hashes(hashes), about, of)
    assert min(len(hashes), about) <= 2 * len(found) <= 4 * about


def test_documents_without_hashes_have_levels_as_others(tmp_path: Path) -> None:
    write_archive(tmp_path, [[article(number, "k", "sama") for number in range(600)]], set())
    (segment,) = Snapshot(tmp_path).segments
    assert len(set(hashes_of(segment).tolist())) == 1
    columns = segment.documents.columns
    assert isinstance(columns, dict)
    del columns["text_hash"]
    assert len(set(hashes_of(segment).tolist())) == 600
    assert np.count_nonzero(levels_of(segment) >= 1) == pytest.approx(300, abs=60)
    assert np.count_nonzero(levels_of(segment) >= 3) == pytest.approx(75, abs=35)
