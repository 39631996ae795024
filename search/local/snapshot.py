"""One published generation, opened for searching: its segments side by side."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, Index

from index.analysis import analysis
from index.article import Article
from index.build.stored_values import article
from index.errors import FileDamaged, IndexDamaged
from index.fields import Facet
from index.generation import Generation
from index.schema import INDEX_NAME
from index.segments.reader import SegmentReader, open_segment
from index.store import Store
from search.local.cache import Cache
from search.local.columns import (
    Copies,
    FacetColumn,
    copies,
    date_column,
    facet_column,
    hash_column,
    length_column,
    live_documents,
)
from search.local.matches import DENSE, Matches, nothing
from search.local.openings import Openings, read_openings
from search.local.postings import (
    Place,
    Scored,
    Term,
    Terms,
    find_term,
    first_positions,
    merged,
    read_postings,
    read_row,
    size_of,
)
from search.local.row import Row
from search.local.vocabulary import Vocabulary
from search.local.weighting import BM25

MAX_EXPANSIONS = 64
"""How many terms a prefix stands for, the commonest ones."""

TEXT_FIELDS = frozenset({"title", "title_exact", "body", "body_exact"})

_KEPT_EXPANSIONS = 500
_KEPT_TERMS = 50_000
_ROWS_BYTES = 64 << 20
_ROWS_BYTES_A_DOCUMENT = 1024
_OPENINGS_BYTES = 16 << 20
_OPENINGS_BYTES_A_DOCUMENT = 256
_OBJECTS_BYTES = 500


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms with document frequencies, the commonest first; not ``complete`` at a deadline."""

    terms: tuple[tuple[str, int], ...]
    complete: bool


