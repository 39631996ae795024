"""One published generation, opened for searching: Whoosh's readers and what is read up front."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh.reading import IndexReader

from index.analysis import analysis
from index.article import Article
from index.build.documents import article
from index.schema import FACETS
from index.store import Generation, Store
from search.local.columns import (
    FacetColumn,
    date_column,
    facet_column,
    hash_column,
    length_column,
)
from search.local.postings import Postings, PostingsCache, read_postings
from search.request import Facet

MAX_EXPANSIONS = 64
"""How many terms a prefix stands for, the commonest ones."""

_KEPT_EXPANSIONS = 500
_CHECK_EVERY = 256

TEXT_FIELDS = ("title", "title_exact", "body", "body_exact")


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms with document frequencies, the commonest first; not ``complete`` at a deadline."""

    terms: tuple[tuple[str, int], ...]
    complete: bool


class Snapshot:
    """An immutable view of a generation, shared by threads; it never changes while it is held.

    ``size`` counts documents, deleted ones included; arrays have that length. ``live``: (N,) bool.
    """

    def __init__(self, path: Path) -> None:
        generation = Store(path).open_current()
        self.generation: Generation = generation
        self.analysis = analysis(generation.words)
        index = whoosh_index.open_dir(str(generation.path))
        self.reader: IndexReader = index.reader()
        self.segments = len(self.reader.leaf_readers())
        # Whoosh's readers share file positions between matchers.
        self.lock = threading.RLock()
        self._leaves: list[tuple[IndexReader, int]] = self.reader.leaf_readers()
        self.size: int = self.reader.doc_count_all()
        self._cache = PostingsCache()
        self._expansions: dict[tuple[str, str], tuple[Expansion, int]] = {}
        self._finalizer = weakref.finalize(self, _close, self.reader, generation)

    def load(self) -> None:
        """Read what every search needs, so that no search's time goes into it."""
        for array in ("live", "facets", "dates", "hashes", "lengths", "averages"):
            getattr(self, array)

    @property
    def name(self) -> str:
        return self.generation.name

    def close(self) -> None:
        """Let go of files and of the hold on the generation; called by itself when unreferenced."""
        self._finalizer()

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which documents are not deleted."""
        with self.lock:
            live = np.zeros(self.size, np.bool_)
            live[np.fromiter(self.reader.all_doc_ids(), np.int64)] = True
            return live

    @cached_property
    def facets(self) -> Mapping[Facet, FacetColumn]:
        """The columns of all facets."""
        with self.lock:
            return {Facet(name): facet_column(self._leaves, self.size, name) for name in FACETS}

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """See ``columns.date_column``."""
        with self.lock:
            return date_column(self._leaves, self.size)

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """See ``columns.hash_column``."""
        with self.lock:
            return hash_column(self._leaves, self.size)

    @cached_property
    def lengths(self) -> Mapping[str, NDArray[np.float32]]:
        """The lengths of every text field; the twin of a field has the same."""
        with self.lock:
            title = length_column(self._leaves, self.size, "title")
            body = length_column(self._leaves, self.size, "body")
        return {"title": title, "title_exact": title, "body": body, "body_exact": body}

    @cached_property
    def averages(self) -> Mapping[str, float]:
        """The mean length of every text field over all documents."""
        with self.lock:
            return {
                field: (self.reader.field_length(field) / self.size if self.size else 0.0) or 1.0
                for field in TEXT_FIELDS
            }

    @cached_property
    def terms(self) -> int:
        """How many distinct body stems there are."""
        with self.lock:
            return sum(1 for _ in self.reader.lexicon("body"))

    def document_frequency(self, field: str, term: str) -> int:
        """How many documents have the term, deleted ones included."""
        with self.lock:
            return int(self.reader.doc_frequency(field, term))

    def postings(self, field: str, term: str, deadline: float) -> Postings:
        """Documents and frequencies of a term; cut short (``complete`` false) at the deadline."""
        found = self._cache.get((field, term))
        if found is None:
            with self.lock:
                found = read_postings(self._leaves, field, term, deadline)
            if found.complete:
                self._cache.put((field, term), found)
        return found

    def positions(self, field: str, term: str, documents: NDArray[np.uint32]) -> list[list[int]]:
        """The term's positions in each of the documents, which ascend and all have it."""
        found: list[list[int]] = []
        with self.lock:
            for reader, offset in self._leaves:
                upper = offset + reader.doc_count_all()
                inside = documents[(documents >= offset) & (documents < upper)]
                if not len(inside):
                    continue
                matcher = reader.postings(field, term)
                for number in inside.tolist():
                    matcher.skip_to(number - offset)
                    found.append(matcher.value_as("positions"))
        return found

    def expand(self, field: str, prefix: str, deadline: float) -> Expansion:
        """The terms with the prefix, read until ``deadline`` (of ``time.monotonic``)."""
        found: list[tuple[str, int]] = []
        complete = True
        with self.lock:
            for text, info in self.reader.iter_prefix(field, prefix):
                if len(found) % _CHECK_EVERY == 0 and monotonic() > deadline:
                    complete = False
                    break
                found.append((text.decode("utf-8"), int(info.doc_frequency())))
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return Expansion(tuple(found), complete)

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

    def number_of(self, article_id: str) -> int | None:
        """The document number of an article."""
        with self.lock:
            if ("id", article_id) not in self.reader:
                return None
            return next(iter(self.reader.postings("id", article_id).all_ids()), None)

    def article(self, number: int) -> Article:
        """The stored article of a document."""
        with self.lock:
            return article(self.reader.stored_fields(number))


def _close(reader: IndexReader, generation: Generation) -> None:
    reader.close()
    generation.hold.close()
