"""Queries that combine others, and those whose scores do not depend on words."""

from __future__ import annotations

from whoosh import query as whoosh_query
from whoosh.query import Query

from search.opensearch.dsl.asking import Asking, Kinds, Translated
from search.opensearch.dsl.clauses import (
    EVERYTHING,
    NOTHING,
    Dsl,
    all_of,
    any_of,
    constant,
    scoreless,
)


def _all(asking: Asking, query: whoosh_query.And) -> Translated:
    required = [one for one in query.subqueries if not isinstance(one, whoosh_query.Not)]
    found, exact = asking.each(required)
    left_out: list[Dsl] = []
    for one in query.subqueries:
        if isinstance(one, whoosh_query.Not):
            excluded = asking.to_exclude().of(one.query)
            exact &= excluded.exact
            if excluded.exact:  # else too many would be left out
                left_out.append(excluded.query)
    return Translated(all_of(found, left_out, query.boost), exact)


def _any(asking: Asking, query: whoosh_query.Or) -> Translated:
    found, exact = asking.each(query.subqueries)
    return Translated(any_of(found, query.boost), exact)


def _maybe(asking: Asking, query: whoosh_query.AndMaybe) -> Translated:
    required = asking.of(query.a)
    if asking.excluding:
        return required
    more = asking.of(query.b).query
    return Translated({"bool": {"must": [required.query], "should": [more]}}, required.exact)


def _not(asking: Asking, query: whoosh_query.Not) -> Translated:
    return _all(asking, whoosh_query.And([query]))


def _every(asking: Asking, query: whoosh_query.Every) -> Translated:  # noqa: ARG001 - a kind's
    return Translated(EVERYTHING, query.fieldname is None)


def _nothing(asking: Asking, query: Query) -> Translated:  # noqa: ARG001 - a kind's
    return Translated(NOTHING)


def _constant(asking: Asking, query: whoosh_query.ConstantScoreQuery) -> Translated:
    found = asking.to_match().of(query.child)
    score = float(query.score)
    return Translated(
        constant(found.query, score) if score else scoreless(found.query), found.exact
    )


KINDS: Kinds = {
    whoosh_query.And: _all,
    whoosh_query.Or: _any,
    whoosh_query.AndMaybe: _maybe,
    whoosh_query.Not: _not,
    whoosh_query.Every: _every,
    type(whoosh_query.NullQuery): _nothing,
    whoosh_query.ConstantScoreQuery: _constant,
}
