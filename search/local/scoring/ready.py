"""A query's words and its pairs, found in the index as the kernel ``candidates`` asks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import POSTING, TERM
from search.local.reading.made import Made, Ready
from search.local.reading.rows import Rows
from search.query.word_query import Terms

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.word import Word

_kernel = kernel("candidates")

Price = tuple[int, int, list[Hashable]]
"""Work, what each document costs besides, and by what budgets know the rows that are read."""


Pair = tuple[str, str, int, float]
"""Two words of a query, by their stems, how many words the second is behind the first, and the mean
of their idfs."""


@dataclass(frozen=True, slots=True)
class ReadyFeatures:
    """What is looked for in a few documents.

    ``work``: what it costs, as budgets count it, but for documents and for reading rows of words;
    ``made``: these, ``words`` as the kernel takes them.
    ``prices``: what that makes beside words that were read before, and these: a memo, the one thing
    here that changes, of which ``features`` keeps at most one.
    """

    sought: Sought
    work: int
    words: tuple[Word, ...]
    made: Sequence[Made]
    prices: list[tuple[Ready, Price]] = field(default_factory=list, compare=False, repr=False)


def made_alone(rows: Rows, words: Sequence[Terms]) -> list[Made] | None:
    """Words made ready; None where no kernel takes one of them. Raises ``FileDamaged``."""
    if _kernel is None or rows.scorer is None:
        return None
    made = [rows.word((terms,)) for terms in words]
    found = [one for one in made if one is not None]
    return found if len(found) == len(made) else None


def ready_of(
    rows: Rows, words: Sequence[Made], pairs: tuple[Pair, ...], worth: float
) -> ReadyFeatures:
    """Words and pairs, worth so many times their idf, in the index of ``rows``, whose kernel is.

    Raises ``FileDamaged``.
    """
    lookup = rows.snapshot.dictionary.lookup(LEAD_FIELD)
    sought = _kernel.Sought(rows.scorer, lookup, pairs, worth)
    work = work_of(sought, len(words))
    return ReadyFeatures(sought, work, tuple([one.word for one in words]), words)


def work_of(sought: Sought, words: int) -> int:
    """What looking for pairs and so many words costs: see ``ReadyFeatures``."""
    return TERM * (words + sought.terms) + 2 * POSTING * sought.postings
