"""Words in quotation marks: found as written, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as whoosh_query
from whoosh.query import Query

from search.query.syntax.node import Marked, Node, scoped
from search.query.weights import LEAD_FIELD, Weights
from search.query.word_query import WordQuery


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """One surface form or more; ``scope`` as in ``Word``."""

    surfaces: tuple[str, ...]
    scope: str | None = None

    def compile(self, weights: Weights) -> Query:
        """The words in every field of surface forms; one word alone is a word."""
        fields = weights.as_written(self.scope)
        if len(self.surfaces) == 1:
            (surface,) = self.surfaces
            return WordQuery.of(tuple((name, surface, weight) for name, weight in fields))
        phrases = [
            whoosh_query.Phrase(name, list(self.surfaces), boost=weight) for name, weight in fields
        ]
        return phrases[0] if len(phrases) == 1 else whoosh_query.Or(phrases)

    @property
    def binds(self) -> bool:
        return True

    def marked(self) -> Marked:
        return Marked(phrases=(self.surfaces,))

    def width(self) -> int:
        return len(self.surfaces) if self.scope in {None, LEAD_FIELD} else 0

    def as_typed(self) -> str:
        return scoped(self.scope, f'"{" ".join(self.surfaces)}"')
