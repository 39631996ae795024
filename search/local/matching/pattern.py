"""What stands for many terms of a field: a prefix, a pattern with ``*`` and ``?``, a fuzzy word.

Prefixes and patterns score as the Or of the terms that they stand for. Of a fuzzy word's terms the
best one counts, as they are other ways to write it: each has half for every edit, and the idf of
the first of them at the most, so that a rare misspelling is worth no more than the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.query import FuzzyTerm, Prefix, Wildcard

from index.derived.words import FIELDS
from index.segments.reader import SegmentReader
from index.segments.several import documents_of
from search.budget import POSTING
from search.local.matches import Documents, Mask, Matches, Scores, highest
from search.local.matching import boolean, term, through_whoosh
from search.local.matching.kind import Kind, Parts, every_document
from search.local.reading.dictionary import MAX_EXPANSIONS, Expansion
from search.local.reading.edited import edited
from search.query.word_query import Terms, WordQuery
from search.response import Note

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher

AN_EDIT = 0.5
"""What a fuzzy word's term is worth beside one with an edit less."""

Expanding: TypeAlias = Prefix | Wildcard | FuzzyTerm


def expanded(searcher: Searcher, query: Expanding) -> tuple[str, ...]:
    """The terms that it stands for; a note says where others were left out."""
    name, text, budget = query.fieldname, query.text, searcher.budget
    dictionary = searcher.snapshot.dictionary
    if isinstance(query, FuzzyTerm):
        expansion = dictionary.edited(name, text, query.maxdist, budget)
        _tell(searcher, expansion, "fuzzy-cut", word=text)
    elif isinstance(query, Wildcard):
        expansion = dictionary.fitting(name, text, budget)
        _tell(searcher, expansion, "pattern-cut", pattern=text)
    else:
        expansion = dictionary.commonest(name, text, budget)
        _tell(searcher, expansion, "prefix-cut", prefix=text)
    return tuple(found for found, _ in expansion.terms)


def _tell(searcher: Searcher, expansion: Expansion, code: str, **facts: str) -> None:
    note = Note(code, {**facts, "limit": str(MAX_EXPANSIONS)})
    if expansion.count > MAX_EXPANSIONS and note not in searcher.notes:
        searcher.notes.append(note)


def every_ordinal(
    searcher: Searcher, segment: SegmentReader, query: Expanding
) -> NDArray[np.int64]:
    """All terms of a segment that it may stand for, however many: ascending."""
    name, text, budget = query.fieldname, query.text, searcher.budget
    if name not in segment.fields:
        return np.empty(0, np.int64)
    if isinstance(query, FuzzyTerm):
        return np.sort(edited(segment, name, text, query.maxdist, budget)[0])
    if isinstance(query, Wildcard):
        return searcher.snapshot.dictionary.all_fitting(segment, name, text, budget)
    first, last = segment.fields[name].with_prefix(text.encode("utf-8", "surrogatepass"))
    return np.arange(first, last)


def _every_document(searcher: Searcher, query: Expanding) -> Mask:
    """Which documents, deleted ones included, have any of all its terms: (N,)."""
    snapshot, budget = searcher.snapshot, searcher.budget
    if isinstance(query, Prefix):
        return snapshot.dictionary.with_prefix(query.fieldname, query.text, budget)
    mask = np.zeros(snapshot.size, np.bool_)
    for base, segment in zip(snapshot.bases, snapshot.segments, strict=True):
        ordinals = every_ordinal(searcher, segment, query)
        if len(ordinals):
            inside = documents_of(segment.fields[query.fieldname], ordinals)
            budget.work += POSTING * len(inside) // 2
            mask[inside.astype(np.intp) + base] = True
    return mask


def _terms(searcher: Searcher, query: Prefix | Wildcard) -> Terms:
    return tuple((query.fieldname, text, query.boost) for text in expanded(searcher, query))


def _run(searcher: Searcher, query: Prefix | Wildcard) -> Matches:
    return term.row(searcher, _terms(searcher, query))


def _probe(
    searcher: Searcher, query: Expanding, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if not excluding:
        return searcher.run(query).at(documents)
    if searcher.budget.spent():
        return np.ones(len(documents), np.bool_), np.zeros(len(documents))
    return _every_document(searcher, query)[documents], np.zeros(len(documents))


def _parts(searcher: Searcher, query: Prefix | Wildcard, documents: Documents) -> Parts:
    """Of every term what it adds, and the pattern that it was found by."""
    found = searcher.parts(WordQuery.of(_terms(searcher, query)), documents)
    return boolean.held_by(found, query.text)


def _is_ours(query: FuzzyTerm) -> bool:
    """Whether it asks for surface forms, all of whose letters may be edited."""
    return query.fieldname in FIELDS and not query.prefixlength


def ways(searcher: Searcher, query: FuzzyTerm) -> Sequence[WordQuery]:
    """Each of the terms of a fuzzy word with its weight, the nearest first."""
    texts = expanded(searcher, query)
    idfs = [searcher.rows.idf(query.fieldname, text) for text in texts]
    return [
        WordQuery.of([(query.fieldname, text, _worth(query, text) * min(1.0, idfs[0] / idf))])
        for text, idf in zip(texts, idfs, strict=True)
    ]


def _worth(query: FuzzyTerm, text: str) -> float:
    from rapidfuzz.distance import OSA

    worth: float = query.boost * AN_EDIT ** OSA.distance(query.text, text)
    return worth


def _run_fuzzy(searcher: Searcher, query: FuzzyTerm) -> Matches:
    if not _is_ours(query):
        return through_whoosh.run(searcher, query)
    key = FuzzyTerm, query.fieldname, query.text, query.maxdist, query.boost

    def best() -> Matches:
        return highest([searcher.run(way) for way in ways(searcher, query)])

    expanded(searcher, query)  # The note is due also where the row is kept.
    return searcher.rows.whole(key, best, searcher.budget)


def _probe_fuzzy(
    searcher: Searcher, query: FuzzyTerm, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if not _is_ours(query):
        return through_whoosh.probe(searcher, query, documents, excluding=excluding)
    return _probe(searcher, query, documents, excluding=excluding)


def _parts_fuzzy(searcher: Searcher, query: FuzzyTerm, documents: Documents) -> Parts:
    """Of each document the term that gives it most, and the word that it was found by."""
    if not _is_ours(query):
        return through_whoosh.KIND.parts(searcher, query, documents)
    found = boolean.best_parts(searcher, ways(searcher, query), documents)
    return boolean.held_by(found, query.text)


KINDS = {
    Prefix: Kind(_run, _probe, every_document, _parts),
    Wildcard: Kind(_run, _probe, every_document, _parts),
    FuzzyTerm: Kind(_run_fuzzy, _probe_fuzzy, every_document, _parts_fuzzy),
}
