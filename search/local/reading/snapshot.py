"""One published generation, opened for searching: its segments side by side."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index

from index.analysis import analysis
from index.article import Article
from index.build.stored_values import article
from index.generation import Generation
from index.glued import Glued, read_glued
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments
from index.store import Store
from search.local.reading.columns import Columns
from search.local.reading.dictionary import Dictionary
from search.local.reading.terms import find_term, read_postings


class Snapshot:
    """An immutable view of a generation, shared by threads; it never changes while it is held.

    ``size`` counts documents, deleted ones included; arrays have that length. Documents are
    numbered through all segments: those of segment i begin at ``bases[i]``. Files are mapped, and
    nothing is read of them before it is needed. All but the constructor raise ``FileDamaged``.
    """

    def __init__(self, path: Path) -> None:
        """Open the generation in use. Raises ``IndexDirectoryError``."""
        generation = Store(path).open_current()
        self.generation: Generation = generation
        self.name = generation.name
        self.analysis = analysis(generation.words)
        try:
            storage = FileStorage(str(generation.path))
            with generation.reading():
                self.segments: list[SegmentReader] = [
                    open_segment(storage, segment) for segment in read_segments(generation.path)
                ]
        except BaseException:
            generation.close()
            raise
        *bases, size = accumulate((one.size for one in self.segments), initial=0)
        self.bases: list[int] = bases
        self.size: int = size
        self.columns = Columns(self.segments, size)
        self.dictionary = Dictionary(self.segments, bases, size)
        self._finalizer = weakref.finalize(self, generation.close)

    def close(self) -> None:
        """Let go of the hold on the generation; called by itself when unreferenced."""
        self._finalizer()

    def number_of(self, article_id: str) -> int | None:
        """The document number of an article."""
        term = find_term(self.segments, "id", article_id.encode("utf-8", "surrogatepass"))
        if not term.places:
            return None
        live = self.columns.live
        for number in read_postings(self.segments, self.bases, "id", term)[0].tolist():
            if live is None or live[number]:
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
    def glued(self) -> Glued:
        """The words of the generation that lack a blank between their parts."""
        return read_glued(self.generation.path, self.segments, self.analysis)

    @cached_property
    def whoosh(self) -> Index:
        """The generation as Whoosh opens it, for queries without an array form."""
        return whoosh_index.open_dir(str(self.generation.path), readonly=True)
