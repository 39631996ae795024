"""What stands for many words: ``makan*``, ``pen*kapan``, ``kebakran~``, and phrases with them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import field, replace

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.fields import EXACT, LEAD_FIELD
from index.light_dataclass import dataclass
from search.query.placed_query import RunQuery
from search.query.syntax.node import Marked, Node, RunMarks, both, marked_in, said_of, same, scoped
from search.query.weights import Weights
from search.query.word_query import WordQuery

GAP = "*"
"""Stands for a whole word in a phrase."""

WILD = frozenset("*?")

_BEGINNING = Text("words beginning with “{what}”", "kata berawalan “{what}”")
_FITTING = Text("words such as “{what}”", "kata berbentuk “{what}”")
_LIKE = Text("words like “{what}”", "kata mirip “{what}”")


class _ManyWords(Node):
    """What stands for many words; ``scope`` and ``is_bound`` as in ``Word``."""

    __slots__ = ()
    scope: str | None
    is_bound: bool

    @property
    def binds(self) -> bool:
        return self.is_bound or self.scope is not None

    @property
    def signed(self) -> bool:
        return self.is_bound and self.scope is None

    @abstractmethod
    def in_field(self, name: str, weight: float) -> Query:
        """Its query in one field of surface forms."""

    def compile(self, weights: Weights) -> Query:
        """Its query in every field of surface forms."""
        return _one_of(
            self.in_field(name, weight) for name, weight in weights.as_written(self.scope)
        )

    def placed(self, field: str) -> Query:
        return self.in_field(field + EXACT, 1.0)

    def width(self) -> int:
        return int(self.scope in {None, LEAD_FIELD})


@dataclass(frozen=True, slots=True)
class Prefix(_ManyWords):
    """Every surface form that begins with ``surface``.

    ``scope`` and ``is_bound`` as in ``Word``.
    """

    surface: str
    scope: str | None = None
    is_bound: bool = field(default=False, compare=False)

    def in_field(self, name: str, weight: float) -> Query:
        return whoosh_query.Prefix(name, self.surface, boost=weight)

    def marked(self) -> Marked:
        return marked_in(self.scope, Marked(prefixes=(self.surface,)))

    def bound(self) -> Prefix:
        return replace(self, is_bound=True)

    def as_typed(self) -> str:
        return scoped(self.scope, f"{self.surface}*")

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, both(_BEGINNING, what=self.surface), said)


@dataclass(frozen=True, slots=True)
class Pattern(_ManyWords):
    """Every surface form that fits ``pattern``: ``*`` any letters or none, ``?`` any one letter.

    ``scope`` and ``is_bound`` as in ``Word``.
    """

    pattern: str
    scope: str | None = None
    is_bound: bool = field(default=False, compare=False)

    def in_field(self, name: str, weight: float) -> Query:
        return whoosh_query.Wildcard(name, self.pattern, boost=weight)

    def marked(self) -> Marked:
        return marked_in(self.scope, Marked(patterns=(self.pattern,)))

    def bound(self) -> Pattern:
        return replace(self, is_bound=True)

    def as_typed(self) -> str:
        return scoped(self.scope, self.pattern)

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, both(_FITTING, what=self.pattern), said)


@dataclass(frozen=True, slots=True)
class Fuzzy(_ManyWords):
    """Every surface form at most ``distance`` edits from ``surface`` (optimal string alignment).

    ``auto``: the distance was not typed, but follows from the length. ``scope`` and ``is_bound`` as
    in ``Word``.
    """

    surface: str
    distance: int
    scope: str | None = None
    auto: bool = field(default=False, compare=False)
    is_bound: bool = field(default=False, compare=False)

    def in_field(self, name: str, weight: float) -> Query:
        return whoosh_query.FuzzyTerm(
            name, self.surface, boost=weight, maxdist=self.distance, prefixlength=0
        )

    def marked(self) -> Marked:
        return marked_in(self.scope, Marked(fuzzy=((self.surface, self.distance),)))

    def bound(self) -> Fuzzy:
        return replace(self, is_bound=True)

    def as_typed(self) -> str:
        return scoped(self.scope, f"{self.surface}~{'' if self.auto else self.distance}")

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, both(_LIKE, what=self.surface), said)


@dataclass(frozen=True, slots=True)
class PatternPhrase(Node):
    """A phrase in which ``*`` is any word, or words are patterns: ``"presiden * wid*"``.

    ``words``: surface forms, patterns, or ``GAP``; the first and the last are no ``GAP``, and at
    least one holds a sign of patterns. ``scope`` as in ``Word``.
    """

    words: tuple[str, ...]
    scope: str | None = None

    @property
    def binds(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        """The words in every field of surface forms, and that they stand so in one of them."""
        fields = weights.as_written(self.scope)
        names = [name.removesuffix(EXACT) for name, _ in weights.of(self.scope, exact=False)]
        return whoosh_query.And(
            [
                *(
                    _one_of(_word(name, word, weight) for name, weight in fields)
                    if WILD.intersection(word)
                    else WordQuery.of((name, word, weight) for name, weight in fields)
                    for word in self.words
                    if word != GAP
                ),
                whoosh_query.ConstantScoreQuery(_one_of(map(self.placed, names)), 0.0),
            ]
        )

    def placed(self, field: str) -> Query:
        offsets = [at for at, word in enumerate(self.words) if word != GAP]
        return RunQuery(field, [_word(field + EXACT, self.words[at]) for at in offsets], offsets)

    def marked(self) -> Marked:
        parts = tuple(
            Marked(patterns=(word,)) if WILD.intersection(word) else Marked(phrases=((word,),))
            for word in self.words
            if word != GAP
        )
        offsets = tuple(at for at, word in enumerate(self.words) if word != GAP)
        return marked_in(self.scope, Marked(spans=(RunMarks(parts, offsets),)))

    def width(self) -> int:
        return len(self.words) if self.scope in {None, LEAD_FIELD} else 0

    def as_typed(self) -> str:
        return scoped(self.scope, f'"{" ".join(self.words)}"')

    def told(self, said: str | None = None) -> Text:
        return said_of(self.scope, same(f"“{' '.join(self.words)}”"), said)


def _word(field: str, word: str, weight: float = 1.0) -> Query:
    """One word of a phrase in a field of surface forms."""
    if not WILD.intersection(word):
        return whoosh_query.Term(field, word, boost=weight)
    beginning = word.rstrip("*")
    if not WILD.intersection(beginning):
        return whoosh_query.Prefix(field, beginning, boost=weight)
    return whoosh_query.Wildcard(field, word, boost=weight)


def _one_of(queries: Iterable[Query]) -> Query:
    several = list(queries)
    return several[0] if len(several) == 1 else whoosh_query.Or(several)
