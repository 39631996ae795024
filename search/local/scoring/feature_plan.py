"""What the second stage looks for in a query's best articles, decided once a query and index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import pairwise

from index.fields import LEAD_FIELD
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.queries import Queries
from search.local.reading.rows import Rows
from search.local.scoring.holding import Holding, holdings, typed
from search.local.scoring.ranking import Features
from search.local.scoring.ready import Pair, ReadyFeatures, made_alone, ready_of
from search.query.question_words import answer_words
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word
from search.query.word_query import Terms

MIN_WORDS_ALIKE = 2
"""A query of fewer words finds no articles alike: two may well have one word in common."""

_IN_LEAD = frozenset((None, LEAD_FIELD))


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
    ready: ReadyFeatures | None = field(default=None, compare=False, repr=False)


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
    beside = _beside(question.root) if features.pairs and kind is None else []
    answers = answer_words(kind) if features.answers and kind is not None else ()
    words = words if len(words) >= MIN_WORDS_ALIKE else ()
    as_typed = queries.typed
    if as_typed is None:
        as_typed = typed(question, rows.snapshot.analysis)
    holding = holdings(as_typed, features, rows, budget)
    pairs = _pairs(beside, rows)
    if not (pairs or answers or words or holding):
        return None
    made = made_alone(rows, words) if pairs or words else None
    ready = None if made is None else ready_of(rows, made, pairs, features.pairs)
    return FeaturePlan(pairs, answers, words, holding, ready)


def _beside(root: Node | None) -> list[tuple[str, str, int]]:
    """The stems of words beside each other, and how many words behind the first the second is."""
    places = []
    at = 0
    for node in _in_order(root):
        word = node.written if type(node) is Synonyms else node
        if type(word) is Word and not word.optional and word.scope in _IN_LEAD:
            places.append((at, word.stem))
        at += node.width()
    return [
        (first, second, then - at)
        for (at, first), (then, second) in pairwise(places)
        if first != second
    ]


def _pairs(beside: list[tuple[str, str, int]], rows: Rows) -> tuple[Pair, ...]:
    """Pairs of stems."""
    stems = {stem for first, second, _ in beside for stem in (first, second)}
    idf = {stem: rows.idf(LEAD_FIELD, stem) for stem in stems}
    return tuple([(one, two, by, (idf[one] + idf[two]) / 2) for one, two, by in beside])


def _in_order(root: Node | None) -> Iterator[Node]:
    """The nodes that stand beside each other, words as they were typed."""
    for node in root.nodes if isinstance(root, AllOf) else (root,):
        if isinstance(node, Spellings):
            yield from node.words
        elif node is not None:
            yield node
