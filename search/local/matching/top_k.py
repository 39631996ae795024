"""The top k of an OR of words, by MaxScore where rows are long; the number of matches is exact.

Scores of long rows are added up in an array over a block of documents, and only documents that may
be among the first are taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from index.light_dataclass import dataclass
from search.local.matches import DENSE, Documents, Matches, added, distinct, largest
from search.local.matching.term import terms_of
from search.local.reading.row import Row, number_in_bitmaps
from search.query.word_query import Terms

WORTH_MAX_SCORE = 1 << 15
"""Postings from which on skipping most of them is worth its own cost."""

_SLACK = 1e-6
"""Relative: scores are added up in another order while documents are skipped."""

_SPARSE = 64
"""Fewer postings than one for so many documents are counted by sorting them."""

BLOCK = 1 << 17
"""Documents whose scores stay in the processor's cache while rows are added up."""


@dataclass(frozen=True, slots=True)
class Disjunction:
    """An OR of ``words``; ``optional`` ones only add to the scores of what matches."""

    words: tuple[Terms, ...]
    optional: tuple[Terms, ...]


def disjunction_of(query: whoosh_query.Query) -> Disjunction | None:
    """The words of a query that is a word or an Or of words, and of nothing else."""
    optional: tuple[Terms, ...] | None = ()
    if type(query) is whoosh_query.AndMaybe:
        optional = _words(query.b)
        query = query.a
    if optional is None:
        return None
    if type(query) is whoosh_query.And and len(query.subqueries) == 1 and query.boost == 1.0:
        query = query.subqueries[0]
    words = _words(query)
    return Disjunction(words, optional) if words else None


def _words(query: whoosh_query.Query) -> tuple[Terms, ...] | None:
    """The words of a query that is a word or an Or of words."""
    terms = terms_of(query)
    if terms is not None:
        return (terms,)
    if type(query) is not whoosh_query.Or or query.boost != 1.0 or query.scale is not None:
        return None
    found = [terms_of(child) for child in query.subqueries]
    return None if None in found else tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class TopK:
    """How many documents match, and those of them that may be in the top k."""

    total: int
    matches: Matches


def top_of(matches: Matches, count: int) -> TopK:
    """The top of known matches."""
    chosen = largest(matches.scores, count)
    return TopK(
        len(matches),
        Matches(matches.documents[chosen], matches.scores[chosen].astype(np.float64)),
    )


def top_of_any(
    words: Sequence[Matches], optional: Sequence[Matches], size: int, count: int
) -> TopK:
    """Of the documents in the rows of ``words``, those that may be in the top ``count``.

    ``optional`` rows add to the scores of what matches. ``size``: documents of the index.
    """
    if len(words) == 1 and not optional:
        return top_of(words[0], count)
    postings = sum(map(len, words))
    if postings >= WORTH_MAX_SCORE:
        top = _max_score(words, optional, count)
        if top is not None:
            return top
    if postings * DENSE < size:
        found = added(words, size)
        scores = found.scores
        for row in optional:
            scores = scores + row.at(found.documents)[1]
        return top_of(Matches(found.documents, scores), count)
    total = 0
    documents: list[Documents] = []
    kept: list[NDArray[np.float64]] = []
    threshold = -np.inf
    for start, parts in _blocks([*words, *optional], size):
        present, scores = _block(parts, len(words), start, min(BLOCK, size - start))
        total += int(np.count_nonzero(present))
        chosen = largest(scores, count, threshold)
        best = scores[chosen]
        if not best.all():  # What does not match scores nothing, but so may a match.
            chosen = chosen[present[chosen]]
            best = scores[chosen]
        documents.append((chosen + start).astype(np.int32))
        kept.append(best)
        if len(best) >= count:
            threshold = max(
                threshold, float(np.partition(best, len(best) - count)[len(best) - count])
            )
    if len(kept) == 1:
        return TopK(total, Matches(documents[0], kept[0]))
    return TopK(total, Matches(np.concatenate(documents), np.concatenate(kept)))


