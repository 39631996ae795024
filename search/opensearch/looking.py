"""Looks whether questions find anything in a cluster, all of them within one budget."""

from __future__ import annotations

from collections.abc import Callable

from index.errors import ClusterBusy, IndexUnreachable
from search.budget import Budget
from search.local.page.leading import UNKNOWN, Counts
from search.request import SearchRequest


class Looking:
    """Counts what questions find; what takes longer than the budget lasts is not known.

    ``answered``: how one is answered within it. Raises what that does, but for a cluster that is
    too busy: nobody waits for it again then.
    """

    def __init__(self, budget: Budget, answered: Callable[[SearchRequest, Budget], Counts]) -> None:
        self._budget = budget
        self._answered = answered

    def __call__(self, request: SearchRequest) -> Counts:
        """As ``search.local.page.leading.Finding``."""
        budget = self._budget
        if budget.partial or budget.patience <= 0.0 or budget.spent():
            return UNKNOWN
        try:
            return self._answered(request, budget)
        except (ClusterBusy, IndexUnreachable):
            budget.partial = True
            return UNKNOWN
