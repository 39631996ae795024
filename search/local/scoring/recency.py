"""Recency: an article's score halves with every half-life of its age."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.reading.columns import UNDATED

_DAY = 24 * 3600 * 1e6


def recency(
    half_life: float, dates: NDArray[np.int64], every_date: NDArray[np.int64], now: int
) -> NDArray[np.float64]:
    """The factors of scores of articles with these dates, (n,) microseconds, at ``now``: (n,).

    ``half_life`` is in days. Without a date an article is as old as the oldest of ``every_date``,
    (N,).
    """
    known = every_date[every_date != UNDATED]
    oldest = int(known.min()) if len(known) else now
    ages = np.maximum(now - np.where(dates == UNDATED, oldest, dates), 0) / _DAY
    factors: NDArray[np.float64] = np.exp2(-ages / half_life)
    return factors
