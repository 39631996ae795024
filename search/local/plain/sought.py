"""A plain word, or words that are one, as they are searched for: a node, and what kernels take."""

from __future__ import annotations

from typing import NamedTuple

from index.analysis import TextAnalysis
from search.local.matching.flat import FlatWord
from search.local.matching.flattened import flat_word
from search.local.queries import terms_in
from search.query.rewrite.glued import GluedWords, glued
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import Compounds, spellings
from search.query.syntax.boolean import AllOf, loosened
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import Terms


class SoughtWord(NamedTuple):
    """What is searched for in the place of a word, or of two that are one.

    ``loose``: the same where it need not match whole. ``terms``: those of each word of it, all of
    the word's ways in one.
    """

    node: Node
    flat: FlatWord
    loose: FlatWord
    terms: tuple[Terms, ...]


def of_word(node: Word, weights: Weights) -> SoughtWord:
    """A word that is written in one way."""
    ways = node.ways(weights)
    flat = FlatWord(ways)
    return SoughtWord(node, flat, flat, (ways[0] if len(ways) == 1 else sum(ways, ()),))


def of_compound(
    words: tuple[Word, ...],
    how: TextAnalysis,
    compounds: Compounds,
    holders: GluedWords,
    weights: Weights,
) -> SoughtWord | None:
    """A word, or two, written together or apart; None where ``compounds`` says that it is not.

    Raises ``FileDamaged``.
    """
    written: Node = words[0] if len(words) == 1 else AllOf(words)
    spelt = spellings(Interpretation("", written), how, compounds)
    node = glued(spelt, how, holders).root
    if node is None or spelt.root == written:
        return None
    query = node.compile(weights)
    flat, terms, loose = flat_word(query), terms_in(query), loosened(node)
    other = flat if loose == node else flat_word(loose.compile(weights))
    if flat is None or other is None or terms is None:
        return None
    return SoughtWord(node, flat, other, terms)
