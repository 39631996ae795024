"""Words that are written together or apart, made ready without the queries that nobody reads.

The same as ``compound`` makes step by step, its witness, of what most are: words that were made
ready themselves, all of whose spellings are words that stems stand for. A kernel makes these ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

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
from search.query.rewrite.compound_parts import Compound
from search.query.syntax.boolean import loosened
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
    written, idf = [], rows.idf
    for one in ready:
        if one.made is None or not isinstance(one.node, Word) or not one.beside:
            return None
        written.append((one.node, one.made, one.alike[0]))
    own = sum([one.beside[0][2] for one in ready])
    several = len(written) > 1
    sideways: list[_Ready] = []
    every, others = [*written], []
    if not several:
        parts = found.first, found.second
        worth = sum([idf(LEAD_FIELD, one.stem) for one in parts]) / own
        sideways = [asked.spelt(one.surface, one.stem, OTHER / worth) for one in parts]
        every += sideways
        others.append((SideBySide(tuple([one[0] for one in sideways])), worth))
    forms: list[_Ready] = []
    for form in found.forms:
        if not form.by_stem:
            return None
        if several or form.stem != written[0][0].stem:
            worth = idf(LEAD_FIELD, form.stem) / own
            forms.append(asked.spelt(form.surface, form.stem, OTHER / worth))
            others.append((forms[-1][0], worth))
    every += forms
    alone = forms if several else [*written, *forms]
    if not _are_other(every) or sum([bool(one[0].holders) for one in alone]) > 1:
        return None  # some rows may be the same, which count once
    words = tuple([one[0] for one in written])
    node = Spellings(words, SideBySide(words) if several else words[0], tuple(others))
    made = ReadyCompound(node, weights, every)
    at, places = 0, []
    for one in ready:
        places.append((at, *one.beside[0][1:]))
        at += 1
    made.beside = tuple(places)
    made.made = made.apart = None
    made.nbytes = sum([one[2].word.nbytes for one in every])
    budget = Budget(inf, FINDING.of(rows.snapshot.size))
    whole = _best(rows, alone, written if several else sideways, several, budget)
    loosely = None
    if several:
        apart = budget.apart()
        loosely = _loosely(rows, forms, written, apart)
        if loosely is not None:
            work = apart.work
    if whole is None or (several and loosely is None):
        return None
    made.made = Made(whole, _Key(node, weights, loose=False), budget.work)
    made.nbytes += whole.nbytes
    if loosely is not None:
        made.apart = Made(loosely, _Key(node, weights, loose=True), work)
        made.nbytes += loosely.nbytes
    return made


def _are_other(every: Sequence[_Ready]) -> bool:
    """Whether no two are one word, so that their rows are others."""
    return len({(one[0].surface, one[0].stem) for one in every}) == len(every)


def _best(
    rows: Rows,
    alone: Sequence[_Ready],
    sideways: Sequence[_Ready],
    several: bool,  # noqa: FBT001
    budget: Budget,
) -> CompiledWord | None:
    """What has the words ``sideways`` side by side, or one ``alone``; as ``ways.best_of``.

    ``several``: whether the former are those that were typed, else the first of the others is.
    """
    made = [one[1] for one in sideways]
    ways: list[tuple[CompiledWord, ...]] = []
    typed = alone[: 0 if several else 1]
    for one in typed:
        ways.append(_alone(rows, one, budget))
    stems = tuple([one[0].stem for one in sideways])
    found = beside(rows, made, tuple([(name, stems) for name in TEXTS]), budget)
    if found is None:
        return None
    ways.append((found[0],))
    for word, documents in zip(made, found[1], strict=False):
        budget.work += word.cost if documents else 0
    for one in alone[len(typed) :]:
        ways.append(_alone(rows, one, budget))
    if budget.spent():
        return None
    return _word(rows, ways)


def _loosely(
    rows: Rows, alone: Sequence[_Ready], written: Sequence[_Ready], budget: Budget
) -> CompiledWord | None:
    """The same where any of the words as they were ``written`` suffices."""
    ways = [tuple([one[1].word for one in written])]
    budget.work += sum([one[1].cost for one in written])
    for one in alone:
        ways.append(_alone(rows, one, budget))
    if budget.spent():
        return None
    return _word(rows, ways)


def _alone(rows: Rows, one: _Ready, budget: Budget) -> tuple[CompiledWord]:
    """A word by itself, whose ways are counted."""
    word = one[1].word
    for read in word.reads:
        if read[0]:
            budget.work += rows.cost(read)
    return (word,)


def _word(rows: Rows, ways: Sequence[tuple[CompiledWord, ...]]) -> CompiledWord:
    assert rows.scorer is not None
    if len(ways) == len(ways[0]) == 1:
        return ways[0][0]
    found = rows.scorer.word(tuple(ways))
    assert found is not None
    return found
