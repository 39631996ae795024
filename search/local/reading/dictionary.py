"""The terms of an index through all segments: where they are, and which begin with a prefix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.budget import EXPANDED, LOOKED_UP, POSTING, TERM, Budget
from search.local.reading.edited import edited
from search.local.reading.fitting import TermLetters, letters_of
from search.local.reading.terms import Term, find_term
from search.local.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from index.kernels.counting import Counter, Counters
    from index.kernels.postings import Lookup

MAX_EXPANSIONS = 64
"""How many terms a prefix or a pattern stands for, the commonest ones; a fuzzy word: the nearest,
then the commonest."""

_kernel, _postings = kernel("counting"), kernel("postings")
_KEPT_EXPANSIONS = 500
_KEPT_PLACES = 100_000
"""Of terms in segments: one takes some 200 bytes, and a term has as many as there are segments."""

_Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms with document frequencies, the first in order, of the ``count`` that there are.

    Of patterns in several segments there may be more than ``count``, if that is more than
    ``MAX_EXPANSIONS``. ``work``: what finding them cost, as budgets count it.
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
        self._places = 0
        self._lookups: dict[str, Lookup] = {}
        self._counters: dict[str, Counter] = {}
        self._several: dict[tuple[str, ...], Counters] = {}
        self._letters: dict[tuple[str, str], TermLetters] = {}
        self._expansions: dict[tuple[str | int, ...], Expansion] = {}

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
            known = find_term(self._segments, field, text.encode("utf-8", "surrogatepass"))
            self._places += 1 + len(known.places)
            if self._places > _KEPT_PLACES:
                self._terms.clear()
                self._places = 1 + len(known.places)
            self._terms[key] = known
        return known

    def document_frequency(self, field: str, text: str) -> int:
        """How many documents have the term, deleted ones included."""
        known = self._terms.get((field, text))
        if known is not None:
            return known.document_frequency
        counter = self._counters.get(field) or self.counter(field)
        return self.term(field, text).document_frequency if counter is None else counter.count(text)

    def counter(self, field: str) -> Counter | None:
        """What counts a field's terms; None without kernels."""
        known = self._counters.get(field)
        if known is None and _kernel is not None:
            known = self._counters[field] = _kernel.Counter(self.lookup(field))
        return known

    def most_documents(self, fields: tuple[str, ...], text: str) -> int:
        """How many documents have the term in that of some fields in which most have it."""
        counters = self._several.get(fields)
        if counters is None:
            found = [] if _kernel is None else [self.counter(field) for field in fields]
            if not found or None in found:
                return max([self.document_frequency(field, text) for field in fields])
            counters = self._several[fields] = _kernel.Counters(found)
        return counters.most(text)

    def lookup(self, field: str) -> Lookup:
        """A field through all segments as kernels look terms up in it: one for all who ask.

        Only for kernels. Raises ``PostingsAbsent`` in a companion, of a field of bodies.
        """
        found = self._lookups.get(field)
        if found is None:
            fields = [one.fields.get(field) for one in self._segments]
            compiled = [None if one is None else one.compiled for one in fields]
            # Of two threads' the first is kept: which fields are read is said by it alone.
            found = self._lookups.setdefault(field, _postings.Lookup(compiled))
        return found

    def commonest(self, field: str, prefix: str, budget: Budget) -> Expansion:
        """The ``MAX_EXPANSIONS`` commonest terms with the prefix.

        Only of the segments that were read before the budget was spent.
        """
        find = partial(self._with_prefix, field, prefix, budget)
        return self._expanded((field, prefix), find, budget)

    def fitting(self, field: str, pattern: str, budget: Budget) -> Expansion:
        """The ``MAX_EXPANSIONS`` commonest terms that fit a pattern; else as ``commonest``."""
        find = partial(self._fitting, field, pattern, budget)
        return self._expanded((field, "fitting", pattern), find, budget)

    def edited(self, field: str, word: str, most: int, budget: Budget) -> Expansion:
        """The ``MAX_EXPANSIONS`` nearest terms, then commonest, at most so many edits from a word.

        ``field``: one of surface forms. Else as ``commonest``.
        """
        find = partial(self._edited, field, word, most, budget)
        return self._expanded((field, "edited", word, most), find, budget)

    def all_fitting(
        self, segment: SegmentReader, field: str, pattern: str, budget: Budget
    ) -> _Ordinals:
        """The ordinals of all terms of a segment that fit a pattern, ascending."""
        key = segment.name, field
        letters = self._letters.get(key)
        if letters is None:
            letters = self._letters[key] = letters_of(segment.fields[field])
        return letters.fitting(pattern, budget)

    def _expanded(
        self,
        key: tuple[str | int, ...],
        find: Callable[[], tuple[list[tuple[str, int]], int, bool]],
        budget: Budget,
    ) -> Expansion:
        """What is kept of a key, or else the terms, their number and whether all were read."""
        known = self._expansions.get(key)
        if known is not None and budget.lasts(known.work):
            budget.work += known.work
            return known
        before = budget.work
        terms, number, complete = find()
        found = Expansion(tuple(terms), number, budget.work - before)
        if complete:
            if len(self._expansions) >= _KEPT_EXPANSIONS:
                self._expansions.clear()
            self._expansions[key] = found
        return found

    def _fitting(
        self, field: str, pattern: str, budget: Budget
    ) -> tuple[list[tuple[str, int]], int, bool]:
        """As ``_with_prefix``. Only what may be among the commonest is made text of."""
        segments = [one for one in self._segments if field in one.fields]
        of_segments: list[tuple[SegmentReader, _Ordinals, NDArray[np.int64]]] = []
        for segment in segments:
            if budget.spent():
                break
            index = segment.fields[field]
            ordinals = self.all_fitting(segment, field, pattern, budget)
            counts = index.document_frequencies(0, index.terms)[ordinals]
            budget.work += POSTING * len(ordinals)
            of_segments.append((segment, ordinals, counts))
        # As many articles as this have as many terms as are wanted, whatever other segments add.
        least = max((_least(counts) for _, _, counts in of_segments), default=0)
        share = -(-least // max(len(of_segments), 1))
        texts: set[str] = set()
        for segment, ordinals, counts in of_segments:
            index = segment.fields[field]
            common = ordinals[counts >= share].tolist()
            texts.update(index.text(one).decode("utf-8", "surrogatepass") for one in common)
        budget.work += LOOKED_UP * len(texts) * len(segments)
        terms = [(text, self.document_frequency(field, text)) for text in texts]
        terms.sort(key=lambda pair: (-pair[1], pair[0]))
        number = max([len(texts), *(len(ordinals) for _, ordinals, _ in of_segments)])
        return terms[:MAX_EXPANSIONS], number, len(of_segments) == len(segments)

    def _edited(
        self, field: str, word: str, most: int, budget: Budget
    ) -> tuple[list[tuple[str, int]], int, bool]:
        """As ``_with_prefix``, the nearest first."""
        found: dict[str, tuple[int, int]] = {}
        for segment in self._segments:
            if budget.spent():
                break
            if field not in segment.fields:
                continue
            index = segment.fields[field]
            for ordinal, edits in zip(
                *map(np.ndarray.tolist, edited(segment, field, word, most, budget)), strict=True
            ):
                text = index.text(ordinal).decode("utf-8", "surrogatepass")
                budget.work += EXPANDED
                count = found.get(text, (0, 0))[1] + index.document_frequency(ordinal)
                found[text] = edits, count
        nearest = sorted(found, key=lambda text: (found[text][0], -found[text][1], text))
        terms = [(text, found[text][1]) for text in nearest[:MAX_EXPANSIONS]]
        return terms, len(found), not budget.partial

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
        least = _least(np.fromiter(found.values(), np.int64, len(found)))
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


def _least(counts: NDArray[np.int64]) -> int:
    """The count that a term needs to be among the ``MAX_EXPANSIONS`` commonest, ties included."""
    if len(counts) <= MAX_EXPANSIONS:
        return 0
    return int(np.partition(counts, -MAX_EXPANSIONS)[-MAX_EXPANSIONS])
