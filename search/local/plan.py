"""Plans: the queries that a text becomes in one index with one ranking, and a cache of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from whoosh.query import Every, Query

from search.budget import Budget
from search.local.completing.spelling import better_spelling, corrections
from search.local.completing.spellings import Known, Spellings
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import FeaturePlan, plan_features
from search.local.scoring.ranking import Ranking
from search.query.rewrite import Correction, words_with_spellings
from search.question import Question, parsed, understood

_KEPT = 1024
"""A plan takes a few kilobytes; readers ask the same again, on the next page or with a filter."""
_UNKNOWN = ""
_Value = TypeVar("_Value")
_CORRECTING_SECONDS = 0.2
"""The time for finding corrections: most of a query's belongs to what was typed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is searched for to answer a question.

    ``query``: what must match, None where there is nothing to search for; ``relaxed``: the same
    with some of the words, None where that finds no more. ``features``: what the second stage looks
    for, None for nothing.
    """

    question: Question
    query: Query | None
    relaxed: Query | None
    features: FeaturePlan | None


class Plans:
    """The plans of the last questions over one snapshot, as pages and filters ask the same again.

    What was cut short for want of time is not kept. Shared by threads.
    """

    def __init__(self, rows: Rows, ranking: Ranking) -> None:
        self._rows = rows
        self._ranking = ranking
        self._plans: dict[str, Plan] = {}
        self._suggestions: dict[str, str | None] = {}
        self._spellings = Known(rows)

    def plan(self, text: str, budget: Budget) -> Plan:
        """The plan of a text. Raises ``FileDamaged``."""
        known = self._plans.get(text)
        if known is not None:
            return known
        snapshot, ranking = self._rows.snapshot, self._ranking
        found: tuple[Correction, ...] = ()
        part = budget.part(_CORRECTING_SECONDS)
        spellings = Spellings(self._spellings, part)
        if ranking.correction:
            root = parsed(text, snapshot.analysis).root
            spelt = words_with_spellings(root, spellings)
            found = corrections(snapshot, root, part)
            found = tuple(one for one in found if one.written not in spelt)
        question = understood(text, snapshot.analysis, found, spellings)
        plan = _planned(question, ranking, self._rows)
        if not part.partial:
            _keep(self._plans, text, plan)
        return plan

    def suggestion(self, plan: Plan, budget: Budget) -> str | None:
        """Another spelling of what a plan searches for. Raises ``FileDamaged``."""
        text = plan.question.text
        known = self._suggestions.get(text, _UNKNOWN)
        if known != _UNKNOWN:
            return known
        part = budget.part()
        found = better_spelling(self._rows.snapshot, text, part)
        if not part.partial:
            _keep(self._suggestions, text, found)
        return found


def _planned(question: Question, ranking: Ranking, rows: Rows) -> Plan:
    if question.nothing:
        return Plan(question, None, None, None)
    weights = ranking.weights
    query = Every() if question.root is None else question.root.compile(weights)
    relaxed = None if question.relaxed is None else question.relaxed.compile(weights)
    return Plan(question, query, relaxed, plan_features(question, query, ranking.features, rows))


def _keep(kept: dict[str, _Value], text: str, value: _Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[text] = value
