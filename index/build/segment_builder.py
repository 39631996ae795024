"""Articles to finished segments, in batches.

Texts become arrays of term ids at once (``index.analysis.bulk``); stored values are packed and
written as they come; when as many tokens wait as memory allows, they are inverted and the segment
is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from sys import getsizeof
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage, Storage

from index.analysis import UserWords, analysis, fold_value
from index.analysis.bulk import Encoder, Names
from index.article import Article
from index.build.inversion import (
    Batch,
    Vocabulary,
    batch,
    invert,
    invert_numbers,
    invert_values,
    room_for,
    sorting,
    used_in,
    vocabulary,
)
from index.build.tiers import LARGEST
from index.clock import microseconds
from index.derived import Deriving, Told, told_by_encoder
from index.derived.sentences import Sentences, joined, of_encoded
from index.fields import EXACT, FACETS, TEXTS
from index.kernels import kernel
from index.schema import ABSENT_DATE, DATE_STEP, INDEX_NAME
from index.segments import documents as documents_file
from index.segments import postings as postings_file
from index.segments.container import ContainerWriter
from index.segments.documents import NUMBER
from index.segments.documents_writer import (
    StoredWriter,
    write_lengths,
    write_numbers,
    write_ordinals,
)
from index.segments.postings_writer import FieldArrays, write_field
from index.segments.segment import ArraySegment
from index.stored_values import hashes_of_bytes, stored_parts, stored_values

_TOKEN_BYTES = 32 if kernel("inversion") is None else 21
"""Memory that a waiting token needs, with what the sort of its field takes and what is derived of
it (measured)."""

PROCESS_BYTES = 60 << 20
"""Memory of a process with the analysis loaded that has indexed nothing yet (measured)."""

_FLUSH_BYTES = 24 << 20
"""What completing a segment takes of any size, with what is not given back to the system after the
ones before (measured)."""

LEAST_BYTES = 6 << 20
"""What a segment may always take: smaller ones would be merged more often than is worth it."""

_ARTICLE_BYTES = 500
"""Memory of a waiting article's objects, their texts apart."""

_MOST_NUMBERS = (1 << 32) - 1

_SIGN = np.uint64(1 << 63)

_facets = attrgetter(*FACETS)

Array = NDArray[Any]


