"""Whoosh query objects to the documents that match and their scores, as arrays.

A query is either asked for all of its matches (``run``) or about documents that are candidates
already (``probe``): And runs the child with the fewest matches and probes the others, so that its
cost follows what is rare.

What the budget cuts short gives fewer matches, never wrong ones: postings that were not read count
as absent, and an exclusion that was not read to its end excludes everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from search.local.clock import microseconds
from search.local.matches import Documents, Mask, Matches, Scores, added, highest, nothing
from search.local.phrases import with_phrase
from search.local.postings import Terms
from search.local.snapshot import MAX_EXPANSIONS, Snapshot
from search.local.weighting import BM25
from search.local.whoosh_road import run_through_whoosh
from search.response import Note

_TERMS_OF_A_WORD = 4


@dataclass
class Evaluation:
    """Evaluates queries over one snapshot until ``deadline`` (of ``time.monotonic``).

    Raises ``FileDamaged``.
    """

    snapshot: Snapshot
    model: BM25
    deadline: float
    partial: bool = False
    notes: list[Note] = field(default_factory=list)

    def run(  # noqa: C901, PLR0911, PLR0912 - one case a query type
        self, query: whoosh_query.Query
    ) -> Matches:
        """All matches of a query; one of a type without an array form runs through Whoosh."""
        terms = terms_of(query)
        if terms is not None:
            return self.row(terms)
        match query:
            case whoosh_query.Every(fieldname=None):
                return self.snapshot.everything
            case whoosh_query.Phrase(slop=1):
                return self._phrase(query)
            case whoosh_query.Prefix():
                return self.row(self._expanded(query))
            case whoosh_query.DateRange() if _is_plain(query):
                everything = self.snapshot.everything
                return everything.where(self._in_range(query, everything.documents))
            case whoosh_query.ConstantScoreQuery():
                documents = self.run(query.child).documents
                return Matches(documents, np.full(len(documents), query.score))
            case whoosh_query.NullQuery.__class__():  # NullQuery is the only one of its class
                return nothing()
            case whoosh_query.Or(scale=None):
                parts = [self.run(child) for child in query.subqueries]
                return _times(added(parts, self.snapshot.size), query.boost)
            case whoosh_query.And():
                return _times(self._all(query.subqueries), query.boost)
            case whoosh_query.AndMaybe():
                required = self.run(query.a)
                _, more = self.probe(query.b, required.documents)
                return Matches(required.documents, required.scores + more)
            case whoosh_query.DisjunctionMax():
                parts = [self.run(child) for child in query.subqueries]
                return _times(highest(parts), query.boost)
            case whoosh_query.Not():
                return self._all([query])
            case _:
                return self._through_whoosh(query)

    def probe(  # noqa: C901, PLR0911, PLR0912 - one case a query type
        self, query: whoosh_query.Query, documents: Documents, *, excluding: bool = False
    ) -> tuple[Mask, Scores]:
        """Which of the documents, none of them deleted, match, and their scores, else 0: (n,) each.

        ``excluding``: what matches is to be left out; a prefix stands for all of its terms then.
        """
        if not len(documents):
            return np.zeros(0, np.bool_), np.zeros(0)
        terms = terms_of(query)
        if terms is not None:
            return self.row(terms).at(documents)
        match query:
            case whoosh_query.Every(fieldname=None):
                return np.ones(len(documents), np.bool_), np.zeros(len(documents))
            case whoosh_query.Phrase(slop=1):
                return self._phrase_at(query, documents)
            case whoosh_query.Prefix() if excluding:
                return self._with_prefix(query)[documents], np.zeros(len(documents))
            case whoosh_query.DateRange() if _is_plain(query):
                return self._in_range(query, documents), np.zeros(len(documents))
            case whoosh_query.ConstantScoreQuery():
                mask, _ = self.probe(query.child, documents, excluding=excluding)
                return mask, np.where(mask, query.score, 0.0)
            case whoosh_query.Or(scale=None) | whoosh_query.DisjunctionMax():
                return self._any_at(query, documents, excluding=excluding)
            case whoosh_query.And():
                mask, scores = self._all_at(query.subqueries, documents, excluding=excluding)
                return mask, scores * query.boost
            case whoosh_query.AndMaybe():
                mask, scores = self.probe(query.a, documents, excluding=excluding)
                if excluding:
                    return mask, scores
                _, more = self.probe(query.b, documents)
                return mask, np.where(mask, scores + more, 0.0)
            case whoosh_query.Not():
                return self._without(query, documents), np.zeros(len(documents))
            case _:
                return self.run(query).at(documents)

    def row(self, terms: Terms) -> Matches:
        """What has one of the terms, scores added up; nothing where the time is up."""
        if monotonic() > self.deadline:
            self.partial = True
            return nothing()
        if len(terms) != 1:
            return self.snapshot.row(self.model, terms)
        # Alone, a term is kept without its weight, which varies from query to query.
        ((name, text, weight),) = terms
        return _times(self.snapshot.row(self.model, ((name, text, 1.0),)), weight)

    def presence(self, field: str, words: tuple[str, ...]) -> NDArray[np.uint8] | None:
        """How many of the words each document of the index has: (N,); None if the time is up."""
        found = self.snapshot.presence(field, words, self.deadline)
        self.partial |= found is None
        return found

    def _any_at(
        self, query: whoosh_query.Query, documents: Documents, *, excluding: bool
    ) -> tuple[Mask, Scores]:
        mask = np.zeros(len(documents), np.bool_)
        scores = np.zeros(len(documents))
        best = isinstance(query, whoosh_query.DisjunctionMax)
        for child in query.subqueries:
            matching, more = self.probe(child, documents, excluding=excluding)
            mask |= matching
            if best:
                np.maximum(scores, more, out=scores)
            else:
                scores += more
        return mask, scores * query.boost

    def _all(self, queries: list[whoosh_query.Query]) -> Matches:
        rows: list[Matches] = []
        others: list[whoosh_query.Query] = []
        for query in queries:
            terms = terms_of(query)
            if terms is not None:
                rows.append(self.row(terms))
            elif not isinstance(query, whoosh_query.Not):
                others.append(query)
        rows.sort(key=len)
        others.sort(key=self._expected)
        if others and (not rows or self._expected(others[0]) < len(rows[0])):
            found = self.run(others.pop(0))
        else:
            found = rows.pop(0) if rows else self.snapshot.everything
        for row in rows:
            found = found.common(row)
        for query in others:
            mask, more = self.probe(query, found.documents)
            found = Matches(found.documents[mask], found.scores[mask] + more[mask])
        for query in queries:
            if isinstance(query, whoosh_query.Not):
                found = found.where(self._without(query, found.documents))
        return found

    def _all_at(
        self, queries: list[whoosh_query.Query], documents: Documents, *, excluding: bool
    ) -> tuple[Mask, Scores]:
        mask = np.ones(len(documents), np.bool_)
        scores = np.zeros(len(documents))
        left = documents
        for query in queries:
            if isinstance(query, whoosh_query.Not):
                matching, more = self._without(query, left), np.zeros(len(left))
            else:
                matching, more = self.probe(query, left, excluding=excluding)
            scores[mask] += more
            mask[mask] = matching
            left = documents[mask]
        scores[~mask] = 0.0
        return mask, scores

    def _without(self, query: whoosh_query.Not, documents: Documents) -> Mask:
        """Those that the excluded query does not match; none where it was cut short."""
        before = self.partial
        self.partial = False
        excluded, _ = self.probe(query.query, documents, excluding=True)
        mask = np.zeros_like(excluded) if self.partial else ~excluded
        self.partial |= before
        return mask

    def _expected(self, query: whoosh_query.Query) -> int:  # noqa: PLR0911 - one case a query type
        """About how many documents match: what to begin with."""
        terms = terms_of(query)
        if terms is not None:
            frequency = self.snapshot.document_frequency
            return sum(frequency(name, text) for name, text, _ in terms)
        match query:
            case whoosh_query.Phrase():
                frequency = self.snapshot.document_frequency
                return min((frequency(query.fieldname, word) for word in query.words), default=0)
            case whoosh_query.ConstantScoreQuery():
                return self._expected(query.child)
            case whoosh_query.Or() | whoosh_query.DisjunctionMax():
                return sum(map(self._expected, query.subqueries))
            case whoosh_query.And():
                return min(map(self._expected, query.subqueries), default=self.snapshot.size)
            case whoosh_query.AndMaybe():
                return self._expected(query.a)
            case _:
                return self.snapshot.size

    def _phrase(self, query: whoosh_query.Phrase) -> Matches:
        name, boost = query.fieldname, query.boost
        terms = [whoosh_query.Term(name, word, boost=boost) for word in query.words]
        if not terms:
            return nothing()
        return self._in_phrase(query, self._all(terms))

    def _phrase_at(self, query: whoosh_query.Phrase, documents: Documents) -> tuple[Mask, Scores]:
        name, boost = query.fieldname, query.boost
        terms = [whoosh_query.Term(name, word, boost=boost) for word in query.words]
        mask, scores = self._all_at(terms, documents, excluding=False)
        mask &= bool(terms)
        found = self._in_phrase(query, Matches(documents[mask], scores[mask]))
        return found.at(documents)

    def _in_phrase(self, query: whoosh_query.Phrase, found: Matches) -> Matches:
        """Those of the matches of a phrase's words that have the phrase."""
        mask, complete = with_phrase(
            self.snapshot, query.fieldname, query.words, found.documents, self.deadline
        )
        self.partial |= not complete
        return found.where(mask)

    def _expanded(self, query: whoosh_query.Prefix) -> Terms:
        name, prefix = query.fieldname, query.text
        expansion, count = self.snapshot.commonest(name, prefix, self.deadline)
        self.partial |= not expansion.complete
        if count > MAX_EXPANSIONS:
            facts = {"prefix": prefix, "limit": str(MAX_EXPANSIONS)}
            note = Note("prefix-cut", facts)
            if note not in self.notes:
                self.notes.append(note)
        return tuple((name, term, query.boost) for term, _ in expansion.terms)

    def _with_prefix(self, query: whoosh_query.Prefix) -> Mask:
        if monotonic() > self.deadline:
            self.partial = True
        return self.snapshot.with_prefix(query.fieldname, query.text)

    def _in_range(self, query: whoosh_query.DateRange, documents: Documents) -> Mask:
        dates = self.snapshot.dates[documents]
        mask = dates >= (0 if query.startdate is None else microseconds(query.startdate))
        if query.enddate is not None:
            mask &= dates <= microseconds(query.enddate)
        return mask

    def _through_whoosh(self, query: whoosh_query.Query) -> Matches:
        found, complete = run_through_whoosh(self.snapshot, query, self.model, self.deadline)
        self.partial |= not complete
        return found


def terms_of(query: whoosh_query.Query) -> Terms | None:
    """The terms of a query that is one term, or an Or of no more than a word has, else None."""
    if type(query) is whoosh_query.Term:
        text = query.text
        return ((query.fieldname, text, query.boost),) if type(text) is str else None
    if type(query) is not whoosh_query.Or or query.boost != 1.0 or query.scale is not None:
        return None
    children = query.subqueries
    if not 1 <= len(children) <= _TERMS_OF_A_WORD:
        return None
    terms = []
    for child in children:
        if type(child) is not whoosh_query.Term or type(child.text) is not str:
            return None
        terms.append((child.fieldname, child.text, child.boost))
    return tuple(terms)


def _is_plain(query: whoosh_query.DateRange) -> bool:
    return query.fieldname == "date" and not query.startexcl and not query.endexcl


def _times(matches: Matches, boost: float) -> Matches:
    return matches if boost == 1.0 else Matches(matches.documents, matches.scores * boost)
