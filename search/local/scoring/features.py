"""The second stage: features that add to the best candidates' scores, too costly for all matches.

Every feature adds, none takes away. So a candidate never falls behind what was no candidate, and
the order of all is the order of their scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from search.local.matches import Documents
from search.local.matching.searcher import Searcher
from search.local.matching.term import row, terms_of
from search.local.reading.openings import neighbours
from search.local.reading.rows import Rows
from search.local.scoring.ranking import Features
from search.query.question_words import answer_words
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.weights import LEAD_FIELD
from search.query.word_query import Terms
from search.question import Question

ANSWER_FIELD = "body_exact"
"""The field in which words that stand beside answers are looked for."""

_MIN_WORDS_ALIKE = 2
"""A query of fewer words finds no articles alike: two may well have one word in common."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query, by their stems, the second ``step`` words behind the first.

    ``idf``: the mean of theirs.
    """

    first: str
    second: str
    step: int
    idf: float


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """What the second stage looks for in the candidates of a query; never empty.

    Pairs of stems; words beside answers; the query's words, by which articles may be alike.
    """

    pairs: tuple[Pair, ...] = ()
    answers: tuple[str, ...] = ()
    words: tuple[Terms, ...] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """What a feature gives candidates, (k,) float, and through which words.

    ``field``: where each of the words counts on its own; empty where they count together.
    """

    feature: str
    field: str
    words: tuple[str, ...]
    values: NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Gained:
    """What candidates, (k,) ascending, gained, and the scores that they reached by it, (k,).

    What is alike has reached the very same score, which sums of gains would give but for rounding.
    """

    candidates: Documents
    gains: tuple[Gain, ...]
    scores: NDArray[np.float64]

    def of(self, number: int) -> list[tuple[Gain, float]]:
        """What one document gained by each feature, where it gained anything."""
        place = int(self.candidates.searchsorted(number))
        if place == len(self.candidates) or self.candidates[place] != number:
            return []
        gained = [(gain, float(gain.values[place])) for gain in self.gains]
        return [(gain, value) for gain, value in gained if value > 0]


def plan_features(
    question: Question, query: whoosh_query.Query, features: Features, rows: Rows
) -> FeaturePlan | None:
    """What is looked for in the index of ``rows``; ``query`` is what the question compiles to.

    None where no feature can add anything.

    The words of a question stand in another order than those of its answer, so that it has no
    pairs. Optional words stand between others, and in no pair.
    """
    kind = question.kind
    words = (_words(query) if features.alike else None) or ()
    pairs = _pairs(question.root, rows) if features.pairs and kind is None else ()
    answers = answer_words(kind) if features.answers and kind is not None else ()
    words = words if len(words) >= _MIN_WORDS_ALIKE else ()
    return FeaturePlan(pairs, answers, words) if pairs or answers or words else None


def _pairs(root: Node | None, rows: Rows) -> tuple[Pair, ...]:
    if not isinstance(root, AllOf):
        return ()
    places = []
    at = 0
    for node in root.nodes:
        word = node.written if isinstance(node, Synonyms) else node
        if isinstance(word, Word) and not word.optional and word.scope in {None, LEAD_FIELD}:
            places.append((at, word.stem))
        at += node.width()
    idf = {stem: rows.idf(LEAD_FIELD, stem) for _, stem in places}
    return tuple(
        Pair(first, second, then - at, (idf[first] + idf[second]) / 2)
        for (at, first), (then, second) in pairwise(places)
        if first != second
    )


def _words(query: whoosh_query.Query) -> tuple[Terms, ...] | None:
    """The terms of each of a query's words; None where anything but words adds to scores."""
    terms = terms_of(query)
    if terms is not None:
        return (terms,)
    if isinstance(query, whoosh_query.Not | whoosh_query.Every):
        return ()
    if isinstance(query, whoosh_query.ConstantScoreQuery) and not query.score:
        return ()
    if not isinstance(query, whoosh_query.And | whoosh_query.Or | whoosh_query.AndMaybe):
        return None
    found: list[Terms] = []
    for child in query.children():
        words = _words(child)
        if words is None:
            return None
        found += words
    return tuple(found)


def second_stage(
    searcher: Searcher,
    plan: FeaturePlan,
    features: Features,
    documents: Documents,
    scores: NDArray[np.float64],
) -> Gained:
    """What candidates, (k,) ascending, with their scores gain; less where the time is up."""
    found: list[Gain] = []
    for pair in plan.pairs:
        if searcher.budget.spent():
            break
        first = searcher.rows.openings(LEAD_FIELD, pair.first)
        second = searcher.rows.openings(LEAD_FIELD, pair.second)
        there = neighbours(first, second, pair.step, documents)
        gained = there * (features.pairs * pair.idf)
        found.append(Gain("pairs", "", (pair.first, pair.second), gained))
    if plan.answers:
        present = searcher.rows.presence(ANSWER_FIELD, plan.answers, searcher.budget)
        if present is not None:
            values = np.multiply(features.answers, present[documents])
            found.append(Gain("answers", ANSWER_FIELD, plan.answers, values))
    reached = scores.copy()
    for gain in found:
        reached += gain.values
    if plan.words:
        given = [row(searcher, terms).at(documents)[1] for terms in plan.words]
        # Where time was up, words are missing that would tell.
        alike = np.eye(len(documents), dtype=np.bool_)
        if not searcher.budget.partial:
            alike = _alike(given, features.alike)
        best = np.where(alike, reached, 0.0).max(axis=1)
        found.append(Gain("alike", "", (), best - reached))
        reached = best
    return Gained(documents, tuple(found), reached)


def _alike(given: Sequence[NDArray[np.float64]], tolerance: float) -> NDArray[np.bool_]:
    """Which documents a query cannot tell apart by what each word gives them, (k,) each: (k, k).

    Every word gives both the same, but for ``tolerance`` of it. Where it is more than a word or
    two, that is what copies of a text have in common, of which one has a comma more.
    """
    alike = np.ones((len(given[0]), len(given[0])), np.bool_)
    for one in given:
        alike &= np.abs(one[:, None] - one) <= tolerance * np.maximum(one[:, None], one)
    return alike
