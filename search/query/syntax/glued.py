"""A word that stands glued to others in articles, as ``kita`` in ``JakartaKita``.

The article has the word, though its index has it as a part of another term. What that gives counts
as the word itself would, where that gives less.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.query.syntax.node import Piece
from search.query.word_query import GluedQuery, Terms, WordQuery

WORTH = 0.9
"""What a word is worth where it is glued to another, beside one that stands alone."""

_KEPT = 1024
"""So many queries are kept: a plan compiles a word several times, and other plans have it, too."""


class Holder(NamedTuple):
    """A glued word, and from which letter to which it holds the word that is searched for.

    ``share``: of its own idf, that of the word.
    """

    surface: str
    start: int
    end: int
    share: float

    @property
    def part(self) -> str:
        """The word, as it is written there."""
        return self.surface[self.start : self.end]

    def piece(self, stem: str) -> Piece:
        """What is marked in texts."""
        return Piece(self.surface, self.start, self.end, stem)


def with_holders(
    query: WordQuery, word: str, holders: Sequence[Holder], fields: Sequence[tuple[str, float]]
) -> WordQuery | GluedQuery:
    """The query of a word, or where glued words hold it the best of it and them.

    ``fields``: those of surface forms, with the weights of the word.
    """
    if not holders:
        return query
    return GluedQuery([query, _of_holders(tuple(holders), tuple(fields))], word)


@lru_cache(_KEPT)
def _of_holders(holders: tuple[Holder, ...], fields: tuple[tuple[str, float], ...]) -> WordQuery:
    return WordQuery.of(terms_of_holders(holders, fields))


def terms_of_holders(holders: Sequence[Holder], fields: Sequence[tuple[str, float]]) -> Terms:
    """The terms of glued words; ``fields`` as above."""
    return tuple(
        [
            (name, one.surface, weight * WORTH * one.share)
            for one in holders
            for name, weight in fields
        ]
    )
