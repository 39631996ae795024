"""Words as queries of a cluster: their terms, what they gain by their lead, the best of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from index.fields import LEAD_FIELD
from index.opensearch.layout import LEAD
from index.opensearch.leads import lead_term, middles
from search.local.reading.rows import TEXT_FIELDS, Rows
from search.query.word_query import Terms

Dsl = dict[str, Any]


def weighted(rows: Rows, terms: Terms) -> Dsl:
    """The sum of the scores of weighted terms, each with its lead. Raises ``FileDamaged``."""
    clauses: list[Dsl] = []
    for name, text, weight in terms:
        if name not in TEXT_FIELDS or not weight:
            clauses.append({"constant_score": {"filter": {"term": {name: text}}, "boost": 0.0}})
            continue
        clauses.append({"term": {name: {"value": text, "boost": weight}}})
        if rows.model.leads(name):
            clauses += _lead(rows, text, weight)
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}}


def _lead(rows: Rows, stem: str, weight: float) -> list[Dsl]:
    """What a stem gains by the step in which it first stands."""
    worth = rows.model.lead.worth(middles()) * (weight * rows.idf(LEAD_FIELD, stem))
    return [
        {
            "constant_score": {
                "filter": {"term": {LEAD: lead_term(stem, step)}},
                "boost": float(gain),
            }
        }
        for step, gain in enumerate(worth.tolist())
    ]


def one_of_many(terms: Terms) -> Dsl:
    """Any of very many terms, which all score as their weights say and no more."""
    of_fields: dict[tuple[str, float], list[str]] = defaultdict(list)
    for name, text, weight in terms:
        of_fields[name, weight].append(text)
    return any_of(
        [
            {"constant_score": {"filter": {"terms": {name: texts}}, "boost": weight}}
            for (name, weight), texts in of_fields.items()
        ]
    )


def any_of(queries: Sequence[Dsl], boost: float = 1.0) -> Dsl:
    """Any of some queries, scores added up; nothing of none."""
    if not queries:
        return nothing()
    return {"bool": {"should": list(queries), "minimum_should_match": 1, "boost": boost}}


def best_of(queries: Sequence[Dsl], boost: float = 1.0) -> Dsl:
    """Any of some queries, of whose scores the best counts; nothing of none."""
    return {"dis_max": {"queries": list(queries), "boost": boost}} if queries else nothing()


def all_of(required: Sequence[Dsl], left_out: Sequence[Dsl] = (), boost: float = 1.0) -> Dsl:
    """All of some queries, without what others match."""
    return {"bool": {"must": list(required), "must_not": list(left_out), "boost": boost}}


def nothing() -> Dsl:
    """What no article matches."""
    return {"match_none": {}}