class Snapshot:
    """An immutable view of a generation, shared by threads; it never changes while it is held.

    ``size`` counts documents, deleted ones included; arrays have that length. Files are mapped, and
    nothing is read of them before it is needed. All but the constructor raise ``FileDamaged``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        generation = Store(path).open_current()
        self.generation: Generation = generation
        self.analysis = analysis(generation.words)
        try:
            storage = FileStorage(str(generation.path))
            toc = TOC.read(storage, INDEX_NAME)
            self.segments: list[SegmentReader] = [
                open_segment(storage, segment) for segment in toc.segments
            ]
        except FileDamaged as error:
            generation.hold.close()
            raise self.damaged(error) from None
        *bases, size = accumulate((one.size for one in self.segments), initial=0)
        self.bases: list[int] = bases
        self.size: int = size
        self._terms: dict[tuple[str, str], Term] = {}
        self._rows: dict[BM25, Cache[Terms, Row]] = {}
        self._openings: Cache[tuple[str, str], Openings] = Cache(
            _OPENINGS_BYTES + _OPENINGS_BYTES_A_DOCUMENT * size
        )
        self._presence: dict[tuple[str, tuple[str, ...]], NDArray[np.uint8]] = {}
        self._norms: dict[tuple[BM25, str], NDArray[np.float32]] = {}
        self._expansions: dict[tuple[str, str], tuple[Expansion, int]] = {}
        self._finalizer = weakref.finalize(self, generation.hold.close)

    def damaged(self, error: FileDamaged) -> IndexDamaged:
        """What is wrong with a segment's file as what is wrong with the index."""
        file = f"generations/{self.generation.name}/{error.file}"
        return IndexDamaged(self._path, file, error.reason)

    @property
    def name(self) -> str:
        return self.generation.name

    def close(self) -> None:
        """Let go of the hold on the generation; called by itself when unreferenced."""
        self._finalizer()

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are not deleted, or None where all are."""
        return live_documents(self.segments)

    @cached_property
    def everything(self) -> Matches:
        """All documents that are not deleted, with scores of 0."""
        documents = np.arange(self.size, dtype=np.int32)
        if self.live is not None:
            documents = documents[self.live]
        return Matches(documents, np.zeros(len(documents), np.float32))

    @cached_property
    def facets(self) -> Mapping[Facet, FacetColumn]:
        """The columns of all facets."""
        return {Facet(name): facet_column(self.segments, name) for name in Facet}

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """See ``columns.date_column``."""
        return date_column(self.segments)

    @cached_property
    def copies(self) -> Copies:
        """Which documents have the same text."""
        return copies(self.hashes)

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """See ``columns.hash_column``."""
        return hash_column(self.segments)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all segments, to look for near ones."""
        return Vocabulary(self.segments)

    @cached_property
    def terms(self) -> int:
        """How many distinct body stems there are."""
        fields = [one.fields["body"] for one in self.segments if "body" in one.fields]
        if len(fields) == 1:
            return fields[0].terms
        return len(set().union(*(field.texts(0, field.terms) for field in fields)))

    def norms(self, model: BM25, field: str) -> NDArray[np.float32]:
        """What a text field's length does to its frequencies: (N,); see ``weighting``.

        The twin of a field has the same lengths.
        """
        field = field.removesuffix("_exact")
        known = self._norms.get((model, field))
        if known is None:
            lengths = length_column(self.segments, field)
            average = float(lengths.sum(dtype=np.float64)) / self.size or 1.0
            known = self._norms[model, field] = model.norms(lengths, average)
        return known

    def term(self, field: str, text: str) -> Term:
        """Where a term is."""
        key = field, text
        known = self._terms.get(key)
        if known is None:
            if len(self._terms) >= _KEPT_TERMS:
                self._terms.clear()
            known = find_term(self.segments, field, text.encode("utf-8", "surrogatepass"))
            self._terms[key] = known
        return known

    def document_frequency(self, field: str, text: str) -> int:
        """How many documents have the term, deleted ones included."""
        return self.term(field, text).document_frequency

    def row(self, model: BM25, terms: Terms) -> Row:
        """What has one of the terms, scores added up. Terms of facets and ids score nothing."""
        cache = self._rows.get(model)
        if cache is None:
            limit = _ROWS_BYTES + _ROWS_BYTES_A_DOCUMENT * self.size
            cache = self._rows.setdefault(model, Cache(limit))
        row = cache.get(terms)
        if row is None:
            row = self._read(model, terms)
            cache.put(terms, row, size_of(terms, row))
        return row

    def openings(self, field: str, text: str) -> Openings:
        """Where a term stands among the first tokens of articles."""
        key = field, text
        found = self._openings.get(key)
        if found is None:
            found = read_openings(self.segments, self.bases, field, self.term(field, text))
            self._openings.put(key, found, found.nbytes + _OBJECTS_BYTES)
        return found

    def presence(
        self, field: str, words: tuple[str, ...], deadline: float
    ) -> NDArray[np.uint8] | None:
        """How many of the words each document has: (N,), kept; None where the time is up."""
        known = self._presence.get((field, words))
        if known is not None:
            return known
        counts = np.zeros(self.size, np.uint8)
        for word in words:
            if monotonic() > deadline:
                return None
            term = self.term(field, word)
            counts[read_postings(self.segments, self.bases, field, term)[0]] += np.uint8(1)
        self._presence[field, words] = counts
        return counts

    def _read(self, model: BM25, terms: Terms) -> Row:
        found = [(name, self.term(name, text), weight) for name, text, weight in terms]
        postings = sum(term.document_frequency for _, term, _ in found)
        scoring = all(name in TEXT_FIELDS and weight > 0.0 for name, _, weight in found)
        if not scoring or not postings or postings * DENSE < self.size:
            return merged([self._row(model, *term) for term in terms], self.size)
        scored = [
            Scored(
                name,
                term,
                weight * model.idf_of(self.size, term.document_frequency),
                self.norms(model, name),
            )
            for name, term, weight in found
            if term.places
        ]
        row = read_row(self.segments, self.bases, scored, model)
        if self.live is not None:
            row = row.where(self.live[row.documents])
        return Row(row.documents, row.scores, self.size)

    def _row(self, model: BM25, field: str, text: str, weight: float) -> Matches:
        term = self.term(field, text)
        if not term.places:
            return nothing()
        documents, frequencies = read_postings(self.segments, self.bases, field, term)
        if field in TEXT_FIELDS:
            norms = self.norms(model, field).take(documents)
            idf = model.idf_of(self.size, term.document_frequency)
            first = first_positions(self.segments, field, term) if model.leads(field) else None
            scores = model.scores(frequencies, norms, weight * idf, first)
        else:
            scores = np.zeros(len(documents), np.float32)
        row = Matches(documents, scores)
        return row if self.live is None else row.where(self.live[documents])

    def expand(self, field: str, prefix: str, deadline: float) -> Expansion:
        """The terms with the prefix, read segment by segment until ``deadline`` (monotonic)."""
        start = prefix.encode("utf-8", "surrogatepass")
        found: dict[bytes, int] = {}
        complete = True
        for segment in self.segments:
            if monotonic() > deadline:
                complete = False
                break
            index = segment.fields.get(field)
            if index is None:
                continue
            first, last = index.with_prefix(start)
            counts = index.document_frequencies(first, last).tolist()
            for text, count in zip(index.texts(first, last), counts, strict=True):
                found[text] = found.get(text, 0) + count
        terms = [(text.decode("utf-8", "surrogatepass"), count) for text, count in found.items()]
        terms.sort(key=lambda pair: (-pair[1], pair[0]))
        return Expansion(tuple(terms), complete)

    def commonest(self, field: str, prefix: str, deadline: float) -> tuple[Expansion, int]:
        """The ``MAX_EXPANSIONS`` commonest terms with the prefix, and how many there are."""
        key = (field, prefix)
        known = self._expansions.get(key)
        if known is None:
            found = self.expand(field, prefix, deadline)
            known = Expansion(found.terms[:MAX_EXPANSIONS], found.complete), len(found.terms)
            if found.complete:
                if len(self._expansions) >= _KEPT_EXPANSIONS:
                    self._expansions.clear()
                self._expansions[key] = known
        return known

    def with_prefix(self, field: str, prefix: str) -> NDArray[np.bool_]:
        """Which documents, deleted ones included, have any term with the prefix: (N,)."""
        start = prefix.encode("utf-8", "surrogatepass")
        mask = np.zeros(self.size, np.bool_)
        for base, segment in zip(self.bases, self.segments, strict=True):
            index = segment.fields.get(field)
            if index is not None:
                inside = mask[base : base + segment.size]
                inside[index.documents_between(*index.with_prefix(start))] = True
        return mask

    def positions(self, place: Place, field: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Where the positions of each posting of a term begin, (n + 1,), and all positions."""
        return self.segments[place.segment].fields[field].positions(place.ordinal)

    def number_of(self, article_id: str) -> int | None:
        """The document number of an article."""
        term = find_term(self.segments, "id", article_id.encode("utf-8", "surrogatepass"))
        if not term.places:
            return None
        for number in read_postings(self.segments, self.bases, "id", term)[0].tolist():
            if self.live is None or self.live[number]:
                return int(number)
        return None

    def article(self, number: int) -> Article:
        """The stored article of a document."""
        return article(self.stored(number))

    def hit(self, number: int) -> dict[str, Any]:
        """The stored values of a document but for its body."""
        segment, within = self._place(number)
        return segment.documents.hit(within)

    def stored(self, number: int) -> dict[str, Any]:
        """The stored values of a document."""
        segment, within = self._place(number)
        return segment.documents.stored(within)

    def _place(self, number: int) -> tuple[SegmentReader, int]:
        place = bisect_right(self.bases, number) - 1
        return self.segments[place], number - self.bases[place]

    @cached_property
    def whoosh(self) -> Index:
        """The generation as Whoosh opens it, for queries without an array form."""
        return whoosh_index.open_dir(str(self.generation.path), readonly=True)
