"""How far two orders of articles agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def rank_correlation(one: Sequence[str], other: Sequence[str]) -> float:
    """Spearman's coefficient over the articles of both lists, -1 to 1.

    What one list lacks stands in it behind its last, all of those at one rank (the mean of theirs).
    """
    union = list(dict.fromkeys([*one, *other]))
    if len(union) < 2:
        return 1.0
    ranks = np.array([_ranks(one, union), _ranks(other, union)])
    if (ranks[0] == ranks[1]).all():
        return 1.0
    if not ranks.std(axis=1).all():
        return 0.0
    return float(np.corrcoef(ranks)[0, 1])


def _ranks(listed: Sequence[str], union: Sequence[str]) -> list[float]:
    behind = (len(listed) + len(union) - 1) / 2
    places = {name: float(place) for place, name in enumerate(listed)}
    return [places.get(name, behind) for name in union]
