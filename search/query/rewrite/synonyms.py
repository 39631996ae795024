"""Rewrite: adds the user's synonyms, so that what was written or what means the same matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.analysis import TextAnalysis, Token
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AllOf, AnyOf, Synonyms, all_of, any_of
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word

Entries = dict[tuple[str, ...], list[tuple[Token, ...]]]
"""The stems of a word or name to the others that mean the same."""


def synonyms(query: Interpretation, how: TextAnalysis) -> Interpretation:
    """The query in which words that have synonyms are replaced by ``Synonyms``.

    Words compare by their stems. Where several entries begin at a word, the longest counts. What is
    excluded is excluded as it was written.
    """
    if query.root is None or not how.words.synonyms:
        return query
    return replace(query, root=_with_synonyms(query.root, _entries(how)))


def words_with_synonyms(root: Node, how: TextAnalysis) -> frozenset[Word]:
    """The words of a query that belong to an entry of the user's list."""
    if not how.words.synonyms:
        return frozenset()
    return frozenset(_written(_with_synonyms(root, _entries(how))))


def _written(node: Node) -> list[Word]:
    if isinstance(node, Synonyms):
        words = node.written.children() or (node.written,)
        return [word for word in words if isinstance(word, Word)]
    return [word for child in node.children() for word in _written(child)]


def _with_synonyms(node: Node, entries: Entries) -> Node:
    if isinstance(node, AnyOf):
        return any_of(_with_synonyms(child, entries) for child in node.nodes) or node
    if isinstance(node, AllOf):
        inner = [
            child if isinstance(child, Word) else _with_synonyms(child, entries)
            for child in node.nodes
        ]
        return all_of(_replaced(inner, entries)) or node
    if children := node.children():
        return node.with_children([_with_synonyms(child, entries) for child in children])
    return all_of(_replaced([node], entries)) or node


def _replaced(nodes: Sequence[Node], entries: Entries) -> list[Node]:
    found: list[Node] = []
    at = 0
    while at < len(nodes):
        size = _longest(nodes[at:], entries)
        found.append(_synonyms(nodes[at : at + size], entries) if size else nodes[at])
        at += size or 1
    return found


@lru_cache(maxsize=8)
def _entries(how: TextAnalysis) -> Entries:
    entries: Entries = {}
    for same in how.words.synonyms:
        names = [tuple(how.tokens(name)) for name in same]
        for name in names:
            others = entries.setdefault(tuple(token.stem for token in name), [])
            others += [other for other in names if other and other != name and other not in others]
    return entries


def _longest(nodes: Sequence[Node], entries: Entries) -> int:
    """How many of the first nodes are an entry: words of one scope; 0 where none is."""
    words: list[Word] = []
    best = 0
    for node in nodes:
        if not isinstance(node, Word) or (words and node.scope != words[0].scope):
            break
        words.append(node)
        if tuple(word.stem for word in words) in entries:
            best = len(words)
    return best


def _synonyms(nodes: Sequence[Node], entries: Entries) -> Node:
    words = [node for node in nodes if isinstance(node, Word)]
    others = entries[tuple(word.stem for word in words)]
    written = words[0] if len(words) == 1 else AllOf(tuple(words))
    return Synonyms(written, tuple(_alternative(other, words[0].scope) for other in others))


def _alternative(name: tuple[Token, ...], scope: str | None) -> Node:
    if len(name) == 1:
        return Word(name[0].surface, name[0].stem, scope)
    return Phrase(tuple(token.surface for token in name), scope)
