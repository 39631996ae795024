"""A plain word as it is searched for: a node, and what kernels take."""

from __future__ import annotations

from collections.abc import Iterable

from index.fields import LEAD_FIELD
from search.local.matching.flat import FlatWord
from search.local.reading.made import Made, RowKey
from search.local.reading.rows import Rows
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import Terms


class SoughtWord:
    """What is searched for in the place of a word, or of two that are one. Shared by threads.

    ``loose``: the same where it need not match whole. ``terms``: those of each word of it, all of
    the word's ways in one. ``width``: how many words it takes. What it is once it was made ready:
    ``made``, for the kernel, None where it is no terms, and ``apart``, the same where it need not
    match whole, None where that is no other; ``alike``, its ``terms``, fewer where one does not
    score; ``beside``, its words that others may stand beside: places, stems and idfs.
    """

    __slots__ = (*("alike", "apart", "beside", "flat", "loose", "made", "node", "terms", "width"),)

    def __init__(
        self, node: Node, flat: FlatWord, loose: FlatWord, terms: tuple[Terms, ...]
    ) -> None:
        self.node = node
        self.flat = flat
        self.loose = loose
        self.terms = terms
        self.width = node.width()
        self.made: Made | None = None
        self.apart: Made | None = None
        self.alike: tuple[Made, ...] = ()
        self.beside: tuple[tuple[int, str, float], ...] = ()

    @property
    def comes_apart(self) -> bool:
        """Whether ``loose`` is another than ``flat``."""
        return self.loose is not self.flat

    def make(self, rows: Rows) -> int:
        """Make it ready for the kernel of its index, which must be; the bytes that it takes then.

        Raises ``FileDamaged``.
        """
        node = self.node
        assert isinstance(node, Word)
        # A word has a stem and a surface form: terms are several.
        both = rows.made_both(self.flat.ways, RowKey(self.terms[0]))
        return self.take(both, rows.idf(LEAD_FIELD, node.stem))

    def take(self, both: tuple[Made, Made] | None, idf: float) -> int:
        """The same of a word of which that is known: see ``Rows.made_both``."""
        node = self.node
        assert isinstance(node, Word)
        if node.is_bound or not node.is_optional:
            self.beside = ((0, node.stem, idf),)
        if both is None:
            return 0
        made, one = both
        self.made, self.alike = made, (one,)
        word, alike = made.word, one.word
        return word.nbytes if alike is word else word.nbytes + alike.nbytes


def of_word(node: Word, weights: Weights) -> SoughtWord:
    """A word that is written in one way."""
    ways = node.ways(weights)
    flat = FlatWord(ways)
    return SoughtWord(node, flat, flat, ways if len(ways) == 1 else (sum(ways, ()),))


def terms_of(sought: Iterable[SoughtWord]) -> tuple[Terms, ...]:
    """The terms of each word of what is searched for."""
    return tuple([terms for one in sought for terms in one.terms])
