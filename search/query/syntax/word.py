"""A word: found by its stem, ranked by its surface form too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from functools import lru_cache

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.fields import EXACT, LEAD_FIELD
from index.light_dataclass import dataclass
from search.query.operators import as_word
from search.query.syntax.glued import Holder, terms_of_holders, with_holders
from search.query.syntax.node import Marked, Node, marked_in, said_of, same, scoped
from search.query.weights import Weights
from search.query.word_query import Spelling, Terms, WordQuery


@dataclass(frozen=True, slots=True)
class Word(Node):
    """``scope`` is the field that the word is restricted to (``title`` or ``body``), None for both.

    ``is_optional``: it is a stop word, or one that asks or goes with the asking (see
    ``rewrite.question``). ``name_words``: how many words the name has that it is one of, 0 for none
    (see ``rewrite.names``). What follows makes it no other word. ``capital``: whether it was typed
    with one. ``is_bound``: whether it binds although it is restricted to no field. ``typed``: as it
    was typed, empty for a word that was not. ``literal``: whether it is no word but a piece of what
    was typed, such as a pattern or an address, so that it is never misspelt. ``holders``:
    the glued words that it stands in (see ``rewrite.glued``).
    """

    surface: str
    stem: str
    scope: str | None = None
    is_optional: bool = False
    name_words: int = 0
    capital: bool = field(default=False, compare=False)
    is_bound: bool = field(default=False, compare=False)
    typed: str = field(default="", compare=False)
    literal: bool = field(default=False, compare=False)
    holders: Sequence[Holder] = field(default=(), compare=False)

    @property
    def optional(self) -> bool:
        return self.is_optional and not self.is_bound

    @property
    def binds(self) -> bool:
        return self.is_bound or self.scope is not None

    @property
    def signed(self) -> bool:
        return self.is_bound and self.scope is None

    def compile(self, weights: Weights) -> Query:
        """Its stem and its surface form in all of its fields."""
        share = self._share(weights)
        query = _compiled(self.surface, self.stem, self.scope, weights, share)
        if not self.holders:
            return query
        return with_holders(query, self.stem, self.holders, self.fields(weights)[2])

    def ways(self, weights: Weights) -> tuple[Terms, ...]:
        """The terms of its query, and of that of the glued words, if there are any."""
        return self._ways(self.fields(weights))

    def lesser(self, weights: Weights, factor: float) -> tuple[Terms, ...]:
        """The same with ``weights.times(factor)``."""
        if self.optional or self.name_words:
            return self.ways(weights.times(factor))
        # Sooner than of new weights, of which nothing is known.
        stems, surfaces, held = self.fields(weights)
        return self._ways((_times(stems, factor), _times(surfaces, factor), _times(held, factor)))

    def _ways(self, fields: Fields) -> tuple[Terms, ...]:
        own = _terms(self.surface, self.stem, fields)
        if not self.holders:
            return (own,)
        return own, terms_of_holders(self.holders, fields[2])

    def spelling(self, weights: Weights) -> Spelling:
        return self.ways(weights)

    def held_in(self, holders: Sequence[Holder]) -> Word:
        """The same with these holders; sooner than by ``replace``, as most words have some."""
        return Word(
            self.surface,
            self.stem,
            self.scope,
            self.is_optional,
            self.name_words,
            self.capital,
            self.is_bound,
            self.typed,
            self.literal,
            holders,
        )

    def fields(self, weights: Weights) -> Fields:
        """The fields of its stem, of its surface form and of glued words, with its weights."""
        return _fields(self.scope, weights, self._share(weights))

    def _share(self, weights: Weights) -> float:
        if self.name_words:
            return weights.of_name(self.name_words)
        return weights.spared if self.optional else 1.0

    def placed(self, field: str) -> Query:
        own = whoosh_query.Term(field, self.stem)
        held = [whoosh_query.Term(field + EXACT, one.surface) for one in self.holders]
        return whoosh_query.Or([own, *held]) if held else own

    def marked(self) -> Marked:
        pieces = tuple(one.piece(self.stem) for one in self.holders)
        return marked_in(self.scope, Marked(stems=frozenset((self.stem,)), pieces=pieces))

    def width(self) -> int:
        return int(self.scope is None or self.scope == LEAD_FIELD)

    def as_written(self) -> Word:
        return replace(self, is_optional=False)

    def bound(self) -> Word:
        return replace(self, is_bound=True)

    def as_typed(self) -> str:
        return scoped(self.scope, as_word(self.typed or self.surface))

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, same(self.typed or self.surface), said)


@lru_cache(maxsize=10_000)
def _compiled(
    surface: str, stem: str, scope: str | None, weights: Weights, share: float
) -> WordQuery:
    return WordQuery.of(_terms(surface, stem, _fields(scope, weights, share)))


_Weighed = tuple[tuple[str, float], ...]
Fields = tuple[_Weighed, _Weighed, _Weighed]


def _times(fields: _Weighed, factor: float) -> _Weighed:
    return tuple([(name, weight * factor) for name, weight in fields])


def _terms(surface: str, stem: str, fields: Fields) -> Terms:
    stems, surfaces, _ = fields
    own = [(name, stem, weight) for name, weight in stems]
    own += [(name, surface, weight) for name, weight in surfaces]
    return tuple(own)


@lru_cache(maxsize=100)
def _fields(scope: str | None, weights: Weights, share: float) -> Fields:
    """The fields of stems, of surface forms and of glued words, and what a word weighs in each."""
    stems, surfaces = (
        tuple((name, weight * share) for name, weight in weights.of(scope, exact=exact))
        for exact in (False, True)
    )
    return stems, surfaces, tuple((name + EXACT, weight) for name, weight in stems)
