"""A segment of a few articles in memory: its texts inverted at once, all else as it is asked for.

It has what a segment of files has (``index.segments``), but that nothing is written, compressed and
checked on the way. What few questions need, as the terms of dates, is read of a segment that is
made of the same articles as every other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage, Storage

from index.analysis import TextAnalysis
from index.article import Article
from index.build.inversion import Sort, sorting
from index.build.segment_builder import SegmentBuilder
from index.clock import microseconds
from index.derived.sentences import Sentences
from index.fields import EXACT, FACETS, TEXTS
from index.schema import ABSENT_DATE, INDEX_NAME
from index.segments.container import Container
from index.segments.documents import Documents
from index.segments.postings import KEY_STEP, FieldIndex
from index.segments.postings_writer import FieldArrays, offsets, write_postings
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment
from index.stored_values import stored_values
from search.opensearch.vocabulary import Ids, Read, Terms, Vocabulary

_NAME = "head"
_MEMORY = 1 << 28
"""Bytes for a segment of files, of which it takes the least part."""

_OTHERS = frozenset({"id", "date", *FACETS})

Array = NDArray[Any]


class HeadSegment:
    """The segment of articles, numbered in their order: ``reader``. Not safe under threads."""

    def __init__(self, articles: Sequence[Article], how: TextAnalysis, known: Vocabulary) -> None:
        self._articles = articles
        self._how = how
        self._read = read = known.read(articles)
        counts = {
            "title": np.array([len(one.title.stems) for one in read], np.int64),
            "body": np.array([len(one.body.stems) for one in read], np.int64),
        }
        storage, segment = RamStorage(), ArraySegment(INDEX_NAME)
        segment.set_doc_count(len(articles))
        fields = _Fields(_texts(read, counts, known), self)
        documents = _HeadDocuments(articles, read, counts)
        self.reader = SegmentReader(
            storage, segment, len(articles), None, fields, documents, documents.container
        )

    @cached_property
    def written(self) -> tuple[Storage, list[SegmentReader]]:
        """The same articles as a segment of files, which are in memory."""
        storage = RamStorage()
        builder = SegmentBuilder(storage, self._how.words, _MEMORY, learning=False)
        builder.add(self._articles)
        builder.flush()
        return storage, [open_segment(storage, one) for one in builder.segments]

    @cached_property
    def sentences(self) -> Sentences:
        """Where those of the bodies begin."""
        begins = [one.body.begins for one in self._read]
        counts = np.array([len(one) for one in begins], np.int64)
        return Sentences(counts, np.concatenate(begins))


class _Fields(Mapping[str, FieldIndex]):
    """The fields of texts, and the others when they are asked for."""

    def __init__(self, texts: Mapping[str, FieldIndex], segment: HeadSegment) -> None:
        self._texts = texts
        self._segment = segment

    def __getitem__(self, name: str) -> FieldIndex:
        found = self._texts.get(name)
        if found is None:
            if name not in _OTHERS:
                raise KeyError(name)
            (written,) = self._segment.written[1]
            found = written.fields[name]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter([*self._texts, *_OTHERS])

    def __len__(self) -> int:
        return len(self._texts) + len(_OTHERS)


class _HeadDocuments(Documents):
    """What a segment keeps of documents, by the articles themselves."""

    listed = None

    def __init__(
        self, articles: Sequence[Article], read: Sequence[Read], counts: Mapping[str, Array]
    ) -> None:
        self.container = Container.held(_NAME, {})
        self.size = len(articles)
        self.columns = {
            "date": {"absent": ABSENT_DATE},
            "text_hash": {},
            **{name: {} for name in FACETS},
        }
        self._articles = articles
        self._read = read
        self._counts = counts

    def has_lengths(self, field: str) -> bool:
        return field.removesuffix(EXACT) in self._counts

    def lengths(self, field: str) -> Array:
        return self._counts[field.removesuffix(EXACT)]

    def numbers(self, field: str) -> Array:
        if field == "text_hash":
            return np.array([one.text_hash for one in self._read], np.uint64)
        dates = [one.date for one in self._articles]
        return np.array(
            [ABSENT_DATE if one is None else microseconds(one) for one in dates], np.uint64
        )

    def ordinals(self, field: str) -> tuple[Array, list[bytes]]:
        given = [(getattr(one, field) or "").encode("utf-8") for one in self._articles]
        distinct = sorted(set(given))
        places = {value: number for number, value in enumerate(distinct)}
        return np.array([places[value] for value in given], np.uint32), distinct

    def stored(self, number: int) -> dict[str, Any]:
        return stored_values(self._articles[number])

    def hit(self, number: int) -> dict[str, Any]:
        values = self.stored(number)
        del values["body"]
        return values


def _texts(
    read: Sequence[Read], counts: Mapping[str, Array], known: Vocabulary
) -> dict[str, FieldIndex]:
    """The fields of texts, stems and surface forms."""
    sort, fields = sorting(), {}
    tokens = {name: [getattr(one, name) for one in read] for name in TEXTS}
    for suffix, terms, part in (("", known.stems, "stems"), (EXACT, known.surfaces, "surfaces")):
        ids = {name: np.concatenate([getattr(one, part) for one in tokens[name]]) for name in TEXTS}
        used = np.zeros(len(terms.lengths), np.bool_)
        for some in ids.values():
            used[some] = True
        order = terms.in_order(np.flatnonzero(used))
        places = np.empty(len(used), np.uint32)
        places[order] = np.arange(len(order), dtype=np.uint32)
        for name in TEXTS:
            ranked = places[ids[name]]
            fields[name + suffix] = _field(name + suffix, ranked, counts[name], order, terms, sort)
    return fields


def _field(  # noqa: PLR0917 - what a field is made of
    name: str, ranked: Ids, counts: Array, order: Array, terms: Terms, sort: Sort
) -> FieldIndex:
    """A field of the tokens ``ranked``, (t,): the places of their ids in ``order``."""
    ranks, postings, occurrences, numbers, frequencies, positions = sort(ranked, counts)
    ids = order[ranks]
    names = terms.names
    text = b"".join([names[one] for one in ids.tolist()])
    sections = _Sections()
    sections.add("0.text", np.frombuffer(text, np.uint8))
    sections.add("0.text_at", offsets(terms.lengths[ids]))
    sections.add("0.keys", terms.keys(ids[::KEY_STEP]))
    sections.add("0.posting_at", offsets(postings))
    arrays = FieldArrays(
        name,
        (),
        postings,
        numbers,
        frequencies=frequencies,
        occurrences=occurrences,
        positions=positions,
    )
    write_postings(sections, 0, arrays, len(counts))
    return FieldIndex(Container.held(_NAME, sections.arrays), 0, name, len(ids))


class _Sections:
    """Keeps the sections of a file."""

    def __init__(self) -> None:
        self.arrays: dict[str, Array] = {}

    def add(self, name: str, items: Array) -> None:
        self.arrays[name] = items
