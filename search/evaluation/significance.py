"""Whether two rankings differ by more than chance: the paired randomisation test.

If it made no difference which of two rankings gave which figure, the two figures of every query
could change places, and the sign of their difference would be a coin's. p is the share of all such
exchanges after which the mean differs at least as much as it does, in either direction. Smucker,
M., Allan, J. and Carterette, B. (2007), "A comparison of statistical significance tests for
information retrieval evaluation".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 100_000
_EXACT = 16
_BLOCK = 1 << 22
_SEED = 1


def p_value(
    differences: NDArray[np.float64], permutations: int = PERMUTATIONS, seed: int = _SEED
) -> float:
    """The two-sided p of differences per query: (n,) float64.

    Where at most 16 queries differ, all exchanges are looked at and p is exact. Else as many as
    ``permutations`` are drawn, what was observed counts as one of them, and the same seed gives the
    same p. Memory is bounded by blocks of 32 MiB.
    """
    # Exchanging what is equal changes nothing.
    telling = differences[differences != 0]
    if not len(telling):
        return 1.0
    # Sums of the same numbers in another order are equal up to rounding.
    observed = abs(telling.sum()) - 1e-9 * np.abs(telling).sum()
    if len(telling) <= _EXACT:
        numbers = np.arange(1 << len(telling), dtype="<u4")
        every = np.unpackbits(
            numbers.view(np.uint8).reshape(-1, 4), axis=1, count=len(telling), bitorder="little"
        )
        return float(np.mean(_exchanged(every, telling) >= observed))
    coins = np.random.default_rng(seed)
    rows = max(_BLOCK // len(telling), 1)
    extreme = 0
    for start in range(0, permutations, rows):
        size = (min(rows, permutations - start), -(-len(telling) // 8))
        drawn = np.unpackbits(
            coins.integers(256, size=size, dtype=np.uint8), axis=1, count=len(telling)
        )
        extreme += int(np.count_nonzero(_exchanged(drawn, telling) >= observed))
    return (1 + extreme) / (1 + permutations)


def _exchanged(
    exchanges: NDArray[np.uint8], differences: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The absolute sums of (n,) differences after exchanges, (m, n) of 0 and 1: (m,)."""
    sums = 2 * (exchanges.astype(np.float64) @ differences) - differences.sum()
    absolute: NDArray[np.float64] = np.abs(sums)
    return absolute
