"""A query said back in parts: what each asks for in words, and the query without it."""

from __future__ import annotations

from collections.abc import Sequence

from search.query.syntax.boolean import AllOf, all_of
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.response import Part


def parts_of(root: Node | None) -> tuple[Part, ...]:
    """The parts of a tree that was parsed, in its order; none of a query that asks for nothing."""
    if root is None:
        return ()
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return tuple(
        [
            Part(node.told(), query, isinstance(node, Word) and node.scope is None, node.optional)
            for node, query in zip(nodes, _without_each(nodes), strict=True)
        ]
    )


def _without_each(nodes: tuple[Node, ...]) -> Sequence[str]:
    """What is typed for the nodes without each in turn."""
    for node in nodes:
        if not isinstance(node, Word) or node.signed:
            return [_typed((*nodes[:at], *nodes[at + 1 :])) for at in range(len(nodes))]
    texts = [node.as_typed() for node in nodes]  # each is typed the same among others
    return [" ".join(texts[:at] + texts[at + 1 :]) for at in range(len(texts))]


def _typed(nodes: tuple[Node, ...]) -> str:
    rest = all_of(nodes)
    return "" if rest is None else rest.as_typed()
