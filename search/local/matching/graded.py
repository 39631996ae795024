"""What has all words of a query, and what has some of them, found from the same rows.

For queries that are words and nothing else, which most are: every word has a row of cached scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query
from whoosh.query import Query, Term

from search.local.matches import Mask, Matches, are_in, distinct, largest
from search.local.matching.searcher import Searcher
from search.local.matching.top_k import BLOCK, WORTH_MAX_SCORE, number_of_any, top_of
from search.query.word_query import GluedQuery, SpellingsQuery, WordQuery

_ROWS = frozenset({WordQuery, Term, SpellingsQuery, GluedQuery})
"""Kinds of queries that find a row."""


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Words that must all match, the same where one suffices, and optional ones.

    A word that is written together or apart is another query where it need not match whole.
    """

    words: tuple[Query, ...]
    loose: tuple[Query, ...]
    optional: tuple[Query, ...]


def conjunction_of(query: Query, relaxed: Query) -> Conjunction | None:
    """The words of a query and of the one where some of them suffice; None of any other query."""
    optional: tuple[Query, ...] = ()
    if type(query) is type(relaxed) is whoosh_query.AndMaybe:
        if query.b != relaxed.b:
            return None
        optional = tuple(query.b.subqueries if type(query.b) is whoosh_query.Or else [query.b])
        query, relaxed = query.a, relaxed.a
    if type(relaxed) is whoosh_query.And and len(relaxed.subqueries) == 1:
        relaxed = relaxed.subqueries[0]
    if type(query) is not whoosh_query.And or type(relaxed) is not whoosh_query.Or:
        return None
    words, loose = tuple(query.subqueries), tuple(relaxed.subqueries)
    if len(words) != len(loose) or not all(
        type(one) in _ROWS for one in (*words, *loose, *optional)
    ):
        return None
    return Conjunction(words, loose, optional)


@dataclass(frozen=True, slots=True)
class Graded:
    """Documents that have all of some words, and those that have only some of them.

    ``complete``: all of the former. ``partial_total``: how many the latter are. ``top``: of both
    those that may be in the top k; ``of_all``: which of them, (n,), have all words; None: all.
    """

    complete: Matches
    partial_total: int
    top: Matches
    of_all: Mask | None


@dataclass(frozen=True, slots=True)
class WordRows:
    """The rows of the ``words`` of a conjunction, and of those that are ``loose``."""

    words: tuple[Matches, ...]
    loose: tuple[Matches, ...]


def word_rows(searcher: Searcher, query: Conjunction) -> WordRows:
    """The rows of words; without matches where the budget was spent before they were read."""
    words = tuple(searcher.run(one) for one in query.words)
    loose = tuple(
        row if one is other else searcher.run(other)
        for row, one, other in zip(words, query.words, query.loose, strict=True)
    )
    return WordRows(words, loose)


def graded(
    searcher: Searcher, query: Conjunction, rows: WordRows, count: int, *, complete_first: bool
) -> Graded | None:
    """What has all words, and some of them.

    ``complete_first``: whether in the top ``count`` what has all words comes before the rest,
    whatever the scores. None where there are so many postings that skipping most of them is worth
    its own cost. What was not read for want of time is missing.
    """
    size = searcher.snapshot.size
    words, loose = rows.words, rows.loose
    postings = sum(map(len, loose))
    if postings >= WORTH_MAX_SCORE or size > BLOCK:
        return None
    optional = [searcher.run(one) for one in query.optional]
    complete = _in_all(words, optional)
    if complete_first and len(complete) >= count:
        number = number_of_any(loose, size) - len(complete)
        return Graded(complete, number, top_of(complete, count).matches, None)
    parts = [*loose, *optional]
    documents = np.concatenate([part.documents for part in parts], dtype=np.intp)
    scores = np.concatenate([part.scores for part in parts], dtype=np.float64)
    # Of no documents it counts, in integers.
    totals = np.bincount(documents, scores, size).astype(np.float64, copy=False)
    documents = documents[:postings]
    present = np.zeros(size, np.bool_)
    present[documents] = True
    number = int(np.count_nonzero(present)) - len(complete)
    totals[complete.documents] = -np.inf if complete_first else complete.scores
    # A document stands there once for each of its words.
    wanted = max(count - len(complete), 0) if complete_first else count
    best: NDArray[np.intp] = documents[largest(totals[documents], wanted * len(loose))]
    if complete_first:
        best = np.concatenate([best, complete.documents])
        totals[complete.documents] = complete.scores
    best = distinct(best)
    top = Matches(best.astype(np.int32), totals[best])
    return Graded(complete, number, top, are_in(best, complete.documents))


def _in_all(words: Sequence[Matches], optional: Sequence[Matches]) -> Matches:
    """What is in all rows of ``words``, with the scores of ``optional`` ones added."""
    found, *others = sorted(words, key=len)
    for row in others:
        found = found.common(row)
    scores = found.scores.astype(np.float64, copy=False)
    for row in optional:
        scores = scores + row.at(found.documents)[1]
    return Matches(found.documents, scores)
