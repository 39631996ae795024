"""The Whoosh queries of one word: an Or of its terms that knows them, the best of its spellings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self, TypeAlias

from whoosh.query import DisjunctionMax, Or, Query, Term

Terms = tuple[tuple[str, str, float], ...]
"""Field, text and weight of each term of a word."""

Ways = tuple[Terms, ...]
"""A word, of whose ways the best counts: its own terms, those of glued words that hold it."""


class Beside(NamedTuple):
    """Words that stand side by side, whose scores add up: one of the ``phrases`` must be there.

    ``phrases``: of each the field and its terms.
    """

    words: tuple[Ways, ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]


class AnyOfWords(NamedTuple):
    """Words of which any suffices, and whose scores add up."""

    words: tuple[Ways, ...]


Spelling: TypeAlias = Ways | Beside | AnyOfWords


class WordQuery(Or):  # type: ignore[misc]
    """An Or of ``Term`` queries that stand for one word: its stem and its surface form by field.

    To Whoosh it is an Or. An engine adds up the scores of all of its terms at once.
    """

    @classmethod
    def of(cls, terms: Iterable[tuple[str, str, float]]) -> Self:
        """The query of the terms."""
        return cls([Term(field, text, boost=weight) for field, text, weight in terms])

    def with_boost(self, boost: float) -> Self:
        """The same with all scores multiplied by ``boost`` in place of its own."""
        return type(self)(self.subqueries, boost=boost)

    @cached_property
    def weighted_terms(self) -> Terms:
        """The terms with their weights."""
        return tuple((one.fieldname, one.text, one.boost * self.boost) for one in self.subqueries)


class SpellingsQuery(DisjunctionMax):  # type: ignore[misc]
    """The best of the spellings of one word. Those with equal keys find and score the same.

    To Whoosh it is a DisjunctionMax. An engine may keep what it finds as it keeps that of a word;
    not without a key, as Whoosh's own copies are. ``ways``: the same as terms, where each spelling
    is such; else empty. Queries may be given by what compiles them when they are asked for, and can
    be pickled as they can.
    """

    def __init__(
        self,
        spellings: Sequence[Query] | Callable[[], Sequence[Query]],
        key: tuple[Hashable, ...] = (),
        ways: tuple[Spelling, ...] = (),
        **options: Any,
    ) -> None:
        self._compile = spellings if callable(spellings) else None
        super().__init__(() if callable(spellings) else spellings, **options)
        self.key = key
        self.ways = ways

    @property
    def subqueries(self) -> Sequence[Query]:
        """The queries of the spellings."""
        compile_ = self._compile
        if compile_ is not None:
            self._queries = compile_()
            self._compile = None
        return self._queries

    @subqueries.setter
    def subqueries(self, queries: Sequence[Query]) -> None:
        self._queries = queries


class JoinedQuery(DisjunctionMax):  # type: ignore[misc]
    """The best of a phrase's query and of those of the phrase with words of it glued.

    ``phrase`` is its words as they were typed. To Whoosh it is a DisjunctionMax.
    """

    def __init__(self, ways: Sequence[Query], phrase: str = "", **options: Any) -> None:
        super().__init__(ways, **options)
        self.phrase = phrase


class GluedQuery(DisjunctionMax):  # type: ignore[misc]
    """The best of a word's query and of that of the glued words that hold it.

    ``word`` is what they hold. To Whoosh it is a DisjunctionMax. An engine may keep what it finds
    as it keeps that of a word; not without a word, as Whoosh's own copies are.
    """

    def __init__(self, ways: Sequence[Query], word: str = "", **options: Any) -> None:
        super().__init__(ways, **options)
        self.word = word

    @property
    def own(self) -> WordQuery:
        """The word's query."""
        own: WordQuery = self.subqueries[0]
        return own

    @property
    def holders(self) -> WordQuery:
        """The query of the glued words."""
        holders: WordQuery = self.subqueries[1]
        return holders

    @property
    def ways(self) -> tuple[Spelling, ...]:
        """The same as terms."""
        return ((self.own.weighted_terms, self.holders.weighted_terms),)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Of queries that find and score the same in one index the same: holders follow from it."""
        return (GluedQuery, self.own.weighted_terms) if self.word else ()
