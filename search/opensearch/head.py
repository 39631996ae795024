"""The articles that a cluster names first, as a small index in memory with the whole one's counts.

The embedded engine's own code then does with them what it does with all of its articles: scores by
exact lengths and leads, the second stage, order, explanations, marks. Only what depends on articles
that are not here comes from the companion: how many articles there are, how many have a term, how
long texts are in the mean, what a pattern stands for, which words are glued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage, Storage

from index.analysis import fold_value
from index.article import Article
from index.derived import Sentences
from index.fields import Facet, Period
from index.glued import Glued
from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.budget import Budget
from search.local.reading.columns import Columns, facet_columns, period_columns
from search.local.reading.dictionary import Dictionary, Expansion
from search.local.reading.facet_column import FacetColumn
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.opensearch.head_segment import HeadSegment
from search.opensearch.vocabulary import vocabulary_of
from search.values import Values


class HeadSnapshot(Snapshot):
    """A snapshot of some articles, numbered in the order in which they are given."""

    def __init__(self, articles: Sequence[Article], companion: Snapshot) -> None:
        self._companion = companion
        how = companion.analysis
        self._head = HeadSegment(articles, how, vocabulary_of(how)) if articles else None
        segments = [] if self._head is None else [self._head.reader]
        self._hold(companion.name, RamStorage(), segments, how)
        self.columns = _HeadColumns(self, companion.columns)
        self.dictionary = _HeadDictionary(self, companion.dictionary)

    @cached_property
    def glued(self) -> Glued:
        """Those of the whole index."""
        return self._companion.glued

    def sentences(self, segment: int) -> Sentences:
        """The sentences of its one segment."""
        assert self._head is not None
        assert segment == 0
        return self._head.sentences

    @property
    def written(self) -> tuple[Storage, list[SegmentReader]]:
        """Its articles as files, of which Whoosh reads."""
        return super().written if self._head is None else self._head.written


class _HeadColumns(Columns):
    """The columns of the head, whose values are numbered as those of the whole index."""

    def __init__(self, head: Snapshot, whole: Columns) -> None:
        super().__init__(head.segments, head.size)
        self._whole = whole

    @property
    def every_date(self) -> NDArray[np.int64]:
        """Those of the whole index."""
        return self._whole.every_date

    @cached_property
    def facets(self) -> Mapping[Facet, FacetColumn]:
        """As the whole index knows and writes their values."""
        found = facet_columns(self._segments, self.live)
        return {one: _as_in(self._whole.facets[one], column) for one, column in found.items()}

    @cached_property
    def periods(self) -> Mapping[Period, FacetColumn]:
        """The same of years and months."""
        found = period_columns(self.days, self.live)
        return {one: _as_in(self._whole.periods[one], column) for one, column in found.items()}


@dataclass(frozen=True)
class _PartOf(FacetColumn):
    """A column of some articles, with the values of ``whole``."""

    whole: FacetColumn = field(kw_only=True)

    @property
    def known(self) -> Values:
        """What texts stand for in the whole index."""
        return self.whole.known


def _as_in(whole: FacetColumn, own: FacetColumn) -> FacetColumn:
    numbers = whole.known.by_folded
    places = [numbers.get(fold_value(value), 0) for value in own.values]
    ordinals = np.array(places, np.int32)[own.ordinals]
    return _PartOf(ordinals, whole.values, whole.counts, whole.names, whole=whole)


class _HeadDictionary(Dictionary):
    """Where terms are in the head, and what all articles say of them."""

    def __init__(self, head: Snapshot, whole: Dictionary) -> None:
        super().__init__(head.segments, head.bases, head.size)
        self._whole = whole

    def document_frequency(self, field: str, text: str) -> int:
        """How many articles of the whole index have the term."""
        return self._whole.document_frequency(field, text)

    def most_documents(self, fields: tuple[str, ...], text: str) -> int:
        """The same in that of some fields in which most have it."""
        return self._whole.most_documents(fields, text)

    def commonest(self, field: str, prefix: str, budget: Budget) -> Expansion:
        """What a prefix stands for in the whole index."""
        return self._whole.commonest(field, prefix, budget)

    def fitting(self, field: str, pattern: str, budget: Budget) -> Expansion:
        """What a pattern stands for there."""
        return self._whole.fitting(field, pattern, budget)

    def edited(self, field: str, word: str, most: int, budget: Budget) -> Expansion:
        """What a fuzzy word stands for there."""
        return self._whole.edited(field, word, most, budget)


class HeadRows(Rows):
    """The rows of a head, scored by the counts of the whole index. NumPy alone: it is small."""

    scorer = None

    def __init__(self, head: HeadSnapshot, whole: Rows) -> None:
        super().__init__(head, whole.model)
        self._whole = whole

    @property
    def articles(self) -> int:
        """How many the whole index has."""
        return self._whole.articles

    def average_length(self, field: str) -> float:
        """That of the whole index."""
        return self._whole.average_length(field)
