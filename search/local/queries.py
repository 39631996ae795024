"""The Whoosh queries of a question, and the same as arrays of terms: made when asked for, once."""

from __future__ import annotations

from dataclasses import field

from whoosh import query as whoosh_query
from whoosh.query import Every, Query

from index.kept import kept
from index.light_dataclass import dataclass
from search.local.matching.flat import FlatQuery
from search.local.matching.flattened import flat_of
from search.local.matching.term import terms_of
from search.local.reading.made import Ready
from search.local.scoring.ranking import Ranking
from search.query.syntax.node import Node
from search.query.word_query import GluedQuery, Terms
from search.question import Question


@dataclass(frozen=True)
class Queries:
    """What a question compiles to by a ranking's weights.

    ``known``: the flat query and ``terms``, where whoever made the question knows them already;
    ``typed``: the same of its words as ``scoring.holding`` has them, where they are plain;
    ``lacking``: of what some may be lacking (``Question.spared``). ``made``: the query, where it
    was not made of the question.
    """

    question: Question
    ranking: Ranking
    known: tuple[FlatQuery, tuple[Terms, ...] | None] | None = field(default=None, compare=False)
    made: Query | None = field(default=None, compare=False)
    typed: tuple[str, ...] | None = field(default=None, compare=False)
    lacking: tuple[Node, ...] | None = field(default=None, compare=False)

    @kept
    def query(self) -> Query | None:
        """What must match, None where there is nothing to search for."""
        if self.made is not None or self.question.nothing:
            return self.made
        root = self.question.root
        return Every() if root is None else root.compile(self.ranking.weights)

    @kept
    def relaxed(self) -> Query | None:
        """The same with some of the words, None where that finds no more."""
        relaxed = self._relaxed
        return None if relaxed is None else relaxed.compile(self.ranking.weights)

    @kept
    def spared(self) -> tuple[tuple[str, Query], ...]:
        """What need not match in ``relaxed``, as it was typed."""
        if self._relaxed is None:
            return ()
        weights = self.ranking.weights
        return tuple((node.as_typed(), node.compile(weights)) for node in self.question.spared)

    @property
    def flat(self) -> FlatQuery | None:
        """The words of the question where it asks for nothing else; else None."""
        return self._flat if self.known is None else self.known[0]

    @kept
    def ready(self) -> Ready | None:
        """The same made ready for a kernel, where whoever made the question has it so."""
        return None if self.known is None else self.known[0].ready

    @property
    def spared_texts(self) -> tuple[str, ...]:
        """What of the question may be lacking, as it was typed."""
        nodes = self.question.spared if self.lacking is None else self.lacking
        return tuple([node.as_typed() for node in nodes])

    @property
    def terms(self) -> tuple[Terms, ...] | None:
        """The terms of each of the words; None where anything but words adds to scores."""
        return self._terms if self.known is None else self.known[1]

    @kept
    def _terms(self) -> tuple[Terms, ...] | None:
        return None if self.query is None else terms_in(self.query)

    @kept
    def _flat(self) -> FlatQuery | None:
        return None if self.query is None else flat_of(self.query, self.relaxed)

    @kept
    def complete_first(self) -> bool:
        """Whether by relevance articles that have all words come first, whatever the scores."""
        question = self.question
        if question.kind is not None or question.nothing:
            return False
        if self.known is not None:  # what is spared are the loose words, if there are others
            flat = self.known[0]
            return not flat.words or len(flat.loose) <= self.ranking.most_lacking
        # Without what may be lacking there is no relaxed tree, which is not made for this.
        lacking = len(self.question.spared) if self.ranking.partial else 0
        return lacking <= self.ranking.most_lacking

    @property
    def _relaxed(self) -> Node | None:
        return self.question.relaxed if self.ranking.partial else None


def terms_in(query: Query) -> tuple[Terms, ...] | None:  # noqa: PLR0911 - one case a query type
    """The terms of each word of a query; None where anything but words adds to scores."""
    terms = terms_of(query)
    if terms is not None:
        return (terms,)
    if isinstance(query, GluedQuery):
        return ((*query.own.weighted_terms, *query.holders.weighted_terms),)
    if isinstance(query, whoosh_query.Not | whoosh_query.Every):
        return ()
    if isinstance(query, whoosh_query.ConstantScoreQuery) and not query.score:
        return ()
    combining = whoosh_query.And, whoosh_query.Or, whoosh_query.AndMaybe
    if not isinstance(query, (*combining, whoosh_query.DisjunctionMax)):
        return None
    found: list[Terms] = []
    for child in query.children():
        words = terms_in(child)
        if words is None:
            return None
        found += words
    return tuple(found)
