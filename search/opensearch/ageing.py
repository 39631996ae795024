"""Recency in the cluster: a score halves with every half-life of an article's age."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.opensearch.layout import DATE
from search.local.reading.columns import UNDATED

_DAY = 24 * 3600 * 1_000_000


def ageing(half_life: float, every_date: NDArray[np.int64], now: int) -> dict[str, Any]:
    """How age changes scores, as ``function_score`` takes it, up to a factor for all of them.

    As ``search.local.scoring.recency.aged`` has it. Ages count from the newest article where that
    is older than ``now``: a cluster's scores are small numbers of 32 bits, which would get 0.
    """
    known = every_date[every_date != UNDATED]
    oldest, newest = (int(known.min()), int(known.max())) if len(known) else (now, now)
    newest = min(now, newest)
    undated = float(np.exp2(-max(newest - oldest, 0) / _DAY / half_life))
    decay = {"origin": newest, "scale": half_life * _DAY, "decay": 0.5}
    return {
        "functions": [
            {"filter": {"range": {DATE: {"lte": newest}}}, "exp": {DATE: decay}},
            {"filter": {"bool": {"must_not": {"exists": {"field": DATE}}}}, "weight": undated},
        ],
        "score_mode": "first",
        "boost_mode": "multiply",
    }
