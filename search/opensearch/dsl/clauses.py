"""Queries of a cluster put together of others, and how many terms they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.opensearch.layout import Dsl

EVERYTHING: Dsl = {"match_all": {"boost": 0.0}}
NOTHING: Dsl = {"match_none": {}}

MOST_TERMS = 65_536
"""A node takes so many terms in one clause, unless it is set otherwise."""

_LEAVES = frozenset(
    {
        *("term", "terms", "match_phrase", "prefix", "wildcard", "range", "rank_feature"),
        *("match", "span_term"),
    }
)


def term(name: str, text: str, boost: float = 1.0) -> Dsl:
    """What has a term in a field, scored by BM25."""
    return {"term": {name: {"value": text, "boost": boost}}}


def phrase(name: str, words: Sequence[str]) -> Dsl:
    """What has words one directly behind the other."""
    return {"match_phrase": {name: {"query": " ".join(words)}}}


def any_term(name: str, terms: Sequence[str] | Sequence[int]) -> Dsl:
    """What has any of some terms, however many; each scores the same."""
    parts = [terms[at : at + MOST_TERMS] for at in range(0, len(terms), MOST_TERMS)]
    return any_of([{"terms": {name: list(part)}} for part in parts])


def any_of(queries: Sequence[Dsl], boost: float = 1.0) -> Dsl:
    """Any of some queries, scores added up; nothing of none: a ``bool`` of none is everything."""
    if not queries:
        return NOTHING
    if len(queries) == 1 and boost == 1.0:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": 1, "boost": boost}}


def best_of(queries: Sequence[Dsl], boost: float = 1.0) -> Dsl:
    """Any of some queries, of whose scores the best counts; nothing of none."""
    if not queries:
        return NOTHING
    if len(queries) == 1 and boost == 1.0:
        return queries[0]
    return {"dis_max": {"queries": list(queries), "boost": boost}}


def all_of(required: Sequence[Dsl], left_out: Sequence[Dsl] = (), boost: float = 1.0) -> Dsl:
    """All of some queries, scores added up, without what others match; of none everything."""
    if len(required) == 1 and not left_out and boost == 1.0:
        return required[0]
    found: Dsl = {"boost": boost}
    must = [one for one in required if not _is_scoreless(one)]
    filters = [one["constant_score"]["filter"] for one in required if _is_scoreless(one)]
    if must or not filters:
        found["must"] = must or [EVERYTHING]
    if filters:
        found["filter"] = filters
    if left_out:
        found["must_not"] = [_bare(one) for one in left_out]
    return {"bool": found}


def scoreless(query: Dsl) -> Dsl:
    """The same with scores of 0."""
    return query if _is_scoreless(query) else constant(query, 0.0)


def constant(query: Dsl, score: float) -> Dsl:
    """The same, all with one score."""
    return {"constant_score": {"filter": _bare(query), "boost": score}}


def size(query: Any) -> int:
    """How many clauses of terms a query has, as a node counts them."""
    if isinstance(query, list):
        return sum(map(size, query))
    if not isinstance(query, dict):
        return 0
    return sum(1 if name in _LEAVES else size(inside) for name, inside in query.items())


def _is_scoreless(query: Dsl) -> bool:
    inside = query.get("constant_score")
    return inside is not None and inside["boost"] == 0.0


def _bare(query: Dsl) -> Dsl:
    """A query whose scores do not count, without what says what they are."""
    inside = query.get("constant_score")
    found: Dsl = query if inside is None else inside["filter"]
    return found
