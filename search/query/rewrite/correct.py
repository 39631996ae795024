"""Rewrite: replaces words that no article has by what the words of the index suggest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.analysis import TextAnalysis
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.synonyms import words_with_synonyms
from search.query.syntax.boolean import AllOf, all_of
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.response import Note


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a query, and the words that are searched for in its place."""

    written: Word
    replacement: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What is searched for, as it is typed."""
        return " ".join(word.surface for word in self.replacement)

    @property
    def note(self) -> Note:
        """What the reader is told."""
        return Note("corrected", {"written": self.written.surface, "replacement": self.text})


def correctable_words(root: Node | None, how: TextAnalysis) -> list[Word]:
    """The words of a query that may be corrected, each once.

    Not those that are quoted, excluded or prefixes, nor those of the user's own list.
    """
    if root is None:
        return []
    own = words_with_synonyms(root, how)
    return [word for word in dict.fromkeys(_words(root)) if word not in own]


def _words(node: Node) -> Iterator[Word]:
    if isinstance(node, Word):
        yield node
    for child in node.children():
        yield from _words(child)


def correct(
    query: Interpretation, how: TextAnalysis, corrections: tuple[Correction, ...] = ()
) -> Interpretation:
    """The query as if it had been typed with the words replaced, and what the reader is told."""
    if query.root is None or not corrections:
        return query
    text = query.text
    for one in corrections:
        text = retyped(how, text, one.written.surface, one.text)
    replacements = {one.written: one.replacement for one in corrections}
    root = all_of(_replaced(query.root, replacements))
    # A word may be searched for in several fields, of which the reader is told once.
    notes = {(one.written.surface, one.text): one.note for one in corrections}
    return replace(query, text=text, root=root, notes=(*query.notes, *notes.values()))


def _replaced(node: Node, replacements: Mapping[Word, tuple[Word, ...]]) -> Sequence[Node]:
    """The nodes, all of which must match, in place of one."""
    if isinstance(node, Word):
        words = replacements.get(node, (node,))
        return [word.bound() for word in words] if node.is_bound else words
    if isinstance(node, AllOf):
        found = all_of(one for child in node.nodes for one in _replaced(child, replacements))
        return [found or node]
    children = node.children()
    if not children:
        return [node]
    return [
        node.with_children([all_of(_replaced(child, replacements)) or child for child in children])
    ]


def retyped(how: TextAnalysis, text: str, surface: str, replacement: str) -> str:
    """The text with the tokens of one surface form replaced."""
    pieces = []
    at = 0
    for token in how.tokens(text):
        if token.surface == surface:
            pieces += [text[at : token.start], replacement]
            at = token.end
    return "".join([*pieces, text[at:]])