class SegmentBuilder:
    """Writes segments into a directory or another ``storage``. Not safe under threads.

    ``memory``, in bytes, is that of this process. ``segments``: those that are complete, of
    ``tiers.LARGEST`` articles at the most. ``encoder``: one that knows words already, of the same
    analysis. Without ``learning`` nothing is derived: whoever needs it derives it of the segment.
    """

    def __init__(
        self,
        storage: Path | Storage,
        words: UserWords,
        memory: int,
        *,
        encoder: Encoder | None = None,
        learning: bool = True,
    ) -> None:
        self.storage = FileStorage(str(storage)) if isinstance(storage, Path) else storage
        self._analysis = analysis(words)
        self._encoder = Encoder(self._analysis) if encoder is None else encoder
        self._learning = learning
        self._sort = sorting()
        self._memory = max(memory - PROCESS_BYTES - _FLUSH_BYTES, LEAST_BYTES)
        self.segments: list[ArraySegment] = []
        self._begin()

    def _begin(self) -> None:
        self._segment: ArraySegment | None = None
        self._articles = 0
        self._tokens = 0
        self._held = 0  # bytes of what is kept of articles beside their tokens
        self._lengths: dict[str, list[Array]] = {field: [] for field in TEXTS}
        self._stems: dict[str, list[Batch]] = {field: [] for field in TEXTS}
        self._surfaces: dict[str, list[Batch]] = {field: [] for field in TEXTS}
        self._sentences: list[Sentences] = []
        self._ids: list[bytes] = []
        self._dates: list[int] = []
        self._hashes: list[NDArray[np.uint64]] = []
        self._numbers: list[int] = []
        self._facets: dict[str, list[str | None]] = {name: [] for name in FACETS}

    def close(self) -> None:
        """Let go of a segment that will not be completed."""
        if self._segment is not None:
            self._writer.close()

    def add(self, articles: Sequence[Article], first: int | None = None) -> None:
        """Add a batch of articles, whole: a segment is completed before or after it.

        ``first``: the place of the first of them in the order of reading, where that is known.
        """
        if self._articles and self._articles + len(articles) > LARGEST:
            self.flush()
        if self._segment is None:
            segment = ArraySegment(INDEX_NAME)
            name = segment.make_filename(documents_file.EXTENSION)
            self._writer = ContainerWriter(self.storage, name, documents_file.KIND)
            self._segment = segment  # Now there is something to be closed.
            self._stored = StoredWriter(self._writer)
        bodies = self._store(articles)
        self._hashes.append(hashes_of_bytes(bodies))
        self._held += _ARTICLE_BYTES * len(articles)
        self._ids += [article.id.encode("utf-8") for article in articles]
        dates = [article.date for article in articles]
        self._dates += [ABSENT_DATE if date is None else microseconds(date) for date in dates]
        for name, values in self._facets.items():
            values.extend(map(attrgetter(name), articles))
        titles = ["" if article.derived_title else article.title for article in articles]
        texts: tuple[Sequence[str | bytes], ...] = titles, bodies
        for field, of_field in zip(TEXTS, texts, strict=True):
            encoded = self._encoder.encode(of_field)
            self._lengths[field].append(encoded.counts)
            self._stems[field].append(batch(encoded.stems, encoded.counts, self._sort))
            self._surfaces[field].append(batch(encoded.surfaces, encoded.counts, self._sort))
            self._tokens += len(encoded.stems)
            if field == "body":
                self._sentences.append(of_encoded(encoded))
        self._articles += len(articles)
        if first is not None and first + len(articles) <= _MOST_NUMBERS:
            self._numbers += range(first, first + len(articles))
        vocabulary = self._encoder.kept_bytes
        waiting = self._tokens * _TOKEN_BYTES + self._held
        if waiting > max(self._memory - vocabulary, LEAST_BYTES):
            self.flush()
            if 2 * vocabulary > self._memory:
                self._encoder = Encoder(self._analysis)

    def _store(self, articles: Sequence[Article]) -> list[bytes]:
        """Keep the articles' values to give back; their texts, which are returned.

        They, ids and facets are held, the objects of articles apart: so many bytes at the most.
        """
        bodies: list[bytes] = []
        records: list[bytes] = []
        for article, parts in zip(articles, stored_parts(articles), strict=True):
            if parts is not None:
                records.append(parts[0])
                bodies.append(parts[1])
                continue
            self._store_plain(records, bodies)
            records = []
            bodies.append(article.body.encode("utf-8", "surrogatepass"))
            self._held += 2 * self._stored.add(stored_values(article))
            # Bulky values are written at once, but the facets among them wait here, too.
            self._held += sum([getsizeof(value) for value in _facets(article)])
        self._store_plain(records, bodies)
        return bodies

    def _store_plain(self, records: Sequence[bytes], bodies: Sequence[bytes]) -> None:
        """Keep records, and the last of the bodies, which they tell of."""
        if records:
            self._stored.add_parts(records, bodies[-len(records) :])
            self._held += 2 * sum(map(len, records))

    def flush(self) -> None:
        """Complete the segment of the articles that wait, if any do."""
        deriving = self.write()
        if deriving is not None:
            deriving.finish()

    def write(self) -> Deriving | None:
        """The same, but for what is learned of it, which is given back; None where nothing waits.

        The caller is to finish that before more is added. The segment is among ``segments``, and
        can be opened.
        """
        segment = self._segment
        if segment is None:
            return None
        dates = np.array(self._dates, np.uint64)
        name = segment.make_filename(postings_file.EXTENSION)
        writer = ContainerWriter(self.storage, name, postings_file.KIND)
        facts = [
            write_field(writer, number, invert_field(), self._articles)
            for number, (_, invert_field) in enumerate(sorted(self._fields(dates).items()))
        ]
        writer.finish({"segment": segment.segment_id(), "fields": facts})
        self._finish_documents(segment, dates)
        segment.set_doc_count(self._articles)
        deriving = None
        if self._learning:
            told = partial(_told, self._encoder, self._sentences)
            deriving = Deriving(self.storage, segment, told)
        self.segments.append(segment)
        self._begin()
        return deriving

    def _fields(self, dates: Array) -> dict[str, Callable[[], FieldArrays]]:
        """What inverts each field; its batches are let go of then."""
        stems = _vocabulary(self._encoder.stem_names, self._stems)
        surfaces = _vocabulary(self._encoder.surface_names, self._surfaces)
        room = room_for([*self._stems.values(), *self._surfaces.values()])

        def text(field: str, names: Vocabulary, batches: list[Batch]) -> FieldArrays:
            inverted = invert(field, names, batches, room)
            batches.clear()
            return inverted

        def facet(field: str) -> FieldArrays:
            values = self._facets[field]
            folded = {v: None if v is None else fold_value(v).encode("utf-8") for v in set(values)}
            return invert_values(field, [folded[value] for value in values])

        present = dates != np.uint64(ABSENT_DATE)
        return {
            "id": partial(invert_values, "id", self._ids),
            "date": partial(invert_numbers, "date", dates ^ _SIGN, present, DATE_STEP),
            **{field: partial(facet, field) for field in FACETS},
            **{field: partial(text, field, stems, self._stems[field]) for field in TEXTS},
            **{
                field + EXACT: partial(text, field + EXACT, surfaces, self._surfaces[field])
                for field in TEXTS
            },
        }

    def _finish_documents(self, segment: ArraySegment, dates: Array) -> None:
        self._stored.finish()
        writer = self._writer
        lengths = {field: np.concatenate(self._lengths[field]) for field in TEXTS}
        lengths |= {field + EXACT: counts for field, counts in lengths.items()}
        columns = {
            "date": write_numbers(writer, "date", dates, ABSENT_DATE),
            "text_hash": write_numbers(writer, "text_hash", np.concatenate(self._hashes), 0),
        }
        if len(self._numbers) == self._articles:
            numbers = np.array(self._numbers, np.uint32)
            columns[NUMBER] = write_numbers(writer, NUMBER, numbers, _MOST_NUMBERS)
        for facet, values in self._facets.items():
            packed = {v: (v or "").encode("utf-8") for v in set(values)}
            columns[facet] = write_ordinals(writer, facet, [packed[value] for value in values])
        writer.finish(
            {
                "segment": segment.segment_id(),
                "documents": self._articles,
                "lengths": write_lengths(writer, lengths),
                "columns": columns,
                "vectors": {},
            }
        )


def _told(encoder: Encoder, sentences: Sequence[Sentences]) -> Told:
    return told_by_encoder(encoder.written, encoder.chunks, joined(sentences))


def _vocabulary(names: Names, fields: Mapping[str, Sequence[Batch]]) -> Vocabulary:
    """The terms of some fields; an encoder may know many more."""
    return vocabulary(names, used_in(fields.values(), names.count))
