"""Plain words composed in one call of a kernel: of their question is made what somebody reads.

The same as the steps of ``road`` and ``composed``, its witness, for what most texts are: words in a
row that all are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from index.kept import kept
from index.kernels import kernel
from search.budget import COMPARED, NODE, Budget
from search.local.matching.flat import FlatQuery
from search.local.plain.facts import Facts
from search.local.queries import Queries
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import MIN_WORDS_ALIKE, FeaturePlan
from search.local.scoring.holding import holdings
from search.local.scoring.ranking import Features, Ranking
from search.local.scoring.ready import ready_of
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.word_query import Terms
from search.question import Question

if TYPE_CHECKING:
    from index.kernels.composing import Composed, Composer

_kernel = kernel("composing")


class PlainQuestion(Question):
    """The question of words that all must match, whose trees are made when they are asked for.

    Equal to any of the same trees.
    """

    nothing = False

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
    """What words in a row compile to. Shared by threads.

    ``found``: of the words of ``facts``, as a ``Composer`` for ``rows`` has them. ``spelt``,
    ``doubtful`` and ``tells_days`` as in ``road.Understood``. ``nbytes``: what the words take that
    were made ready; ``seeks``: of what the second stage looks for, as the ``Composer`` has it.
    """

    made = None

    def __init__(
        self, text: str, ranking: Ranking, rows: Rows, facts: Sequence[Facts], found: Composed
    ) -> None:
        (_, typed, spelt, doubtful, tells_days), (words, keys, reading), seeks, nbytes = found
        number = len(words)
        is_loose = ranking.partial and number > 1
        assert rows.scorer is not None
        parts = words, words if is_loose else (), ()
        vars(self).update(
            question=PlainQuestion(text, facts),
            ranking=ranking,
            ready=Ready(rows.scorer, parts, keys, reading, words),
            complete_first=not is_loose or number <= ranking.most_lacking,
            typed=typed,
            spelt=spelt,
            doubtful=doubtful,
            tells_days=tells_days,
            nbytes=nbytes,
            seeks=seeks,
            _facts=facts,
        )

    @kept
    def known(self) -> tuple[FlatQuery, tuple[Terms, ...]]:
        words = tuple([one.sought.flat for one in self._facts])
        terms = tuple([terms for one in self._facts for terms in one.sought.terms])
        return FlatQuery(words, words if self.ready.words[1] else (), (), self.ready), terms

    @kept
    def lacking(self) -> tuple[Node, ...]:
        return tuple([one.sought.node for one in self._facts]) if self.ready.words[1] else ()


def composer_of(
    pairs: dict[tuple[str, str], Any], features: Features, rows: Rows | None
) -> Composer | None:
    """What composes words for the kernel of ``rows``; None without; ``pairs``: see there."""
    if _kernel is None or rows is None:
        return None
    found: Composer = _kernel.Composer(
        pairs,
        NODE,
        beside=bool(features.pairs),
        alike=bool(features.alike),
        several=MIN_WORDS_ALIKE,
    )
    return found


def features_of(
    queries: PlainQueries, features: Features, rows: Rows, budget: Budget
) -> FeaturePlan | None:
    """What the second stage looks for, as ``composed.plan_of``. Raises ``FileDamaged``."""
    terms, made, fresh, cost, pairs = queries.seeks
    holding = holdings(queries.typed, features, rows, budget)
    if not (pairs or terms or holding):
        return None
    ready = None
    if pairs or terms:
        ready = ready_of(rows, made, pairs, features.pairs)
        ready.prices.append((queries.ready, (ready.work + cost, COMPARED * len(made), fresh)))
    return FeaturePlan(pairs, (), terms, holding, ready)


def _all_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _fields(question: Question) -> tuple[Any, ...]:
    """What questions are compared by."""
    return question.text, question.root, question.kind, question.notes, question.written
