"""Whoosh query objects to the documents that match and their scores, as arrays.

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
from search.local.snapshot import MAX_EXPANSIONS, TEXT_FIELDS, Snapshot
from search.local.weighting import BM25
from search.response import Note


@dataclass(frozen=True)
class Matches:
    """``mask``: (N,) bool, the documents that match. ``scores``: (N,) float64, 0 elsewhere."""

    mask: NDArray[np.bool_]
    scores: NDArray[np.float64]


@dataclass
class Evaluation:
    """Evaluates queries over one snapshot until ``deadline`` (of ``time.monotonic``)."""

    snapshot: Snapshot
    model: BM25
    deadline: float
    partial: bool = False
    notes: list[Note] = field(default_factory=list)

    def run(  # noqa: C901, PLR0911 - one case a query type
        self, query: whoosh_query.Query
    ) -> Matches:
        """The matches of a query of the types that ``search.query.query_tree`` makes.

        Raises TypeError for any other type.
        """
        match query:
            case whoosh_query.Every():
                return Matches(self.snapshot.live.copy(), self._zeros())
            case whoosh_query.Term():
                return self._term(query.fieldname, query.text, query.boost)
            case whoosh_query.Phrase():
                return self._phrase(query.fieldname, query.words, query.boost)
            case whoosh_query.Prefix():
                return self._prefix(query.fieldname, query.text, query.boost)
            case whoosh_query.DateRange():
                return self._dates(query)
            case whoosh_query.ConstantScoreQuery():
                mask = self.run(query.child).mask
                return Matches(mask, np.where(mask, query.score, 0.0))
            case whoosh_query.NullQuery.__class__():
                return self._any([])
            case whoosh_query.Or():
                return self._any(query.subqueries)
            case whoosh_query.And():
                return self._all(query.subqueries)
            case whoosh_query.AndMaybe():
                return self._maybe(query.a, query.b)
            case whoosh_query.DisjunctionMax():
                return self._best(query.subqueries)
            case _:
                raise TypeError(f"no array form of {type(query).__name__}")

    def _zeros(self) -> NDArray[np.float64]:
        return np.zeros(self.snapshot.size, np.float64)

    def _term(self, name: str, term: str, boost: float) -> Matches:
        snapshot = self.snapshot
        mask = np.zeros(snapshot.size, np.bool_)
        scores = self._zeros()
        if monotonic() > self.deadline:
            self.partial = True
            return Matches(mask, scores)
        postings = snapshot.postings(name, term, self.deadline)
        self.partial |= not postings.complete
        mask[postings.documents] = True
        if name in TEXT_FIELDS:
            idf = self.model.idf_of(snapshot.size, postings.document_frequency)
            lengths = snapshot.lengths[name][postings.documents]
            scores[postings.documents] = boost * self.model.scores(
                postings.frequencies, lengths, snapshot.averages[name], idf
            )
        return Matches(mask, scores)

    def _any(self, queries: list[whoosh_query.Query]) -> Matches:
        mask = np.zeros(self.snapshot.size, np.bool_)
        scores = self._zeros()
        for query in queries:
            found = self.run(query)
            mask |= found.mask
            scores += found.scores
        return Matches(mask, scores)

    def _all(self, queries: list[whoosh_query.Query]) -> Matches:
        mask = self.snapshot.live.copy()
        scores = self._zeros()
        for query in queries:
            if isinstance(query, whoosh_query.Not):
                before = self.partial
                self.partial = False
                excluded = self._mask(query.query)
                mask &= np.zeros_like(mask) if self.partial else ~excluded
                self.partial |= before
            else:
                found = self.run(query)
                mask &= found.mask
                scores += found.scores
        scores[~mask] = 0.0
        return Matches(mask, scores)

    def _maybe(self, required: whoosh_query.Query, optional: whoosh_query.Query) -> Matches:
        """What matches ``required``; what matches ``optional`` too scores more."""
        found = self.run(required)
        more = self.run(optional).scores
        return Matches(found.mask, found.scores + np.where(found.mask, more, 0.0))

    def _best(self, queries: list[whoosh_query.Query]) -> Matches:
        """What matches one of the queries, with its highest score."""
        mask = np.zeros(self.snapshot.size, np.bool_)
        scores = self._zeros()
        for query in queries:
            found = self.run(query)
            mask |= found.mask
            np.maximum(scores, found.scores, out=scores)
        return Matches(mask, scores)

    def _phrase(self, name: str, words: list[str], boost: float) -> Matches:
        found = self._all([whoosh_query.Term(name, word, boost=boost) for word in words])
        candidates = np.flatnonzero(found.mask).astype(np.uint32)
        rows = [self.snapshot.positions(name, word, candidates) for word in words]
        mask = np.zeros_like(found.mask)
        for index, (number, *positions) in enumerate(zip(candidates.tolist(), *rows, strict=True)):
            starts = set(positions[0])
            for step, following in enumerate(positions[1:], start=1):
                starts &= {position - step for position in following}
            mask[number] = bool(starts)
            if index % 256 == 0 and monotonic() > self.deadline:
                self.partial = True
                break
        return Matches(mask, np.where(mask, found.scores, 0.0))

    def _prefix(self, name: str, prefix: str, boost: float) -> Matches:
        expansion, count = self.snapshot.commonest(name, prefix, self.deadline)
        self.partial |= not expansion.complete
        if count > MAX_EXPANSIONS:
            facts = {"prefix": prefix, "limit": str(MAX_EXPANSIONS)}
            note = Note("prefix-cut", facts)
            if note not in self.notes:
                self.notes.append(note)
        return self._any(
            [whoosh_query.Term(name, term, boost=boost) for term, _ in expansion.terms]
        )

    def _mask(self, query: whoosh_query.Query) -> NDArray[np.bool_]:
        """What matches an excluded query: a prefix stands for all of its terms here."""
        if isinstance(query, whoosh_query.Prefix):
            expansion = self.snapshot.expand(query.fieldname, query.text, self.deadline)
            self.partial |= not expansion.complete
            mask = np.zeros(self.snapshot.size, np.bool_)
            for term, _ in expansion.terms:
                mask |= self._term(query.fieldname, term, 0.0).mask
            return mask
        if isinstance(query, whoosh_query.AndMaybe):
            return self._mask(query.a)
        if isinstance(query, whoosh_query.Or | whoosh_query.DisjunctionMax):
            mask = np.zeros(self.snapshot.size, np.bool_)
            for child in query.subqueries:
                mask |= self._mask(child)
            return mask
        if isinstance(query, whoosh_query.And):
            mask = self.snapshot.live.copy()
            for child in query.subqueries:
                if isinstance(child, whoosh_query.Not):
                    mask &= ~self._mask(child.query)
                else:
                    mask &= self._mask(child)
            return mask
        return self.run(query).mask

    def _dates(self, query: whoosh_query.DateRange) -> Matches:
        dates = self.snapshot.dates
        first = 0 if query.startdate is None else microseconds(query.startdate)
        mask = self.snapshot.live & (dates >= first)
        if query.enddate is not None:
            mask &= dates <= microseconds(query.enddate)
        return Matches(mask, self._zeros())
