"""A word that is written in several ways, as a kernel takes it: its row is not made.

Ways that are terms are left to the kernel, which reads of them what it needs. Only of ways that are
more, as two words side by side, which few articles have, the matches are found first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from whoosh.query import Query

from search.local.matching.term import terms_of
from search.query.word_query import GluedQuery, SpellingsQuery

if TYPE_CHECKING:
    from index.kernels.scoring import Word
    from search.local.matching.searcher import Searcher

Spelt = SpellingsQuery | GluedQuery


def leaves(query: Spelt) -> Iterator[Query]:
    """The ways to write a word; those of one that is written in several ways itself are its own."""
    for child in query.subqueries:
        if isinstance(child, Spelt) and child.boost == 1.0:
            yield from leaves(child)
        else:
            yield child


def spelt_word(searcher: Searcher, query: Query) -> Word | None:
    """A word made ready, and counted as if its row was read.

    None without the kernel, of any other query, and where the budget does not last.
    """
    if not isinstance(query, Spelt) or query.key is None or query.boost != 1.0:
        return None
    rows, budget = searcher.rows, searcher.budget
    scorer = rows.scorer
    if scorer is None:
        return None

    def make() -> Word | None:
        ways, known = [], []
        for way in leaves(query):
            terms = terms_of(way)
            if terms is None:
                found = searcher.run(way)
                known.append((found.documents, found.scores))
            else:
                ways.append(terms)
        word = scorer.word(tuple(ways), tuple(known))
        if word is not None:
            for terms, read in zip(ways, word.reads, strict=True):
                rows.count_way(terms, read, budget)
        return None if budget.spent() else word

    return rows.spelt(query.key, make, budget)
