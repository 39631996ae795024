"""Rewrite: finds the names in a question by their capitals, as their words weigh otherwise.

They are what it is about. But the words of one name stand together in whatever is about it, so that
each says less the more they are (see ``search.query.weights``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from index.analysis import TextAnalysis
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.syntax.word import Word

_LONGEST_NAME = 8
"""Longer runs of capitals, as of texts in nothing else, count as names of so many words."""


def names(  # every rewrite has this form
    query: Interpretation,
    how: TextAnalysis,  # noqa: ARG001
) -> Interpretation:
    """The query in which each word of a run of words with capitals knows the run's length.

    Only in a question: in a pasted headline every word may have a capital.
    """
    if query.kind is None or not isinstance(query.root, AllOf):
        return query
    return replace(query, root=AllOf(_with_names(query.root.nodes)))


def _with_names(nodes: Sequence[Node]) -> tuple[Node, ...]:
    found: list[Node] = []
    for capital, run in groupby(nodes, is_of_name):
        together = list(run)
        size = min(len(together), _LONGEST_NAME) if capital else 0
        found += [
            replace(node, name_words=size) if isinstance(node, Word) else node for node in together
        ]
    return tuple(found)


def is_of_name(node: Node) -> bool:
    """Whether it is a word with a capital that is searched for in all fields."""
    return isinstance(node, Word) and node.capital and not node.optional and node.scope is None
