"""Words that are written together or apart, as they are searched for: nodes, and what kernels take.

A compound's queries are compiled when something reads them, as where there is no kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf

from index.analysis import TextAnalysis
from index.fields import LEAD_FIELD
from search.budget import Budget
from search.limits import FINDING
from search.local.matching.flat import FlatWord
from search.local.matching.ways import best_of
from search.local.plain.sought import SoughtWord
from search.local.reading.made import Made, RowKey
from search.local.reading.rows import Rows
from search.query.rewrite.glued import GluedWords, held
from search.query.rewrite.spellings import Compounds, respelt
from search.query.syntax.boolean import loosened
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import AnyOfWords, Beside, Spelling, SpellingsQuery, Terms, Ways

_Both = tuple[Made, Made]


class SoughtCompound(SoughtWord):
    """A word, or two, written together or apart. Shared by threads.

    ``known``: by their ways, of words that were made ready before, the word and its ``alike``;
    read by ``make`` only.
    """

    __slots__ = ("_known", "_queries")

    def __init__(
        self,
        node: Spellings,
        queries: tuple[SpellingsQuery, SpellingsQuery],
        known: Mapping[Ways, _Both],
    ) -> None:
        query, loose = queries
        flat = _flat(query)
        terms = tuple([sum(ways, ()) for ways in _words(query.ways)])
        super().__init__(node, flat, flat if loose is query else _flat(loose), terms)
        self._queries = queries
        self._known = dict(known)

    def make(self, rows: Rows) -> int:
        """As a ``SoughtWord``; not for the kernel where it costs more than a question may."""
        assert isinstance(self.node, Spellings)
        words, at = [], 0
        for one in self.node.words:
            if not one.optional:
                words.append((at, one.stem, rows.idf(LEAD_FIELD, one.stem)))
            at += one.width()
        self.beside = tuple(words)
        made = self._known

        def word(ways: Ways) -> Made | None:
            both = made.get(ways)
            if both is None:
                both = rows.made_both(ways, RowKey(sum(ways, ())))
                if both is None:
                    return None
                made[ways] = both
            return both[0]

        query, loose = self._queries
        alike = [made[ways][1] for ways in _words(query.ways) if word(ways) is not None]
        self.alike = tuple(alike)
        size = sum([one.word.nbytes for one in alike])
        found = [_made(rows, one, word) for one in ((query,) if loose is query else self._queries)]
        self._known = {}
        if None in found:
            return size
        self.made = found[0]
        self.apart = None if loose is query else found[1]
        return size + sum([one.word.nbytes for one in found if one is not None])


def of_compound(
    words: tuple[Word, ...],
    how: TextAnalysis,
    compounds: Compounds,
    holders: GluedWords,
    weights: Weights,
    *,
    known: Mapping[Ways, _Both] | None = None,
) -> SoughtCompound | None:
    """A word, or two, written together or apart; None where ``compounds`` says that it is not.

    ``known``: see ``SoughtCompound``. Raises ``FileDamaged``.
    """
    spelt = respelt(words, compounds)
    if spelt is None:
        return None
    node = held(spelt, how, holders)
    if not isinstance(node, Spellings):
        return None
    query, loose = node.compile(weights), loosened(node)
    if not query.ways:
        return None
    if loose is node or not isinstance(loose, Spellings):
        return SoughtCompound(node, (query, query), known or {})
    other = node.compile_with(loose.written, weights, query)
    return SoughtCompound(node, (query, other), known or {}) if other.ways else None


def _made(rows: Rows, query: SpellingsQuery, word: Callable[[Ways], Made | None]) -> Made | None:
    """A query made ready; None where that costs too much."""
    budget = Budget(inf, FINDING.of(rows.snapshot.size))
    found = best_of(rows, query.ways, word, budget)
    return None if found is None else Made(found, RowKey(query.key), budget.work)


def _words(spellings: Sequence[Spelling]) -> Iterator[Ways]:
    """The words of all spellings."""
    for one in spellings:
        if isinstance(one, Beside | AnyOfWords):
            yield from one.words
        else:
            yield one


def _flat(query: SpellingsQuery) -> FlatWord:
    """Terms where every spelling is, else the query."""
    ways: list[Terms] = []
    for one in query.ways:
        if isinstance(one, Beside | AnyOfWords):
            return FlatWord((), query)
        ways += one
    return FlatWord(tuple(ways))
