"""Words that are written together or apart, as they are searched for: nodes, and what kernels take.

A compound's queries are compiled when something reads them, as where there is no kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings, Spelt
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.word_query import AnyOfWords, Beside, Spelling, SpellingsQuery, Terms, Ways

_Both = tuple[Made, Made]


class SoughtCompound(SoughtWord):
    """A word, or two, written together or apart. Shared by threads.

    ``spelt``: what its query has, and what that has where it need not match whole, ``loosely``
    written, or None. ``ready``: of its words what these are by themselves, where they are made
    ready; read by ``make`` only.
    """

    __slots__ = ("_flat", "_loose", "_loosely", "_ready", "_spelt", "_weights")
    node: Spellings

    def __init__(
        self,
        node: Spellings,
        weights: Weights,
        spelt: tuple[Spelt, Spelt | None],
        loosely: Node,
        ready: Sequence[SoughtWord],
    ) -> None:
        known = {id(one.flat.ways): one.terms[0] for one in ready}
        self.node = node
        self.terms = tuple([known.get(id(ways)) or _in_one(ways) for ways in _words(spelt[0][0])])
        self.width = node.width()
        self.made = self.apart = None
        self.alike = self.beside = ()
        self._weights = weights
        self._spelt = spelt
        self._loosely = loosely
        self._ready = ready
        self._flat: FlatWord | None = None
        self._loose: FlatWord | None = None

    # Made when somebody asks: no kernel does.

    @property
    def flat(self) -> FlatWord:  # type: ignore[override]
        if self._flat is None:
            self._flat = flat_of(self.node.query(self.node.written, self._weights, self._spelt[0]))
        return self._flat

    @property
    def loose(self) -> FlatWord:  # type: ignore[override]
        spelt = self._spelt[1]
        if spelt is None:
            return self.flat
        if self._loose is None:
            self._loose = flat_of(self.node.query(self._loosely, self._weights, spelt))
        return self._loose

    @property
    def comes_apart(self) -> bool:
        return self._spelt[1] is not None

    def make(self, rows: Rows) -> int:
        """As a ``SoughtWord``; not for the kernel where it costs more than a question may."""
        ready = self._ready
        self.beside = _beside(rows, self.node.words, ready)
        # By what they are, not by what they have: to hash the terms of a word takes long.
        made: dict[int, _Both | None] = {
            id(one.flat.ways): (one.made, one.alike[0]) for one in ready if one.made is not None
        }

        def word(ways: Ways, terms: Terms | None = None) -> Made | None:
            both = made.get(id(ways))
            if both is None:
                both = made[id(ways)] = rows.made_both(ways, RowKey(terms or _in_one(ways)))
            return None if both is None else both[0]

        spelt, loosely = self._spelt
        alike: list[Made] = []
        for ways, terms in zip(_words(spelt[0]), self.terms, strict=True):
            word(ways, terms)
            both = made[id(ways)]
            if both is not None:
                alike.append(both[1])
        self.alike = tuple(alike)
        size = sum([one.word.nbytes for one in alike])
        budget = Budget(inf, FINDING.of(rows.snapshot.size))
        found = [_made(rows, spelt, word, budget)]
        if loosely is not None:
            found.append(_made(rows, loosely, word, budget.apart()))
        self._ready = ()
        if None in found:
            return size
        self.made = found[0]
        self.apart = None if loosely is None else found[1]
        return size + sum([one.word.nbytes for one in found if one is not None])


def of_compound(
    words: tuple[Word, ...],
    how: TextAnalysis,
    compounds: Compounds,
    holders: GluedWords,
    weights: Weights,
    *,
    ready: Sequence[SoughtWord] = (),
) -> SoughtCompound | None:
    """A word, or two, written together or apart; None where ``compounds`` says that it is not.

    ``ready``: see ``SoughtCompound``. Raises ``FileDamaged``.
    """
    found = respelt(words, compounds)
    if found is None:
        return None
    node = held(found, how, holders)
    if not isinstance(node, Spellings):
        return None
    spelt = node.spelt(weights, tuple([one.flat.ways for one in ready]))
    loose = loosened(node)
    if not spelt[0]:
        return None
    if loose is node or not isinstance(loose, Spellings):
        return SoughtCompound(node, weights, (spelt, None), node.written, ready)
    loosely = node.spelt_with(loose.written, weights, spelt)
    if not loosely[0]:
        return None
    return SoughtCompound(node, weights, (spelt, loosely), loose.written, ready)


def _beside(
    rows: Rows, words: Sequence[Word], ready: Sequence[SoughtWord]
) -> tuple[tuple[int, str, float], ...]:
    """The words that others may stand beside: see ``SoughtWord``."""
    idfs = [idf for one in ready for *_, idf in one.beside]
    if len(idfs) < len(words):
        idfs = [rows.idf(LEAD_FIELD, one.stem) for one in words]
    found, at = [], 0
    for one, idf in zip(words, idfs, strict=True):
        if not one.optional:
            found.append((at, one.stem, idf))
        at += one.width()
    return tuple(found)


def _in_one(ways: Ways) -> Terms:
    """The terms of all of a word's ways."""
    return ways[0] if len(ways) == 1 else sum(ways, ())


def _made(
    rows: Rows, spelt: Spelt, word: Callable[[Ways], Made | None], budget: Budget
) -> Made | None:
    """What is spelt so, made ready; None where that costs more than a new ``budget`` has."""
    ways, key = spelt
    found = best_of(rows, ways, word, budget)
    return None if found is None else Made(found, RowKey(key), budget.work)


def _words(spellings: Sequence[Spelling]) -> Iterator[Ways]:
    """The words of all spellings."""
    for one in spellings:
        if isinstance(one, Beside | AnyOfWords):
            yield from one.words
        else:
            yield one


def flat_of(query: SpellingsQuery) -> FlatWord:
    """A compound by its query: terms where every spelling is, else the query."""
    ways: list[Terms] = []
    for one in query.ways:
        if isinstance(one, Beside | AnyOfWords):
            return FlatWord((), query)
        ways += one
    return FlatWord(tuple(ways))
