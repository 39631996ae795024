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
from search.budget import COMPARED, NODE, Budget
from search.local.matching.flat import FlatQuery
from search.local.plain.facts import Facts
from search.local.queries import Queries
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import MIN_WORDS_ALIKE, FeaturePlan
from search.local.scoring.holding import Holding, holdings
from search.local.scoring.ranking import Features, Ranking
from search.local.scoring.ready import Price, ReadyFeatures, work_of
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.word_query import Terms
from search.question import Question

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.composing import Composed, Composer
    from index.kernels.scoring import Scorer

_kernel = kernel("composing")


class PlainReady(Ready):
    """Words that were composed as ``Ready``; ``is_loose``: whether some of them suffice."""

    __slots__ = ("composed",)

    def __init__(self, scorer: Scorer, composed: Composed, *, is_loose: bool) -> None:
        words = composed.words
        self.composed = composed
        self.scorer = scorer
        self.words = words, words if is_loose else (), ()
        self.work = composed.reading
        self.uncounted = words
        self._counted = None

    @property
    def keys(self) -> list[Hashable]:  # type: ignore[override] # made when they are asked for
        return self.composed.keys()


class PlainQuestion(Question):
    """The question of words that all must match, whose trees are made when they are asked for.

    Equal to any of the same trees.
    """

    nothing = False
    _facts: Sequence[Facts]

    def __init__(self, text: str, facts: Sequence[Facts]) -> None:
        own = vars(self)  # nothing of a frozen class is set
        own["text"], own["_facts"] = text, facts

    @kept
    def root(self) -> Node:
        return _all_of([one.sought.node for one in self._facts])

    @kept
    def written(self) -> Node:
        return _all_of([one.word for one in self._facts])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Question):
            return NotImplemented
        return _fields(self) == _fields(other)

    __hash__ = Question.__hash__


class PlainQueries(Queries):
    """What words that were composed compile to, all of it made when it is asked for."""

    made = None
    ready: PlainReady

    def __init__(self, question: Question, ranking: Ranking, ready: PlainReady) -> None:
        vars(self).update(question=question, ranking=ranking, ready=ready)

    @property
    def facts(self) -> list[Facts]:
        """Of each word what is known of it."""
        return self.ready.composed.facts

    @kept
    def known(self) -> tuple[FlatQuery, tuple[Terms, ...]]:
        words = tuple([one.sought.flat for one in self.facts])
        loose = words if self.ready.words[1] else ()
        return FlatQuery(words, loose, (), self.ready), terms_of(self.facts)

    @kept
    def typed(self) -> tuple[str, ...]:
        return self.ready.composed.surfaces

    @kept
    def lacking(self) -> tuple[Node, ...]:
        return tuple([one.sought.node for one in self.facts]) if self.ready.words[1] else ()


def composer_of(
    pairs: dict[tuple[str, str], Any], features: Features, rows: Rows | None
) -> Composer | None:
    """What composes words for the kernel of ``rows``; None without; ``pairs``: see there."""
    if _kernel is None or rows is None:
        return None
    lead, several = rows.snapshot.dictionary.lookup(LEAD_FIELD), MIN_WORDS_ALIKE
    found: Composer = _kernel.Composer(
        pairs, NODE, rows.scorer, lead, features.pairs, bool(features.alike), several
    )
    return found


def looked_for(
    ready: PlainReady, features: Features, rows: Rows, budget: Budget
) -> tuple[tuple[Holding, ...], Sought | None, tuple[int, int] | None]:
    """What the second stage looks for: articles with the words as typed, pairs, and its price.

    The latter as ``Plan.price``. As ``composed.plan_of``. Raises ``FileDamaged``.
    """
    composed = ready.composed
    holding = holdings(composed.surfaces, features, rows, budget)
    sought, number = composed.sought(), len(composed.alike)
    if sought is None:
        return holding, None, None
    return holding, sought, (work_of(sought, number) + composed.cost, COMPARED * number)


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
    terms = terms_of(composed.facts) if composed.alike else ()
    return FeaturePlan(composed.pairs(), (), terms, holding, found)


def terms_of(facts: Sequence[Facts]) -> tuple[Terms, ...]:
    """The terms of each word."""
    return tuple([terms for one in facts for terms in one.sought.terms])


def _all_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _fields(question: Question) -> tuple[Any, ...]:
    """What questions are compared by."""
    return question.text, question.root, question.kind, question.notes, question.written
