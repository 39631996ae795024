"""The terms of an index through all segments: where they are, and which begin with a prefix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.segments.reader import SegmentReader
from search.budget import EXPANDED, POSTING, TERM, Budget
from search.local.reading.terms import Term, find_term
from search.local.reading.vocabulary import Vocabulary

MAX_EXPANSIONS = 64
"""How many terms a prefix stands for, the commonest ones."""

_KEPT_EXPANSIONS = 500
_KEPT_TERMS = 50_000


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms with document frequencies, the commonest first, of the ``count`` that there are.

    ``work``: what finding them cost, as budgets count it.
    """

    terms: tuple[tuple[str, int], ...]
    count: int
    work: int


class Dictionary:
    """The terms of a snapshot's segments. Shared by threads; raises ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader], bases: Sequence[int], size: int) -> None:
        self._segments = segments
        self._bases = bases
        self._size = size
        self._terms: dict[tuple[str, str], Term] = {}
        self._expansions: dict[tuple[str, str], Expansion] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all segments, to look for near ones."""
        return Vocabulary(self._segments)

    def distinct(self, field: str) -> int:
        """How many distinct terms a field has."""
        fields = [one.fields[field] for one in self._segments if field in one.fields]
        if len(fields) == 1:
            return fields[0].terms
        return len(set().union(*(found.texts(0, found.terms) for found in fields)))

    def term(self, field: str, text: str) -> Term:
        """Where a term is."""
        key = field, text
        known = self._terms.get(key)
        if known is None:
            if len(self._terms) >= _KEPT_TERMS:
                self._terms.clear()
            known = find_term(self._segments, field, text.encode("utf-8", "surrogatepass"))
            self._terms[key] = known
        return known

    def document_frequency(self, field: str, text: str) -> int:
        """How many documents have the term, deleted ones included."""
        return self.term(field, text).document_frequency

    def commonest(self, field: str, prefix: str, budget: Budget) -> Expansion:
        """The ``MAX_EXPANSIONS`` commonest terms with the prefix.

        Only of the segments that were read before the budget was spent.
        """
        key = (field, prefix)
        known = self._expansions.get(key)
        if known is not None and budget.lasts(known.work):
            budget.work += known.work
            return known
        before = budget.work
        terms, number, complete = self._with_prefix(field, prefix, budget)
        found = Expansion(tuple(terms), number, budget.work - before)
        if complete:
            if len(self._expansions) >= _KEPT_EXPANSIONS:
                self._expansions.clear()
            self._expansions[key] = found
        return found

    def _with_prefix(
        self, field: str, prefix: str, budget: Budget
    ) -> tuple[list[tuple[str, int]], int, bool]:
        """The commonest terms with the prefix in order, how many there are, whether all were read.

        Only those that may be among the commonest are decoded and put in order.
        """
        start = prefix.encode("utf-8", "surrogatepass")
        found: dict[bytes, int] = {}
        complete = True
        for segment in self._segments:
            if budget.spent():
                complete = False
                break
            index = segment.fields.get(field)
            if index is None:
                continue
            first, last = index.with_prefix(start)
            budget.work += TERM + EXPANDED * (last - first)
            counts = index.document_frequencies(first, last).tolist()
            for text, count in zip(index.texts(first, last), counts, strict=True):
                found[text] = found.get(text, 0) + count
        least = _least(found.values())
        terms = [
            (text.decode("utf-8", "surrogatepass"), count)
            for text, count in found.items()
            if count >= least
        ]
        terms.sort(key=lambda pair: (-pair[1], pair[0]))
        return terms[:MAX_EXPANSIONS], len(found), complete

    def with_prefix(self, field: str, prefix: str, budget: Budget) -> NDArray[np.bool_]:
        """Which documents, deleted ones included, have any term with the prefix: (N,)."""
        start = prefix.encode("utf-8", "surrogatepass")
        mask = np.zeros(self._size, np.bool_)
        for base, segment in zip(self._bases, self._segments, strict=True):
            index = segment.fields.get(field)
            if index is not None:
                inside = mask[base : base + segment.size]
                documents = index.documents_between(*index.with_prefix(start))
                budget.work += TERM + POSTING * len(documents)
                inside[documents] = True
        return mask


def _least(counts: Collection[int]) -> int:
    """The count that a term needs to be among the ``MAX_EXPANSIONS`` commonest, ties included."""
    if len(counts) <= MAX_EXPANSIONS:
        return 0
    all_counts = np.fromiter(counts, np.int64, len(counts))
    return int(np.partition(all_counts, -MAX_EXPANSIONS)[-MAX_EXPANSIONS])
