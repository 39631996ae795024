"""Queries whose scores do not depend on words: every article, none, and constant scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh import query as whoosh_query
from whoosh.query import ConstantScoreQuery, Every, Query

from search.local.matches import Documents, Mask, Matches, Scores, are_in, nothing
from search.local.matching import through_whoosh
from search.local.matching.beside import beside
from search.local.matching.kind import Kind, Part, Parts, every_document, without_parts

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def _run_every(searcher: Searcher, query: Every) -> Matches:
    if query.fieldname is not None:
        return through_whoosh.run(searcher, query)
    return searcher.snapshot.columns.everything


def _probe_every(
    searcher: Searcher, query: Every, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if query.fieldname is not None:
        return through_whoosh.probe(searcher, query, documents, excluding=excluding)
    return np.ones(len(documents), np.bool_), np.zeros(len(documents))


def _run_constant(searcher: Searcher, query: ConstantScoreQuery) -> Matches:
    documents = beside(searcher, query.child)
    if documents is None:
        documents = searcher.run(query.child).documents
    return Matches(documents, np.full(len(documents), query.score))


def _probe_constant(
    searcher: Searcher, query: ConstantScoreQuery, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    having = beside(searcher, query.child)
    if having is None:
        mask, _ = searcher.probe(query.child, documents, excluding=excluding)
    else:
        mask = are_in(documents, having)
    return mask, np.where(mask, query.score, 0.0)


def _expected_constant(searcher: Searcher, query: ConstantScoreQuery) -> int:
    return searcher.expected(query.child)


def _parts_constant(searcher: Searcher, query: ConstantScoreQuery, documents: Documents) -> Parts:
    mask, scores = searcher.probe(query, documents)
    return Parts(mask, [Part("bm25", str(query.field() or ""), str(query), scores)])


def _run_nothing(searcher: Searcher, query: Query) -> Matches:  # noqa: ARG001 - a kind's ``run``
    return nothing()


def _probe_nothing(
    searcher: Searcher,  # noqa: ARG001 - a kind's ``probe``
    query: Query,  # noqa: ARG001
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001
) -> tuple[Mask, Scores]:
    return nothing().at(documents)


def _expected_nothing(searcher: Searcher, query: Query) -> int:  # noqa: ARG001 - as above
    return 0


KINDS = {
    Every: Kind(_run_every, _probe_every, every_document, without_parts),
    ConstantScoreQuery: Kind(_run_constant, _probe_constant, _expected_constant, _parts_constant),
    # NullQuery is the only one of its class.
    type(whoosh_query.NullQuery): Kind(
        _run_nothing, _probe_nothing, _expected_nothing, without_parts
    ),
}
