"""What a query asks for and excludes at once, so that no article has all of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from search.query.question_words import ASKING, ASKING_WORDS, FRAMES, MEANINGS
from search.query.syntax.boolean import AllOf, AnyOf, Exclude
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import TimeSpellings
from search.query.syntax.word import Word


def contradictions(root: Node | None) -> Iterator[tuple[Exclude, str]]:
    """What is excluded of a tree although what fits the rest has it, and what that is, as typed.

    Only what is certain: not in one of several branches, not what a question need not have, and
    no words together, which may be excluded only where they stand side by side.
    """
    if not isinstance(root, AllOf):
        return
    nodes = list(_all_in(root))
    left_out = [
        (one, left) for one in nodes if isinstance(one, Exclude) for left in _either(one.node)
    ]
    spared = _spared(nodes)
    for one in nodes:
        if isinstance(one, Exclude) or one.optional or one in spared:
            continue
        found = [
            next((excluded for excluded in left_out if _has(branch, excluded[1])), None)
            for branch in _either(one)
        ]
        certain = [excluded for excluded in found if excluded is not None]
        if len(certain) == len(found):
            excluded, left = certain[-1]
            yield excluded, one.as_typed() if len(found) > 1 else _said(one, left)


def _said(asked: Node, left: Node) -> str:
    """What is asked for and left out, as typed; of another form of a word, both."""
    if isinstance(asked, Word) and isinstance(left, Word) and asked.surface != left.surface:
        return f"{asked.as_typed()} ({left.as_typed()})"
    return left.as_typed()


def _either(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, AnyOf) else (node,)


def _all_in(node: Node) -> Iterator[Node]:
    """The nodes of a tree all of which must match."""
    if isinstance(node, AllOf):
        for one in node.nodes:
            yield from _all_in(one)
    else:
        yield node


def _spared(nodes: list[Node]) -> set[Node]:
    """The words that may ask or go with the asking (``rewrite.question``)."""
    words = [one for one in nodes if isinstance(one, Word)]
    asking = {one for one in words if ASKING_WORDS.get(one.surface, one.stem) in ASKING}
    frames = {one for one in words if one.surface in FRAMES}
    if not asking and all(one.surface not in MEANINGS for one in frames):
        return set()
    return asking | frames


def _has(asked: Node, excluded: Node) -> bool:
    """Whether what matches a node matches what is excluded."""
    if isinstance(excluded, TimeSpellings):
        if not isinstance(asked, Phrase) or excluded.words[0].scope not in {None, asked.scope}:
            return False
        hour, minutes = (word.surface for word in excluded.words)
        return (hour, minutes) in pairwise(asked.surfaces)
    if not isinstance(excluded, Word):
        return not isinstance(excluded, AllOf) and asked.as_written() == excluded
    if isinstance(asked, Word):
        same = asked.stem == excluded.stem
    elif isinstance(asked, Phrase):
        same = excluded.surface in asked.surfaces
    else:
        return False
    return same and excluded.scope in {None, asked.scope}
