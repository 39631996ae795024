"""What stands near each other: ``a NEAR/5 b``, ``"a b"~5``, and early or in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.fields import LEAD_FIELD, TEXTS
from index.light_dataclass import dataclass
from search.query.placed_query import NearQuery, OpeningQuery, SentenceQuery
from search.query.syntax.boolean import AllOf, AnyOf, grouped
from search.query.syntax.node import (
    Marked,
    NearMarks,
    Node,
    OpeningMarks,
    SentenceMarks,
    both,
    linked,
    marked_in,
    said_of,
    scoped,
)
from search.query.syntax.pattern import Fuzzy, Pattern, PatternPhrase, Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import SideBySide
from search.query.syntax.word import Word
from search.query.weights import Weights

_AND = Text(" and ", " dan ")
_THEN = Text(" then ", " lalu ")
_WITHIN = Text("{what} within {distance} words", "{what} dalam {distance} kata")
_EARLY = Text("{what} in the first {words} words", "{what} di {words} kata pertama")
_SENTENCE = Text("{what} in one sentence", "{what} dalam satu kalimat")
_WITH_TILDE = re.compile(r'"[^"]*"~\d+')

WORDS = (Word, Phrase, Prefix, Pattern, Fuzzy, PatternPhrase)
"""The kinds that stand in a text by themselves; each has a ``scope``."""

OPENING_WORDS = 64
"""How many words of a body are its opening: ``awal:``."""


@dataclass(frozen=True, slots=True)
class Near(Node):
    """Nodes that stand at most ``distance`` words apart in one field, in any order or in theirs.

    How that is counted: ``NearQuery``. ``scope`` as in ``Word``; the operands have it, too. They
    score as they would apart.
    """

    nodes: tuple[Node, ...]
    distance: int
    ordered: bool = False
    scope: str | None = None

    @property
    def binds(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        return _together(self.nodes, self.scope, weights, self._at)

    def scoring(self, weights: Weights) -> Query:
        return _apart(self.nodes, weights)

    def placed(self, field: str) -> Query | None:
        return _of_parts(self.nodes, field, self._at)

    def marked(self) -> Marked:
        parts = tuple(in_scope(node, None).marked() for node in self.nodes)
        near = NearMarks(parts, self.distance, self.ordered)
        return marked_in(self.scope, Marked(spans=(near,)))

    def width(self) -> int:
        return sum(node.width() for node in self.nodes)

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return replace(self, nodes=tuple(map(_in_a_row, children)))

    def as_typed(self) -> str:
        if not self.ordered and all(map(_is_quoted, self.nodes)):
            words = " ".join(in_scope(node, None).as_typed().strip('"') for node in self.nodes)
            return scoped(self.scope, f'"{words}"~{self.distance}')
        first, *others = self.nodes
        begun = in_scope(first, None).as_typed() if isinstance(first, Near) else _operand(first)
        sign = "ONEAR" if self.ordered else "NEAR"
        text = f" {sign}/{self.distance} ".join([begun, *map(_operand, others)])
        return text if self.scope is None else scoped(self.scope, f"({text})")

    def told(self, said: str | None = None) -> Text:
        link = _THEN if self.ordered else _AND
        words = linked((grouped(node, said or self.scope) for node in self.nodes), link)
        near = both(_WITHIN, what=words, distance=str(self.distance))
        return said_of(self.scope, near, said)

    def _at(self, field: str, parts: Sequence[Query]) -> Query:
        return NearQuery(field, parts, self.distance, ordered=self.ordered)


@dataclass(frozen=True, slots=True)
class Opening(Node):
    """A node that stands among the first ``OPENING_WORDS`` words of a body: ``awal:kata``.

    The node is of the scope ``body``.
    """

    node: Node
    is_bound: bool = field(default=True, compare=False)

    @property
    def binds(self) -> bool:
        return self.is_bound

    def compile(self, weights: Weights) -> Query:
        return _together((self.node,), LEAD_FIELD, weights, self._at)

    def scoring(self, weights: Weights) -> Query:
        return self.node.scoring(weights)

    def placed(self, field: str) -> Query | None:
        return _of_parts((self.node,), field, self._at)

    def marked(self) -> Marked:
        return Marked(spans=(OpeningMarks(in_scope(self.node, None).marked(), OPENING_WORDS),))

    def width(self) -> int:
        return self.node.width()

    def children(self) -> tuple[Node, ...]:
        return (self.node,)

    def with_children(self, children: Sequence[Node]) -> Node:
        (node,) = children
        return replace(self, node=_in_a_row(node))

    def as_typed(self) -> str:
        return f"awal:{_operand(self.node)}"

    def told(self, said: str | None = None) -> Text:  # noqa: ARG002 - it is of bodies
        return both(_EARLY, what=grouped(self.node, LEAD_FIELD), words=str(OPENING_WORDS))

    def _at(self, field: str, parts: Sequence[Query]) -> Query:
        (part,) = parts
        return OpeningQuery(field, part, OPENING_WORDS)


@dataclass(frozen=True, slots=True)
class InSentence(Node):
    """Nodes that stand in one sentence of a body: ``kalimat:(a b)``. They are of its scope."""

    nodes: tuple[Node, ...]

    @property
    def binds(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        return _together(self.nodes, LEAD_FIELD, weights, SentenceQuery)

    def scoring(self, weights: Weights) -> Query:
        return _apart(self.nodes, weights)

    def placed(self, field: str) -> Query | None:
        return _of_parts(self.nodes, field, SentenceQuery)

    def marked(self) -> Marked:
        parts = tuple(in_scope(node, None).marked() for node in self.nodes)
        return Marked(spans=(SentenceMarks(parts),))

    def width(self) -> int:
        return sum(node.width() for node in self.nodes)

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return replace(self, nodes=tuple(map(_in_a_row, children)))

    def as_typed(self) -> str:
        return f"kalimat:({' '.join(map(_operand, self.nodes))})"

    def told(self, said: str | None = None) -> Text:  # noqa: ARG002 - it is of bodies
        return both(
            _SENTENCE, what=linked((grouped(node, LEAD_FIELD) for node in self.nodes), _AND)
        )


def _in_a_row(node: Node) -> Node:
    """A node that has a place: words that came into the place of one stand side by side."""
    if isinstance(node, AllOf) and all(isinstance(one, Word) for one in node.nodes):
        return SideBySide(tuple(one for one in node.nodes if isinstance(one, Word)))
    return node


def _of_parts(
    nodes: Sequence[Node], field: str, at: Callable[[str, Sequence[Query]], Query]
) -> Query | None:
    """Where nodes stand together in a field; None where one of them has no place."""
    parts = [part for node in nodes if (part := node.placed(field)) is not None]
    return at(field, parts) if len(parts) == len(nodes) else None


def _together(
    nodes: Sequence[Node],
    scope: str | None,
    weights: Weights,
    at: Callable[[str, Sequence[Query]], Query],
) -> Query:
    """The nodes' queries, and that they stand together in one of the fields."""
    fields = TEXTS if scope is None else (scope,)
    places = [found for name in fields if (found := _of_parts(nodes, name, at)) is not None]
    beside = places[0] if len(places) == 1 else whoosh_query.Or(places)
    return whoosh_query.And(
        [
            *(node.scoring(weights) for node in nodes),
            whoosh_query.ConstantScoreQuery(beside, 0.0),
        ]
    )


