"""Whether no other spelling is offered for words that may be misspelt, which is soon told of most.

The short way of ``spelling.better_spelling``, its witness, for plain words that articles have: that
one finds the words in the text of a query, and weighs what is near to them, which nearly never is
anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

from search.budget import Budget
from search.local.completing.company import articles_with, counted_by_kernel, often_among
from search.local.completing.likely import likely
from search.local.completing.spelling import STRANGER, ahead, is_own, is_unseen
from search.local.reading.snapshot import Snapshot
from search.query.syntax.word import Word


def nothing_offered(
    snapshot: Snapshot, words: Sequence[Word], doubtful: Sequence[Word], budget: Budget
) -> bool:
    """Whether nothing is offered for the ``doubtful`` ones of a query's ``words``.

    These are of no field, none is optional or there twice. ``budget`` counts what
    ``better_spelling`` would. Where this is False that has to say, with another budget. Raises
    ``FileDamaged``.
    """
    if not counted_by_kernel(snapshot):
        return False
    for word in doubtful:
        others = [one.stem for one in words if one is not word]
        if not _stays(snapshot, word, others, budget) or budget.partial:
            return False
    return True


def _stays(snapshot: Snapshot, word: Word, others: Sequence[str], budget: Budget) -> bool:
    """Whether no other word is likely in the place of one, as ``spelling`` looks for them."""
    articles = articles_with(snapshot, word.stem)
    if not articles or is_unseen(snapshot, word):
        return False
    often = often_among(snapshot, others, word.stem, budget) if others else None
    if (often is None or often > STRANGER) and is_own(snapshot, word):
        return True
    worth = log(articles)
    if often is None:
        worth += ahead(word)
    elif not often:
        worth = -inf
    return not likely(snapshot, None, word.surface, 1, budget, worth=worth)
