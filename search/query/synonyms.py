"""The user's synonyms in a query: what was written, or what means the same."""

from __future__ import annotations

from functools import lru_cache

from index.analysis import TextAnalysis, Token
from search.query.syntax import AllOf, Node, Phrase, Synonyms, Word

Entries = dict[tuple[str, ...], list[tuple[Token, ...]]]
"""The stems of a word or name to the others that mean the same."""


def with_synonyms(nodes: list[Node], how: TextAnalysis) -> list[Node]:
    """The nodes of a query, words that have synonyms replaced by ``Synonyms``.

    Words compare by their stems. Where several entries begin at a word, the longest counts. What is
    excluded is excluded as it was written.
    """
    if not how.words.synonyms:
        return nodes
    entries = _entries(how)
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


def _longest(nodes: list[Node], entries: Entries) -> int:
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


def _synonyms(nodes: list[Node], entries: Entries) -> Node:
    words = [node for node in nodes if isinstance(node, Word)]
    others = entries[tuple(word.stem for word in words)]
    written = words[0] if len(words) == 1 else AllOf(tuple(words))
    return Synonyms(written, tuple(_sought(other, words[0].scope) for other in others))


def _sought(name: tuple[Token, ...], scope: str | None) -> Node:
    if len(name) == 1:
        return Word(name[0].surface, name[0].stem, scope)
    return Phrase(tuple(token.surface for token in name), scope)
