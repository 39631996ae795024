"""A plain word, or words that are one, as they are searched for: a node, and what kernels take."""

from __future__ import annotations

from typing import NamedTuple

from index.analysis import TextAnalysis
from index.fields import LEAD_FIELD
from search.local.matching.flat import FlatWord
from search.local.matching.flattened import flat_word
from search.local.queries import terms_in
from search.local.reading.rows import Made, Rows
from search.query.rewrite.glued import GluedWords, glued
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import Compounds, spellings
from search.query.syntax.boolean import AllOf, loosened
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import Terms


class MadeReady(NamedTuple):
    """A word made ready: itself, and where it need not match whole; None for what is no terms.

    ``alike``: each word of it, all of its ways in one; None where a term does not score.
    """

    word: Made | None
    loose: Made | None
    alike: tuple[Made, ...] | None


class SoughtWord:
    """What is searched for in the place of a word, or of two that are one. Shared by threads.

    ``loose``: the same where it need not match whole. ``terms``: those of each word of it, all of
    the word's ways in one. ``beside``: where words stand in it that others may stand beside, and
    their stems; ``width``: how many words it takes.
    """

    __slots__ = ("_idfs", "_made", "beside", "flat", "loose", "node", "terms", "width")

    def __init__(
        self, node: Node, flat: FlatWord, loose: FlatWord, terms: tuple[Terms, ...]
    ) -> None:
        self.node = node
        self.flat = flat
        self.loose = loose
        self.terms = terms
        beside = []
        at = 0
        for one in node.words if isinstance(node, Spellings) else (node,):
            if isinstance(one, Word) and not one.optional:
                beside.append((at, one.stem))
            at += one.width()
        self.beside = tuple(beside)
        self.width = at
        self._made: MadeReady | None = None
        self._idfs: tuple[float, ...] | None = None

    def made(self, rows: Rows) -> MadeReady:
        """It made ready for the kernel, which must be, of the one index that it is of; kept.

        Raises ``FileDamaged``.
        """
        made = self._made
        if made is None:
            made = self._made = self._make(rows)
        return made

    def idfs(self, rows: Rows) -> tuple[float, ...]:
        """The idfs of the stems of ``beside``; kept. Raises ``FileDamaged``."""
        idfs = self._idfs
        if idfs is None:
            idfs = self._idfs = tuple([rows.idf(LEAD_FIELD, stem) for _, stem in self.beside])
        return idfs

    def _make(self, rows: Rows) -> MadeReady:
        flat, loose = self.flat, self.loose
        if isinstance(self.node, Word):
            both = rows.made_both(flat.ways)
            return (
                MadeReady(None, None, None)
                if both is None
                else MadeReady(both[0], both[0], both[1:])
            )
        word = rows.made(flat.ways) if flat.query is None else None
        other = word
        if loose is not flat and loose != flat:
            other = rows.made(loose.ways) if loose.query is None else None
        found = [rows.made((terms,)) for terms in self.terms]
        alike = tuple([one for one in found if one is not None])
        return MadeReady(word, other, alike if len(alike) == len(found) else None)


def of_word(node: Word, weights: Weights) -> SoughtWord:
    """A word that is written in one way."""
    ways = node.ways(weights)
    flat = FlatWord(ways)
    return SoughtWord(node, flat, flat, ways if len(ways) == 1 else (sum(ways, ()),))


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
