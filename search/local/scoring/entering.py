"""Which candidates enter the second stage: the best, and those that have the query as typed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Query

from search.local.candidates import Candidates
from search.local.matches import Documents, are_in
from search.local.matching.searcher import Searcher
from search.local.order import best
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.ranking import Features


def entering(plan: FeaturePlan, features: Features, candidates: Candidates) -> NDArray[np.intp]:
    """The places of those that enter, ascending: the best of all, and as many of each holding.

    More of a holding would enter only to stand behind so many others.
    """
    count = features.candidates
    places = best(candidates, count)
    for holding in plan.holding:
        there = are_in(holding.documents, candidates.documents)
        inside = candidates.documents.searchsorted(holding.documents[there])
        if len(inside) > count:
            inside = inside[best(_at(candidates, inside), count)]
        if not are_in(inside, places).all():
            places = np.union1d(places, inside)
    return places


def with_holdings(
    searcher: Searcher, query: Query, plan: FeaturePlan, candidates: Candidates
) -> Candidates:
    """The candidates, which are only the first, with matches that have the query as typed.

    Else what comes first would depend on how many are asked for.
    """
    for holding in plan.holding:
        lacking = holding.documents[~are_in(holding.documents, candidates.documents)]
        if len(lacking):
            matching, scores = searcher.probe(query, lacking)
            candidates = _joined(searcher, candidates, lacking[matching], scores[matching])
    return candidates


def _joined(
    searcher: Searcher, candidates: Candidates, documents: Documents, scores: NDArray[np.float64]
) -> Candidates:
    together = np.concatenate([candidates.documents, documents])
    order = together.argsort()
    dates = searcher.snapshot.columns.dates.take(documents)
    return Candidates(
        together[order],
        np.concatenate([candidates.scores, scores])[order],
        np.concatenate([candidates.dates, dates])[order],
    )


def _at(candidates: Candidates, places: NDArray[np.intp]) -> Candidates:
    factors = candidates.factors
    return Candidates(
        candidates.documents[places],
        candidates.scores[places],
        candidates.dates[places],
        None if factors is None else factors[places],
    )
