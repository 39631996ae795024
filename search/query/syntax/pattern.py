"""A pattern that stands for all words that fit it: ``makan*``, every word that begins so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from whoosh import query as whoosh_query
from whoosh.query import Query

from search.query.syntax.node import Marked, Node, scoped
from search.query.weights import LEAD_FIELD, Weights


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """Every surface form that begins with ``surface``.

    ``scope`` and ``is_bound`` as in ``Word``.
    """

    surface: str
    scope: str | None = None
    is_bound: bool = field(default=False, compare=False)

    @property
    def binds(self) -> bool:
        return self.is_bound or self.scope is not None

    def compile(self, weights: Weights) -> Query:
        """The prefix in every field of surface forms."""
        prefixes = [
            whoosh_query.Prefix(name, self.surface, boost=weight)
            for name, weight in weights.as_written(self.scope)
        ]
        return prefixes[0] if len(prefixes) == 1 else whoosh_query.Or(prefixes)

    def marked(self) -> Marked:
        return Marked(prefixes=(self.surface,))

    def width(self) -> int:
        return int(self.scope in {None, LEAD_FIELD})

    def bound(self) -> Prefix:
        return replace(self, is_bound=True)

    def as_typed(self) -> str:
        return scoped(self.scope, f"{self.surface}*")
