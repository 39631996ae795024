"""A plain word, or words that are one, as they are searched for: a node, and what kernels take."""

from __future__ import annotations

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


class SoughtWord:
    """What is searched for in the place of a word, or of two that are one. Shared by threads.

    ``loose``: the same where it need not match whole. ``terms``: those of each word of it, all of
    the word's ways in one. ``width``: how many words it takes. What it is in the one index of which
    it is, is found out when it is asked for, and kept.
    """

    __slots__ = ("_alike", "_beside", "_made", "flat", "loose", "node", "terms", "width")

    def __init__(
        self, node: Node, flat: FlatWord, loose: FlatWord, terms: tuple[Terms, ...]
    ) -> None:
        self.node = node
        self.flat = flat
        self.loose = loose
        self.terms = terms
        self.width = node.width()
        self._made: Made | None = None
        self._alike: tuple[Made, ...] | None = None
        self._beside: tuple[tuple[int, str, float], ...] | None = None

    def made(self, rows: Rows) -> Made | None:
        """It made ready for the kernel, which must be; None where it is no terms.

        Raises ``FileDamaged``.
        """
        if self._made is None and self.flat.query is None:
            self._make(rows)
        return self._made

    def alike(self, rows: Rows) -> tuple[Made, ...]:
        """Its ``terms`` made ready for the kernel; fewer where a term does not score.

        Raises ``FileDamaged``.
        """
        if self._alike is None and self.flat.query is None:
            self._make(rows)
        if self._alike is None:
            made = [rows.made((terms,)) for terms in self.terms]
            self._alike = tuple([one for one in made if one is not None])
        return self._alike

    def beside(self, rows: Rows) -> tuple[tuple[int, str, float], ...]:
        """The words of it that others may stand beside: their places in it, stems, and idfs.

        Raises ``FileDamaged``.
        """
        found = self._beside
        if found is None:
            words, at = [], 0
            for one in self.node.words if isinstance(self.node, Spellings) else (self.node,):
                if isinstance(one, Word) and not one.optional:
                    words.append((at, one.stem, rows.idf(LEAD_FIELD, one.stem)))
                at += one.width()
            found = self._beside = tuple(words)
        return found

    def _make(self, rows: Rows) -> None:
        """Make a word of terms ready, and its ways in one."""
        both = rows.made_both(self.flat.ways, self.terms[0])
        if both is not None:
            self._made, self._alike = both[0], both[1:]


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
