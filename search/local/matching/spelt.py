"""A word that is written in several ways, as a kernel takes it: its row is not made.

Ways that are terms are left to the kernel, which reads of them what it needs. Only of ways that are
more, as two words side by side, which few articles have, the matches are found first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeGuard, cast

from whoosh.query import Or, Query

from index.light_dataclass import dataclass
from search.local.matches import Matches, added, highest
from search.local.matching.term import row, terms_of
from search.query.word_query import GluedQuery, SpellingsQuery, Terms

if TYPE_CHECKING:
    from index.kernels.scoring import Word
    from search.local.matching.searcher import Searcher

Spelt = SpellingsQuery | GluedQuery


@dataclass(frozen=True, slots=True)
class Sum:
    """Words whose scores add up, where any of them suffices."""

    words: tuple[Terms | Spelt, ...]


def leaves(query: Spelt) -> Iterator[Terms | Sum | Query]:
    """The ways to write a word; those of one that is written in several ways itself are its own."""
    for child in query.subqueries:
        terms = terms_of(child)
        if terms is not None:
            yield terms
        elif _is_spelt(child):
            yield from leaves(child)
        else:
            yield _sum(child) or child


def spelt_word(searcher: Searcher, query: Query) -> Word | None:
    """A word made ready, and counted as if its row was read.

    None without the kernel, of any other query, and where the budget does not last.
    """
    if searcher.rows.scorer is None or not _is_spelt(query):
        return None
    return searcher.rows.spelt(query.key, partial(_made, searcher, query), searcher.budget)


def best_way(searcher: Searcher, query: Spelt) -> Matches:
    """The same without the kernel: the row of a word, which is the best of the rows of its ways."""
    found = []
    for way in leaves(query):
        if isinstance(way, Sum):
            parts = [_row(searcher, word) for word in way.words]
            found.append(added(parts, searcher.snapshot.size))
        else:
            found.append(searcher.run(way) if isinstance(way, Query) else row(searcher, way))
    return highest(found)


def spelt_row(searcher: Searcher, query: Spelt) -> Matches:
    """The row of a word that is written in several ways, kept."""
    return searcher.rows.whole(query.key, partial(best_way, searcher, query), searcher.budget)


def _row(searcher: Searcher, word: Terms | Spelt) -> Matches:
    return row(searcher, word) if isinstance(word, tuple) else spelt_row(searcher, word)


def _made(searcher: Searcher, query: Spelt) -> Word | None:
    rows, budget, scorer = searcher.rows, searcher.budget, searcher.rows.scorer
    assert scorer is not None
    ways: list[Terms | tuple[Word, ...]] = []
    known = []
    for way in leaves(query):
        if isinstance(way, Query):
            found = searcher.run(way)
            known.append((found.documents, found.scores))
        elif isinstance(way, Sum):
            words = _words(searcher, way)
            if words is None:
                return None
            ways.append(words)
        else:
            ways.append(way)
    word = scorer.word(tuple(ways), tuple(known))
    if word is None:
        return None
    for way, read in zip(ways, word.reads, strict=True):
        if read[0]:
            rows.count_way(cast("Terms", way), read, budget)
    return None if budget.spent() else word


def _words(searcher: Searcher, added_up: Sum) -> tuple[Word, ...] | None:
    """The words of a sum made ready, and counted."""
    rows, budget = searcher.rows, searcher.budget
    found = []
    for one in added_up.words:
        if isinstance(one, tuple):
            made = rows.word((one,))
            word = None if made is None else made.word
            if made is not None:
                made.charge(budget)
        else:
            word = spelt_word(searcher, one)
        if word is None:
            return None
        found.append(word)
    return tuple(found)


def _sum(query: Query) -> Sum | None:
    """An Or of words; None of anything else."""
    if type(query) is not Or or query.boost != 1.0 or query.scale is not None:
        return None
    words = []
    for child in query.subqueries:
        terms = terms_of(child)
        if terms is None and not _is_spelt(child):
            return None
        words.append(child if terms is None else terms)
    return Sum(tuple(words)) if words else None


def _is_spelt(query: Query) -> TypeGuard[Spelt]:
    """Whether it is a word in several ways, which may be kept."""
    return isinstance(query, Spelt) and query.key is not None and query.boost == 1.0
