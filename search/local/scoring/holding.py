"""Which articles have a query as it was typed: as their headline, in it, or in their body.

They are found by where the words stand, once a query and index, and come before all others,
whatever the words are worth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.analysis import TextAnalysis
from search.budget import Budget
from search.local.matches import Documents
from search.local.matching.positions import bits_in
from search.local.matching.verbatim import (
    Places,
    beginning_with,
    documents_of,
    having_all,
    runs,
)
from search.local.reading import openings
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Features
from search.query.parse import MAX_WORDS
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.question import Question

TITLE_FIELD = "title_exact"
BODY_FIELD = "body_exact"

LONG = 4
"""So many words say which article is meant wherever they stand in it; fewer stand in too many."""

LINKS = (("baca",), ("baca", "juga"))
"""What stands before the headlines of other articles in bodies."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Articles that have a query's ``words``, as they were typed, in a field.

    ``feature``: by which they gain.
    """

    feature: str
    field: str
    words: tuple[str, ...]
    documents: Documents


def holdings(
    question: Question, features: Features, snapshot: Snapshot, budget: Budget
) -> tuple[Holding, ...]:
    """The articles that have a query as it was typed, in groups of which a later one comes first.

    Of four words or more: one directly behind the other in the body, unless they are a link to
    another article; in the title with other words between; in the title without. Then those whose
    title begins with the query, and those of which it is the title, which one word may be, too.
    Groups without articles are left out; none at all is given where the budget does not suffice.
    Raises ``FileDamaged``.
    """
    words = typed(question, snapshot.analysis)
    found: list[tuple[str, str, Documents]] = []
    if features.verbatim and len(words) >= LONG:
        places = _but_links(snapshot, words, runs(snapshot, BODY_FIELD, words, budget), budget)
        found.append(("verbatim", BODY_FIELD, documents_of(places)))
    if features.headline and words:
        titles = _by_title(snapshot, words, budget)
        sizes = [len(one) for one in titles]
        # Each is part of the one before it: of equals the last is enough.
        found += [
            ("headline", TITLE_FIELD, documents)
            for number, documents in enumerate(titles)
            if len(documents) not in sizes[number + 1 :]
        ]
    if budget.partial:
        return ()
    return tuple(
        Holding(feature, field, words, documents)
        for feature, field, documents in found
        if len(documents)
    )


def _by_title(snapshot: Snapshot, words: tuple[str, ...], budget: Budget) -> list[Documents]:
    """Each part of the one before it."""
    groups: list[list[Documents]] = []
    for base, inside, places in having_all(snapshot, TITLE_FIELD, words, budget):
        lengths = snapshot.columns.title_lengths[base:]
        if len(words) == 1:
            found = [inside[lengths[inside] == 1]]
        elif len(words) < LONG:
            beginning = beginning_with(snapshot, TITLE_FIELD, places, inside)
            found = [beginning, beginning[lengths[beginning] == len(words)]]
        else:
            bits = [bits_in(snapshot, TITLE_FIELD, place, inside) for place in places]
            together = openings.runs(bits)
            whole = (together & np.uint64(1) != 0) & (lengths[inside] == len(words))
            found = [inside[openings.in_order(bits)], inside[together != 0], inside[whole]]
        groups.append([one + np.int32(base) for one in found])
    return [np.concatenate(group) for group in zip(*groups, strict=True)]


def _but_links(
    snapshot: Snapshot, words: tuple[str, ...], places: Places, budget: Budget
) -> Places:
    for link in LINKS if len(places) else ():
        linked = runs(snapshot, BODY_FIELD, (*link, *words), budget) + len(link)
        places = np.setdiff1d(places, linked, assume_unique=True)
    return places


def typed(question: Question, how: TextAnalysis) -> tuple[str, ...]:
    """The surface forms of a query, in the order and as often as they were typed.

    Filters and what is excluded are no part of it. Empty where it searches for anything else than
    words, all of them and in any field.
    """
    wanted = _surfaces(question.root)
    if not wanted:
        return ()
    tokens = how.tokens(question.text)
    return tuple(token.surface for token in tokens if token.surface in wanted)[:MAX_WORDS]


def _surfaces(node: Node | None) -> frozenset[str]:
    """The surface forms below a node; empty as in ``typed``."""
    if isinstance(node, Word):
        return frozenset((node.surface,) if node.scope is None else ())
    if isinstance(node, Phrase):
        return frozenset(node.surfaces if node.scope is None else ())
    if isinstance(node, AllOf):
        parts = [_surfaces(one) for one in node.nodes if not one.restricts]
        return frozenset().union(*parts) if all(parts) else frozenset()
    return _surfaces(node.written) if isinstance(node, Synonyms) else frozenset()
