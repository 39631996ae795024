"""The parts of a hit's score."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
from whoosh import query as whoosh_query

from search.local.evaluate import Evaluation
from search.response import Explanation, ScorePart


def explain(
    evaluation: Evaluation, query: whoosh_query.Query, number: int, factor: float
) -> Explanation:
    """Which words of the query gave how much to the score of document ``number``.

    The parts' values add up to the score before ``factor``, which recency makes less than 1.
    """
    parts = tuple(
        ScorePart("bm25", leaf.fieldname, _word(leaf), _word(leaf), float(value))
        for leaf in _leaves(query)
        if (value := _value(evaluation, leaf, number)) > 0
    )
    return Explanation(factor * sum(part.value for part in parts), factor, parts)


def _leaves(query: whoosh_query.Query) -> Iterator[whoosh_query.Query]:
    """The parts of a query that score; excluded ones and filters do not."""
    if isinstance(query, whoosh_query.Not | whoosh_query.ConstantScoreQuery | whoosh_query.Every):
        return
    if isinstance(query, whoosh_query.And | whoosh_query.Or):
        for child in query.subqueries:
            yield from _leaves(child)
    else:
        yield query


def _value(evaluation: Evaluation, leaf: whoosh_query.Query, number: int) -> float:
    patient = Evaluation(evaluation.snapshot, evaluation.model, inf)
    return float(np.asarray(patient.run(leaf).scores)[number])


def _word(leaf: whoosh_query.Query) -> str:
    return " ".join(leaf.words) if isinstance(leaf, whoosh_query.Phrase) else str(leaf.text)
