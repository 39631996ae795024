"""Judged queries: how high the right articles rank, and whether one ranking is better than another.

MRR@10, success@1 and recall@100 count an article as relevant from grade 1. nDCG@10 takes the grade
as gain and log2(rank + 1) as discount (Järvelin, K. and Kekäläinen, J. (2002), "Cumulated
gain-based evaluation of IR techniques"; linear gains as trec_eval has them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from math import log2
from statistics import fmean

import numpy as np

from index.light_dataclass import dataclass
from search.engine import SearchEngine
from search.evaluation.significance import p_value
from search.evaluation.trec import Run
from search.request import SearchRequest

DEPTH = 100
_TOP = 10
# So that a busy machine does not change what is found.
_BUDGET_MS = 60_000


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of one query or the means of many, each from 0 to 1.

    ``judged_10`` is the share of the first ten that have a judgement at all.
    """

    mrr_10: float
    ndcg_10: float
    success_1: float
    recall_100: float
    judged_10: float


COMPARED = ("mrr_10", "ndcg_10", "success_1", "recall_100")
"""What says which of two rankings is better."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The means, the figures per query id, and the ids of queries that have no relevant article."""

    mean: Measures
    queries: Mapping[str, Measures]
    unjudged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two means, and how probable one as large would be by chance (see ``significance``)."""

    difference: float
    p: float


def measure(ranked: Sequence[str], grades: Mapping[str, int]) -> Measures:
    """The figures of one query: article ids, best first, and the grades of judged articles."""
    relevant = {article for article, grade in grades.items() if grade > 0}
    ranks = [rank for rank, article in enumerate(ranked, start=1) if article in relevant]
    gains = [max(grades.get(article, 0), 0) for article in ranked[:_TOP]]
    ideal = sorted((grades[article] for article in relevant), reverse=True)[:_TOP]
    top = ranked[:_TOP]
    return Measures(
        mrr_10=1 / ranks[0] if ranks and ranks[0] <= _TOP else 0.0,
        ndcg_10=_discounted(gains) / _discounted(ideal) if ideal else 0.0,
        success_1=float(bool(ranks) and ranks[0] == 1),
        recall_100=sum(rank <= DEPTH for rank in ranks) / len(relevant) if relevant else 0.0,
        judged_10=sum(article in grades for article in top) / len(top) if top else 0.0,
    )


def judged(
    queries: Mapping[str, str], judgements: Mapping[str, Mapping[str, int]]
) -> dict[str, str]:
    """The queries that have a relevant article: only they can be measured."""
    return {
        identity: text
        for identity, text in queries.items()
        if any(grade > 0 for grade in judgements.get(identity, {}).values())
    }


def ask(
    engine: SearchEngine,
    queries: Mapping[str, str],
    progress: Callable[[int, int], None],
    depth: int = DEPTH,
) -> dict[str, list[str]]:
    """The run: the first ``depth`` articles of every query. Raises what ``engine.search`` does."""
    run = {}
    for done, (identity, text) in enumerate(queries.items(), start=1):
        request = SearchRequest(
            query=text, per_page=depth, facets=False, snippets=False, budget_ms=_BUDGET_MS
        )
        run[identity] = [hit.id for hit in engine.search(request).hits]
        progress(done, len(queries))
    return run


def evaluate(
    run: Run, queries: Mapping[str, str], judgements: Mapping[str, Mapping[str, int]]
) -> Evaluated:
    """The figures of a run. A query that it does not have found nothing."""
    found = {
        identity: measure(run.get(identity, ()), judgements[identity])
        for identity in judged(queries, judgements)
    }
    unjudged = tuple(identity for identity in queries if identity not in found)
    return Evaluated(_mean(list(found.values())), found, unjudged)


def compare(one: Evaluated, other: Evaluated) -> dict[str, Difference]:
    """By how much the means of ``one`` are higher, by measure, save ``judged_10``.

    Both are of the same queries and judgements.
    """
    compared = {}
    for name in COMPARED:
        pairs = [
            (getattr(figures, name), getattr(other.queries[identity], name))
            for identity, figures in one.queries.items()
        ]
        differences = np.array([ours - theirs for ours, theirs in pairs], np.float64)
        mean = float(differences.mean()) if pairs else 0.0
        compared[name] = Difference(mean, p_value(differences))
    return compared


def _mean(measures: list[Measures]) -> Measures:
    return Measures(
        *(
            fmean(getattr(one, field.name) for one in measures) if measures else 0.0
            for field in fields(Measures)
        )
    )


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
