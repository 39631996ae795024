"""Explains the scores of hits: how much each word of the query added."""

from __future__ import annotations

import numpy as np

from search.local.find import Found
from search.local.matching.searcher import Searcher
from search.local.page.order import Page
from search.local.reading.terms import first_position
from search.local.scoring.features import Gain, Gained
from search.response import Explanation, ScorePart


def explain(
    searcher: Searcher,
    found: Found,
    page: Page,
    gained: Gained | None,
) -> list[Explanation | None]:
    """Which words of the query gave how much to the scores of a page's k documents.

    The values of a hit's parts add up to its score before its factor, which recency makes less
    than 1. None for all where the budget is spent.
    """
    numbers = np.array(page.documents, np.int32)
    factors = [1.0] * len(numbers) if page.factors is None else page.factors
    order = numbers.argsort()
    ascending = numbers[order]
    parts_of = {True: searcher.parts(found.query, ascending).parts}
    complete = np.ones(len(ascending), np.bool_)
    if found.complete is not None:
        complete = found.complete[found.matches.documents.searchsorted(ascending)]
    if found.relaxed is not None and not complete.all():
        parts_of[False] = searcher.parts(found.relaxed, ascending).parts
    if searcher.budget.partial:
        return [None] * len(numbers)
    # Of each document the parts that add anything, which of many parts are few.
    adding = {
        which: np.array([part.values for part in parts]) > 0
        for which, parts in parts_of.items()
        if parts
    }
    explanations: list[Explanation | None] = []
    rows = order.argsort().tolist()
    for number, row, factor in zip(page.documents, rows, factors, strict=True):
        which = bool(complete[row])
        there = adding[which][:, row].nonzero()[0].tolist() if parts_of[which] else ()
        parts = [
            ScorePart(
                part.feature,
                part.field,
                part.held or part.word,
                part.word,
                float(part.values[row]),
            )
            for part in (parts_of[which][place] for place in there)
        ]
        for gain, value in gained.of(number) if gained else ():
            parts += _of_gain(searcher, gain, number, value)
        total = factor * sum(part.value for part in parts)
        explanations.append(Explanation(total, factor, tuple(parts)))
    return explanations


def _of_gain(searcher: Searcher, gain: Gain, number: int, value: float) -> list[ScorePart]:
    """One part, or one for each of the words beside answers that the document has."""
    if not gain.apart:
        text = " ".join(gain.words)
        return [ScorePart(gain.feature, gain.field, text, text, value)]
    snapshot = searcher.snapshot
    there = [
        word
        for word in gain.words
        if first_position(
            snapshot.segments,
            snapshot.bases,
            gain.field,
            snapshot.dictionary.term(gain.field, word),
            number,
        )
        is not None
    ]
    return [ScorePart(gain.feature, gain.field, word, word, value / len(there)) for word in there]
