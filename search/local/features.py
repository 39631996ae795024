"""The second stage: what the best candidates gain by features that are too dear for all matches.

Every feature adds, none takes away. So a candidate never falls behind what was no candidate, and
the order of all is the order of their scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from search.local.evaluate import Evaluation, terms_of
from search.local.matches import Documents
from search.local.openings import neighbours
from search.local.postings import Terms
from search.local.ranking import Features
from search.local.weighting import LEADING
from search.query import (
    AllOf,
    DateRange,
    Exclude,
    FacetIs,
    Kind,
    Node,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    answer_words,
)

ANSWERING = "body_exact"
"""The field in which words beside answers are looked for."""

_TELLING = 2
"""Two articles may well have one word alike."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query, the second ``step`` words behind the first."""

    first: str
    second: str
    step: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What the features of a query look for.

    Pairs of stems; words beside answers; the query's words, by which articles may be alike.
    """

    pairs: tuple[Pair, ...] = ()
    answers: tuple[str, ...] = ()
    words: tuple[Terms, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.answers or self.words)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a feature gives documents, (k,) float, and through which words.

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


NOTHING = Gained(np.empty(0, np.int32), (), np.empty(0))


def sought(
    root: Node | None, kind: Kind | None, query: whoosh_query.Query, features: Features
) -> Sought:
    """What is looked for; ``query`` is the tree's.

    The words of a question stand in another order than those of its answer, so that it has no
    pairs. Words that need not match stand between others, and in no pair.
    """
    words = (_words(query) if features.alike else None) or ()
    return Sought(
        _pairs(root) if features.pairs and kind is None else (),
        answer_words(kind) if features.answers and kind is not None else (),
        words if len(words) >= _TELLING else (),
    )


def _pairs(root: Node | None) -> tuple[Pair, ...]:
    if not isinstance(root, AllOf):
        return ()
    places = []
    at = 0
    for node in root.nodes:
        word = _word(node)
        if word is not None:
            places.append((at, word.stem))
        at += _length(node)
    return tuple(
        Pair(first, second, then - at)
        for (at, first), (then, second) in pairwise(places)
        if first != second
    )


def _length(node: Node) -> int:
    """How many words a node takes between others in a body."""
    if isinstance(node, FacetIs | DateRange | Exclude):
        return 0
    if isinstance(node, Word | Phrase | Prefix) and node.scope not in {None, LEADING}:
        return 0
    return len(node.surfaces) if isinstance(node, Phrase) else 1


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


def gains(
    evaluation: Evaluation,
    looked_for: Sought,
    features: Features,
    documents: Documents,
    scores: NDArray[np.float64],
) -> Gained:
    """What documents, (k,) ascending, with their scores gain; nothing where the time is up."""
    found: list[Gain] = []
    if looked_for.pairs:
        found += _of_pairs(evaluation, looked_for.pairs, features.pairs, documents)
    if looked_for.answers:
        present = evaluation.presence(ANSWERING, looked_for.answers)
        if present is not None:
            values = np.multiply(features.answers, present[documents])
            found.append(Gain("answers", ANSWERING, looked_for.answers, values))
    reached = scores.copy()
    for gain in found:
        reached += gain.values
    if looked_for.words:
        alike = _alike(evaluation, looked_for.words, features.alike, documents)
        best = np.where(alike, reached, 0.0).max(axis=1)
        found.append(Gain("alike", "", (), best - reached))
        reached = best
    return Gained(documents, tuple(found), reached)


def _of_pairs(
    evaluation: Evaluation, pairs: tuple[Pair, ...], weight: float, documents: Documents
) -> list[Gain]:
    """A pair in an article's opening gives the mean idf of its words."""
    snapshot, model = evaluation.snapshot, evaluation.model
    bits = {}
    idf = {}
    for stem in {stem for pair in pairs for stem in (pair.first, pair.second)}:
        if monotonic() > evaluation.deadline:
            evaluation.partial = True
            return []
        bits[stem] = snapshot.openings(LEADING, stem).at(documents)
        idf[stem] = model.idf_of(snapshot.size, snapshot.document_frequency(LEADING, stem))
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
    evaluation: Evaluation, words: tuple[Terms, ...], tolerance: float, documents: Documents
) -> NDArray[np.bool_]:
    """Which documents the query cannot tell apart: (k, k).

    Every word gives both the same, but for ``tolerance`` of it. Where it is more than a word or
    two, that is what copies of a text have in common, of which one has a comma more.
    """
    alike = np.ones((len(documents), len(documents)), np.bool_)
    for terms in words:
        _, given = evaluation.row(terms).at(documents)
        alike &= np.abs(given[:, None] - given) <= tolerance * np.maximum(given[:, None], given)
    if evaluation.partial:  # then words are missing that would tell
        return np.eye(len(documents), dtype=np.bool_)
    return alike


def _word(node: Node) -> Word | None:
    """The word of a node that is one to be found in bodies."""
    if isinstance(node, Synonyms):
        return _word(node.written)
    if isinstance(node, Word) and not node.spared and node.scope in {None, LEADING}:
        return node
    return None
