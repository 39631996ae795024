"""The paired randomisation test, beside the same by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.significance import p_value

_TENTHS = st.integers(-10, 10).map(lambda tenths: tenths / 10)


def enumerated(differences: list[float]) -> float:
    """p by trying all signs."""
    observed = abs(sum(differences))
    sums = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        for signs in product((-1, 1), repeat=len(differences))
    ]
    return sum(one >= observed - 1e-9 for one in sums) / len(sums)


@given(st.lists(_TENTHS, max_size=8))
def test_few_differences_are_enumerated(differences: list[float]) -> None:
    assert p_value(np.array(differences, np.float64)) == pytest.approx(enumerated(differences))


@given(st.lists(_TENTHS, min_size=1, max_size=40), st.integers(0, 10))
def test_it_is_the_same_in_both_directions_and_for_queries_that_do_not_differ(
    differences: list[float], equal: int
) -> None:
    found = p_value(np.array(differences), permutations=500)
    assert 0 < found <= 1
    assert p_value(-np.array(differences), permutations=500) == found
    assert p_value(np.array(differences + [0.0] * equal), permutations=500) == found


@pytest.mark.parametrize("queries", [0, 5, 5000])
def test_without_differences_p_is_one(queries: int) -> None:
    assert p_value(np.zeros(queries)) == 1


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.3])
def test_drawn_exchanges_come_near_to_all_of_them(shift: float) -> None:
    differences = np.random.default_rng(3).normal(shift, 1, 18)
    signs = np.arange(1 << 18)[:, np.newaxis] >> np.arange(18) & 1
    sums = np.abs((2 * signs - 1) @ differences)
    exact = float(np.mean(sums >= abs(differences.sum()) - 1e-9))
    assert p_value(differences) == pytest.approx(exact, abs=0.006)
    assert p_value(differences, seed=2) == pytest.approx(exact, abs=0.006)


def test_p_is_never_less_than_one_of_the_exchanges_drawn() -> None:
    assert p_value(np.ones(5000), permutations=999) == 1 / 1000
    # Several blocks, the last of them not full.
    assert p_value(np.ones(100_000), permutations=99) == 1 / 100


def test_equal_sums_count_whatever_their_rounding() -> None:
    # 0.1 + 0.2 + 0.3 depends on the order in its last bit; all signs alike are 2 of 2 ** 20.
    differences = np.array([0.1, 0.2, 0.3, 0.7] * 5)
    assert p_value(differences) == pytest.approx(p_value(differences[::-1]), abs=1e-4)
