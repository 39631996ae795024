"""Rewrite: replaces words that no article has by what the words of the index suggest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.analysis import TextAnalysis
from index.light_dataclass import dataclass
from search.query.parse import Parsed, parse
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.places import plain_texts, retyped
from search.query.rewrite.synonyms import words_with_synonyms
from search.query.syntax.boolean import AllOf, all_of
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.response import Note


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a query as it was typed: with a capital, if it has one anywhere.

    ``position``: where it first stands, in characters.
    """

    word: Word
    text: str
    position: int

    @property
    def has_capital(self) -> bool:
        return not self.text.islower()


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a query, and the words that are searched for in its place."""

    typed: Typed
    replacement: tuple[Word, ...]

    @property
    def written(self) -> Word:
        """The word that is replaced."""
        return self.typed.word

    @property
    def text(self) -> str:
        """What is searched for, as it is typed."""
        return " ".join(word.surface for word in self.replacement)

    @property
    def note(self) -> Note:
        """What the reader is told."""
        facts = {"written": self.written.surface, "replacement": self.text}
        return Note("corrected", facts, self.typed.position)


def words_in(root: Node | None) -> list[Word]:
    """The words of a tree but those that are quoted, excluded or beginnings, each once."""
    if isinstance(root, AllOf):
        nodes = [one for one in root.nodes if isinstance(one, Word)]
        if len(nodes) == len(root.nodes):  # as in most queries
            if len({one.surface for one in nodes}) < len(nodes):
                nodes = list(dict.fromkeys(nodes))
            return [one for one in nodes if not one.literal]
    return [] if root is None else list(dict.fromkeys(_words(root)))


def typed_words(query: Parsed, words: Sequence[Word], how: TextAnalysis) -> list[Typed]:
    """Those of a query's words that may be misspelt, with their places in its text.

    Not those beside signs that may be meant as operators, nor those of the user's own list.
    """
    if query.root is None:
        return []
    own = words_with_synonyms(query.root, how)
    found: dict[str, tuple[str, int]] = {}
    for surface, text, position in plain_texts(query.text, how):
        first = position
        if surface in found and not text.islower():
            first = found.pop(surface)[1]
        found.setdefault(surface, (text, first))
    return [
        Typed(word, *found[word.surface])
        for word in words
        if word.surface in found and not (own and word in own)
    ]


def _words(node: Node) -> Iterator[Word]:
    if isinstance(node, Word) and not node.literal:
        yield node
    for child in node.children():
        yield from _words(child)


def correct(
    query: Interpretation, how: TextAnalysis, corrections: tuple[Correction, ...] = ()
) -> Interpretation:
    """The query as if it had been typed with the words replaced, and what the reader is told."""
    if query.root is None or not corrections:
        return query
    replacements = {one.written: one.replacement for one in corrections}
    root = all_of(_replaced(query.root, replacements)) or query.root
    text = _typed_anew(query, root, how, corrections)
    # A word may be searched for in several fields, of which the reader is told once.
    notes = {(one.written.surface, one.text): one.note for one in corrections}
    return replace(query, text=text, root=root, notes=(*query.notes, *notes.values()))


def _typed_anew(
    query: Interpretation, root: Node, how: TextAnalysis, corrections: tuple[Correction, ...]
) -> str:
    """The query's text with the words replaced, which asks for the tree ``root``.

    Two words in the place of one that stands beside an operator or in a field are put in
    parentheses or quotation marks.
    """
    several = {one.written for one in corrections if len(one.replacement) > 1}
    inside = query.root.children() if isinstance(query.root, AllOf) else (query.root,)
    plain = {node for node in inside if isinstance(node, Word) and not node.binds}
    operands = several.intersection(words_in(query.root)) - plain
    operands |= {node for node in inside if isinstance(node, Word) and node.binds} & several
    for form in ("{}", "({})", '"{}"') if operands else ("{}",):
        texts = {
            one.written.surface: form.format(one.text) if one.written in several else one.text
            for one in corrections
        }
        text = retyped(query.text, how, texts)
        if not operands or _asks_for(text, root, how):
            return text
    return root.as_typed()


def _asks_for(text: str, root: Node, how: TextAnalysis) -> bool:
    found = parse(text, how).root
    if found is None or found != root:
        return False
    return found.as_typed().casefold() == root.as_typed().casefold()  # what binds is told there


def _replaced(
    node: Node, replacements: Mapping[Word, tuple[Word, ...]], *, beside: bool = False
) -> Sequence[Node]:
    """The nodes, all of which must match, in place of one.

    ``beside``: whether it has a place beside others, so that one phrase is in its place.
    """
    if isinstance(node, Word):
        words = replacements.get(node, (node,))
        words = tuple(word.bound() for word in words) if node.is_bound else words
        if beside and len(words) > 1:
            return [Phrase(tuple(word.surface for word in words), node.scope)]
        return words
    if isinstance(node, AllOf):
        found = all_of(
            one for child in node.nodes for one in _replaced(child, replacements, beside=beside)
        )
        return [found or node]
    children = node.children()
    if not children:
        return [node]
    beside |= isinstance(node, Near | Opening | InSentence)
    return [
        node.with_children(
            [all_of(_replaced(child, replacements, beside=beside)) or child for child in children]
        )
    ]
