"""Several segments to one, by array operations, without what was deleted from them.

Terms of a field are merged by their bytes. A term's postings lie together in every segment, and
behind each other in the merged one, segment after segment: so they move as whole runs, a range of
terms at a time. In memory are a range's postings, and whole: the terms of a field with their
counts, running sums over a field's postings where documents were deleted, and of the documents
lengths, columns and pickled records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.segments import documents as documents_file
from index.segments import postings as postings_file
from index.segments.container import ContainerWriter, SectionWriter
from index.segments.documents_writer import (
    StoredWriter,
    write_lengths,
    write_numbers,
    write_ordinals_of,
)
from index.segments.postings import FieldIndex, width, write_terms
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment

RANGE = 1 << 21
"""How many postings or positions are moved at a time."""

Array = NDArray[Any]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class _Source:
    """A segment to merge. ``kept``: (size,) bool, or None where all are. ``numbers``: (size,)."""

    reader: SegmentReader
    kept: NDArray[np.bool_] | None
    numbers: NDArray[np.uint32]
    live: int


def merge(storage: Storage, segments: Sequence[ArraySegment]) -> ArraySegment:
    """Write the live documents of the segments, in their order, as one new segment.

    All have the same kinds of columns, and postings with positions or nothing but documents, as
    ``index.build`` writes them. Raises ValueError for others, and ``FileDamaged``.
    """
    target = ArraySegment(segments[0].index_name())
    sources = []
    size = 0
    for segment in segments:
        reader = open_segment(storage, segment)
        kept = None if reader.deleted is None else ~reader.deleted
        live = reader.size if kept is None else int(np.count_nonzero(kept))
        places = np.arange(reader.size) if kept is None else np.cumsum(kept) - 1
        sources.append(_Source(reader, kept, (size + places).astype(np.uint32), live))
        size += live
    _check([source.reader for source in sources])
    target.set_doc_count(size)
    name = target.make_filename(documents_file.EXTENSION)
    _merge_documents(ContainerWriter(storage, name, documents_file.KIND), target, sources)
    name = target.make_filename(postings_file.EXTENSION)
    writer = ContainerWriter(storage, name, postings_file.KIND)
    names = sorted({field for source in sources for field in source.reader.fields})
    facts = [
        _FieldMerge(writer, number, field, sources, size).run()
        for number, field in enumerate(names)
    ]
    writer.finish({"segment": target.segment_id(), "fields": facts})
    return target


def _check(readers: Sequence[SegmentReader]) -> None:
    """Raise ValueError for segments with anything that merging would lose or misread."""
    files = [reader.documents for reader in readers]
    for name in sorted({name for file in files for name in file.columns}):
        kinds = {file.columns[name]["kind"] if name in file.columns else "no" for file in files}
        if len(kinds) > 1 or not kinds <= {"numbers", "ordinals"}:
            raise ValueError(f"{' and '.join(sorted(kinds))} columns of {name} cannot be merged")
    for reader in readers:
        if reader.documents.vectors:
            raise ValueError(f"the segment {reader.name} has vectors, which cannot be merged")
        for field in reader.fields.values():
            for part in ("values", "counts"):
                if field.section(part) is not None:
                    raise ValueError(f"the field {field.name} has {part}, which cannot be merged")


def _merge_documents(
    writer: ContainerWriter, target: ArraySegment, sources: Sequence[_Source]
) -> None:
    stored = StoredWriter(writer)
    for source in sources:
        documents = source.reader.documents
        if source.kept is not None:
            stored.add_some(documents, np.flatnonzero(source.kept))
        elif documents.fragmented:
            stored.add_some(documents, np.arange(documents.size))
        else:
            stored.add_all(documents)
    stored.finish()

    def gather(parts: Sequence[Array]) -> Array:
        return np.concatenate(
            [
                part if source.kept is None else part[source.kept]
                for part, source in zip(parts, sources, strict=True)
            ]
        )

    files = [source.reader.documents for source in sources]
    lengths = {
        field: gather([file.lengths(field) for file in files]) for field in files[0].length_fields()
    }
    columns: dict[str, Any] = {}
    for field, facts in files[0].columns.items():
        if facts["kind"] == "numbers":
            numbers = gather([file.numbers(field) for file in files])
            columns[field] = write_numbers(writer, field, numbers, facts["absent"])
        else:
            found = [file.ordinals(field) for file in files]
            values = sorted({value for _, distinct in found for value in distinct})
            place = {value: number for number, value in enumerate(values)}
            mapped = [
                np.array([place[value] for value in distinct], np.int64)[ordinals]
                for ordinals, distinct in found
            ]
            columns[field] = write_ordinals_of(writer, field, gather(mapped), values)
    writer.finish(
        {
            "segment": target.segment_id(),
            "documents": target.doc_count_all(),
            "lengths": write_lengths(writer, lengths),
            "columns": columns,
            "vectors": {},
        }
    )


@dataclass(frozen=True)
class _Part:
    """A field in one segment.

    ``terms``: (t,) where each of its terms is among the merged ones, ascending. ``counts``,
    ``occurrences``: (t,), the live postings and positions of each; ``occurrences`` has no items
    where there are no positions.
    """

    field: FieldIndex
    source: _Source
    terms: Numbers
    counts: Numbers
    occurrences: Numbers


class _FieldMerge:
    """Merges one field into the sections of field ``number`` of a file."""

    def __init__(
        self,
        writer: ContainerWriter,
        number: int,
        name: str,
        sources: Sequence[_Source],
        size: int,
    ) -> None:
        self._writer = writer
        self._number = number
        self._name = name
        self._sources = [source for source in sources if name in source.reader.fields]
        self._size = size

    def run(self) -> dict[str, Any]:
        """The field's entry in the facts."""
        terms, parts = self._merged_terms()
        counts = np.zeros(len(terms), np.int64)
        occurrences = np.zeros(len(terms), np.int64)
        for part in parts:
            counts[part.terms] += part.counts
            if len(part.occurrences):
                occurrences[part.terms] += part.occurrences
        if not counts.all():
            terms, parts = _without_empty(terms, parts, counts)
            occurrences = occurrences[counts > 0]
            counts = counts[counts > 0]
        write_terms(self._writer, self._number, terms, counts)
        outs = self._reserve(parts, int(counts.sum()), int(occurrences.sum()))
        positions = outs.positions is not None
        if positions:
            self._writer.add(f"{self._number}.position_at", postings_file.offsets(occurrences))
        for start, stop in _ranges(np.maximum(counts, occurrences)):
            _move(parts, outs, counts, start, stop)
            if positions:
                _move_positions(parts, outs, occurrences, start, stop)
        return {"name": self._name, "terms": len(terms), "postings": int(counts.sum())}

    def _merged_terms(self) -> tuple[list[bytes], list[_Part]]:
        texts = [
            source.reader.fields[self._name].texts(0, source.reader.fields[self._name].terms)
            for source in self._sources
        ]
        terms = sorted(set().union(*texts))
        rank = {text: number for number, text in enumerate(terms)}
        parts = []
        for source, own in zip(self._sources, texts, strict=True):
            field = source.reader.fields[self._name]
            places = np.fromiter(map(rank.__getitem__, own), np.int64, len(own))
            parts.append(_Part(field, source, places, *_live_counts(field, source)))
        return terms, parts

    def _reserve(self, parts: Sequence[_Part], postings: int, positions: int) -> _Outs:
        def wanted(name: str) -> np.dtype[Any] | None:
            found = [part.field.section(name) for part in parts]
            types = [section.array.dtype for section in found if section is not None]
            return np.result_type(*types) if types else None

        reserve, number = self._writer.reserve, self._number
        documents = reserve(f"{number}.documents", width(max(self._size - 1, 0), 2), postings)
        frequency_type, position_type = wanted("frequencies"), wanted("positions")
        return _Outs(
            documents,
            None
            if frequency_type is None
            else reserve(f"{number}.frequencies", frequency_type, postings),
            None
            if position_type is None
            else reserve(f"{number}.positions", position_type, positions),
        )


