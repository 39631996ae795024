"""What has all words of a query, and what has some of them, by one call of a compiled kernel.

The same as ``graded.WordRows`` finds, without reading a word's row: no score is computed of what
cannot be listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.light_dataclass import dataclass
from search.budget import COMPARED, NODE, Budget
from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching.flat import FlatQuery, FlatWord
from search.local.matching.graded import Graded, Listed, each, row_of
from search.local.matching.searcher import Searcher
from search.local.matching.spelt import spelt_word
from search.local.reading.made import Ready

if TYPE_CHECKING:
    from index.kernels.scoring import Scorer, Word


@dataclass(slots=True)
class CompiledWords:
    """The words of a query, see ``FlatQuery``, made ready for ``scorer``; nobody changes them.

    ``unpaid``: those of which nobody knew how many documents have them, so that comparing these is
    not in the ``budget`` yet. ``mask``: which documents are looked at, (N,); None: all.
    ``ready``: the same with what budgets know of it, where that is all that was counted.
    """

    scorer: Scorer
    budget: Budget
    words: tuple[Word, ...]
    loose: tuple[Word, ...]
    optional: tuple[Word, ...]
    unpaid: list[Word]
    mask: Mask | None = None
    ready: Ready | None = None

    def graded(self, count: int, listed: Listed, *, complete_first: bool) -> Graded:
        """See ``graded.Gradable``."""
        total, partial, documents, scores, complete = self.scorer.search(
            self.words,
            self.loose,
            self.optional,
            count,
            complete_first=complete_first,
            every=listed,
            mask=self.mask,
        )
        while self.unpaid:
            self.budget.work += COMPARED * self.unpaid.pop().documents
        return Graded(total, partial, Matches(documents, scores), complete)

    def at(self, documents: Documents) -> tuple[Mask, Mask, Scores]:
        """See ``graded.Gradable``."""
        everything = (*self.words, *self.loose, *self.optional)
        given, having = self.scorer.word_scores(everything, documents)
        first, second = len(self.words), len(self.words) + len(self.loose)
        more = given[second:].sum(axis=0)
        if self.mask is not None:
            having &= self.mask[documents]
        complete: Mask = np.logical_and(having[:first].all(axis=0), first > 0)
        scores = given[:first].sum(axis=0) + more
        if first == second:
            return complete, complete, scores
        some = complete | having[first:second].any(axis=0)
        others = given[first:second].sum(axis=0) + more
        return complete, some, np.where(complete, scores, others)

    def lacking(
        self, documents: list[int], texts: tuple[str, ...], complete: list[bool]
    ) -> list[tuple[str, ...]]:
        """See ``graded.Gradable``."""
        return self.scorer.lacking(self.words, texts, documents, complete)


def compiled(searcher: Searcher, query: FlatQuery) -> CompiledWords | None:
    """Words made ready, and counted as if their rows were read.

    None without the kernel, and where the budget may not last for all of them: then nothing was
    counted.
    """
    rows, budget = searcher.rows, searcher.budget
    scorer = rows.scorer
    if scorer is None or budget.partial:
        return None
    ready = rows.ready(query)
    if ready is not None and not budget.counted:
        (work, unknown), counted = ready.all_work(), ready.counted
        if not budget.lasts(work + COMPARED * scorer.size * len(unknown)):
            return None
        budget.counted = counted.copy()
        budget.work += work
        return CompiledWords(scorer, budget, *ready.words, unknown, None, ready)
    return _counted(searcher, scorer, query)


def _counted(searcher: Searcher, scorer: Scorer, query: FlatQuery) -> CompiledWords | None:
    """The same of words that were not asked for before, or after others."""
    rows, budget = searcher.rows, searcher.budget
    before, counted, alone = budget.work, dict(budget.counted), not budget.counted
    unpaid: list[Word] = []
    general: list[FlatWord] = []

    def read(one: FlatWord) -> Word:
        if one.query is None:
            made = rows.word(one.ways)
            word = None if made is None else made.word
        else:
            made, word = None, spelt_word(searcher, one.query)
        if word is None:
            general.append(one)
            found = row_of(searcher, one)
            return scorer.row(found.documents, found.scores)
        if made is not None:
            made.charge(budget)
        budget.work += NODE
        if word.documents < 0:
            unpaid.append(word)
        else:
            budget.work += COMPARED * word.documents
        if not budget.lasts(COMPARED * scorer.size * len(unpaid)):
            raise _SpentError
        return word

    try:
        words = each(query, read)
    except _SpentError:
        words = None
    # What was found in another way was not cut short if the budget lasts for all in the end, too.
    if words is None or not budget.lasts(COMPARED * scorer.size * len(unpaid)) or budget.partial:
        budget.work, budget.counted, budget.partial = before, counted, False
        return None
    if alone and not general:
        work = budget.work - before
        ready = Ready(scorer, words, dict(budget.counted), work, tuple(unpaid))
        rows.keep_ready(query, ready)
    return CompiledWords(scorer, budget, *words, unpaid)


class _SpentError(Exception):
    """The budget may not last."""
