"""A pattern that stands for many terms of a field: a prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import Prefix

from search.local.matches import Documents, Mask, Matches, Scores
from search.local.matching import term
from search.local.matching.kind import Kind, Part, Parts, every_document
from search.local.reading.dictionary import MAX_EXPANSIONS
from search.query.word_query import Terms
from search.response import Note

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def _expanded(searcher: Searcher, query: Prefix) -> Terms:
    """The commonest terms that fit; a note says where others were left out."""
    name, prefix = query.fieldname, query.text
    expansion = searcher.snapshot.dictionary.commonest(name, prefix, searcher.budget)
    if expansion.count > MAX_EXPANSIONS:
        note = Note("prefix-cut", {"prefix": prefix, "limit": str(MAX_EXPANSIONS)})
        if note not in searcher.notes:
            searcher.notes.append(note)
    return tuple((name, text, query.boost) for text, _ in expansion.terms)


def _run(searcher: Searcher, query: Prefix) -> Matches:
    return term.row(searcher, _expanded(searcher, query))


def _probe(
    searcher: Searcher, query: Prefix, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if not excluding:
        return _run(searcher, query).at(documents)
    if searcher.budget.spent():
        return np.ones(len(documents), np.bool_), np.zeros(len(documents))
    every = searcher.snapshot.dictionary.with_prefix(query.fieldname, query.text, searcher.budget)
    return every[documents], np.zeros(len(documents))


def _parts(searcher: Searcher, query: Prefix, documents: Documents) -> Parts:
    mask, scores = searcher.probe(query, documents)
    return Parts(mask, [Part("bm25", query.fieldname, query.text, scores)])


KINDS = {Prefix: Kind(_run, _probe, every_document, _parts)}
