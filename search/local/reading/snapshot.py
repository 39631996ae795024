"""One published generation, opened for searching: its segments side by side."""

from __future__ import annotations

import re
import weakref
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from whoosh import reading as whoosh_reading
from whoosh.filedb.filestore import Storage
from whoosh.scoring import WeightingModel
from whoosh.searching import Searcher

from index.analysis import TextAnalysis, analysis
from index.article import Article
from index.derived import Sentences, sentences_of
from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS, Facet
from index.generation import Generation
from index.glued import Glued, read_glued
from index.glued.table import FILE as GLUED
from index.kept import kept
from index.kernels import kernel
from index.reading_errors import system_errors_of
from index.schema import schema as schema_of
from index.segments.mapping import MappedFiles
from index.segments.reader import SegmentReader, open_segment
from index.segments.records import no_values
from index.segments.toc import read_segments
from index.store import Store
from index.stored_values import article, checked
from search.budget import COMPARED, LOOKED_UP, POSITION, TERM
from search.local.plain.memo import Memo
from search.local.reading.columns import Columns
from search.local.reading.dictionary import Dictionary
from search.local.reading.runs import Runs
from search.local.reading.terms import find_term, read_postings

if TYPE_CHECKING:
    from index.kernels.shelf import Shelf
    from index.kernels.verbatim import Standing
    from search.local.completing.bodies import Bodies

_positions, _verbatim = kernel("positions"), kernel("verbatim")
_shelf = kernel("shelf")

CHECKED_BYTES = 1 << 29
"""What is read of a new generation before it takes the place of an open one: about 0.5 s."""


def _require_positions(segment: SegmentReader) -> None:
    """Raise ``FileDamaged`` where a field of text does not say where its terms stand."""
    for name in (one + suffix for one in TEXTS for suffix in ("", EXACT)):
        field = segment.fields.get(name)
        if field is not None and not field.has_positions:
            raise FileDamaged(segment.container.name, f"the field {name} has no positions")


def _are_same(one: Path, other: Path, name: str) -> bool:
    """Whether the file is a hard link of the other directory's."""
    try:
        return (one / name).samefile(other / name)
    except OSError:
        return False


Shown = tuple[str, str, str, datetime | None, str | None, Mapping[Facet, str], int | None]
"""Id, title, title as HTML, date in UTC, address and facets of an article.

And the bytes of its body where that stands alone. Nobody changes the facets: articles share them.
"""

_SHOWN_BYTES = 16 << 20
"""Some 15,000 articles: the best of many questions are the same."""
_OF_AN_ARTICLE = 600

_SIGNS = re.compile("[&<>\"']")
"""What HTML has another form of; most titles have none."""

_FACETS = tuple((facet, facet.value) for facet in Facet)
"""Going over the members of an enumeration takes longer than all else that is done with them."""


def _shown(stored: Mapping[str, Any]) -> Shown:
    date: datetime | None = stored.get("date")
    title: str = stored["title"]
    return (
        stored["id"],
        title,
        escape(title) if _SIGNS.search(title) else title,
        None if date is None else date.replace(tzinfo=UTC),
        stored.get("url"),
        {facet: stored[name] for facet, name in _FACETS if stored.get(name) is not None},
        None,
    )


