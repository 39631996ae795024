"""A query said back in parts: what each asks for in words, and the query without it."""

from __future__ import annotations

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
        Part(
            text=node.told(),
            query=_typed((*nodes[:at], *nodes[at + 1 :])),
            word=isinstance(node, Word) and node.scope is None,
            optional=node.optional,
        )
        for at, node in enumerate(nodes)
    )


def _typed(nodes: tuple[Node, ...]) -> str:
    rest = all_of(nodes)
    return "" if rest is None else rest.as_typed()
