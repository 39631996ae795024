"""Plans of questions over a companion, which has no postings of bodies: the cluster counts those.

The same questions become the same queries as in the embedded engine, by the same code. What a
cluster counts leaves out deleted articles at once, and has no bound to what it looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from index.fields import LEAD_FIELD
from index.light_dataclass import dataclass
from index.opensearch.layout import Dsl
from search.budget import COMPARED, POSTING, TERM, Budget
from search.local.completing.company import FIELDS, work_of
from search.local.completing.together import LOOKED_AT
from search.local.plan import Plan
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Features, Ranking
from search.opensearch.settling import Settling
from search.query.rewrite.archive import Together
from search.question import Question

_NO_FEATURES = Features(pairs=0.0, answers=0.0, alike=0.0, headline=0.0, verbatim=0.0)
"""What the second stage looks for depends on positions: it is planned on the articles at hand."""

_Value = TypeVar("_Value")


class ClusterPlans(Plans):
    """The plans of the last questions over one companion; ``features`` of none.

    See ``search.local.plans.Plans``. What the cluster does not count in time is taken as not there,
    and the plan is ``cut``. Raises ``IndexUnavailable``, too.
    """

    def __init__(self, rows: Rows, ranking: Ranking, settling: Settling) -> None:
        super().__init__(rows, replace(ranking, features=_NO_FEATURES))
        self._settling = settling

    def at(self, rows: Rows, settling: Settling) -> ClusterPlans:
        """Plans over the same companion, of what is counted otherwise; they keep them together."""
        other = ClusterPlans(rows, self._ranking, settling)
        other.kept, other._suggestions = self.kept, self._suggestions
        return other

    def plan(
        self, text: str, budget: Budget, *, correct: bool = True, today: date | None = None
    ) -> Plan:
        make = super().plan
        return self._settled(budget, lambda again: make(text, again, correct=correct, today=today))

    def question(self, text: str, budget: Budget, *, correct: bool = True) -> Question:
        make = super().question
        return self._settled(budget, lambda again: make(text, again, correct=correct))

    def suggestion(self, plan: Plan, budget: Budget) -> str | None:
        make = super().suggestion
        return self._settled(budget, lambda again: make(plan, again))

    def _settled(self, budget: Budget, make: Callable[[Budget], _Value]) -> _Value:
        """What is made at last; only that counts for the budget."""
        last = budget

        def once() -> _Value:
            nonlocal last
            last = budget.apart()
            return make(last)

        found = self._settling.settled(once, budget)
        budget.partial |= last.partial
        budget.late |= last.late
        return found


class ClusterBodies:
    """How often stems stand in the same articles, by counts of the cluster.

    See ``search.local.completing.bodies.Bodies``; what budgets count is about the same. Numbers are
    exact where postings are looked at only up to a bound.
    """

    def __init__(self, companion: Snapshot, settling: Settling) -> None:
        self._companion = companion
        self._settling = settling

    def together(self, first: str, second: str, budget: Budget) -> Together:
        some, others = self._sizes(first, second)
        if not (some and others):
            return Together(0, 0)
        budget.work += 2 * TERM + COMPARED * min(some, others)
        found = self._together(first, second, budget)
        if found.both > LOOKED_AT:
            budget.work += 2 * TERM + POSTING * (some + others) // 4
        return found

    def stand_beside(self, first: str, second: str, budget: Budget) -> bool:
        some, others = self._sizes(first, second)
        budget.work += 2 * TERM
        if not (some and others):
            return False
        budget.work += COMPARED * min(some, others) + POSTING * (some + others) // 4
        found = self._together(first, second, budget)
        return found.both > LOOKED_AT or found.beside > 0

    def having(self, stem: str, budget: Budget) -> _Articles:
        counts = [self._articles(field, stem) for field in FIELDS]
        budget.work += work_of(self._companion.size, counts)
        if not any(counts):
            return _Articles(self._settling, budget, stem, 0)
        count = self._settling.count(_in_either(stem), max(counts), budget)
        return _Articles(self._settling, budget, stem, count)

    def _together(self, first: str, second: str, budget: Budget) -> Together:
        both: Dsl = {"bool": {"filter": [term(LEAD_FIELD, first), term(LEAD_FIELD, second)]}}
        beside = self._settling.count(run(LEAD_FIELD, (first, second)), 0, budget)
        return Together(beside, self._settling.count(both, 0, budget))

    def _sizes(self, first: str, second: str) -> tuple[int, int]:
        return self._articles(LEAD_FIELD, first), self._articles(LEAD_FIELD, second)

    def _articles(self, field: str, stem: str) -> int:
        return self._companion.dictionary.document_frequency(field, stem)


@dataclass(frozen=True, slots=True)
class _Articles:
    """The articles with a stem. See ``search.local.completing.bodies.Articles``."""

    settling: Settling
    budget: Budget
    stem: str
    count: int

    def both(self, other: _Articles) -> int:
        if not (self.count and other.count):
            return 0
        first, second = sorted((self.stem, other.stem))
        query: Dsl = {"bool": {"filter": [_in_either(first), _in_either(second)]}}
        return self.settling.count(query, 1, self.budget)


def term(field: str, text: str) -> Dsl:
    """What has a term in a field."""
    return {"term": {field: text}}


def in_any(fields: Sequence[str], text: str) -> Dsl:
    """What has a term in one of some fields."""
    found = [term(field, text) for field in fields]
    return found[0] if len(found) == 1 else {"bool": {"should": found}}


def run(field: str, words: Sequence[str]) -> Dsl:
    """What has words one behind the other in a field."""
    return {"match_phrase": {field: " ".join(words)}}


def _in_either(stem: str) -> Dsl:
    return in_any(FIELDS, stem)
