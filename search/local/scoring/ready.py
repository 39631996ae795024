"""A query's words, and stems of its pairs, found in the index as the kernel ``candidates`` asks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import POSTING, TERM
from search.local.reading.rows import Rows
from search.query.word_query import Terms

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.words import Word

_kernel = kernel("candidates")


@dataclass(frozen=True, slots=True)
class Ready:
    """What is looked for in a few documents.

    ``work``: what it costs, as budgets count it, but for documents and for reading rows of words;
    ``costs``: by what budgets know the row of each of ``words``, and what reading it costs.
    ``prices``: what that makes beside what was counted before, and that; ``features`` keeps one.
    """

    sought: Sought
    work: int
    words: tuple[Word, ...]
    costs: tuple[tuple[Hashable, int], ...]
    prices: list[tuple[Mapping[Hashable, Any], tuple[int, int, list[Hashable]]]] = field(
        default_factory=list, compare=False, repr=False
    )


def ready_of(rows: Rows, words: Sequence[Terms], stems: Sequence[str]) -> Ready | None:
    """Words and stems in the index of ``rows``; None where no kernel takes them.

    Raises ``FileDamaged``.
    """
    snapshot = rows.snapshot
    scorer = None if _kernel is None else rows.scorer
    if scorer is None:
        return None
    made = [rows.word((terms,)) for terms in words]
    found = [one for one in made if one is not None]
    if len(found) < len(made):
        return None
    bases = [*snapshot.bases, snapshot.size]
    sought = _kernel.Sought(scorer, snapshot.dictionary.lookup(LEAD_FIELD), bases, list(stems))
    work = TERM * len(found)
    for segments, postings in sought.in_stems:
        work += TERM * segments + 2 * POSTING * postings
    costs = tuple([(one.key, one.cost) for one in found])
    return Ready(sought, work, tuple([one.word for one in found]), costs)
