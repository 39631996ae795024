"""Which words are written in another way too is told as the tree with all spellings has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.analysis import analysis
from search.query.parse import parse
from search.query.rewrite.compound_parts import Compound, Form
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import spellings, words_with_spellings
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word


class Listed:
    """Two compounds: *sepak bola* and *sepakbola*."""

    def pair(self, first: str, second: str) -> Compound | None:
        return _compound() if (first, second) == ("sepak", "bola") else None

    def joined(self, surface: str) -> Compound | None:
        return _compound() if surface == "sepakbola" else None

    def idf(self, field: str, term: str) -> float:
        return 1.0 + len(field) + len(term)

    def articles(self, field: str, term: str) -> int:  # noqa: ARG002 - any has all
        return 1

    def is_there(self, field: str, term: str) -> bool:
        return self.articles(field, term) > 0


def _compound() -> Compound:
    first, second = analysis().tokens("sepak bola")
    return Compound(first, second, (Form("sepakbola", "sepakbola", by_stem=True),), mutual=True)


def _spelt(node: Node) -> Iterator[Word]:
    if isinstance(node, Spellings):
        yield from node.words
    for child in node.children():
        yield from _spelt(child)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sepak bola", {"sepak", "bola"}),
        ("sepak bola sepakbola", {"sepak", "bola", "sepakbola"}),
        ("bola sepak", set()),
        ("liga sepakbola OR sepak bola", {"sepakbola", "sepak", "bola"}),
        ("judul:sepak bola", set()),
        ("+sepak +bola", set()),
        ("-sepakbola liga", set()),
        ('"sepak bola"', set()),
        ("(sepak bola) liga", {"sepak", "bola"}),
        ("", set()),
    ],
)
def test_words_with_spellings_are_those_of_the_tree(text: str, words: set[str]) -> None:
    query = parse(text, analysis())
    found = words_with_spellings(query.root, Listed())
    tree = spellings(Interpretation(text, query.root), analysis(), Listed()).root
    assert found == frozenset(() if tree is None else _spelt(tree))
    assert {word.surface for word in found} == words
