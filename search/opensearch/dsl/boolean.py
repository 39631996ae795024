"""Queries that combine others, and those whose scores do not depend on words."""

from __future__ import annotations

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.opensearch.layout import Dsl
from search.opensearch.dsl.clauses import (
    EVERYTHING,
    NOTHING,
    all_of,
    any_of,
    constant,
    scoreless,
)
from search.opensearch.dsl.context import Context, Kinds, Translated


def _all(context: Context, query: whoosh_query.And) -> Translated:
    required = [one for one in query.subqueries if not isinstance(one, whoosh_query.Not)]
    found, exact = context.each(required)
    left_out: list[Dsl] = []
    for one in query.subqueries:
        if isinstance(one, whoosh_query.Not):
            excluded = context.to_exclude().of(one.query)
            exact &= excluded.exact
            if excluded.exact:  # else too many would be left out
                left_out.append(excluded.query)
    return Translated(all_of(found, left_out, query.boost), exact)


def _any(context: Context, query: whoosh_query.Or) -> Translated:
    found, exact = context.each(query.subqueries)
    return Translated(any_of(found, query.boost), exact)


def _maybe(context: Context, query: whoosh_query.AndMaybe) -> Translated:
    required = context.of(query.a)
    if context.excluding:
        return required
    more = context.of(query.b).query
    return Translated({"bool": {"must": [required.query], "should": [more]}}, required.exact)


def _not(context: Context, query: whoosh_query.Not) -> Translated:
    return _all(context, whoosh_query.And([query]))


def _every(context: Context, query: whoosh_query.Every) -> Translated:  # noqa: ARG001 - a kind's
    return Translated(EVERYTHING, query.fieldname is None)


def _nothing(context: Context, query: Query) -> Translated:  # noqa: ARG001 - a kind's
    return Translated(NOTHING)


def _constant(context: Context, query: whoosh_query.ConstantScoreQuery) -> Translated:
    found = context.to_match().of(query.child)
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
