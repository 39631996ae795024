"""A word in several spellings, made ready for a kernel from terms: without queries of Whoosh's.

Words side by side are found by where they stand, and scored there, by one call of ``beside``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.kernels import kernel
from search.budget import COMPARED, NODE, Budget
from search.local.reading.made import Made
from search.local.reading.rows import Rows
from search.query.word_query import AnyOfWords, Beside, Spelling, Ways

if TYPE_CHECKING:
    from index.kernels.word import Word

_kernel = kernel("beside")


def best_of(
    rows: Rows, spellings: Sequence[Spelling], made: Callable[[Ways], Made | None], budget: Budget
) -> Word | None:
    """The word that is the best of its spellings, counted as if the row of each was read.

    ``made``: makes a word ready for the kernel of ``rows``, which must be. None where that takes no
    term of one, and where the budget does not last. Raises ``FileDamaged``.
    """
    assert rows.scorer is not None
    ways: list[tuple[Word, ...]] = []
    for one in spellings:
        way = _way(rows, one, made, budget)
        if way is None:
            return None
        ways.append(way)
    if budget.spent():
        return None
    return ways[0][0] if len(ways) == len(ways[0]) == 1 else rows.scorer.word(tuple(ways))


def _way(
    rows: Rows, spelling: Spelling, made: Callable[[Ways], Made | None], budget: Budget
) -> tuple[Word, ...] | None:
    """Words whose scores add up to those of a spelling; None as ``best_of``."""
    if isinstance(spelling, Beside | AnyOfWords):
        words = _words(spelling.words, made)
        if isinstance(spelling, AnyOfWords) or words is None:
            return None if words is None else _any_of(words, budget)
        found = beside(rows, words, spelling.phrases, budget)
        if found is None:
            return None
        _charge([word for word, times in zip(words, found[1], strict=False) if times], budget)
        return (found[0],)
    whole = made(spelling)
    if whole is None:
        return None
    for terms, read in zip(spelling, whole.word.reads, strict=True):
        if read[0]:
            rows.count_way(terms, read, budget)
    return (whole.word,)


def _any_of(words: Sequence[Made], budget: Budget) -> tuple[Word, ...]:
    _charge(words, budget)
    return tuple([one.word for one in words])


def _charge(words: Sequence[Made], budget: Budget) -> None:
    for one in words:
        one.charge(budget)


def _words(words: Sequence[Ways], made: Callable[[Ways], Made | None]) -> list[Made] | None:
    found = []
    for one in words:
        word = made(one)
        if word is None:
            return None
        found.append(word)
    return found


def beside(
    rows: Rows,
    words: Sequence[Made],
    phrases: Sequence[tuple[str, tuple[str, ...]]],
    budget: Budget,
) -> tuple[Word, Sequence[int]] | None:
    """What has the words side by side, and what they score there; None as ``best_of``.

    Of each word the documents that are asked about it; reading it is left to count where any are.
    """
    snapshot, each = rows.snapshot, tuple([one.word for one in words])
    standing = tuple([(snapshot.standing(field), terms) for field, terms in phrases])
    found = _kernel.beside(rows.scorer, each, standing, budget.left())
    if found is None:
        return None
    row: Word
    row, asked, work = found
    # Phrases are run, then each word is asked about what is left, and what is left matches.
    budget.work += work + 2 * NODE + COMPARED * (asked[0] + asked[-1])
    for documents in asked[:-1]:
        if documents:
            budget.work += NODE + COMPARED * documents
    return row, asked