class Snapshot:
    """An immutable view of a generation, shared by threads; it never changes while it is held.

    ``size`` counts documents, deleted ones included; arrays have that length. Documents are
    numbered through all segments: those of segment i begin at ``bases[i]``. Files are mapped, and
    nothing is read of them before it is needed. All but the constructor raise ``FileDamaged``.
    ``bodies``: who answers for the postings of bodies where these are not here.
    """

    bodies: Bodies | None = None

    def __init__(self, path: Path) -> None:
        """Open the generation in use. Raises ``IndexUnusable``."""
        generation = Store(path).open_current()
        self.generation: Generation = generation
        try:
            # All that is read later is opened now, so that it stays whatever becomes of its files.
            files = MappedFiles(generation.path)
            with generation.reading(), system_errors_of(path):
                segments = [open_segment(files, one) for one in read_segments(generation.path)]
                for one in segments:
                    _require_positions(one)
                    with suppress(FileMissing):
                        _ = one.derived
                with suppress(FileMissing):
                    files.mapped(GLUED)
        except BaseException:
            generation.close()
            raise
        self.files = files
        self._hold(generation.name, files, segments, analysis(generation.words))
        self._finalizer = weakref.finalize(self, generation.close)

    def _hold(
        self, name: str, files: Storage, segments: list[SegmentReader], how: TextAnalysis
    ) -> None:
        """Put the segments side by side."""
        self.name = name
        self._storage = files
        self.segments: list[SegmentReader] = segments
        self.analysis = how
        *bases, size = accumulate((one.size for one in self.segments), initial=0)
        self.bases: list[int] = bases
        self.size: int = size
        self.columns = Columns(self.segments, size)
        self.dictionary = Dictionary(self.segments, bases, size)
        self.runs = Runs(self.segments, bases)
        self._sentences: dict[int, Sentences] = {}
        self._across: dict[str, Any] = {}
        self._standing: dict[str, Standing] = {}

    def require_intact(self, before: Snapshot) -> None:
        """Verify what is not in the files of another generation, before this takes its place.

        Up to ``CHECKED_BYTES``; what lies behind is verified when it is read. Raises
        ``FileDamaged``.
        """
        left = CHECKED_BYTES
        for one in self.segments:
            containers = [one.documents.container, one.container]
            with suppress(FileMissing):
                containers.append(one.derived)
            for container in containers:
                if _are_same(self.generation.path, before.generation.path, container.name):
                    continue
                left -= container.nbytes
                if left < 0:
                    return
                container.verify()

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
        place = bisect_right(self.bases, number) - 1
        documents = self.segments[place].documents
        return checked(
            documents.container.name, documents.hit(number - self.bases[place]), body=False
        )

    def listed(self, numbers: list[int]) -> Sequence[Shown]:
        """What lists of hits show of documents; kept."""
        shelf = self.shelf
        if shelf is not None:
            return shelf.several(numbers, self.shown)
        known = self._memo.several(numbers)
        return [
            self._put(number) if found is None else found
            for number, found in zip(numbers, known, strict=True)
        ]

    def bodies_of(self, numbers: list[int], shown: Sequence[Shown]) -> list[str | bytes]:
        """The bodies of documents of which ``listed`` gave that: strings or, unchecked, UTF-8."""
        found: list[str | bytes] = [b""] * len(numbers)
        alone: dict[int, list[int]] = {}
        for at, (number, (*_, size)) in enumerate(zip(numbers, shown, strict=True)):
            if size is None:
                found[at] = self.stored(number)["body"]
            else:
                alone.setdefault(bisect_right(self.bases, number) - 1, []).append(at)
        for place, some in alone.items():
            base, documents = self.bases[place], self.segments[place].documents
            sizes = [cast("int", shown[at][-1]) for at in some]
            texts = documents.texts([numbers[at] - base for at in some], sizes)
            for at, text in zip(some, texts, strict=True):
                found[at] = text
        return found

    def shown(self, number: int) -> Shown:
        """What is shown of a document, from all of its stored values."""
        return _shown(self.hit(number))

    def _put(self, number: int) -> Shown:
        """The same; kept."""
        found = self.shown(number)
        size = len(found[1]) + len(found[4] or "")
        self._memo.put(number, found, _OF_AN_ARTICLE + 4 * size)
        return found

    @kept
    def _memo(self) -> Memo[int, Shown]:
        """What keeps what is shown of documents where no ``shelf`` does."""
        return Memo(_SHOWN_BYTES)

    @kept
    def shelf(self) -> Shelf[Facet] | None:
        """What finds and keeps what is shown of most documents; None without the kernel."""
        if _shelf is None:
            return None
        segments = [
            (one.documents.listed, base)
            for base, one in zip(self.bases, self.segments, strict=True)
        ]
        shelf: Shelf[Facet] = _shelf.Shelf(segments, _SHOWN_BYTES, _OF_AN_ARTICLE)
        return shelf

    def text(self, number: int, body: str | bytes) -> str:
        """A body that ``bodies_of`` gave of a document as a string."""
        if isinstance(body, str):
            return body
        try:
            return body.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            place = bisect_right(self.bases, number) - 1
            name = self.segments[place].documents.container.name
            raise no_values(name, number - self.bases[place]) from None

    def stored(self, number: int) -> dict[str, Any]:
        """The stored values of a document."""
        place = bisect_right(self.bases, number) - 1
        documents = self.segments[place].documents
        return checked(
            documents.container.name, documents.stored(number - self.bases[place]), body=True
        )

    @cached_property
    def glued(self) -> Glued:
        """The words of the generation that lack a blank between their parts."""
        return read_glued(self._storage, self.segments, self.analysis)

    def across(self, field: str) -> Any:
        """A field through all segments as the kernel ``positions`` finds terms in it; kept."""
        found = self._across.get(field)
        if found is None:
            found = self._across[field] = _positions.Across(self.dictionary.lookup(field))
        return found

    def standing(self, field: str) -> Standing | None:
        """A field through all segments as the kernel ``verbatim`` reads it; None without; kept."""
        found = self._standing.get(field)
        if found is None and _verbatim is not None:
            segments = [
                (base, one.size, one.deleted)
                for base, one in zip(self.bases, self.segments, strict=True)
            ]
            prices = LOOKED_UP, TERM, COMPARED, POSITION
            found = self._standing[field] = _verbatim.Standing(
                self.dictionary.lookup(field), segments, prices
            )
        return found

    def sentences(self, segment: int) -> Sentences:
        """The sentences of a segment, by its number; kept, as reading bodies for them is slow."""
        if segment not in self._sentences:
            self._sentences[segment] = sentences_of(self.segments[segment], self.analysis)
        return self._sentences[segment]

    @property
    def written(self) -> tuple[Storage, list[SegmentReader]]:
        """The files that Whoosh reads."""
        return self._storage, self.segments

    def whoosh(self, weighting: WeightingModel) -> Searcher:
        """The generation as Whoosh searches it, for queries without an array form.

        It is not opened as Whoosh would: that unpickles whatever the table of contents holds.
        """
        schema = schema_of(self.analysis.words.digest)
        storage, segments = self.written
        readers = [whoosh_reading.SegmentReader(storage, schema, one.segment) for one in segments]
        reader = (
            whoosh_reading.MultiReader(readers) if readers else whoosh_reading.EmptyReader(schema)
        )
        return Searcher(reader, weighting=weighting)
