"""Where words stand in one field: near each other, at fixed steps, early. They score nothing.

Documents are first narrowed to those that have a term of every part. Of these some thousands at a
time are looked at, the rarest part first, until one has no place left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Or, Phrase, Query, Term

from index.light_dataclass import dataclass
from search.budget import COMPARED
from search.local.matches import Documents, Mask, Matches, Scores, are_in
from search.local.matching.kind import Kind, every_document, without_parts
from search.local.matching.leaves import LEAVES, Leaf, Leaves, Words
from search.local.matching.near import documents_near, spans_near
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import (
    EVERYWHERE,
    Numbers,
    Spans,
    distinct,
    nowhere,
    union,
    words_at,
)
from search.local.reading.openings import TOKENS
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher

_AT_ONCE = 2048
"""Documents whose places are looked at together: between two such the budget is asked."""
_AT_ONCE_NESTED = 256
"""Where parts are near each other in turn, whose spans are more than the places of words."""
_FEW = 8
"""So few terms have their openings kept, one by one."""


def _run(searcher: Searcher, query: Query) -> Matches:
    everything = searcher.snapshot.columns.everything
    mask, _ = _probe(searcher, query, everything.documents, excluding=False)
    return everything.where(mask)


def _probe(
    searcher: Searcher, query: Query, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    """Of documents that were not looked at when the budget was spent none matches."""
    scores = np.zeros(len(documents))
    query = _plain(query)
    if isinstance(query, OpeningQuery) and query.words == TOKENS:
        (part,) = query.parts
        if isinstance(part, Words) and len(part.texts) <= _FEW:
            return _early(searcher, part, documents), scores
    mask = np.zeros(len(documents), np.bool_)
    at_once = _AT_ONCE_NESTED if _has_near(query, inside=False) else _AT_ONCE
    snapshot = searcher.snapshot
    edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
    for number, (left, right) in enumerate(pairwise(edges)):
        if left == right:
            continue
        if searcher.budget.spent():
            break
        asked = documents[left:right].astype(np.int64) - snapshot.bases[number]
        leaves = Leaves(searcher, number, every=excluding)
        inside = asked[_having(leaves, query)[asked]]
        leaves.want(inside)
        for begin in range(0, len(inside), at_once):
            if searcher.budget.spent():
                break
            found = _documents(leaves, query, inside[begin : begin + at_once], EVERYWHERE)
            mask[left + asked.searchsorted(found)] = True
    return mask, scores


def _early(searcher: Searcher, words: Words, documents: Documents) -> Mask:
    """Which of the documents have one of the terms in their opening, which is kept of terms."""
    mask = np.zeros(len(documents), np.bool_)
    for text in words.texts:
        if searcher.budget.spent():
            break
        opening = searcher.rows.openings(words.fieldname, text)
        searcher.budget.work += opening.work
        mask |= are_in(documents, opening.documents)
    return mask


@dataclass(frozen=True, slots=True)
class _Any:
    """Any of some parts."""

    parts: tuple[_Part, ...]


_Part: TypeAlias = Leaf | _Any | NearQuery | RunQuery | OpeningQuery | SentenceQuery


def _plain(query: Query) -> _Part:  # noqa: C901, PLR0911 - one case a query type
    """The query with terms of one field that may stand for each other as one leaf."""
    if isinstance(query, Term):
        return Words(query.fieldname, (query.text,))
    if isinstance(query, Phrase):
        words = [Words(query.fieldname, (word,)) for word in query.words]
        return RunQuery(query.fieldname, words, range(len(words)))
    if isinstance(query, NearQuery):
        some = [*map(_plain, query.parts)]
        return NearQuery(query.fieldname, some, query.distance, ordered=query.ordered)
    if isinstance(query, RunQuery):
        return RunQuery(query.fieldname, [*map(_plain, query.parts)], query.offsets)
    if isinstance(query, OpeningQuery):
        (part,) = query.parts
        return OpeningQuery(query.fieldname, _plain(part), query.words)
    if isinstance(query, SentenceQuery):
        return SentenceQuery(query.fieldname, [*map(_plain, query.parts)])
    if type(query) is not Or:
        assert isinstance(query, LEAVES)
        return query
    texts: dict[str, list[str]] = {}
    others: list[_Part] = []
    for part in map(_plain, query.subqueries):
        for one in part.parts if isinstance(part, _Any) else (part,):
            if isinstance(one, Words):
                texts.setdefault(one.fieldname, []).extend(one.texts)
            else:
                others.append(one)
    words = [Words(name, tuple(dict.fromkeys(some))) for name, some in texts.items()]
    parts = (*words, *others)
    return parts[0] if len(parts) == 1 else _Any(parts)


def _has_near(query: _Part, *, inside: bool = True) -> bool:
    """Whether parts are to be near each other in it, or only ``inside`` it."""
    if isinstance(query, LEAVES):
        return False
    return (inside and isinstance(query, NearQuery)) or any(map(_has_near, query.parts))


def _having(leaves: Leaves, query: _Part) -> NDArray[np.bool_]:
    """Which documents of the segment have the terms that every part needs: (size,)."""
    if isinstance(query, LEAVES):
        return leaves.having(query)
    parts = [_having(leaves, part) for part in query.parts]
    leaves.budget.work += COMPARED * len(parts[0]) // 8
    combine = np.logical_or if isinstance(query, _Any) else np.logical_and
    found: NDArray[np.bool_] = combine.reduce(parts)
    return found


def _occurrences(leaves: Leaves, query: _Part) -> int:
    """How often what is rarest in a query stands anywhere in the segment."""
    if isinstance(query, LEAVES):
        return leaves.occurrences(query)
    parts = [_occurrences(leaves, part) for part in query.parts]
    return sum(parts) if isinstance(query, _Any) else min(parts)


def _documents(leaves: Leaves, query: _Part, inside: Numbers, words: int) -> Numbers:
    """Those of the documents ``inside`` that have a span of the query: ascending."""
    if isinstance(query, OpeningQuery):
        (part,) = query.parts
        return _documents(leaves, part, inside, min(words, query.words))
    if not isinstance(query, NearQuery):
        return _spans(leaves, query, inside, words).documents
    parts = _of_parts(leaves, query.parts, inside, words)
    return documents_near(parts, query.distance, leaves.budget, ordered=query.ordered)


def _spans(leaves: Leaves, query: _Part, inside: Numbers, words: int) -> Spans:
    """All spans of a query among the first ``words`` words of the documents ``inside``."""
    if isinstance(query, LEAVES):
        return words_at(leaves.places(query, inside, words))
    if isinstance(query, OpeningQuery):
        (part,) = query.parts
        return _spans(leaves, part, inside, min(words, query.words))
    if isinstance(query, _Any):
        return union([_spans(leaves, part, inside, words) for part in query.parts])
    parts = _of_parts(leaves, query.parts, inside, words)
    if isinstance(query, NearQuery):
        return spans_near(parts, query.distance, leaves.budget, ordered=query.ordered)
    if isinstance(query, SentenceQuery):
        return _in_one(leaves, parts)
    return _in_step(parts, query.offsets)


def _of_parts(leaves: Leaves, queries: Sequence[_Part], inside: Numbers, words: int) -> list[Spans]:
    """The spans of each part in documents that have all; of equal parts the same object.

    No spans where the budget was spent before all were read.
    """
    found: dict[_Part, Spans] = {}
    # What is easily told from postings leaves little of the rest to look at.
    for query in sorted(dict.fromkeys(queries), key=lambda one: _occurrences(leaves, one)):
        if leaves.budget.spent():
            return [nowhere() for _ in queries]
        found[query] = _spans(leaves, query, inside, words)
        having = found[query].documents
        if len(having) < len(inside):
            inside = having
    return [found[query] for query in queries]


def _in_one(leaves: Leaves, parts: Sequence[Spans]) -> Spans:
    """Of each sentence that has a span of every part, from the first one's beginning to the last.

    Where parts stand in it more than once, that is one span: the longest.
    """
    having = parts[0].documents
    for part in parts[1:]:
        having = having[are_in(having, part.documents)]
    begins = leaves.sentences(having)
    common: Numbers | None = None
    inside: list[tuple[Numbers, Spans]] = []
    for part in parts:
        leaves.budget.work += 2 * COMPARED * len(part)
        sentences = begins.searchsorted(part.starts, "right")
        whole = are_in(part.starts >> DOCUMENT_SHIFT, having)
        if not part.of_one_word:
            whole &= sentences == begins.searchsorted(part.ends, "right")
        sentences = sentences[whole]
        inside.append((sentences, Spans(part.starts[whole], part.ends[whole])))
        found = distinct(sentences)
        common = found if common is None else common[are_in(common, found)]
    if common is None or not len(common):
        return nowhere()
    firsts = np.full(len(common), np.iinfo(np.int64).max)
    lasts = begins[common - 1]
    for sentences, spans in inside:
        there = are_in(sentences, common)
        at = sentences[there].searchsorted(common)
        firsts = np.minimum(firsts, spans.starts[there][at])
        lasts = np.maximum(lasts, np.maximum.reduceat(spans.ends[there], at))
    return Spans(firsts, lasts)


def _in_step(parts: Sequence[Spans], offsets: Sequence[int]) -> Spans:
    """Where parts of one word stand at their offsets from the first."""
    begins: Numbers | None = None
    for part, offset in sorted(zip(parts, offsets, strict=True), key=lambda one: len(one[0])):
        steps = part.starts - offset
        begins = steps if begins is None else begins[are_in(begins, steps)]
    assert begins is not None
    return Spans(begins, begins + offsets[-1]) if offsets[-1] else words_at(begins)


_KIND = Kind(_run, _probe, every_document, without_parts)
KINDS = dict.fromkeys((NearQuery, RunQuery, OpeningQuery, SentenceQuery), _KIND)
