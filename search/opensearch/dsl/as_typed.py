"""Articles that have a query as it was typed: they come first, and so have to be in the head.

Which titles have it the companion says, as it has titles whole; the cluster says which bodies.
"""

from __future__ import annotations

from index.opensearch.layout import ID, Dsl
from search.budget import Budget
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.holding import (
    BODY_FIELD,
    LONG,
    TITLE_FIELD,
    Holding,
    headlines,
    typed,
)
from search.local.scoring.ranking import Features
from search.opensearch.dsl.clauses import any_term, constant, phrase
from search.question import Question

LIFT = 1024.0
"""More than words add up to; scores of 32 bits tell articles apart beside it."""

_MOST_NAMED = 256
"""Of more titles it is asked which have the words in a row: the first few are in the head."""


def typed_as(question: Question, features: Features, rows: Rows, budget: Budget) -> list[Dsl]:
    """What a query should have, beside all that it must, so that such articles come first.

    ``rows``: of the companion. Each lifts what it finds above what has no more of them. Raises
    ``FileDamaged``.
    """
    words = typed(question, rows.snapshot.analysis)
    found: list[Dsl] = []
    if features.verbatim and len(words) >= LONG:
        found.append(constant(phrase(BODY_FIELD, words), LIFT))
    if features.headline and words:
        holding = headlines(words, rows, budget)
        found += [constant(_named(one, rows.snapshot), LIFT) for one in holding]
    return found


def _named(holding: Holding, snapshot: Snapshot) -> Dsl:
    numbers = holding.documents.tolist()
    if len(numbers) > _MOST_NAMED:
        return phrase(TITLE_FIELD, holding.words)
    return any_term(ID, [snapshot.hit(number)["id"] for number in numbers])
