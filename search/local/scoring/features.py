"""The second stage: what the best candidates gain by features that are too dear for all matches.

Every feature adds, none takes away. So a candidate never falls behind what was no candidate, and
the order of all is the order of their scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from search.local.facets import Filtered
from search.local.matches import Documents
from search.local.matching.searcher import Searcher
from search.local.matching.term import row, terms_of
from search.local.order import Ordered, top
from search.local.reading.openings import neighbours
from search.local.scoring.ranking import Features
from search.query.questions import answer_words
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.weights import LEAD_FIELD
from search.query.word_query import Terms
from search.question import Question

ANSWER_FIELD = "body_exact"
"""The field in which words beside answers are looked for."""

_TELLING = 2
"""Two articles may well have one word alike."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query, by their stems, the second ``step`` words behind the first."""

    first: str
    second: str
    step: int


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """What the features of a query look for; false where there is nothing.

    Pairs of stems; words beside answers; the query's words, by which articles may be alike.
    """

    pairs: tuple[Pair, ...] = ()
    answers: tuple[str, ...] = ()
    words: tuple[Terms, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.answers or self.words)


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

    def added_to(self, documents: Documents, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The scores of all documents, (n,), with what the candidates among them reached."""
        scores = scores.copy()
        scores[documents.searchsorted(self.candidates)] = self.scores
        return scores


def plan_features(question: Question, query: whoosh_query.Query, features: Features) -> FeaturePlan:
    """What is looked for; ``query`` is what the question compiles to.

    The words of a question stand in another order than those of its answer, so that it has no
    pairs. Optional words stand between others, and in no pair.
    """
    kind = question.kind
    words = (_words(query) if features.alike else None) or ()
    return FeaturePlan(
        _pairs(question.root) if features.pairs and kind is None else (),
        answer_words(kind) if features.answers and kind is not None else (),
        words if len(words) >= _TELLING else (),
    )


def _pairs(root: Node | None) -> tuple[Pair, ...]:
    if not isinstance(root, AllOf):
        return ()
    places = []
    at = 0
    for node in root.nodes:
        word = node.written if isinstance(node, Synonyms) else node
        if isinstance(word, Word) and not word.optional and word.scope in {None, LEAD_FIELD}:
            places.append((at, word.stem))
        at += node.width()
    return tuple(
        Pair(first, second, then - at)
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
    found: Filtered,
    factors: NDArray[np.float64] | None,
) -> Gained:
    """What the best of the matches gain, less than all where the time is up.

    Which are the best depends on ``factors``, (n,), of their scores, too (None: all 1).
    """
    documents, scores = found.matches.documents, found.matches.scores
    keys = scores.astype(np.float64, copy=False)
    keys = keys if factors is None else keys * factors
    best = np.sort(top(features.candidates, Ordered(documents, keys, found.dates)))
    return _gained(searcher, plan, features, documents[best], scores[best].astype(np.float64))


def _gained(
    searcher: Searcher,
    plan: FeaturePlan,
    features: Features,
    documents: Documents,
    scores: NDArray[np.float64],
) -> Gained:
    """What documents, (k,) ascending, with their scores gain."""
    found: list[Gain] = []
    if plan.pairs:
        found += _of_pairs(searcher, plan.pairs, features.pairs, documents)
    if plan.answers:
        present = searcher.rows.presence(ANSWER_FIELD, plan.answers, searcher.budget)
        if present is not None:
            values = np.multiply(features.answers, present[documents])
            found.append(Gain("answers", ANSWER_FIELD, plan.answers, values))
    reached = scores.copy()
    for gain in found:
        reached += gain.values
    if plan.words:
        alike = _alike(searcher, plan.words, features.alike, documents)
        best = np.where(alike, reached, 0.0).max(axis=1)
        found.append(Gain("alike", "", (), best - reached))
        reached = best
    return Gained(documents, tuple(found), reached)


def _of_pairs(
    searcher: Searcher, pairs: tuple[Pair, ...], weight: float, documents: Documents
) -> list[Gain]:
    """A pair in an article's opening gives the mean idf of its words."""
    bits = {}
    for stem in {stem for pair in pairs for stem in (pair.first, pair.second)}:
        if searcher.budget.spent():
            return []
        bits[stem] = searcher.rows.openings(LEAD_FIELD, stem).at(documents)
    idf = {stem: searcher.rows.idf(LEAD_FIELD, stem) for stem in bits}
    return [
        Gain(
            "pairs",
            "",
            (pair.first, pair.second),
            neighbours(bits[pair.first], bits[pair.second], pair.step)
            * (weight * (idf[pair.first] + idf[pair.second]) / 2),
        )
        for pair in pairs
    ]


def _alike(
    searcher: Searcher, words: tuple[Terms, ...], tolerance: float, documents: Documents
) -> NDArray[np.bool_]:
    """Which documents the query cannot tell apart: (k, k).

    Every word gives both the same, but for ``tolerance`` of it. Where it is more than a word or
    two, that is what copies of a text have in common, of which one has a comma more.
    """
    alike = np.ones((len(documents), len(documents)), np.bool_)
    for terms in words:
        _, given = row(searcher, terms).at(documents)
        alike &= np.abs(given[:, None] - given) <= tolerance * np.maximum(given[:, None], given)
    if searcher.budget.partial:  # then words are missing that would tell
        return np.eye(len(documents), dtype=np.bool_)
    return alike
