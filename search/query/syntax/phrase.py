"""Words in quotation marks: found as written, one after the other.

A word that a tag or a blank was lost beside is written there all the same, and so are two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.fields import EXACT, LEAD_FIELD
from index.light_dataclass import dataclass
from search.query.syntax.glued import Holder, terms_of_holders, with_holders
from search.query.syntax.node import Marked, Node, marked_in, said_of, same, scoped
from search.query.weights import Weights
from search.query.word_query import JoinedQuery, Spelling, WordQuery


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """One surface form or more; ``scope`` as in ``Word``.

    ``holders``: glued words that hold the only one; ``joined``: the same with some of several in a
    glued word (see ``rewrite.glued``).
    """

    surfaces: tuple[str, ...]
    scope: str | None = None
    holders: tuple[Holder, ...] = field(default=(), compare=False)
    joined: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    def compile(self, weights: Weights) -> Query:
        """The words in every field of surface forms; one word alone is a word."""
        fields = weights.as_written(self.scope)
        if len(self.surfaces) == 1:
            (surface,) = self.surfaces
            query = WordQuery.of(tuple((name, surface, weight) for name, weight in fields))
            return with_holders(query, surface, self.holders, fields)
        spelt = [_side_by_side(words, fields) for words in (self.surfaces, *self.joined)]
        return spelt[0] if len(spelt) == 1 else JoinedQuery(spelt, " ".join(self.surfaces))

    def spelling(self, weights: Weights) -> Spelling | None:
        """One word alone."""
        if len(self.surfaces) > 1:
            return None
        fields = weights.as_written(self.scope)
        own = tuple([(name, self.surfaces[0], weight) for name, weight in fields])
        return (own, terms_of_holders(self.holders, fields)) if self.holders else (own,)

    def placed(self, field: str) -> Query:
        if len(self.surfaces) == 1:
            held = [one.surface for one in self.holders]
            ways = [whoosh_query.Term(field + EXACT, word) for word in (*self.surfaces, *held)]
        else:
            spelt = (self.surfaces, *self.joined)
            ways = [whoosh_query.Phrase(field + EXACT, list(words)) for words in spelt]
        return ways[0] if len(ways) == 1 else whoosh_query.Or(ways)

    @property
    def binds(self) -> bool:
        return True

    def marked(self) -> Marked:
        pieces = tuple(one.piece(self.surfaces[0]) for one in self.holders)
        marked = Marked(phrases=(self.surfaces, *self.joined), pieces=pieces)
        return marked_in(self.scope, marked)

    def width(self) -> int:
        return len(self.surfaces) if self.scope in {None, LEAD_FIELD} else 0

    def as_typed(self) -> str:
        return scoped(self.scope, f'"{" ".join(self.surfaces)}"')

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, same(f"“{' '.join(self.surfaces)}”"), said)


def _side_by_side(words: Sequence[str], fields: Sequence[tuple[str, float]]) -> Query:
    """Words one after the other in one of the fields."""
    if len(words) == 1:
        return WordQuery.of((name, words[0], weight) for name, weight in fields)
    phrases = [whoosh_query.Phrase(name, list(words), boost=weight) for name, weight in fields]
    return phrases[0] if len(phrases) == 1 else whoosh_query.Or(phrases)