@dataclass(frozen=True)
class _Outs:
    """The sections to write."""

    documents: SectionWriter
    frequencies: SectionWriter | None
    positions: SectionWriter | None


def _live_counts(field: FieldIndex, source: _Source) -> tuple[Numbers, Numbers]:
    """The live postings and positions of every term: (t,) each, the latter (0,) without positions.

    Raises ``FileDamaged``.
    """
    posting_at = field.all_of("posting_at").astype(np.int64)
    if source.kept is None:
        places = field.section("position_at")
        occurrences = (
            np.zeros(0, np.int64) if places is None else np.diff(places.all().astype("i8"))
        )
        return np.diff(posting_at), occurrences
    kept = source.kept[field.all_of("documents")]
    counts = np.diff(_running(kept)[posting_at])
    if not field.has_positions:
        return counts, np.zeros(0, np.int64)
    frequencies = field.section("frequencies")
    held = kept if frequencies is None else np.where(kept, frequencies.all(), 0)
    return counts, np.diff(_running(held)[posting_at])


def _running(values: Array) -> Numbers:
    """(n,) numbers to the sums of those before each and, last, of all: (n + 1,)."""
    totals = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=totals[1:])
    return totals


def _without_empty(
    terms: list[bytes], parts: list[_Part], counts: Numbers
) -> tuple[list[bytes], list[_Part]]:
    """Terms that no live document has left out; their ordinals move up in every part.

    A part's own terms stay as they are, as its postings are found by them: those that are left out
    have no live posting and take the place of the next.
    """
    alive = counts > 0
    place: Numbers = np.cumsum(alive) - alive
    left = [text for text, lives in zip(terms, alive.tolist(), strict=True) if lives]
    moved = [
        _Part(part.field, part.source, place[part.terms], part.counts, part.occurrences)
        for part in parts
    ]
    return left, moved


