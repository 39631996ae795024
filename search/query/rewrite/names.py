"""The names in a question, told by their capitals.

They are what it is about. But the words of one name stand together in whatever is about it, so that
each says less the more they are (see ``search.query.weights``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from index.analysis import TextAnalysis
from search.query.rewrite.reading import Reading
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.syntax.word import Word

_LONGEST_NAME = 8
"""Longer runs of capitals, as of texts in nothing else, count as names of so many words."""


def names(reading: Reading, how: TextAnalysis) -> Reading:  # noqa: ARG001 - every rewrite's form
    """The query of which words in a run of words with capitals know how many these are.

    Only in a question: in a pasted headline every word may have a capital.
    """
    if reading.kind is None or not isinstance(reading.root, AllOf):
        return reading
    return replace(reading, root=AllOf(_with_names(reading.root.nodes)))


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
