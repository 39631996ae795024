"""One word that is written together or apart: ``sepakbola``, ``sepak bola``; ``covid-19``.

It matches however it is written. The best way counts, and the one that was typed most.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.fields import TEXTS
from index.light_dataclass import dataclass
from search.query.syntax.node import Marked, Node, linked, marked_in, said_of, same, scoped
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import AnyOfWords, Beside, Spelling, SpellingsQuery, Ways

OTHER = 0.5
"""What another spelling is worth beside the one that was typed, of words as rare as its own."""

Spelt = tuple[tuple[Spelling, ...], tuple[Hashable, ...]]
"""The ways and the key of a ``SpellingsQuery``."""


@dataclass(frozen=True, slots=True)
class SideBySide(Node):
    """Words of one scope that stand one after the other in one field, in any of their forms.

    They score as they would apart. Where the article has them elsewhere too, that counts as well.
    """

    words: tuple[Word, ...]

    def compile(self, weights: Weights) -> Query:
        stems = [word.stem for word in self.words]
        names = [name for name, _ in weights.of(self.words[0].scope, exact=False)]
        phrases = [whoosh_query.Phrase(name, stems) for name in names]
        beside = phrases[0] if len(phrases) == 1 else whoosh_query.Or(phrases)
        return whoosh_query.And(
            [
                *(word.compile(weights) for word in self.words),
                whoosh_query.ConstantScoreQuery(beside, 0.0),
            ]
        )

    def spelling(self, weights: Weights) -> Beside:
        return self.beside(tuple([word.ways(weights) for word in self.words]))

    def beside(self, ways: tuple[Ways, ...]) -> Beside:
        """The same where the ways of its words are known."""
        stems, scope = tuple([word.stem for word in self.words]), self.words[0].scope
        names = TEXTS if scope is None else (scope,)
        return Beside(ways, tuple([(name, stems) for name in names]))

    def placed(self, field: str) -> Query:
        return whoosh_query.Phrase(field, [word.stem for word in self.words])

    def marked(self) -> Marked:
        runs = (tuple(word.stem for word in self.words),)
        return marked_in(self.words[0].scope, Marked(runs=runs))

    def width(self) -> int:
        return sum(word.width() for word in self.words)

    def bound(self) -> SideBySide:
        return SideBySide(tuple(word.bound() for word in self.words))

    def as_typed(self) -> str:
        return " ".join(word.as_typed() for word in self.words)

    def told(self, said: str | None = None) -> Text:
        return linked((word.told(said) for word in self.words), same(" "))


@dataclass(frozen=True, slots=True)
class Spellings(Node):
    """What was typed, or the same in another spelling: the best one counts.

    ``words``: as typed, one or two. ``written``: what they stand for. ``others``: each with what
    its words are worth beside those of ``written``, by their idf: rare words score more than the
    common ones that they are made of, and are brought to the same measure first.
    """

    words: tuple[Word, ...]
    written: Node
    others: tuple[tuple[Node, float], ...]

    @property
    def binds(self) -> bool:
        return any(word.binds for word in self.words)

    def compile(self, weights: Weights) -> SpellingsQuery:
        return self.query(self.written, weights, self.spelt(weights))

    def query(self, written: Node, weights: Weights, spelt: Spelt) -> SpellingsQuery:
        """What the node with ``written`` compiles to, of which that is known."""
        ways, key = spelt
        return SpellingsQuery(partial(_queries, written, self.others, weights), key, ways)

    def spelt(self, weights: Weights, known: tuple[Ways, ...] = ()) -> Spelt:
        """What its query has. ``known``: the ways of its words, where all are."""
        written: Spelling | None
        if known and type(self.written) is SideBySide:
            written = self.written.beside(known)
        else:
            written = self.written.spelling(weights)
        others = [_spelling(one, weights, OTHER / worth) for one, worth in self.others]
        found = [written, *others]
        ways = tuple([one for one in found if one is not None])
        key = _key(self.written) if written is None else _key_of_written(self.written)
        return (
            ways if len(ways) == len(found) else (),
            (weights, key, *[(_key(one), worth) for one, worth in self.others]),
        )

    def spelt_with(self, written: Node, weights: Weights, spelt: Spelt) -> Spelt:
        """The same of the node with others ``written``, sooner by what it is ``spelt`` itself.

        That has ways; ``written``: its words, of which any suffices.
        """
        ways, key = spelt
        first = ways[0]
        some = AnyOfWords(first.words) if type(first) is Beside else written.spelling(weights)
        others = key[2:]
        return (
            () if some is None else (some, *ways[1:]),
            (weights, _key_of_written(written), *others),
        )

    def placed(self, field: str) -> Query | None:
        return any_placed((self.written, *(other for other, _ in self.others)), field)

    def marked(self) -> Marked:
        return _marked((*self.words, *(other for other, _ in self.others)))

    def width(self) -> int:
        return sum(word.width() for word in self.words)

    def again(
        self, words: tuple[Word, ...], written: Node, others: tuple[tuple[Node, float], ...]
    ) -> Spellings:
        """The same, made of these."""
        return Spellings(words, written, others)

    def as_written(self) -> Node:
        return replace(self, words=tuple(word.as_written() for word in self.words))

    def bound(self) -> Spellings:
        return replace(self, words=tuple(word.bound() for word in self.words))

    def as_typed(self) -> str:
        return " ".join(word.as_typed() for word in self.words)

    def told(self, said: str | None = None) -> Text:
        return linked((word.told(said) for word in self.words), same(" "))


@dataclass(frozen=True, slots=True)
class TimeSpellings(Spellings):
    """The same of a time, of which hours and minutes are words; ``typed``: as it was typed."""

    typed: str

    def again(
        self, words: tuple[Word, ...], written: Node, others: tuple[tuple[Node, float], ...]
    ) -> Spellings:
        return TimeSpellings(words, written, others, self.typed)

    def as_typed(self) -> str:
        return scoped(self.words[0].scope, self.typed)

    def told(self, said: str | None = None) -> Text:
        return said_of(self.words[0].scope, same(self.typed), said)


def _spelling(node: Node, weights: Weights, factor: float) -> Spelling | None:
    """What a node is as terms, its weights multiplied."""
    if type(node) is Word:
        return node.lesser(weights, factor)
    if type(node) is SideBySide:
        return node.beside(tuple([word.lesser(weights, factor) for word in node.words]))
    return node.spelling(weights.times(factor))


def _key(node: Node) -> Hashable:
    """Equal for two nodes that compile to the same query, in one index with the same weights.

    Which glued words hold a word follows from the word: the key only says whether any does.
    """
    if type(node) is Word:
        optional, held = node.optional, bool(node.holders)
        return node.surface, node.stem, node.scope, optional, node.name_words, held
    if type(node) is SideBySide:
        return tuple([_key(word) for word in node.words])
    if type(node) is Phrase:
        return Phrase, node.surfaces, node.scope, bool(node.holders), node.joined
    return repr(node)


def _key_of_written(node: Node) -> Hashable:
    """The same of a spelling; words of which any suffices are its children."""
    some = node.children()
    return (AnyOfWords, *map(_key, some)) if some else _key(node)


def _queries(
    written: Node, others: Sequence[tuple[Node, float]], weights: Weights
) -> Sequence[Query]:
    """The queries of the spellings, ``others`` with their worths as in ``Spellings``."""
    lesser = [one.compile(_lesser(weights, worth)) for one, worth in others]
    return [written.compile(weights), *lesser]


def _lesser(weights: Weights, worth: float) -> Weights:
    return weights.times(OTHER / worth)


def _marked(nodes: Sequence[Node]) -> Marked:
    return reduce(or_, (node.marked() for node in nodes), Marked())


def any_placed(nodes: Sequence[Node], field: str) -> Query | None:
    """Where one of the nodes stands; None where none of them has a place."""
    parts = [part for node in nodes if (part := node.placed(field)) is not None]
    return parts[0] if len(parts) == 1 else whoosh_query.Or(parts) if parts else None
