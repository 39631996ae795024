"""Words and pairs of stems found in the index, as the kernel ``candidates`` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.budget import LOOKED_UP, POSTING, TERM, Budget
from search.local.matching.term import row_key
from search.local.reading.rows import Rows
from search.query.word_query import Terms

if TYPE_CHECKING:
    from index.kernels.candidates import Sought


@dataclass(frozen=True, slots=True)
class Ready:
    """What is looked for in a few documents.

    ``work``: what it costs, as budgets count it, but for documents and for reading rows of words;
    ``words``: by what budgets know the row of each, and what reading it costs.
    """

    sought: Sought
    work: int
    words: tuple[tuple[Terms, int], ...]


def ready_of(
    rows: Rows,
    words: tuple[Terms, ...],
    stems: Sequence[str] = (),
    pairs: Sequence[tuple[int, int, int, float]] = (),
) -> Ready | None:
    """Words, and pairs of ``stems``, in the index of ``rows``; None where no kernel takes them.

    A pair: the places of both stems, how many tokens the second is behind, what that is worth.
    Raises ``FileDamaged``.
    """
    texts = rows.texts
    sought = None if texts is None else texts.sought(words, list(stems), list(pairs))
    if sought is None:
        return None
    work = TERM * len(words)
    for segments, postings in sought.in_stems:
        work += TERM * segments + 2 * POSTING * postings
    looked_up = LOOKED_UP * len(rows.snapshot.segments)
    costs = [
        looked_up * len(terms) + TERM * segments + POSTING * postings
        for terms, (segments, postings) in zip(words, sought.in_words, strict=True)
    ]
    return Ready(sought, work, tuple(zip(map(row_key, words), costs, strict=True)))


def affordable(budget: Budget, work: int, words: Sequence[tuple[Terms, int]]) -> bool:
    """Count work, and the reading of words' rows, as in ``Ready``, if all of it is affordable.

    Words that were read to find the articles count no more.
    """
    counted = budget.counted
    fresh = [one for one in words if one[0] not in counted]
    for _, cost in fresh:
        work += cost
    if not budget.lasts(work):
        return False
    budget.work += work
    for terms, _ in fresh:
        counted[terms] = None
    return True
