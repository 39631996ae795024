"""A word, or one term of one field: read as one row of cached scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import Query, Term

from search.local.matches import Documents, Mask, Matches, Scores, nothing
from search.local.matching import through_whoosh
from search.local.matching.kind import Kind, Part, Parts
from search.query.word_query import Terms, WordQuery

if TYPE_CHECKING:
    from index.kernels.scoring import Word
    from search.local.matching.searcher import Searcher


def terms_of(query: Query) -> Terms | None:
    """The weighted terms of a query that is a word or a term of text, else None."""
    if type(query) is WordQuery:
        return query.weighted_terms
    if type(query) is Term and type(query.text) is str:
        return ((query.fieldname, query.text, query.boost),)
    return None


def row_key(terms: Terms) -> Terms:
    """By what the row of a word is kept: alone, a term without its weight, which varies."""
    if len(terms) != 1:
        return terms
    ((name, text, _),) = terms
    return ((name, text, 1.0),)


def row(searcher: Searcher, terms: Terms) -> Matches:
    """What has one of the terms, scores added up; nothing where the time is up."""
    if searcher.budget.spent():
        return nothing()
    found = searcher.rows.row(row_key(terms), searcher.budget)
    return found.times(terms[0][2]) if len(terms) == 1 else found


def _run(searcher: Searcher, query: Query) -> Matches:
    terms = terms_of(query)
    return through_whoosh.run(searcher, query) if terms is None else row(searcher, terms)


def _probe(
    searcher: Searcher,
    query: Query,
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001 - a kind's ``probe``
) -> tuple[Mask, Scores]:
    terms = terms_of(query)
    if terms is None:
        return through_whoosh.run(searcher, query).at(documents)
    rows, budget = searcher.rows, searcher.budget
    made = None if rows.scorer is None or budget.spent() else rows.word((terms,))
    if made is None:
        return row(searcher, terms).at(documents)
    made.charge(budget)
    return word_at(searcher, made.word, documents)


def word_at(searcher: Searcher, word: Word, documents: Documents) -> tuple[Mask, Scores]:
    """Which of some documents have a word that was made ready, and its scores: (n,) each."""
    assert searcher.rows.scorer is not None
    scores, having = searcher.rows.scorer.word_scores((word,), documents)
    return having[0], scores[0]


def _expected(searcher: Searcher, query: Query) -> int:
    frequency = searcher.snapshot.dictionary.document_frequency
    return sum(frequency(name, text) for name, text, _ in terms_of(query) or ())


def _parts(searcher: Searcher, query: Query, documents: Documents) -> Parts:
    """Of every term its BM25 and, apart from it, what it gains by how early it stands."""
    mask = np.zeros(len(documents), np.bool_)
    parts = []
    for name, text, weight in terms_of(query) or ():
        if searcher.budget.spent():
            break
        searcher.budget.work += searcher.rows.work_at(name, text)
        matching, scores, lead = searcher.rows.at(name, text, documents)
        if not matching.any():
            continue
        mask |= matching
        scores = np.multiply(scores if weight == 1.0 else scores * weight, 1.0, dtype=np.float64)
        gained = weight * lead
        parts.append(Part("bm25", name, text, scores - gained))
        if gained.any():
            parts.append(Part("lead", name, text, gained))
    return Parts(mask, parts)


KINDS = {
    WordQuery: Kind(_run, _probe, _expected, _parts),
    Term: Kind(_run, _probe, _expected, _parts),
}
