"""Which candidates enter the second stage: the best, and those that have the query as typed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.local.candidates import Candidates
from search.local.matches import are_in
from search.local.page.order import best
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.ranking import Features


def entering(plan: FeaturePlan, features: Features, candidates: Candidates) -> NDArray[np.intp]:
    """The places of those that enter, ascending: the best of all, and as many of each holding.

    More of a holding would enter only to stand behind so many others.
    """
    count = features.candidates
    if len(candidates.documents) <= count:
        return np.arange(len(candidates.documents))
    places = best(candidates, count)
    for holding in plan.holding:
        there = are_in(holding.documents, candidates.documents)
        inside = candidates.documents.searchsorted(holding.documents[there])
        if len(inside) > count:
            inside = inside[best(_at(candidates, inside), count)]
        if not are_in(inside, places).all():
            places = np.union1d(places, inside)
    return places


def _at(candidates: Candidates, places: NDArray[np.intp]) -> Candidates:
    factors = candidates.factors
    return Candidates(
        candidates.documents[places],
        candidates.scores[places],
        candidates.dates[places],
        None if factors is None else factors[places],
        None if candidates.leading is None else candidates.leading[places],
        None if candidates.numbers is None else candidates.numbers[places],
    )
