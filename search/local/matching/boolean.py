"""Queries that combine others: And, Or, AndMaybe, DisjunctionMax, Not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from whoosh.query import And, AndMaybe, DisjunctionMax, Not, Or, Query

from search.local.matches import Documents, Mask, Matches, Scores, added, highest
from search.local.matching import term, through_whoosh
from search.local.matching.beside import are_phrases
from search.local.matching.kind import Kind, Part, Parts, every_document, without_parts
from search.local.matching.spelt import spelt_row, spelt_word
from search.query.word_query import GluedQuery, JoinedQuery, SpellingsQuery

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


def all_of(searcher: Searcher, queries: Sequence[Query]) -> Matches:
    """What matches all of the queries, scores added up; what a ``Not`` has is left out."""
    placed = next((query for query in queries if are_phrases(query)), None)
    if placed is not None:
        # Few have words side by side: only of those it is asked what the words score there.
        found = searcher.run(placed)
        beside = [query for query in queries if query is not placed]
        mask, scores = all_at(searcher, beside, found.documents, excluding=False)
        return Matches(found.documents[mask], found.scores[mask] + scores[mask])
    rows: list[Matches] = []
    others: list[Query] = []
    for query in queries:
        terms = term.terms_of(query)
        if terms is not None:
            rows.append(term.row(searcher, terms))
        elif not isinstance(query, Not):
            others.append(query)
    rows.sort(key=len)
    others.sort(key=searcher.expected)
    if others and (not rows or searcher.expected(others[0]) < len(rows[0])):
        found = searcher.run(others.pop(0))
    else:
        found = rows.pop(0) if rows else searcher.snapshot.columns.everything
    for row in rows:
        found = found.common(row)
    for query in others:
        mask, more = searcher.probe(query, found.documents)
        found = Matches(found.documents[mask], found.scores[mask] + more[mask])
    for query in queries:
        if isinstance(query, Not):
            found = found.where(_without(searcher, query, found.documents))
    return found


def all_at(
    searcher: Searcher, queries: Sequence[Query], documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    """Which of the documents match all of the queries, and their scores: (n,) each."""
    mask = np.ones(len(documents), np.bool_)
    scores = np.zeros(len(documents))
    left = documents
    # What is excluded scores nothing, so that the order is free.
    for query in sorted(queries, key=searcher.expected) if excluding else queries:
        if isinstance(query, Not):
            matching, more = _without(searcher, query, left), np.zeros(len(left))
        else:
            matching, more = searcher.probe(query, left, excluding=excluding)
        scores[mask] += more
        mask[mask] = matching
        left = documents[mask]
    scores[~mask] = 0.0
    return mask, scores


def _without(searcher: Searcher, query: Not, documents: Documents) -> Mask:
    """Those that the excluded query does not match; none where it was cut short."""
    budget = searcher.budget
    before, budget.partial = budget.partial, False
    excluded, _ = searcher.probe(query.query, documents, excluding=True)
    mask = np.zeros_like(excluded) if budget.partial else ~excluded
    budget.partial |= before
    return mask


def _run_all(searcher: Searcher, query: And) -> Matches:
    return all_of(searcher, query.subqueries).times(query.boost)


def _probe_all(
    searcher: Searcher, query: And, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    mask, scores = all_at(searcher, query.subqueries, documents, excluding=excluding)
    return mask, scores * query.boost


def _expected_all(searcher: Searcher, query: And) -> int:
    return min(map(searcher.expected, query.subqueries), default=searcher.snapshot.size)


def _parts_all(searcher: Searcher, query: And, documents: Documents) -> Parts:
    children = [searcher.parts(child, documents) for child in query.subqueries]
    mask = np.logical_and.reduce([child.mask for child in children])
    return _where(mask, children)


def _run_any(searcher: Searcher, query: Or) -> Matches:
    if query.scale is not None:
        return through_whoosh.run(searcher, query)
    parts = [searcher.run(child) for child in query.subqueries]
    return added(parts, searcher.snapshot.size).times(query.boost)


def _probe_any(
    searcher: Searcher, query: Or, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if query.scale is not None:
        return through_whoosh.probe(searcher, query, documents, excluding=excluding)
    mask = np.zeros(len(documents), np.bool_)
    scores = np.zeros(len(documents))
    for child in query.subqueries:
        matching, more = searcher.probe(child, documents, excluding=excluding)
        mask |= matching
        scores += more
    return mask, scores * query.boost


def _expected_any(searcher: Searcher, query: Or | DisjunctionMax) -> int:
    """Never more than there are, so that of all that many match places are asked for last."""
    return min(sum(map(searcher.expected, query.subqueries)), searcher.snapshot.size)


def _parts_any(searcher: Searcher, query: Or, documents: Documents) -> Parts:
    children = [searcher.parts(child, documents) for child in query.subqueries]
    mask = np.logical_or.reduce([child.mask for child in children])
    return _where(mask, children)


def _run_maybe(searcher: Searcher, query: AndMaybe) -> Matches:
    required = searcher.run(query.a)
    _, more = searcher.probe(query.b, required.documents)
    return Matches(required.documents, required.scores + more)


def _probe_maybe(
    searcher: Searcher, query: AndMaybe, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    mask, scores = searcher.probe(query.a, documents, excluding=excluding)
    if excluding:
        return mask, scores
    _, more = searcher.probe(query.b, documents)
    return mask, np.where(mask, scores + more, 0.0)


def _expected_maybe(searcher: Searcher, query: AndMaybe) -> int:
    return searcher.expected(query.a)


def _parts_maybe(searcher: Searcher, query: AndMaybe, documents: Documents) -> Parts:
    required = searcher.parts(query.a, documents)
    return _where(required.mask, [required, searcher.parts(query.b, documents)])


def _run_best(searcher: Searcher, query: DisjunctionMax) -> Matches:
    parts = [searcher.run(child) for child in query.subqueries]
    return highest(parts).times(query.boost)


def _run_spellings(searcher: Searcher, query: SpellingsQuery | GluedQuery) -> Matches:
    if not query.key or query.boost != 1.0:
        return _run_best(searcher, query)
    return spelt_row(searcher, query)


def _probe_spellings(
    searcher: Searcher,
    query: SpellingsQuery | GluedQuery,
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001 - a kind's ``probe``
) -> tuple[Mask, Scores]:
    word = spelt_word(searcher, query)
    if word is None:
        return _run_spellings(searcher, query).at(documents)
    return term.word_at(searcher, word, documents)


def _probe_best(
    searcher: Searcher, query: DisjunctionMax, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    mask = np.zeros(len(documents), np.bool_)
    scores = np.zeros(len(documents))
    for child in query.subqueries:
        matching, more = searcher.probe(child, documents, excluding=excluding)
        mask |= matching
        np.maximum(scores, more, out=scores)
    return mask, scores * query.boost


def _probe_joined(
    searcher: Searcher, query: JoinedQuery, documents: Documents, *, excluding: bool
) -> tuple[Mask, Scores]:
    if excluding and len(documents) > searcher.expected(query):
        # Found whole: its many ways are rare, and each would be asked of all the documents.
        return searcher.run(query).at(documents)
    return _probe_best(searcher, query, documents, excluding=excluding)


def best_parts(searcher: Searcher, queries: Sequence[Query], documents: Documents) -> Parts:
    """Of each document only the parts of the query that gives it most, the first of equals."""
    if not queries:
        return Parts(np.zeros(len(documents), np.bool_), [])
    children = [searcher.parts(child, documents) for child in queries]
    totals = np.array(
        [sum((part.values for part in child.parts), np.zeros(len(documents))) for child in children]
    )
    best = totals.argmax(axis=0)
    parts = [
        part
        for number, child in enumerate(children)
        for part in _inside(best == number, child.parts)
    ]
    return Parts(np.logical_or.reduce([child.mask for child in children]), parts)


def held_by(found: Parts, written: str) -> Parts:
    """The same, with what was written in place of the terms that it stands for."""
    return Parts(found.mask, [replace(part, held=written) for part in found.parts])


def _parts_best(searcher: Searcher, query: DisjunctionMax, documents: Documents) -> Parts:
    return best_parts(searcher, query.subqueries, documents)


def _parts_glued(searcher: Searcher, query: GluedQuery, documents: Documents) -> Parts:
    """Of what glued words give, the word that they hold."""
    found = _parts_best(searcher, query, documents)
    holders = {text for _, text, _ in query.holders.weighted_terms}
    parts = [
        replace(part, held=query.word) if part.word in holders else part for part in found.parts
    ]
    return Parts(found.mask, parts)


def _parts_joined(searcher: Searcher, query: JoinedQuery, documents: Documents) -> Parts:
    """Of what glued words give in a phrase, the phrase as it was typed."""
    found = _parts_best(searcher, query, documents)
    held = query.phrase
    parts = [part if part.word == held else replace(part, held=held) for part in found.parts]
    return Parts(found.mask, parts)


def _where(mask: Mask, children: Sequence[Parts]) -> Parts:
    """A part counts only where every query around it matches."""
    return Parts(mask, [part for child in children for part in _inside(mask, child.parts)])


def _inside(mask: Mask, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts where the mask is, (k,); without those that add nothing there."""
    for part in parts:
        values = np.where(mask, part.values, 0.0)
        if values.any():
            yield replace(part, values=values)


def _run_not(searcher: Searcher, query: Not) -> Matches:
    return all_of(searcher, [query])


def _probe_not(
    searcher: Searcher,
    query: Not,
    documents: Documents,
    *,
    excluding: bool,  # noqa: ARG001 - a kind's ``probe``
) -> tuple[Mask, Scores]:
    return _without(searcher, query, documents), np.zeros(len(documents))


KINDS = {
    And: Kind(_run_all, _probe_all, _expected_all, _parts_all),
    Or: Kind(_run_any, _probe_any, _expected_any, _parts_any),
    AndMaybe: Kind(_run_maybe, _probe_maybe, _expected_maybe, _parts_maybe),
    SpellingsQuery: Kind(_run_spellings, _probe_spellings, _expected_any, _parts_best),
    GluedQuery: Kind(_run_spellings, _probe_spellings, _expected_any, _parts_glued),
    JoinedQuery: Kind(_run_best, _probe_joined, _expected_any, _parts_joined),
    DisjunctionMax: Kind(_run_best, _probe_best, _expected_any, _parts_best),
    Not: Kind(_run_not, _probe_not, every_document, without_parts),
}
