"""What the second stage looks for in a query's best articles, decided once a query and index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from index.fields import LEAD_FIELD
from search.budget import Budget
from search.local.queries import Queries
from search.local.reading.rows import Rows
from search.local.scoring.holding import Holding, holdings
from search.local.scoring.ranking import Features
from search.local.scoring.ready import Ready, ready_of
from search.query.question_words import answer_words
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word
from search.query.word_query import Terms

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

    Pairs of stems; words beside answers; the query's words, by which articles may be alike;
    articles that have the query as it was typed, by groups of which the later come first.
    ``ready``: pairs and words as the kernel takes them; None without it.
    """

    pairs: tuple[Pair, ...] = ()
    answers: tuple[str, ...] = ()
    words: tuple[Terms, ...] = ()
    holding: tuple[Holding, ...] = ()
    ready: Ready | None = field(default=None, compare=False, repr=False)


def plan_features(
    queries: Queries, features: Features, rows: Rows, budget: Budget
) -> FeaturePlan | None:
    """What is looked for in the index of ``rows``, for a question and what it compiles to.

    None where no feature can add anything.

    The words of a question stand in another order than those of its answer, so that it has no
    pairs. Optional words stand between others, and in no pair.
    """
    question = queries.question
    kind = question.kind
    words = (queries.terms if features.alike else None) or ()
    pairs = _pairs(question.root, rows) if features.pairs and kind is None else ()
    answers = answer_words(kind) if features.answers and kind is not None else ()
    words = words if len(words) >= _MIN_WORDS_ALIKE else ()
    holding = holdings(question, features, rows, budget)
    if not (pairs or answers or words or holding):
        return None
    return FeaturePlan(pairs, answers, words, holding, _ready(pairs, words, features, rows))


def _ready(
    pairs: tuple[Pair, ...], words: tuple[Terms, ...], features: Features, rows: Rows
) -> Ready | None:
    """Pairs and words as the kernel takes them; None without it, and where there are none."""
    if not (pairs or words):
        return None
    stems = [*dict.fromkeys(stem for pair in pairs for stem in (pair.first, pair.second))]
    places = [
        (stems.index(one.first), stems.index(one.second), one.step, features.pairs * one.idf)
        for one in pairs
    ]
    return ready_of(rows, words, stems, places)


def _pairs(root: Node | None, rows: Rows) -> tuple[Pair, ...]:
    places = []
    at = 0
    for node in _in_order(root):
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


def _in_order(root: Node | None) -> Iterator[Node]:
    """The nodes that stand beside each other, words as they were typed."""
    for node in root.nodes if isinstance(root, AllOf) else (root,):
        if isinstance(node, Spellings):
            yield from node.words
        elif node is not None:
            yield node
