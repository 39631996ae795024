"""A plain word, or words that are one, as they are searched for: a node, and what kernels take."""

from __future__ import annotations

from index.analysis import TextAnalysis
from index.fields import LEAD_FIELD
from search.local.matching.flat import FlatWord
from search.local.matching.flattened import flat_word
from search.local.queries import terms_in
from search.local.reading.made import Made, RowKey
from search.local.reading.rows import Rows
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
    the word's ways in one. ``width``: how many words it takes. What it is once it was made ready:
    ``made``, for the kernel, None where it is no terms; ``alike``, its ``terms``, fewer where one
    does not score; ``beside``, its words that others may stand beside: places, stems and idfs.
    """

    __slots__ = ("alike", "beside", "flat", "loose", "made", "node", "terms", "width")

    def __init__(
        self, node: Node, flat: FlatWord, loose: FlatWord, terms: tuple[Terms, ...]
    ) -> None:
        self.node = node
        self.flat = flat
        self.loose = loose
        self.terms = terms
        self.width = node.width()
        self.made: Made | None = None
        self.alike: tuple[Made, ...] = ()
        self.beside: tuple[tuple[int, str, float], ...] = ()

    def make(self, rows: Rows) -> int:
        """Make it ready for the kernel of its index, which must be; the bytes that it takes then.

        Raises ``FileDamaged``.
        """
        node = self.node
        if isinstance(node, Word):
            # A word has a stem and a surface form: terms are several.
            both = rows.made_both(self.flat.ways, RowKey(self.terms[0]))
            return self.take(both, node, rows.idf(LEAD_FIELD, node.stem))
        words, at = [], 0
        for one in node.words if isinstance(node, Spellings) else ():
            if not one.optional:
                words.append((at, one.stem, rows.idf(LEAD_FIELD, one.stem)))
            at += one.width()
        self.beside = tuple(words)
        found = [rows.made((terms,)) for terms in self.terms]
        self.alike = tuple([one for one in found if one is not None])
        return sum(one.word.nbytes for one in self.alike)

    def take(self, both: tuple[Made, Made] | None, node: Word, idf: float) -> int:
        """The same of a word, its ``node``, of which that is known: see ``Rows.made_both``."""
        if not node.optional:
            self.beside = ((0, node.stem, idf),)
        if both is None:
            return 0
        self.made, self.alike = both[0], both[1:]
        word, alike = self.made.word, both[1].word
        return word.nbytes if alike is word else word.nbytes + alike.nbytes


def of_word(node: Word, weights: Weights) -> SoughtWord:
    """A word that is written in one way."""
    return of_ways(node, node.ways(weights))


def of_ways(node: Word, ways: tuple[Terms, ...]) -> SoughtWord:
    """The same where its ways are known."""
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
