"""Completions over a companion: of bodies the cluster tells which have words as they were typed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.light_dataclass import dataclass
from index.opensearch.layout import Dsl
from search.budget import Budget
from search.limits import ASKING, BUDGET_MS
from search.local.completing.following import BODIES, TITLES
from search.local.completing.forms import Forms, Having
from search.local.completing.suggest import Completions
from search.local.matches import Documents
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.opensearch.dsl import Translation
from search.opensearch.planning import ClusterPlans, in_any, run, term
from search.opensearch.settling import Settling
from search.response import Suggestion


class ClusterCompletions:
    """What completes what is typed over one companion. Shared by threads.

    See ``search.local.completing.suggest``. Raises ``FileDamaged`` and ``IndexUnavailable``.
    """

    def __init__(self, rows: Rows, plans: ClusterPlans, settling: Settling) -> None:
        """``rows``: of the companion."""
        self._rows = rows
        self._plans = plans
        self._settling = settling
        self._completions = Completions(rows.snapshot)

    def of(self, typed: str, limit: int) -> list[Suggestion]:
        """At most ``limit`` completions of what was typed, none twice."""
        waiting = Budget(BUDGET_MS / 1000)

        def once() -> list[Suggestion]:
            archive = _Archive(self._rows, self._plans, self._settling)
            return self._completions.of(typed, limit, archive)

        return self._settling.settled(once, waiting)


class _Archive:
    """What one suggestion asks of searching. See ``search.local.completing.offering.Archive``."""

    def __init__(self, rows: Rows, plans: ClusterPlans, settling: Settling) -> None:
        self._rows = rows
        self._plans = plans
        self._settling = settling
        self._whole = Budget(BUDGET_MS / 1000)
        self._asking = self._whole.part(ASKING.of(rows.snapshot.size))

    def finds(self, text: str) -> bool | None:
        budget, guesses = self._asking, self._settling.guesses
        if budget.spent():
            return None
        query = self._plans.query(text, budget)
        if self._settling.guesses > guesses:
            return None
        if query is None:
            return False
        translated = Translation(self._rows, budget).of(query, scored=False)
        found = self._settling.count(translated.query, 1, budget)
        if self._settling.guesses > guesses or (found and not translated.exact):
            return None
        return found > 0

    def are_one(self, first: str, second: str) -> bool | None:
        guesses = self._settling.guesses
        found = self._plans.are_one(first, second, self._whole)
        return None if self._settling.guesses > guesses else found

    def forms(self, budget: Budget) -> Forms:
        return ClusterForms(self._rows.snapshot, self._settling, budget)


@dataclass(frozen=True)
class ClusterForms:
    """The surface forms of a cluster's articles. See ``search.local.completing.forms.Forms``."""

    companion: Snapshot
    settling: Settling
    budget: Budget

    def any_with(self, fields: Sequence[str], text: str) -> bool:
        if not self.may_have(fields, text):
            return False
        if self.companion.columns.live is None:
            return True
        return self.settling.count(in_any(fields, text), 1, self.budget) > 0

    def having(self, words: Sequence[str]) -> Having:
        return _ClusterHaving(self, words)

    def have_run(self, words: Sequence[str]) -> bool:
        if not all(self.may_have((BODIES,), word) for word in words):
            return False
        return self.settling.count(run(BODIES, words), 1, self.budget) > 0

    def may_have(self, fields: Sequence[str], text: str) -> bool:
        """Whether any article has the term, deleted ones included."""
        find = self.companion.dictionary.document_frequency
        return any(find(field, text) for field in fields)


@dataclass(frozen=True)
class _ClusterHaving:
    """The articles with all of some words. See ``search.local.completing.forms.Having``."""

    forms: ClusterForms
    words: Sequence[str]

    def __bool__(self) -> bool:
        if not all(self.forms.may_have((TITLES, BODIES), word) for word in self.words):
            return False
        if len(self.words) == 1:
            return self.forms.any_with((TITLES, BODIES), self.words[0])
        return self._count() > 0

    def share_of(self, text: str) -> tuple[int, int]:
        if not self.forms.may_have((BODIES,), text):
            return 0, 0
        size = self.forms.companion.dictionary.document_frequency(BODIES, text)
        if self.forms.companion.columns.live is not None:
            size = self.forms.settling.count(term(BODIES, text), size, self.forms.budget)
        return self._count(term(BODIES, text)), size

    def any_with(self, fields: Sequence[str], text: str) -> bool:
        return self.forms.may_have(fields, text) and self._count(in_any(fields, text)) > 0

    def some(self, most: int) -> Documents:
        ids = self.forms.settling.sample(self._query(), most, self.forms.budget)
        numbers = [self.forms.companion.number_of(one) for one in ids]
        return np.array(sorted(one for one in numbers if one is not None), np.int32)

    def _count(self, *more: Dsl) -> int:
        return self.forms.settling.count(self._query(*more), 1, self.forms.budget)

    def _query(self, *more: Dsl) -> Dsl:
        return {"bool": {"filter": [*(in_any((TITLES, BODIES), one) for one in self.words), *more]}}
