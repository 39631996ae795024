"""Nodes that combine others: all of them, one of them, none of them, the best of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from whoosh import query as whoosh_query
from whoosh.query import Query

from search.query.syntax.node import Marked, Node
from search.query.weights import SYNONYM_WEIGHT, Weights


@dataclass(frozen=True, slots=True)
class Exclude(Node):
    """``-word``: the node must not match. It stands directly in an ``AllOf``, or alone."""

    node: Node

    @property
    def restricts(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        """Alone: all articles but those that match."""
        return whoosh_query.And([whoosh_query.Every(), self.negated(weights)])

    def negated(self, weights: Weights) -> Query:
        """Its query within an And: the ``Not`` of what must not match."""
        return whoosh_query.Not(self.node.compile(weights))

    def marked(self) -> Marked:
        return Marked()

    def width(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class AllOf(Node):
    """All nodes match but optional ones; excluded ones do not."""

    nodes: tuple[Node, ...]

    @property
    def restricts(self) -> bool:
        return all(node.restricts for node in self.nodes)

    @property
    def optional(self) -> bool:
        return all(node.optional for node in self.nodes)

    def compile(self, weights: Weights) -> Query:
        """An And of what must match; an AndMaybe where optional nodes add to its scores."""
        required, optional = parted(self.nodes)
        children = [
            node.negated(weights) if isinstance(node, Exclude) else node.compile(weights)
            for node in required
        ]
        if all(isinstance(node, Exclude) for node in required):
            children.insert(0, whoosh_query.Every())
        query = whoosh_query.And(children)
        if not optional:
            return query
        return whoosh_query.AndMaybe(query, _any_of(optional, weights))

    def marked(self) -> Marked:
        return _all_marked(parted(self.nodes)[0])

    def width(self) -> int:
        return 1

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return all_of(children) or self

    def as_written(self) -> Node:
        return AllOf(tuple(node.as_written() for node in self.nodes))


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """At least one node matches."""

    nodes: tuple[Node, ...]

    @property
    def restricts(self) -> bool:
        return all(node.restricts for node in self.nodes)

    def compile(self, weights: Weights) -> Query:
        return _any_of(self.nodes, weights)

    def marked(self) -> Marked:
        return _all_marked(self.nodes)

    def width(self) -> int:
        return 1

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return any_of(children) or self

    def as_written(self) -> Node:
        return AnyOf(tuple(node.as_written() for node in self.nodes))


@dataclass(frozen=True, slots=True)
class Synonyms(Node):
    """What was written, or what the user's words say means the same: the best one counts."""

    written: Node
    others: tuple[Node, ...]

    @property
    def optional(self) -> bool:
        return self.written.optional

    def compile(self, weights: Weights) -> Query:
        lesser = weights.times(SYNONYM_WEIGHT)
        return whoosh_query.DisjunctionMax(
            [self.written.compile(weights), *(other.compile(lesser) for other in self.others)]
        )

    def marked(self) -> Marked:
        return _all_marked((self.written, *self.others))

    def width(self) -> int:
        return 1

    def as_written(self) -> Node:
        return self.written.as_written()


def parted(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The nodes that must match, and the optional ones.

    Where nothing else is searched for, nothing is optional.
    """
    required = tuple(node for node in nodes if not node.optional)
    if all(node.restricts for node in required):
        return nodes, ()
    return required, tuple(node for node in nodes if node.optional)


def all_of(nodes: Iterable[Node]) -> Node | None:
    """The nodes, all of which must match, as one; repeated ones once. None where there are none."""
    distinct = tuple(dict.fromkeys(nodes))
    return distinct[0] if len(distinct) == 1 else AllOf(distinct) if distinct else None


def any_of(nodes: Iterable[Node]) -> Node | None:
    """The nodes, of which one must match, as one; repeated ones once. None where there are none."""
    distinct = tuple(dict.fromkeys(nodes))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct) if distinct else None


def relaxed(node: Node | None) -> Node | None:
    """The tree in which one of the words that must match suffices; None where nothing changes.

    Filters and exclusions stay as strict as they were.
    """
    if isinstance(node, Synonyms):
        node = AllOf((node,))
    if not isinstance(node, AllOf):
        return None
    required, optional = parted(node.nodes)
    words = tuple(part for one in required if not one.restricts for part in _alternatives(one))
    if len(words) < 2:
        return None
    rest = (*(one for one in node.nodes if one.restricts), *optional)
    return AllOf((AnyOf(words), *rest)) if rest else AnyOf(words)


def _alternatives(node: Node) -> tuple[Node, ...]:
    """The node, and, where it is a name with synonyms, the name's required words too."""
    if isinstance(node, Synonyms) and isinstance(node.written, AllOf):
        return node, *parted(node.written.nodes)[0]
    return (node,)


def _any_of(nodes: Sequence[Node], weights: Weights) -> Query:
    children = [node.compile(weights) for node in nodes]
    return children[0] if len(children) == 1 else whoosh_query.Or(children)


def _all_marked(nodes: Iterable[Node]) -> Marked:
    return reduce(or_, (node.marked() for node in nodes), Marked())
