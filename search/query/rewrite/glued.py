"""Rewrite: lets words match where they stand glued to another one: ``kita`` in ``JakartaKita``.

Which words are glued is for the archive to say (``index.glued``). A word in quotation marks is
found in those that hold it as it is written. Of several, those beside each other may stand in one
glued word that is made of them; the first and the last may stand at the end and at the beginning of
one, beside what is no part of the phrase. A phrase of which two pieces are glued is not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from index.analysis import TextAnalysis
from index.light_dataclass import dataclass
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AllOf, Exclude, Synonyms, parted
from search.query.syntax.glued import Holder
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import SideBySide, Spellings
from search.query.syntax.word import Word

MOST_JOINED = 100
"""How many ways to write a phrase glued are searched for; of those with most of its words glued
first. Only words such as *yang* at its ends have more."""


class GluedWords(Protocol):
    """The glued words of an index."""

    def holding(self, stem: str) -> Sequence[Holder]:
        """Those that have a word of the stem as a part, the commonest first."""


def glued(
    query: Interpretation,
    how: TextAnalysis,
    words: GluedWords | None = None,
) -> Interpretation:
    """The query in which words know the glued ones that hold them; None: of no index."""
    if query.root is None or words is None:
        return query
    return replace(query, root=held(query.root, how, words))


def held(node: Node, how: TextAnalysis, words: GluedWords) -> Node:
    """The node in which words know the glued ones that hold them."""
    return _Rewrite(how, words).node(node)


def words_in_glued(root: Node | None, words: GluedWords) -> frozenset[Word]:
    """The words of a query that stand in glued ones."""
    return frozenset() if root is None else frozenset(_found(root, words))


def _found(node: Node, words: GluedWords) -> Iterator[Word]:
    if isinstance(node, Word) and words.holding(node.stem):
        yield node
    for child in node.children():
        yield from _found(child, words)


class _Rewrite:
    def __init__(self, how: TextAnalysis, words: GluedWords) -> None:
        self._how = how
        self._words = words

    def node(self, node: Node) -> Node:  # noqa: PLR0911 - one case a kind of node
        # What most nodes are comes first: to see that one is of no such class takes long.
        match node:
            case Word():
                return self._word(node)
            case SideBySide():
                return SideBySide(tuple(map(self._word, node.words)))
            case Spellings():
                others = tuple([(self.node(one), worth) for one, worth in node.others])
                words, written = tuple(map(self._word, node.words)), node.written
                if isinstance(written, SideBySide) and written.words is node.words:
                    return node.again(words, SideBySide(words), others)
                return node.again(words, self.node(written), others)
            case Phrase():
                return self._phrase(node)
            case Exclude():
                return Exclude(self.node(node.node))
            case Synonyms():
                return Synonyms(self.node(node.written), self._all(node.others))
            case AllOf():
                required, optional = parted(node.nodes)
                # What need not match adds little to scores, and stop words are glued to much.
                nodes = [one if one in optional else self.node(one) for one in node.nodes]
                return node.with_children(nodes) if required else node
        return node.with_children(self._all(node.children()))

    def _all(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        return tuple(map(self.node, nodes))

    def _word(self, word: Word) -> Word:
        holders = () if word.literal else self._words.holding(word.stem)
        return word.held_in(holders) if holders else word

    def _phrase(self, phrase: Phrase) -> Phrase:
        surfaces = phrase.surfaces
        if len(surfaces) == 1:
            holders = tuple(one for one in self._holding(surfaces[0]) if one.part == surfaces[0])
            return replace(phrase, holders=holders) if holders else phrase
        runs = sorted(self._runs(surfaces), key=lambda run: run.first - run.end)
        others = [(*surfaces[: run.first], run.glued, *surfaces[run.end :]) for run in runs]
        others = list(dict.fromkeys(others))[:MOST_JOINED]
        return replace(phrase, joined=(*phrase.joined, *others)) if others else phrase

    def _runs(self, surfaces: Sequence[str]) -> Iterator[_Run]:
        """What glued words stand for in a phrase: all parts of one, but for those beyond it."""
        last = len(surfaces) - 1
        begun: list[tuple[int, Holder]] = []
        for at, surface in enumerate(surfaces):
            here = [one for one in self._holding(surface) if one.part == surface]
            parts = {(one.surface, one.start): one for one in here}
            begun = [
                (first, parts[one.surface, one.end])
                for first, one in begun
                if (one.surface, one.end) in parts
            ]
            begun += [(at, one) for one in here if not (one.start and at)]
            for first, one in begun:
                if at == last or one.end == len(one.surface):
                    yield _Run(first, at + 1, one.surface)

    def _holding(self, surface: str) -> Sequence[Holder]:
        return self._words.holding(self._how.stem(surface))


@dataclass(frozen=True, slots=True)
class _Run:
    """The words of a phrase from ``first`` to before ``end`` that stand in a glued word."""

    first: int
    end: int
    glued: str
