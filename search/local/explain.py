"""The parts of hits' scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from search.local.evaluate import Evaluation
from search.local.features import Gain, Gained
from search.local.matches import Documents
from search.local.postings import first_position
from search.response import Explanation, ScorePart


def explain(
    evaluation: Evaluation,
    query: whoosh_query.Query,
    numbers: Documents,
    factors: NDArray[np.float64],
    gained: Gained,
) -> list[Explanation | None]:
    """Which words of the query gave how much to the scores of documents ``numbers``: (k,).

    The values of a hit's parts add up to its score before its factor, (k,), which recency makes
    less than 1. None for all where the budget is spent.
    """
    order = numbers.argsort()
    parts = _parts(evaluation, query, numbers[order])
    if evaluation.partial:
        return [None] * len(numbers)
    explanations: list[Explanation | None] = []
    rows = order.argsort().tolist()
    for number, row, factor in zip(numbers.tolist(), rows, factors.tolist(), strict=True):
        of_hit = [
            part
            for leaf, values in parts.values
            if values[row] > 0
            for part in _of_leaf(evaluation, leaf, number, float(values[row]))
        ]
        for gain, value in gained.of(number):
            of_hit += _of_gain(evaluation, gain, number, value)
        total = factor * sum(part.value for part in of_hit)
        explanations.append(Explanation(total, factor, tuple(of_hit)))
    return explanations


@dataclass(frozen=True)
class _Parts:
    """Whether a query matches each of k documents, and what its leaves give: (k,) each."""

    mask: NDArray[np.bool_]
    values: list[tuple[whoosh_query.Query, NDArray[np.float64]]]


def _parts(evaluation: Evaluation, query: whoosh_query.Query, numbers: Documents) -> _Parts:
    """A part counts only where every query around it matches."""
    if isinstance(query, whoosh_query.And | whoosh_query.Or):
        children = [_parts(evaluation, child, numbers) for child in query.subqueries]
        combine = np.logical_and if isinstance(query, whoosh_query.And) else np.logical_or
        mask = combine.reduce([child.mask for child in children])
        values = [
            (leaf, np.where(mask, given, 0.0)) for child in children for leaf, given in child.values
        ]
        return _Parts(mask, values)
    if isinstance(query, whoosh_query.AndMaybe):
        required, optional = (_parts(evaluation, one, numbers) for one in (query.a, query.b))
        more = [(leaf, np.where(required.mask, given, 0.0)) for leaf, given in optional.values]
        return _Parts(required.mask, required.values + more)
    if isinstance(query, whoosh_query.DisjunctionMax):
        return _best(evaluation, query, numbers)
    mask, scores = evaluation.probe(query, numbers)
    if isinstance(query, whoosh_query.Not):
        return _Parts(mask, [])
    silent = isinstance(query, whoosh_query.ConstantScoreQuery) and not query.score
    if silent or isinstance(query, whoosh_query.Every):
        return _Parts(mask, [])
    return _Parts(mask, [(query, scores)])


def _best(evaluation: Evaluation, query: whoosh_query.Query, numbers: Documents) -> _Parts:
    """Of each document only the parts of the child that gives it most, the first of equals."""
    children = [_parts(evaluation, child, numbers) for child in query.subqueries]
    totals = np.array(
        [sum((given for _, given in child.values), np.zeros(len(numbers))) for child in children]
    )
    best = totals.argmax(axis=0)
    values = [
        (leaf, np.where(best == number, given, 0.0))
        for number, child in enumerate(children)
        for leaf, given in child.values
    ]
    return _Parts(np.logical_or.reduce([child.mask for child in children]), values)


def _of_leaf(
    evaluation: Evaluation, leaf: whoosh_query.Query, number: int, value: float
) -> list[ScorePart]:
    """A leaf's BM25 and, of a term in a field that leads, apart from it what its place gives."""
    field = str(leaf.field() or "")
    if isinstance(leaf, whoosh_query.Phrase):
        word = " ".join(leaf.words)
    else:
        word = str(getattr(leaf, "text", leaf))
    lead = 0.0
    if evaluation.model.leads(field) and isinstance(leaf, whoosh_query.Term):
        lead = _lead(evaluation, leaf, number)
    parts = [ScorePart("bm25", field, word, word, value - lead)]
    if lead:
        parts.append(ScorePart("lead", field, word, word, lead))
    return parts


def _of_gain(evaluation: Evaluation, gain: Gain, number: int, value: float) -> list[ScorePart]:
    """A pair's part, or one for each of the words beside answers that the document has."""
    snapshot = evaluation.snapshot
    if not gain.field:
        text = " ".join(gain.words)
        return [ScorePart(gain.feature, "", text, text, value)]
    there = [
        word
        for word in gain.words
        if first_position(
            snapshot.segments, snapshot.bases, gain.field, snapshot.term(gain.field, word), number
        )
        is not None
    ]
    return [ScorePart(gain.feature, gain.field, word, word, value / len(there)) for word in there]


def _lead(evaluation: Evaluation, leaf: whoosh_query.Term, number: int) -> float:
    """What the place of a term in a document that has it gives."""
    snapshot, model = evaluation.snapshot, evaluation.model
    term = snapshot.term(leaf.fieldname, leaf.text)
    idf = model.idf_of(snapshot.size, term.document_frequency)
    first = first_position(snapshot.segments, snapshot.bases, leaf.fieldname, term, number)
    if first is None:
        return 0.0
    return float(leaf.boost * idf * model.lead.worth(np.array([first]))[0])