def _ranges(sizes: Numbers) -> list[tuple[int, int]]:
    """From and up to which term ranges go that have ``RANGE`` items at the most, or one term.

    ``sizes``: (t,) how many items each term has.
    """
    totals = np.cumsum(sizes)
    found = []
    start = 0
    while start < len(sizes):
        before = int(totals[start - 1]) if start else 0
        stop = max(int(np.searchsorted(totals, before + RANGE, "right")), start + 1)
        found.append((start, stop))
        start = stop
    return found


def _move(parts: Sequence[_Part], outs: _Outs, counts: Numbers, start: int, stop: int) -> None:
    """Write the documents and frequencies of the merged terms from ``start`` to ``stop``."""
    begins = _running(counts[start:stop])
    free = begins[:-1].copy()  # of each term, where the next segment's postings go
    documents = np.empty(begins[-1], outs.documents.dtype)
    frequencies = None
    if outs.frequencies is not None:
        frequencies = np.ones(begins[-1], outs.frequencies.dtype)
    for part in parts:
        first, last = np.searchsorted(part.terms, (start, stop)).tolist()
        if first == last:
            continue
        places = part.field.section_part("posting_at", first, last + 1).tolist()
        left, right = places[0], places[-1]
        found = part.field.section_part("documents", left, right)
        live = None if part.source.kept is None else part.source.kept[found]
        own = part.counts[first:last]
        where = _destinations(free, part.terms[first:last] - start, own)
        documents[where] = part.source.numbers[found if live is None else found[live]]
        if frequencies is not None and part.field.section("frequencies") is not None:
            often = part.field.section_part("frequencies", left, right)
            frequencies[where] = often if live is None else often[live]
    outs.documents.write(documents)
    if outs.frequencies is not None and frequencies is not None:
        outs.frequencies.write(frequencies)


def _move_positions(
    parts: Sequence[_Part], outs: _Outs, occurrences: Numbers, start: int, stop: int
) -> None:
    """Write the positions of the merged terms from ``start`` to ``stop``."""
    assert outs.positions is not None
    begins = _running(occurrences[start:stop])
    free = begins[:-1].copy()
    positions = np.empty(begins[-1], outs.positions.dtype)
    for part in parts:
        first, last = np.searchsorted(part.terms, (start, stop)).tolist()
        if first == last:
            continue
        places = part.field.section_part("position_at", first, last + 1).tolist()
        found = part.field.section_part("positions", places[0], places[-1])
        if part.source.kept is not None:
            left, right = part.field.section_part("posting_at", first, last + 1)[[0, -1]].tolist()
            live = part.source.kept[part.field.section_part("documents", left, right)]
            if part.field.section("frequencies") is not None:
                live = np.repeat(live, part.field.section_part("frequencies", left, right))
            found = found[live]
        own = part.occurrences[first:last]
        positions[_destinations(free, part.terms[first:last] - start, own)] = found
    outs.positions.write(positions)


def _destinations(free: Numbers, terms: Numbers, counts: Numbers) -> Numbers:
    """Where runs of ``counts`` items go whose terms are next free at ``free``, which moves on.

    ``free``: (t,) by term; ``terms``, ``counts``: (r,), terms ascending. One place for every item,
    run after run: (counts.sum(),).
    """
    ends = np.cumsum(counts)
    # Terms of no live posting may share a place with the next: only runs that are there count.
    some = counts > 0
    begins = free[np.minimum(terms, len(free) - 1)] if len(free) else terms
    where = np.repeat(begins - (ends - counts), counts)
    where += np.arange(len(where))
    free[terms[some]] += counts[some]
    return where
