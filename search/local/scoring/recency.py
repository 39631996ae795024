"""Recency: an article's score halves with every half-life of its age."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.candidates import Candidates
from search.local.reading.columns import UNDATED

_DAY = 24 * 3600 * 1e6


def aged(
    candidates: Candidates, half_life: float, every_date: NDArray[np.int64], now: int
) -> Candidates:
    """The candidates with the factors of their scores at ``now``, in microseconds.

    ``half_life`` is in days. Without a date an article is as old as the oldest of ``every_date``,
    (N,).
    """
    known = every_date[every_date != UNDATED]
    oldest = int(known.min()) if len(known) else now
    dates = np.where(candidates.dates == UNDATED, oldest, candidates.dates)
    ages = np.maximum(now - dates, 0) / _DAY
    return candidates._replace(factors=np.exp2(-ages / half_life))
