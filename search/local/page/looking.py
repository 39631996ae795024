"""Looks whether questions find anything, all of them within one small budget."""

from __future__ import annotations

import numpy as np

from search.budget import COMPARED, Budget
from search.local.filters import masks
from search.local.matches import Matches
from search.local.matching.date_range import in_range
from search.local.matching.searcher import Searcher
from search.local.page.leading import UNKNOWN, Counted
from search.local.plans import Plans
from search.query.syntax.filters import DateRange
from search.request import Partial, SearchRequest


class Looking:
    """Counts what questions find; what is over the ``searcher``'s budget is not known.

    The budget is of all questions together, their planning and finding. No plan is kept, so what
    is known never depends on who asked before. Raises ``FileDamaged``.
    """

    def __init__(self, plans: Plans, searcher: Searcher) -> None:
        self._plans = plans
        self._searcher = searcher

    @property
    def _budget(self) -> Budget:
        return self._searcher.budget

    def __call__(self, request: SearchRequest) -> Counted:
        """The articles with all words, or where there are none and it may be, with some."""
        if self._budget.spent():
            return UNKNOWN
        queries = self._plans.queries(
            request.query, self._budget, correct=request.correct, today=request.today
        )
        if queries.query is None:
            return Counted(0, 0, self._budget.partial)
        total = self._passing(self._searcher.run(queries.query), request)
        if total or self._budget.spent():
            return Counted(total, total, self._budget.partial)
        listed = 0
        if request.partial is not Partial.OFF and queries.relaxed is not None:
            listed = self._passing(self._searcher.run(queries.relaxed), request)
        return Counted(0, listed, self._budget.partial)

    def _passing(self, matches: Matches, request: SearchRequest) -> int:
        """How many pass the filters."""
        searcher = self._searcher
        if request.date_from is not None or request.date_to is not None:
            days = DateRange(request.date_from, request.date_to).in_days()
            matches = matches.where(in_range(searcher, days, matches.documents))
        if request.chosen or request.left_out:
            passing = masks(request, searcher.snapshot.columns, matches.documents)
            searcher.budget.work += COMPARED * len(matches) * len(passing)
            if passing:
                matches = matches.where(np.logical_and.reduce(list(passing.values())))
        return len(matches)
