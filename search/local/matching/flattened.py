"""Whoosh queries that are words and nothing else, as the words that they are."""

from __future__ import annotations

from whoosh import query as whoosh_query
from whoosh.query import Query

from search.local.matching.flat import FlatQuery, FlatWord
from search.local.matching.term import terms_of
from search.query.word_query import GluedQuery, SpellingsQuery, Terms

_Words = tuple[FlatWord, ...]


def flat_of(query: Query, relaxed: Query | None) -> FlatQuery | None:
    """The words of a query and of the one where some of them suffice; None of any other query.

    A word that is written together or apart is another one where it need not match whole. Where
    some words suffice in ``query`` itself, it has only ``loose`` ones.
    """
    optional: _Words | None = ()
    if type(query) is whoosh_query.AndMaybe:
        if relaxed is not None:
            if type(relaxed) is not whoosh_query.AndMaybe or query.b != relaxed.b:
                return None
            relaxed = relaxed.a
        optional = _any_of(query.b)
        query = query.a
    if optional is None:
        return None
    if relaxed is None:
        words = _all_of(query)
        loose = _any_of(query) if words is None else ()
        return None if loose is None else FlatQuery(words or (), loose, optional)
    if type(relaxed) is whoosh_query.And and len(relaxed.subqueries) == 1:
        relaxed = relaxed.subqueries[0]
    return _graded(query, relaxed, optional)


def _graded(query: Query, relaxed: Query, optional: _Words) -> FlatQuery | None:
    """Words that must all match, and the same where some of them suffice."""
    if _is_best(query) and _is_best(relaxed):  # a word that is several where it stands apart
        words, loose = _words([query]), _words([relaxed])
        return FlatQuery(words or (), loose or (), optional)
    if type(query) is not whoosh_query.And or type(relaxed) is not whoosh_query.Or:
        return None
    words, loose = _all_of(query), _any_of(relaxed)
    if words is None or loose is None or len(words) != len(loose):
        return None
    same = tuple(word if word == other else other for word, other in zip(words, loose, strict=True))
    return FlatQuery(words, same, optional)


def _all_of(query: Query) -> _Words | None:
    """The words of a query that is one, or an And of words."""
    if type(query) is whoosh_query.And and query.boost == 1.0 and query.subqueries:
        return _words(query.subqueries)
    return _words([query])


def _any_of(query: Query) -> _Words | None:
    """The words of a query that is one, or an Or of words."""
    if type(query) is whoosh_query.And and len(query.subqueries) == 1 and query.boost == 1.0:
        query = query.subqueries[0]
    if type(query) is whoosh_query.Or and query.boost == 1.0 and query.scale is None:
        return _words(query.subqueries) if query.subqueries else None
    return _words([query])


def _words(queries: list[Query]) -> _Words | None:
    found = []
    for query in queries:
        word = flat_word(query)
        if word is None:
            return None
        found.append(word)
    return tuple(found)


def flat_word(query: Query) -> FlatWord | None:
    """A query as a word that kernels take; None of any but a word, however it is written."""
    terms = terms_of(query)
    if terms is not None:
        return FlatWord((terms,))
    if not _is_best(query):
        return None
    ways = _ways(query)
    return FlatWord((), query) if ways is None else FlatWord(ways)


def _ways(query: Query) -> tuple[Terms, ...] | None:
    """The terms of each way to write a word; None where one of them is anything else."""
    terms = terms_of(query)
    if terms is not None:
        return (terms,)
    if not _is_best(query) or query.boost != 1.0:
        return None
    ways: list[Terms] = []
    for child in query.subqueries:
        more = _ways(child)
        if more is None:
            return None
        ways += more
    return tuple(ways)


def _is_best(query: Query) -> bool:
    """Whether it is a word that may be written in several ways."""
    return type(query) is GluedQuery or type(query) is SpellingsQuery
