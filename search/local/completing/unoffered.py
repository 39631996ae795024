"""Whether no other spelling is offered for words that may be misspelt, which is soon told of most.

The short way of ``spelling.better_spelling``, its witness, for plain words that articles have: that
one finds the words in the text of a query, and puts others there.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from index.kept import kept
from search.budget import Budget
from search.local.completing.company import articles_with, companies_of
from search.local.completing.likelier import likelier, none_is_likelier
from search.local.completing.likely import SHORT
from search.local.reading.snapshot import Snapshot
from search.query.syntax.word import Word

if TYPE_CHECKING:
    from index.kernels.counting import Companies


class Unoffered:
    """What tells that for one index. Shared by threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @kept
    def _companies(self) -> Companies | None:
        return companies_of(self._snapshot)

    def nothing_offered(
        self,
        words: Sequence[Word],
        doubtful: Sequence[Word],
        budget: Budget,
        told: dict[str, str | None],
    ) -> bool:
        """Whether nothing is offered for the ``doubtful`` ones of a query's ``words``.

        These are of no field, as they were typed, none is optional or there twice. ``budget``
        counts what ``better_spelling`` would. Where this is False that has to say: with the same
        budget and what was ``told`` till then, by surface forms, or with another one where that is
        empty, as it is where the budget does not last. Raises ``FileDamaged``.
        """
        snapshot, companies = self._snapshot, self._companies
        counted = [(articles_with(snapshot, word.stem), word) for word in doubtful]
        if len(counted) > 1:
            counted.sort(key=itemgetter(0))  # as there, so that a budget ends at the same word
        for articles, word in counted:
            if not articles or (len(word.surface) <= SHORT and word.typed.isupper()):
                return False
            others = [one.stem for one in words if one is not word]
            if companies is not None and budget.lasts(0):
                work = none_is_likelier(snapshot, companies, word, articles, others)
                if work is not None and budget.lasts(work):
                    budget.work += work
                    told[word.surface] = None
                    continue
            found = likelier(snapshot, word, articles, others, budget)
            if budget.partial or not budget.lasts(0):
                told.clear()
                return False
            told[word.surface] = None if found is None else found.word
            if found is not None:
                return False
        return True
