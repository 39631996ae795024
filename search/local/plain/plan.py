"""The plan of plain words that were composed at once, by one call of the kernel ``planning``.

The same as the steps of ``plans`` and ``composed`` make of what most texts are: its witness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from index.kept import kept
from index.kernels import kernel
from search.budget import COMPARED, POSTING, TERM, Budget
from search.local.plain.at_once import (
    NothingMade,
    PlainQueries,
    PlainQuestion,
    PlainReady,
    features_of,
    spelt_of,
)
from search.local.plan import OF_A_PLACE, OF_A_PLAN, Plan
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.holding import (
    BODY_FIELD,
    LINKS,
    LONG,
    TITLE_FIELD,
    Holding,
    holdings,
    inside,
)
from search.local.scoring.ranking import Features, Ranking
from search.query.day_offers import OfferedDays
from search.query.operators import as_word
from search.query.syntax.word import Word

if TYPE_CHECKING:
    from index.kernels.holding import Holdings
    from index.kernels.planning import Planned, Planner

_planning = kernel("planning")
if not TYPE_CHECKING:
    Planned = NothingMade if _planning is None else _planning.Planned
_slotted, _holding, _paging = kernel("slotted"), kernel("holding"), kernel("paging")
_NO_LENGTHS = np.empty(0, np.float32)


class PlainPlan(Planned, Plan):
    """The plan of plain words that were composed at once: nothing is made of it that is not read.

    Its kernel has what a page is made of; here is the rest.
    """

    # It is not frozen: what is told later, ``offers_nothing``, is kept.
    __setattr__ = object.__setattr__

    def __new__(cls, *values: Any, **named: Any) -> Plan:  # type: ignore[misc] # see there
        """Another one with other features, as ``replace`` makes it, is planned step by step."""
        return Plan(*values, **named)

    @kept
    def queries(self) -> PlainQueries:
        return PlainQueries(self.question, self.ranking, self.ready)

    @kept
    def features(self) -> FeaturePlan | None:
        holding = [Holding(one.feature, one.field, one.words, one.documents) for one in self.held]
        return features_of(self.ready, tuple(holding), self.sought, self.price)

    @kept
    def spelt(self) -> Sequence[Word]:
        return spelt_of(self.composed)


def planner_of(
    ranking: Ranking,
    rows: Rows,
    offered: Callable[[str, None, date], tuple[OfferedDays, ...]],
    most: int,
) -> Planner[PlainPlan]:
    """What plans words for the kernel of ``rows``, which must be; looking may cost ``most``.

    ``offered``: the days in a text, which is no tree but words, that are offered. Raises
    ``FileDamaged``.
    """
    assert _planning is not None
    assert _slotted is not None
    assert _paging is not None
    slots = "scorer", "words", "work", "uncounted", "composed", "_counted", "_keys"
    found: Planner[PlainPlan] = _planning.Planner(
        plan=PlainPlan,
        question=PlainQuestion,
        ready=_slotted.Maker(PlainReady, slots, (-1,) * len(slots)),
        ranking=ranking,
        scorer=rows.scorer,
        holdings=holdings_of(ranking.features, rows),
        offered=offered,
        as_word=as_word,
        lacking=_paging.Lacking,
        most=most,
        costs=(TERM, POSTING, COMPARED),
        sizes=(OF_A_PLAN, OF_A_PLACE),
    )
    return found


def holdings_of(features: Features, rows: Rows) -> Holdings:
    """What finds the articles that have words as they were typed. Raises ``FileDamaged``."""
    snapshot = rows.snapshot

    def by_steps(words: tuple[str, ...], budget: Budget) -> tuple[Holding, ...]:
        return holdings(words, features, rows, budget)

    assert _holding is not None
    found: Holdings = _holding.Holdings(
        titles=snapshot.standing(TITLE_FIELD) if features.headline else None,
        bodies=snapshot.standing(BODY_FIELD) if features.verbatim else None,
        lengths=snapshot.columns.title_lengths if features.headline else _NO_LENGTHS,
        fields=(TITLE_FIELD, BODY_FIELD),
        worth=(features.headline, features.verbatim),
        long=LONG,
        links=LINKS,
        by_steps=by_steps,
        inside=partial(inside, rows),
    )
    return found
