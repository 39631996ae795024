"""Plain words composed in one call of a kernel: of their question is made what somebody reads.

The same as the steps of ``road`` and ``composed``, its witness, for what most texts are: words in a
row that all are known.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from index.fields import LEAD_FIELD
from index.kept import kept
from index.kernels import kernel
from search.budget import NODE
from search.local.completing.spellings import Known
from search.local.matching.flat import FlatQuery
from search.local.plain.facts import Words
from search.local.plain.sought import terms_of
from search.local.queries import Queries
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import MIN_WORDS_ALIKE, FeaturePlan
from search.local.scoring.holding import Holding
from search.local.scoring.ranking import Ranking
from search.local.scoring.ready import Price, ReadyFeatures
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.word_query import Terms
from search.question import Question

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.composed import Composed as Composed  # noqa: PLC0414, so that it is exported
    from index.kernels.composing import Composer
    from index.kernels.planning import PlainText

_kernel, _composed = kernel("composing"), kernel("composed")
_planning, _paging = kernel("planning"), kernel("paging")


class NothingMade:
    """What stands for a kernel's class where no kernels are: no object is of it."""


if not TYPE_CHECKING:
    Composed = NothingMade if _composed is None else _composed.Composed
    PlainText = NothingMade if _planning is None else _planning.PlainText


class PlainReady(Ready):
    """Words that were composed as ``Ready``, of which the kernel ``planning`` fills all slots."""

    __slots__ = ("composed",)

    composed: Composed

    @property
    def keys(self) -> list[Hashable]:
        return self.composed.keys()


class PlainQuestion(PlainText, Question):
    """The question of words that all must match, whose trees are made when they are asked for.

    The kernel ``planning`` makes it. Equal to any of the same trees, and pickled and copied as one.
    As answers show it, it holds nothing of the index.
    """

    text: str
    nothing = False

    # As it is not frozen, its trees are kept sooner.
    __setattr__ = object.__setattr__

    def __new__(cls, *values: Any, **named: Any) -> Question:  # type: ignore[misc] # see there
        """Another one with other notes or the like, as ``replace`` makes it, is no plain one."""
        return Question(*values, **named)

    @kept
    def root(self) -> Node:
        return _all_of(self._nodes)

    @kept
    def written(self) -> Node:
        return _all_of(self._words)

    def __reduce__(self) -> tuple[type[Question], tuple[Any, ...]]:
        return Question, (self.text, self.root, self.kind, self.notes, self.written)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Question):
            return NotImplemented
        return _fields(self) == _fields(other)

    __hash__ = Question.__hash__


class PlainQueries(Queries):
    """What words that were composed compile to, all of it made when it is asked for."""

    made = None
    question: Question
    ranking: Ranking
    ready: PlainReady

    # As what is frozen is made more slowly.
    __setattr__ = object.__setattr__

    def __init__(self, question: Question, ranking: Ranking, ready: PlainReady) -> None:
        self.question = question
        self.ranking = ranking
        self.ready = ready

    @kept
    def known(self) -> tuple[FlatQuery, tuple[Terms, ...]]:
        searched = self.ready.composed.searched()
        words = tuple([one.flat for one in searched])
        loose = tuple([one.loose for one in searched]) if self.ready.words[1] else ()
        return FlatQuery(words, loose, (), self.ready), terms_of(searched)

    @kept
    def typed(self) -> tuple[str, ...]:
        return self.ready.composed.surfaces

    @kept
    def lacking(self) -> tuple[Node, ...]:
        searched = self.ready.composed.searched() if self.ready.words[1] else ()
        return tuple([one.node for one in searched])


def composer_of(
    known: Known,
    words: Words,
    ranking: Ranking,
    rows: Rows | None,
) -> Composer | None:
    """What composes words for the kernel of ``rows``; None without. The rest as there."""
    if _kernel is None or _planning is None or _paging is None:
        return None
    if rows is None or known.cutter is None:
        return None
    features, spelt = ranking.features, words.spelt()
    if spelt is None:
        return None
    found: Composer = _kernel.Composer(
        known.pairs,
        known.cutter,
        known.compounds,
        spelt,
        NODE,
        ranking.partial,
        rows.scorer,
        rows.snapshot.dictionary.lookup(LEAD_FIELD),
        features.pairs,
        bool(features.alike),
        MIN_WORDS_ALIKE,
    )
    return found


def features_of(
    ready: PlainReady,
    holding: tuple[Holding, ...],
    sought: Sought | None,
    price: tuple[int, int] | None,
) -> FeaturePlan | None:
    """The same as the general steps take it."""
    composed, found = ready.composed, None
    if sought is not None and price is not None:
        work = price[0] - composed.cost
        prices: list[tuple[Ready, Price]] = [(ready, (*price, composed.fresh()))]
        found = ReadyFeatures(sought, work, composed.alike, composed.made(), prices)
    elif not holding:
        return None
    terms = terms_of(composed.searched()) if composed.alike else ()
    return FeaturePlan(composed.pairs(), (), terms, holding, found)


def spelt_of(composed: Composed) -> Sequence[Word]:
    """The words that are spelt otherwise in articles, as in ``road.Understood``."""
    whole = composed.compounds
    return [
        one.word
        for one in composed.facts
        if one.holders or (whole is not None and one.sought not in whole)
    ]


def _all_of(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _fields(question: Question) -> tuple[Any, ...]:
    """What questions are compared by."""
    return question.text, question.root, question.kind, question.notes, question.written
