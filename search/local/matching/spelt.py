"""A word that is written in several ways, as a kernel takes it: its row is not made.

Without one it is the best of the rows of its ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeGuard

from whoosh.query import Or, Query

from index.light_dataclass import dataclass
from search.local.matches import Matches, added, highest
from search.local.matching.term import row, terms_of
from search.local.matching.ways import best_of
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

    None without the kernel, of any query that is not terms, and where the budget does not last.
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
    rows = searcher.rows
    return best_of(rows, query.ways, rows.word, searcher.budget) if query.ways else None


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
    return isinstance(query, Spelt) and bool(query.key) and query.boost == 1.0
