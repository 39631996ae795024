"""Whether no other spelling is offered for words that may be misspelt, which is soon told of most.

The short way of ``spelling.better_spelling``, its witness, for plain words that articles have: that
one finds the words in the text of a query, and puts others there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from index.analysis import lexicon
from index.fields import EXACT
from index.kept import kept
from index.kernels import kernel
from search.budget import SHAPE, TERM, Budget
from search.local.completing.company import FIELDS, articles_with, companies_of
from search.local.completing.likelier import (
    COMMONER,
    COMMONER_IF_SHORT,
    IF_STRANGER,
    STRANGER,
    likelier,
)
from search.local.completing.likely import SHORT, may_be_meant, one_edit_away
from search.local.completing.slips import slips
from search.local.reading.snapshot import Snapshot
from search.query.syntax.word import Word

if TYPE_CHECKING:
    from index.kernels.likelier import Likelier

_kernel = kernel("likelier")


class Unoffered:
    """What tells that for one index. Shared by threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @kept
    def _at_once(self) -> Likelier | None:
        return at_once(self._snapshot)

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
        snapshot, compiled = self._snapshot, self._at_once
        if compiled is None:
            counted = [(articles_with(snapshot, word.stem), word) for word in doubtful]
            counted.sort(key=itemgetter(0))  # as there, so that a budget ends at the same word
            behind = 0
        else:
            begun = compiled.begun(doubtful, words, budget)
            if begun is None:
                return True
            counted, behind = begun
        at = 0
        while True:
            for _, word in counted[at:behind]:
                told[word.surface] = None
            at = behind
            if at == len(counted):
                return True
            articles, word = counted[at]
            if not articles or (len(word.surface) <= SHORT and word.typed.isupper()):
                return False
            others = [one.stem for one in words if one is not word]
            found = likelier(snapshot, word, articles, others, budget)
            if budget.partial or not budget.lasts(0):
                told.clear()
                return False
            told[word.surface] = None if found is None else found.word
            if found is not None:
                return False
            at = behind = at + 1
            if compiled is not None:
                behind, work = compiled.none(counted, at, words, budget.left())
                budget.work += work


def at_once(snapshot: Snapshot) -> Likelier | None:
    """What tells at once of most words that nothing is likelier; None where no kernel knows.

    Raises ``FileDamaged``.
    """
    companies = companies_of(snapshot)
    if _kernel is None or companies is None:
        return None
    lookup, words = snapshot.dictionary.lookup, lexicon()
    found: Likelier = _kernel.Likelier(
        companies,
        snapshot.dictionary.vocabulary,
        slips,
        partial(may_be_meant, snapshot),
        snapshot.analysis,
        stems=[lookup(field) for field in FIELDS],
        forms=[lookup(field + EXACT) for field in FIELDS],
        irregular=(words.exceptions, words.variants),
        names=words.names,
        stranger=STRANGER,
        ahead=(COMMONER_IF_SHORT, COMMONER),
        if_stranger=IF_STRANGER,
        costs=(TERM, SHAPE),
        **one_edit_away(snapshot),
    )
    return found
