"""A word: found by its stem, ranked by its surface form too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from whoosh.query import Query

from search.query.syntax.node import Marked, Node
from search.query.weights import LEAD_FIELD, Weights
from search.query.word_query import WordQuery


@dataclass(frozen=True, slots=True)
class Word(Node):
    """``scope`` is the field that the word is restricted to (``title`` or ``body``), None for both.

    ``is_optional``: it is a stop word, or one that asks or goes with the asking (see
    ``rewrite.question``). ``name_words``: how many words the name has that it is one of, 0 for none
    (see ``rewrite.names``). ``capital``: whether it was typed with one, which makes it no other
    word.
    """

    surface: str
    stem: str
    scope: str | None = None
    is_optional: bool = False
    name_words: int = 0
    capital: bool = field(default=False, compare=False)

    @property
    def optional(self) -> bool:
        return self.is_optional

    def compile(self, weights: Weights) -> Query:
        """Its stem and its surface form in all of its fields."""
        share = 1.0
        if self.name_words:
            share = weights.of_name(self.name_words)
        elif self.is_optional:
            share = weights.spared
        return _compiled(self.surface, self.stem, self.scope, weights, share)

    def marked(self) -> Marked:
        return Marked(stems=frozenset((self.stem,)))

    def width(self) -> int:
        return int(self.scope in {None, LEAD_FIELD})

    def as_written(self) -> Word:
        return replace(self, is_optional=False)


@lru_cache(maxsize=10_000)
def _compiled(
    surface: str, stem: str, scope: str | None, weights: Weights, share: float
) -> WordQuery:
    stems = weights.of(scope, exact=False)
    exact = weights.of(scope, exact=True)
    return WordQuery.of(
        (
            *((name, stem, weight * share) for name, weight in stems),
            *((name, surface, weight * share) for name, weight in exact),
        )
    )