def number_of_any(words: Sequence[Matches], size: int) -> int:
    """How many documents are in at least one of the rows of an index of ``size`` documents."""
    if len(words) == 1:
        return len(words[0])
    postings = sum(map(len, words))
    rows = [row for row in words if isinstance(row, Row)]
    if postings >= WORTH_MAX_SCORE and len(rows) == len(words):
        return number_in_bitmaps(rows)
    documents = np.concatenate([row.documents for row in words], dtype=np.intp)
    if postings * _SPARSE < size:
        return len(distinct(documents))
    present = np.zeros(size, np.bool_)
    present[documents] = True
    return int(np.count_nonzero(present))


def _max_score(words: Sequence[Matches], optional: Sequence[Matches], count: int) -> TopK | None:
    """The same, skipping most of the postings; None where that is not possible.

    This is MaxScore (Turtle and Flood, 1995, "Query evaluation: strategies and optimizations") over
    arrays. ``threshold``: what the best documents of each row score in all rows is a lower bound of
    the last score of the top. ``skippable``: rows whose upper bounds together stay below it cannot
    lift a document there alone, so only documents of the other rows are candidates, and fewer with
    every row.
    """
    rows = [row for row in words if isinstance(row, Row) and len(row)]
    more = [row for row in optional if isinstance(row, Row) and len(row)]
    if len(rows) != sum(1 for row in words if len(row)) or len(more) != sum(map(bool, optional)):
        return None
    everything = [*rows, *more]
    known = np.unique(np.concatenate([row.best.documents for row in rows]))
    if len(known) < count:
        return None
    totals = _totals(everything, known)
    threshold = float(np.partition(totals, len(totals) - count)[len(totals) - count])
    threshold -= _SLACK * threshold
    rows.sort(key=lambda row: row.max_score)
    skippable = sum(row.max_score for row in more)
    skipped = 0
    while skipped < len(rows) and skippable + rows[skipped].max_score < threshold:
        skippable += rows[skipped].max_score
        skipped += 1
    total = number_in_bitmaps(rows)
    if not skipped and not more:
        return None
    found = added(rows[skipped:], rows[0].size)
    found = found.where(found.scores >= threshold - skippable)
    for row in (*reversed(rows[:skipped]), *more):
        skippable -= row.max_score
        scores = found.scores + row.at(found.documents)[1]
        kept = scores >= threshold - skippable
        found = Matches(found.documents[kept], scores[kept])
    # Added in the order of the query, as everywhere: a score does not depend on how it was found.
    return TopK(total, Matches(found.documents, _totals(everything, found.documents)))


def _totals(rows: Sequence[Row], documents: Documents) -> NDArray[np.float64]:
    """The scores of documents in all rows."""
    totals = np.zeros(len(documents))
    for row in rows:
        totals += row.at(documents)[1]
    return totals


def _blocks(rows: list[Matches], size: int) -> Iterator[tuple[int, list[Matches]]]:
    """Rows cut into blocks, and where each block begins."""
    if size <= BLOCK:
        yield 0, rows
        return
    starts = range(0, size, BLOCK)
    edges = [row.documents.searchsorted([*starts, size]).tolist() for row in rows]
    for number, start in enumerate(starts):
        parts = []
        for row, at in zip(rows, edges, strict=True):
            inside = slice(at[number], at[number + 1])
            parts.append(Matches(row.documents[inside], row.scores[inside]))
        yield start, parts


def _block(
    parts: list[Matches], words: int, start: int, length: int
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which documents of a block match, and all scores, 0 elsewhere: (length,) each."""
    documents = np.concatenate([part.documents for part in parts], dtype=np.intp)
    scores = np.concatenate([part.scores for part in parts], dtype=np.float64)
    if start:
        documents -= start
    present = np.zeros(length, np.bool_)
    present[documents[: sum(map(len, parts[:words]))]] = True
    totals = np.bincount(documents, scores, length).astype(np.float64, copy=False)
    if len(parts) > words:
        totals *= present
    return present, totals