def _apart(nodes: Sequence[Node], weights: Weights) -> Query:
    """The nodes' queries alone: what asks for them together asks for their places, too."""
    queries = [node.scoring(weights) for node in nodes]
    return queries[0] if len(queries) == 1 else whoosh_query.And(queries)


def in_scope(node: Node, scope: str | None) -> Node:
    """The node in another scope than all of it has; what is of a body's places stays as it is."""
    if isinstance(node, WORDS):
        return replace(node, scope=scope)
    if not isinstance(node, Near | AnyOf):
        return node
    nodes = tuple(in_scope(one, scope) for one in node.nodes)
    return replace(node, nodes=nodes, scope=scope) if isinstance(node, Near) else AnyOf(nodes)


def _is_quoted(node: Node) -> bool:
    """Whether it may stand as a word in quotation marks before a tilde."""
    one_word = isinstance(node, Phrase) and len(node.surfaces) == 1
    return one_word or isinstance(node, Prefix | Pattern)


def _operand(node: Node) -> str:
    """A node as it is typed beside NEAR or behind a field, without the scope that all have."""
    text = in_scope(node, None).as_typed()
    is_one = not isinstance(node, AnyOf | Near | InSentence) or _WITH_TILDE.fullmatch(text)
    return text if is_one else f"({text})"
