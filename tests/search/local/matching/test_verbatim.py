"""Words are found where they stand as typed by the kernel as by each segment's own arrays."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import Any

import numpy as np
import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.matching.verbatim import runs
from search.local.reading.snapshot import Snapshot
from search.local.scoring.holding import _by_title
from tests.search.local.matching.test_compiled import SHAPES, VOCABULARY, archive

pytestmark = pytest.mark.skipif(kernel("verbatim") is None, reason="the kernels are not in use")

Find = Callable[[Snapshot, tuple[str, ...], Budget], list[list[int]]]


def _in_bodies(snapshot: Snapshot, words: tuple[str, ...], budget: Budget) -> list[list[int]]:
    return [runs(snapshot, "body_exact", words, budget).tolist()]


def _in_titles(snapshot: Snapshot, words: tuple[str, ...], budget: Budget) -> list[list[int]]:
    """Where no title has all of the words, one group of no document at all."""
    groups = _by_title(snapshot, words, budget)
    return [[-1]] if groups is None else [group.tolist() for group in groups]


def _both(shape: tuple[int, ...], *, deleting: bool) -> tuple[Snapshot, Snapshot]:
    """One that has the kernel, and one that has not."""
    one, other = Snapshot(archive(shape, deleting)), Snapshot(archive(shape, deleting))
    other.__dict__["standing"] = lambda field: None if field else field
    assert one.standing("body_exact") is not None
    return one, other


def _some_words(chance: random.Random) -> tuple[str, ...]:
    weights = [2.0**-at for at in range(len(VOCABULARY))]
    count = chance.choice((1, 2, 2, 3, 3, 4, 5, 70))
    words = chance.choices(VOCABULARY, weights, k=count)
    return (*words, "tidakada") if chance.random() < 0.1 else tuple(words)


@pytest.mark.parametrize("find", [_in_bodies, _in_titles], ids=["bodies", "titles"])
@pytest.mark.parametrize("deleting", [False, True], ids=["live", "some deleted"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_both_find_and_count_the_same(
    find: Find, shape: tuple[int, ...], *, deleting: bool
) -> None:
    one, other = _both(shape, deleting=deleting)
    chance = random.Random(str(shape))
    found = 0
    for _ in range(60):
        words = _some_words(chance)
        budgets = Budget(inf), Budget(inf)
        by_kernel = find(one, words, budgets[0])
        assert by_kernel == find(other, words, budgets[1]), words
        assert budgets[0].work == budgets[1].work
        found += sum(map(len, by_kernel))
    assert found or sum(shape) < 40


@pytest.mark.parametrize("find", [_in_bodies, _in_titles], ids=["bodies", "titles"])
@pytest.mark.parametrize(
    "words", [("kataa",), ("kataa", "katab"), ("kataa", "kataa", "katab", "kataa")]
)
def test_what_is_cut_short_is_cut_short_by_both(find: Find, words: tuple[str, ...]) -> None:
    one, other = _both((20, 20, 3, 20), deleting=False)
    whole = Budget(inf)
    find(other, words, whole)
    for most in range(0, whole.work + 2000, 1000):
        budgets = Budget(inf, most), Budget(inf, most)
        assert find(one, words, budgets[0]) == find(other, words, budgets[1])
        assert budgets[0].work == budgets[1].work
        assert budgets[0].partial == budgets[1].partial
    assert not budgets[0].partial


def test_lengths_of_titles_may_be_others_the_next_time() -> None:
    snapshot, _ = _both((30,), deleting=False)
    standing, lengths = snapshot.standing("title_exact"), snapshot.columns.title_lengths

    def titles(lengths: Any) -> list[list[int]]:
        assert standing is not None
        found = standing.titles(("kataa",), lengths, False, 1 << 40)
        assert found is not None
        return [one.tolist() for one in found[0] or ()]

    whole = titles(lengths)
    ones = titles(np.ones_like(lengths))
    assert sum(map(len, ones)) > sum(map(len, whole))
    assert titles(lengths) == whole
    for other in (None, lengths.astype(np.float64)):
        with pytest.raises((TypeError, ValueError)):
            titles(other)


def test_lengths_are_where_their_array_has_them_now() -> None:
    snapshot, _ = _both((30,), deleting=False)
    standing, lengths = snapshot.standing("title_exact"), snapshot.columns.title_lengths.copy()
    assert standing is not None
    assert standing.titles(("kataa",), lengths, False, 1 << 40) is not None
    lengths.resize(3, refcheck=False)
    with pytest.raises(IndexError, match="other documents"):
        standing.titles(("kataa",), lengths, False, 1 << 40)


def test_threads_ask_by_their_own_lengths() -> None:
    snapshot, _ = _both((30,), deleting=False)
    standing, lengths = snapshot.standing("title_exact"), snapshot.columns.title_lengths
    assert standing is not None
    every = [lengths, np.ones_like(lengths)]
    alone = [standing.titles(("kataa",), one, False, 1 << 40) for one in every]
    told = [[one.tolist() for one in found[0] or ()] for found in alone if found]
    assert told[0] != told[1]

    def ask(which: int) -> bool:
        found = standing.titles(("kataa",), every[which], False, 1 << 40)
        return found is not None and [one.tolist() for one in found[0] or ()] == told[which]

    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(ask, [0, 1] * 2000))


def test_what_fits_no_other_is_refused() -> None:
    snapshot, _ = _both((9, 1, 25), deleting=True)
    fields = snapshot.dictionary.lookup("title_exact").fields
    segments = [
        (base, one.size, one.deleted)
        for base, one in zip(snapshot.bases, snapshot.segments, strict=True)
    ]
    make = kernel("verbatim").Standing
    prices = (1, 1, 1, 1)
    with pytest.raises(ValueError, match="one field a segment"):
        make(fields[1:], segments, prices)
    with pytest.raises(ValueError, match="no terms"):
        make(fields, segments, prices).runs((), 9)
    with pytest.raises(TypeError):
        make(fields, segments, prices).runs(None, 9)
    with pytest.raises(IndexError, match="other documents"):
        make(fields, segments, prices).titles(("kataa",), np.zeros(3, np.float32), False, 1 << 40)
    others = [(base, size, np.zeros(size + 1, np.bool_)) for base, size, _ in segments]
    with pytest.raises(IndexError, match="another segment"):
        make(fields, others, prices).runs(("kataa",), 1 << 40)
