"""Words that are written together or apart, made ready without the queries that nobody reads.

The same as ``compound`` makes step by step, its witness, of what most are: words that were made
ready themselves, all of whose spellings are words that stems stand for. A kernel makes these ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from index.analysis import Token
from index.fields import LEAD_FIELD, TEXTS
from index.kept import kept
from search.budget import Budget
from search.limits import FINDING
from search.local.matching.flat import FlatWord
from search.local.matching.ways import beside
from search.local.plain.compound import flat_of
from search.local.plain.sought import SoughtWord
from search.local.reading.made import Made, RowKey
from search.local.reading.rows import Rows
from search.query.rewrite.compound_parts import Compound, Form
from search.query.syntax.boolean import loosened
from search.query.syntax.node import Node
from search.query.syntax.spellings import OTHER, SideBySide, Spellings, Spelt
from search.query.syntax.word import Word
from search.query.weights import Weights

if TYPE_CHECKING:
    from index.kernels.facts import Asked
    from index.kernels.words import Word as CompiledWord

_Ready = tuple[Word, Made, Made]
"""A word, its ways as they are made ready, and all of these in one."""


class ReadyCompound(SoughtWord):
    """A compound of which that is made first that kernels take. Shared by threads."""

    __slots__ = ("__dict__", "_weights", "nbytes")
    node: Spellings
    nbytes: int
    """Of all that was made ready."""

    def __init__(self, node: Spellings, weights: Weights, every: Sequence[_Ready]) -> None:
        self.node = node
        self.width = len(node.words)
        self.part = None
        self.alike = tuple([one[2] for one in every])
        self.terms = tuple([one[2].key for one in every])  # type: ignore[misc]
        self._weights = weights

    @kept
    def _spelt(self) -> Spelt:
        return self.node.spelt(self._weights)

    @kept
    def flat(self) -> FlatWord:  # type: ignore[override]
        return flat_of(self.node.query(self.node.written, self._weights, self._spelt))

    @kept
    def loose(self) -> FlatWord:  # type: ignore[override]
        if self.apart is None:
            return self.flat
        loosely = loosened(self.node)
        assert isinstance(loosely, Spellings)
        spelt = self.node.spelt_with(loosely.written, self._weights, self._spelt)
        return flat_of(self.node.query(loosely.written, self._weights, spelt))

    @property
    def comes_apart(self) -> bool:
        return self.apart is not None

    def make(self, rows: Rows) -> int:  # noqa: ARG002 - it is made ready
        return self.nbytes


class _Key:
    """By what budgets know a compound, made when they do; equal to a key that was made."""

    __slots__ = ("_known", "_loose", "_node", "_weights")

    def __init__(self, node: Spellings, weights: Weights, *, loose: bool) -> None:
        self._node = node
        self._weights = weights
        self._loose = loose
        self._known: RowKey | None = None

    def _all(self) -> RowKey:
        if self._known is None:
            node, weights = self._node, self._weights
            spelt = node.spelt(weights)
            if self._loose:
                loosely = loosened(node)
                assert isinstance(loosely, Spellings)
                spelt = node.spelt_with(loosely.written, weights, spelt)
            self._known = RowKey(spelt[1])
        return self._known

    def __hash__(self) -> int:
        return hash(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Key):
            if self._loose is not other._loose or len(self._node.words) != len(other._node.words):
                return False
            return self._all() == other._all()
        return isinstance(other, tuple) and self._all() == other


def ready_compound(
    ready: Sequence[SoughtWord], found: Compound, asked: Asked, rows: Rows, weights: Weights
) -> ReadyCompound | None:
    """What is searched for in the place of a word, or two, that are ``found`` to be a compound.

    ``ready``: what they are by themselves. None where its steps are to be taken one by one. Raises
    ``FileDamaged``.
    """
    written = _written(ready)
    if written is None or False in [form.by_stem for form in found.forms]:
        return None
    own, several = sum([one.beside[0][2] for one in ready]), len(written) > 1
    sideways, others, forms = written, list[tuple[Node, float]](), list[_Ready]()
    if not several:
        sideways, worth = _spelt((found.first, found.second), own, asked, rows)
        others.append((SideBySide(tuple([one[0] for one in sideways])), worth))
    for form in found.forms:
        if several or form.stem != written[0][0].stem:
            (one,), worth = _spelt((form,), own, asked, rows)
            forms.append(one)
            others.append((one[0], worth))
    every = [*written, *forms] if several else [*written, *sideways, *forms]
    if not _are_other(every, forms if several else [*written, *forms]):
        return None
    words = tuple([one[0] for one in written])
    node = Spellings(words, SideBySide(words) if several else words[0], tuple(others))
    made = ReadyCompound(node, weights, every)
    made.beside = tuple([(at, *one.beside[0][1:]) for at, one in enumerate(ready)])
    budget = Budget(inf, FINDING.of(rows.snapshot.size))
    apart = budget.apart()
    whole = _best(rows, () if several else written, sideways, forms, budget)
    loosely = _loosely(rows, written, forms, apart) if several else None
    if whole is None or (several and loosely is None):
        return None
    made.made = Made(whole, _Key(node, weights, loose=False), budget.work)
    made.apart = None
    made.nbytes = sum([one[2].word.nbytes for one in every]) + whole.nbytes
    if loosely is not None:
        made.apart = Made(loosely, _Key(node, weights, loose=True), apart.work)
        made.nbytes += loosely.nbytes
    return made


def _written(ready: Sequence[SoughtWord]) -> list[_Ready] | None:
    """Words as they were typed; None where one is not ready, or no word."""
    found: list[_Ready] = []
    for one in ready:
        if one.made is None or not isinstance(one.node, Word) or not one.beside:
            return None
        found.append((one.node, one.made, one.alike[0]))
    return found


def _spelt(
    words: Sequence[Token | Form], own: float, asked: Asked, rows: Rows
) -> tuple[list[_Ready], float]:
    """Another spelling of what is worth its ``own`` idf: its words, and their worth beside it."""
    worth = sum([rows.idf(LEAD_FIELD, one.stem) for one in words]) / own
    return [asked.spelt(one.surface, one.stem, OTHER / worth) for one in words], worth


def _are_other(every: Sequence[_Ready], alone: Sequence[_Ready]) -> bool:
    """Whether no row is that of two words, so that each counts.

    ``alone``: those whose ways are counted apart; glued words may hold several.
    """
    if len({(one[0].surface, one[0].stem) for one in every}) < len(every):
        return False
    return sum([bool(one[0].holders) for one in alone]) <= 1


def _best(
    rows: Rows,
    typed: Sequence[_Ready],
    sideways: Sequence[_Ready],
    forms: Sequence[_Ready],
    budget: Budget,
) -> CompiledWord | None:
    """The best of the word ``typed``, if one is, words side by side, and others: as ``best_of``."""
    ways = _alone(rows, typed, budget)
    made = [one[1] for one in sideways]
    stems = tuple([one[0].stem for one in sideways])
    found = beside(rows, made, tuple([(name, stems) for name in TEXTS]), budget)
    if found is None:
        return None
    ways.append((found[0],))
    for word, documents in zip(made, found[1], strict=False):
        budget.work += word.cost if documents else 0
    ways += _alone(rows, forms, budget)
    return None if budget.spent() else _word(rows, ways)


def _loosely(
    rows: Rows, written: Sequence[_Ready], forms: Sequence[_Ready], budget: Budget
) -> CompiledWord | None:
    """The same where any of the words as they were ``written`` suffices."""
    ways = [tuple([one[1].word for one in written])]
    budget.work += sum([one[1].cost for one in written])
    ways += _alone(rows, forms, budget)
    return None if budget.spent() else _word(rows, ways)


def _alone(rows: Rows, words: Sequence[_Ready], budget: Budget) -> list[tuple[CompiledWord, ...]]:
    """Words by themselves, whose ways are counted."""
    ways: list[tuple[CompiledWord, ...]] = []
    for _, (word, *_), _ in words:
        for read in word.reads:
            if read[0]:
                budget.work += rows.cost(read)
        ways.append((word,))
    return ways


def _word(rows: Rows, ways: Sequence[tuple[CompiledWord, ...]]) -> CompiledWord:
    assert rows.scorer is not None
    if len(ways) == len(ways[0]) == 1:
        return ways[0][0]
    found = rows.scorer.word(tuple(ways))
    assert found is not None
    return found
