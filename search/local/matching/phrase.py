"""A phrase: words that follow each other, by the arithmetic of positions.

A word's positions, less its place in the phrase, are where phrases would begin. A beginning that
all words have in common, in one document, is a phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Phrase, Term

from search.budget import Budget
from search.local.matches import Documents, Mask, Matches, Scores, are_in, nothing
from search.local.matching import boolean, through_whoosh
from search.local.matching.beside import beside
from search.local.matching.kind import Kind, Part, Parts
from search.local.matching.positions import DOCUMENT_SHIFT, common, places_in
from search.local.reading.snapshot import Snapshot

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def with_phrase(
    snapshot: Snapshot, field: str, words: Sequence[str], documents: Documents, budget: Budget
) -> Mask:
    """Which of the documents, which have all the words, have them one after the other: (n,).

    None of those that were not looked at when the budget was spent.
    """
    mask = np.zeros(len(documents), np.bool_)
    find = snapshot.dictionary.term
    places = [{place.segment: place for place in find(field, word).places} for word in words]
    # Words with few positions leave little to look for among those of the others.
    frequencies = [find(field, word).document_frequency for word in words]
    order = sorted(range(len(words)), key=frequencies.__getitem__)
    edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
    for number, (left, right) in enumerate(pairwise(edges)):
        if left == right:
            continue
        if budget.spent():
            return mask
        inside = documents[left:right] - snapshot.bases[number]
        begins: NDArray[np.int64] | None = None
        for step in order:
            found = places_in(snapshot, field, places[step][number], inside, budget) - step
            begins = found if begins is None else common(begins, found)
            if not len(begins):
                break
        assert begins is not None
        mask[left + (begins >> DOCUMENT_SHIFT)] = True
    return mask


def _terms(query: Phrase) -> list[Term]:
    return [Term(query.fieldname, word, boost=query.boost) for word in query.words]


def _run(searcher: Searcher, query: Phrase) -> Matches:
    if query.slop != 1:
        return through_whoosh.run(searcher, query)
    documents = beside(searcher, query)
    if documents is None:
        return nothing()
    mask, scores = boolean.all_at(searcher, _terms(query), documents, excluding=False)
    return Matches(documents[mask], scores[mask])


def _probe(
    searcher: Searcher, query: Phrase, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if query.slop != 1:
        return through_whoosh.probe(searcher, query, documents, excluding=excluding)
    if excluding and len(documents) > _expected(searcher, query):
        # Found whole it costs less than asked of so many, and scores do not matter.
        having = beside(searcher, query)
        mask = are_in(documents, nothing().documents if having is None else having)
        return mask, np.zeros(len(documents))
    terms = _terms(query)
    mask, scores = boolean.all_at(searcher, terms, documents, excluding=False)
    mask &= bool(terms)
    return _in_phrase(searcher, query, Matches(documents[mask], scores[mask])).at(documents)


def _in_phrase(searcher: Searcher, query: Phrase, found: Matches) -> Matches:
    """Those of the matches of a phrase's words that have the phrase."""
    return found.where(
        with_phrase(
            searcher.snapshot, query.fieldname, query.words, found.documents, searcher.budget
        )
    )


def _expected(searcher: Searcher, query: Phrase) -> int:
    frequency = searcher.snapshot.dictionary.document_frequency
    return min((frequency(query.fieldname, word) for word in query.words), default=0)


def _parts(searcher: Searcher, query: Phrase, documents: Documents) -> Parts:
    mask, scores = searcher.probe(query, documents)
    return Parts(mask, [Part("bm25", query.fieldname, " ".join(query.words), scores)])


KINDS = {Phrase: Kind(_run, _probe, _expected, _parts)}
