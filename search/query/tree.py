"""Syntax tree to Whoosh query objects: how fields and weights take part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from whoosh import query as whoosh_query

from index.analysis import fold_value
from index.dates import WIB
from search.query.syntax import (
    AllOf,
    AnyOf,
    DateRange,
    Exclude,
    FacetIs,
    Node,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    insisted,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a match in each field is worth, and which share of it less telling words have.

    ``spared``: the share of words that need not match. A word of a question's name of n words has
    ``name`` * n ** -``name_words``.
    """

    title: float = 1.0
    body: float = 1.0
    title_exact: float = 0.4
    body_exact: float = 0.5
    spared: float = 0.25
    name: float = 1.2
    name_words: float = 0.5

    def of(self, scope: str | None, *, exact: bool) -> list[tuple[str, float]]:
        """The fields of one scope (None: of both) with their weights."""
        suffix = "_exact" if exact else ""
        names = ["title", "body"] if scope is None else [scope]
        return [(name + suffix, getattr(self, name + suffix)) for name in names]

    def share(self, word: Word) -> float:
        """What of the fields' weights a word has."""
        if word.name_words:
            return self.name * float(word.name_words**-self.name_words)
        return self.spared if word.spared else 1.0

    def times(self, factor: float) -> Weights:
        """The weights of the fields multiplied."""
        return replace(
            self,
            title=self.title * factor,
            body=self.body * factor,
            title_exact=self.title_exact * factor,
            body_exact=self.body_exact * factor,
        )


DEFAULT_WEIGHTS = Weights()

SYNONYM_WEIGHT = 0.8
"""What a synonym's match is worth beside one of the word that was written."""


def query_tree(  # noqa: C901, PLR0911 - one case for each kind of node
    node: Node | None, weights: Weights = DEFAULT_WEIGHTS
) -> whoosh_query.Query:
    """The Whoosh query of a syntax tree; None gives the query that matches every article.

    It is made of And, Or, Not (only directly below And), AndMaybe, DisjunctionMax, Term, Phrase,
    Prefix, DateRange, ConstantScoreQuery and Every. It must not be changed: parts are shared.
    """
    match node:
        case None:
            return whoosh_query.Every()
        case Word(surface, stem, scope):
            return _word(surface, stem, scope, weights, weights.share(node))
        case Phrase(surfaces, scope):
            return _one_of(
                [
                    whoosh_query.Phrase(name, list(surfaces), boost=weight)
                    if len(surfaces) > 1
                    else whoosh_query.Term(name, surfaces[0], boost=weight)
                    for name, weight in _phrase_weights(weights, scope)
                ]
            )
        case Prefix(surface, scope):
            return _one_of(
                [
                    whoosh_query.Prefix(name, surface, boost=weight)
                    for name, weight in _phrase_weights(weights, scope)
                ]
            )
        case FacetIs(facet, value):
            term = whoosh_query.Term(facet.value, fold_value(value))
            return whoosh_query.ConstantScoreQuery(term, 0.0)
        case DateRange(first, last):
            return whoosh_query.ConstantScoreQuery(
                whoosh_query.DateRange("date", _start(first), _end(last)), 0.0
            )
        case Exclude():
            return whoosh_query.And([whoosh_query.Every(), _part(node, weights)])
        case AnyOf(nodes):
            return _one_of([query_tree(child, weights) for child in nodes])
        case Synonyms(written, others):
            lesser = weights.times(SYNONYM_WEIGHT)
            return whoosh_query.DisjunctionMax(
                [query_tree(written, weights), *(query_tree(other, lesser) for other in others)]
            )
        case AllOf(nodes):
            required, others = insisted(nodes)
            children = [_part(child, weights) for child in required]
            if all(isinstance(child, Exclude) for child in required):
                children.insert(0, whoosh_query.Every())
            query = whoosh_query.And(children)
            if not others:
                return query
            maybe = _one_of([query_tree(one, weights) for one in others])
            return whoosh_query.AndMaybe(query, maybe)


def relaxed(node: Node | None) -> Node | None:
    """The tree in which one of the top words suffices; None where that changes nothing.

    Filters and excluded parts stay as strict as they were.
    """
    if isinstance(node, Synonyms):
        node = AllOf((node,))
    if not isinstance(node, AllOf):
        return None
    required, others = insisted(node.nodes)
    optional = tuple(
        part
        for child in required
        if not isinstance(child, FacetIs | DateRange | Exclude)
        for part in _opened(child)
    )
    if len(optional) < 2:
        return None
    strict = tuple(
        child for child in node.nodes if isinstance(child, FacetIs | DateRange | Exclude)
    )
    rest = (*strict, *others)
    return AllOf((AnyOf(optional), *rest)) if rest else AnyOf(optional)


def _opened(node: Node) -> tuple[Node, ...]:
    """The words of a name that has synonyms, beside it, without those that need not match."""
    if isinstance(node, Synonyms) and isinstance(node.written, AllOf):
        return node, *insisted(node.written.nodes)[0]
    return (node,)


@lru_cache(maxsize=10_000)
def _word(
    surface: str, stem: str, scope: str | None, weights: Weights, share: float
) -> whoosh_query.Query:
    """A word's stem and its surface form in all of its fields."""
    stems = [
        whoosh_query.Term(name, stem, boost=weight * share)
        for name, weight in weights.of(scope, exact=False)
    ]
    exact = [
        whoosh_query.Term(name, surface, boost=weight * share)
        for name, weight in weights.of(scope, exact=True)
    ]
    return whoosh_query.Or(stems + exact)


def _part(node: Node, weights: Weights) -> whoosh_query.Query:
    if isinstance(node, Exclude):
        return whoosh_query.Not(query_tree(node.node, weights))
    return query_tree(node, weights)


def _one_of(children: list[whoosh_query.Query]) -> whoosh_query.Query:
    return children[0] if len(children) == 1 else whoosh_query.Or(children)


def _phrase_weights(weights: Weights, scope: str | None) -> list[tuple[str, float]]:
    """What is sought as written stands only in the exact fields, and counts like the stems."""
    return [
        (name, weights.title if name.startswith("title") else weights.body)
        for name, _ in weights.of(scope, exact=True)
    ]


def _start(day: date | None) -> datetime | None:
    if day is None:
        return None
    try:
        moment = datetime(day.year, day.month, day.day, tzinfo=WIB)
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # the first day of year 1 began in year 0 of UTC
        return datetime.min  # noqa: DTZ901 - Whoosh's dates are naive


def _end(day: date | None) -> datetime | None:
    """The last microsecond of the day."""
    start = _start(day)
    return None if start is None else start + timedelta(hours=24, microseconds=-1)
