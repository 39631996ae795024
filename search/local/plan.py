"""A plan: the queries that a text becomes in one index with one ranking."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from whoosh.query import Query

from index.kept import kept
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.local.matching.flat import FlatQuery
from search.local.page.stage import Stage, stage_of
from search.local.queries import Queries
from search.local.reading.made import Ready
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.features import price_beside
from search.query.day_offers import OfferedDays
from search.query.syntax.word import Word
from search.question import Question

if TYPE_CHECKING:
    from index.kernels.paging import Lacking

_paging = kernel("paging")
OF_A_PLAN, OF_A_PLACE = 6400, 120
"""Bytes; of a plan with the price of its features, which is kept when it is first asked for."""


@dataclass(frozen=True)
class Plan:
    """What is searched for to answer a question.

    ``features``: what the second stage looks for, None for nothing. ``spelt``: the words as typed
    that are written together or apart in articles, or glued to another one. ``cut``: whether it was
    cut short, so that another plan would find more, or less; ``misread``: whether its question was.
    ``offers``: the days that are told among its words. ``doubtful``: the words of which another
    spelling may be offered; None where nobody looked.
    """

    queries: Queries
    features: FeaturePlan | None = None
    spelt: Collection[Word] = ()
    cut: bool = False
    misread: bool = False
    offers: tuple[OfferedDays, ...] = ()
    doubtful: tuple[Word, ...] | None = None

    offers_nothing: ClassVar[bool | None] = None
    """Whether no other spelling is, as far as that is soon told; None where nobody looked."""

    @kept
    def question(self) -> Question:
        return self.queries.question

    @kept
    def ready(self) -> Ready | None:
        """``flat`` made ready for the kernel of the index that the plan is of, where it is so."""
        return self.queries.ready

    @kept
    def query(self) -> Query | None:
        """What must match, None where there is nothing to search for."""
        return self.queries.query

    @kept
    def relaxed(self) -> Query | None:
        """The same with some of the words, None where that finds no more."""
        return self.queries.relaxed

    @kept
    def spared(self) -> tuple[tuple[str, Query], ...]:
        """What need not match in ``relaxed``, as it was typed."""
        return self.queries.spared

    @kept
    def spared_texts(self) -> tuple[str, ...]:
        """How that was typed."""
        return self.queries.spared_texts

    @kept
    def lacking(self) -> Lacking:
        """What tells those of ``spared_texts`` that a page lacks; only for kernels."""
        found: Lacking = _paging.Lacking(self.spared_texts)
        return found

    @kept
    def flat(self) -> FlatQuery | None:
        """What a kernel takes: the words of the question where it asks for nothing else."""
        return self.queries.flat

    @kept
    def spares_words(self) -> bool:
        """Whether each word of ``flat`` may be lacking, and nothing else."""
        return self.flat is not None and len(self.flat.words) == len(self.spared_texts)

    @kept
    def complete_first(self) -> bool:
        """Whether by relevance articles that have all words come first, whatever the scores."""
        return self.queries.complete_first

    @kept
    def stage(self) -> Stage | None:
        """What a kernel is asked for by the second stage; None where that does not suffice."""
        return stage_of(self.features, self.queries.ranking.features)

    @kept
    def price(self) -> tuple[int, int] | None:
        """What that costs beside ``ready``, and each document besides; None for nothing."""
        if self.ready is None or self.features is None or self.features.ready is None:
            return None
        return price_beside(self.features.ready, self.ready)[:2]


def size_of(plan: Plan) -> int:
    """About the bytes of a plan, with its words made ready, each once.

    These may be kept elsewhere, too, but live as long as the plan when they are forgotten there.
    """
    features, ready = plan.features, plan.ready
    size, words = OF_A_PLAN, () if ready is None else ready.uncounted
    for word in words:
        size += word.nbytes
    if features is None:
        return size
    for one in features.holding:
        size += one.documents.nbytes
    if features.ready is not None:
        for word in features.ready.words:
            size += 0 if word in words else word.nbytes
        size += OF_A_PLACE * features.ready.sought.terms
    return size
