"""Merges the postings of one field of several segments (see ``merge``).

Terms are merged by their bytes. A term's postings lie together in every segment, and behind each
other in the merged one, segment after segment: so they move as whole runs, a range of terms at a
time. In memory are a range's postings, or those of one term, and the terms of the field with their
counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.joined import JoinedTerms
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.container import ContainerWriter, SectionWriter
from index.segments.postings import FieldIndex
from index.segments.postings_writer import document_type, offsets, write_terms
from index.segments.reader import SegmentReader
from index.segments.runs import Numbers, put_next, running_sums

_kernel = kernel("merging")

RANGE = 1 << 18
"""How many postings or positions are moved at a time: they stay in the processor's cache."""

Array = NDArray[Any]

_Items = Sequence[tuple[Array, int]]
"""Of some sections items to write, and what is added to each."""


@dataclass(frozen=True)
class MergeInput:
    """A segment to merge.

    ``first``: the number of its first document in the merged segment. ``kept``: (size,), or None
    where no document is deleted; ``numbers`` then: (size,), how many documents are kept before each
    of its. ``gone``: of its fields without postings (``index.companion``) how many deleted
    documents have each term, (t,).
    """

    reader: SegmentReader
    first: int
    kept: NDArray[np.bool_] | None
    numbers: NDArray[np.uint32] | None
    gone: Mapping[str, Numbers]


@dataclass(frozen=True)
class _Part:
    """A field in one segment.

    ``terms``: (t,) where each of its terms is among the merged ones, ascending. ``counts``,
    ``occurrences``: (t,), the live postings and positions of each; ``occurrences`` has no items
    where there are no positions.
    """

    field: FieldIndex
    segment: MergeInput
    terms: Numbers
    counts: Numbers
    occurrences: Numbers


def merge_field(
    writer: ContainerWriter, number: int, name: str, inputs: Sequence[MergeInput], size: int
) -> dict[str, Any]:
    """Write field ``number`` of a segment of ``size`` documents; its entry in the file's facts."""
    (text, lengths), parts = _merged_terms(name, inputs)
    counts = np.zeros(len(lengths), np.int64)
    occurrences = np.zeros(len(lengths), np.int64)
    for part in parts:
        counts[part.terms] += part.counts
        if len(part.occurrences):
            occurrences[part.terms] += part.occurrences
    alive = counts > 0
    if not alive.all():
        parts = _without_empty(parts, alive)
        text, lengths = text[alive.repeat(lengths)], lengths[alive]
        occurrences, counts = occurrences[alive], counts[alive]
    write_terms(writer, number, JoinedTerms(text, lengths), counts)
    total, documents = int(counts.sum()), document_type(size)
    if all(part.field.has_postings for part in parts):
        _write_postings(writer, number, parts, (counts, occurrences), documents)
    else:
        writer.add(f"{number}.documents", np.zeros(0, documents))
    return {"name": name, "terms": len(counts), "postings": total}


def _write_postings(
    writer: ContainerWriter,
    number: int,
    parts: Sequence[_Part],
    sums: tuple[Numbers, Numbers],
    dtype: np.dtype[Any],
) -> None:
    """Write the postings of the merged terms, documents as ``dtype``.

    ``sums``: how many postings and how many positions each term has, (t,) each.
    """
    counts, occurrences = sums
    total = int(counts.sum())

    def reserve(section: str, count: int) -> list[SectionWriter]:
        found = [part.field.section(section) for part in parts]
        types = [one.array.dtype for one in found if one is not None]
        if not types:
            return []
        return [writer.reserve(f"{number}.{section}", np.result_type(*types), count)]

    documents = writer.reserve(f"{number}.documents", dtype, total)
    postings = [documents, *reserve("frequencies", total)]
    firsts = reserve("first", total)
    positions = reserve("positions", int(occurrences.sum()))
    if positions:
        writer.add(f"{number}.position_at", offsets(occurrences))
    for terms_range in _ranges(np.maximum(counts, occurrences)):
        _move(parts, _live_postings, postings, counts, terms_range)
        if firsts:
            _move(parts, _live_firsts, firsts, counts, terms_range)
        if positions:
            _move(parts, _live_positions, positions, occurrences, terms_range)


def _merged_terms(
    name: str, inputs: Sequence[MergeInput]
) -> tuple[tuple[NDArray[np.uint8], Numbers], list[_Part]]:
    """The terms of a field as ``merged_terms`` gives them, and its part in each segment."""
    having = [segment for segment in inputs if name in segment.reader.fields]
    fields = [segment.reader.fields[name] for segment in having]
    text, lengths, places = merged_terms(fields)
    return (text, lengths), [
        _Part(field, segment, own, *_live_counts(field, segment))
        for segment, field, own in zip(having, fields, places, strict=True)
    ]


def merged_terms(fields: list[FieldIndex]) -> tuple[NDArray[np.uint8], Numbers, list[Numbers]]:
    """The terms of fields, ascending, each once, one after the other: (bytes,).

    And how many bytes each has, (t,), and of each field where its own are among them. Raises
    ``FileDamaged``.
    """
    count, places = ranks(fields)
    lengths = np.zeros(count, np.int64)
    texts = []
    for field, own in zip(fields, places, strict=True):
        text_at = field.all_of("text_at").astype(np.int64)
        texts.append((field.section_part("text", *text_at[[0, -1]].tolist()), np.diff(text_at)))
        if int(texts[-1][1].min(initial=0)) < 0:
            raise field.damaged("a term lies outside")
        lengths[own] = texts[-1][1]
    starts = running_sums(lengths)
    merged = np.empty(int(starts[-1]), np.uint8)
    for (items, sizes), own in zip(texts, places, strict=True):
        into = own.astype(np.uint32), sizes.astype(np.uint32)
        put_next(merged, starts, *into, items, 0, take=False)
    return merged, lengths, places


def ranks(fields: list[FieldIndex]) -> tuple[int, list[Numbers]]:
    """How many terms fields have, each once, and of each field where its own are among them.

    Raises ``FileDamaged``.
    """
    if _kernel is not None:
        found: tuple[int, list[Numbers]] = _kernel.ranks(fields)
        return found
    texts = [field.texts(0, field.terms) for field in fields]
    rank = {text: number for number, text in enumerate(sorted(set().union(*texts)))}
    places = [np.fromiter(map(rank.__getitem__, own), np.int64, len(own)) for own in texts]
    return len(rank), places


def _live_counts(field: FieldIndex, segment: MergeInput) -> tuple[Numbers, Numbers]:
    """The live postings and positions of every term: (t,) each, the latter (0,) without positions.

    Raises ``FileDamaged``.
    """
    posting_at = field.all_of("posting_at").astype(np.int64)
    if not field.has_postings:
        counts = np.diff(posting_at)
        gone = segment.gone.get(field.name)
        left = counts if gone is None else np.maximum(counts - gone, 0)
        return left, np.zeros(0, np.int64)
    if segment.kept is None:
        places = field.section("position_at")
        occurrences = (
            np.zeros(0, np.int64) if places is None else np.diff(places.all().astype("i8"))
        )
        return np.diff(posting_at), occurrences
    counts = np.zeros(field.terms, np.int64)
    occurrences = np.zeros(field.terms if field.has_positions else 0, np.int64)
    frequencies = field.section("frequencies")
    for start, stop in _ranges(np.diff(posting_at)):
        left, right = posting_at[[start, stop]].tolist()
        kept = segment.kept[field.section_part("documents", left, right)]
        bounds = posting_at[start : stop + 1] - left
        counts[start:stop] = np.diff(running_sums(kept)[bounds])
        if len(occurrences):
            held = kept if frequencies is None else np.where(kept, frequencies.part(left, right), 0)
            occurrences[start:stop] = np.diff(running_sums(held)[bounds])
    return counts, occurrences


def _without_empty(parts: Sequence[_Part], alive: NDArray[np.bool_]) -> list[_Part]:
    """Terms that no live document has left out; their ordinals move up in every part.

    ``alive``: (t,) which merged terms are left. A part's own terms stay as they are, as its
    postings are found by them: those that are left out have no live posting and take the place of
    the next.
    """
    place = running_sums(alive)
    return [
        _Part(part.field, part.segment, place[part.terms], part.counts, part.occurrences)
        for part in parts
    ]


def _ranges(sizes: Numbers) -> list[tuple[int, int]]:
    """From and up to which term ranges go that have ``RANGE`` items at the most, or one term.

    ``sizes``: (t,) how many items each term has.
    """
    totals = running_sums(sizes)
    found = []
    start = 0
    while start < len(sizes):
        fitting = int(np.searchsorted(totals, totals[start] + RANGE, "right")) - 1
        stop = max(fitting, start + 1)
        found.append((start, stop))
        start = stop
    return found


def _move(
    parts: Sequence[_Part],
    read: Callable[[_Part, int, int], tuple[Numbers, _Items]],
    outs: Sequence[SectionWriter],
    counts: Numbers,
    terms: tuple[int, int],
) -> None:
    """Write the items of a range of the merged terms, which have ``counts`` items: (t,).

    ``read`` gives of a range of a part's own terms how many items each has, and the items for each
    of the sections ``outs``.
    """
    start, stop = terms
    begins = running_sums(counts[start:stop])
    free = begins[:-1].copy()  # of each term, where the next segment's items go
    merged = [np.empty(begins[-1], out.dtype) for out in outs]
    for part in parts:
        first, last = np.searchsorted(part.terms, terms).tolist()
        if first == last:
            continue
        own, found = read(part, first, last)
        # Terms of no live posting may share a place with the next: only runs that are there count.
        some = own > 0
        into = (part.terms[first:last][some] - start).astype(np.uint32), own[some].astype(np.uint32)
        for target, (items, more) in zip(merged, found, strict=False):
            put_next(target, free, *into, items, more, take=target is merged[-1])
    for out, target in zip(outs, merged, strict=True):
        out.write(target)


def _live_postings(part: _Part, first: int, last: int) -> tuple[Numbers, _Items]:
    """The documents and frequencies of the part's terms from ``first`` to ``last``."""
    left, right = part.field.section_part("posting_at", first, last + 1)[[0, -1]].tolist()
    documents = part.field.section_part("documents", left, right)
    if part.field.section("frequencies") is None:
        frequencies: Array = np.ones(len(documents), np.uint8)
    else:
        frequencies = part.field.section_part("frequencies", left, right)
    if part.segment.kept is not None:
        assert part.segment.numbers is not None
        live = part.segment.kept[documents]
        documents, frequencies = part.segment.numbers[documents[live]], frequencies[live]
    return part.counts[first:last], [(documents, part.segment.first), (frequencies, 0)]


def _live_firsts(part: _Part, first: int, last: int) -> tuple[Numbers, _Items]:
    """The first positions of the postings of the part's terms from ``first`` to ``last``."""
    left, right = part.field.section_part("posting_at", first, last + 1)[[0, -1]].tolist()
    firsts = part.field.section_part("first", left, right)
    if part.segment.kept is not None:
        firsts = firsts[part.segment.kept[part.field.section_part("documents", left, right)]]
    return part.counts[first:last], [(firsts, 0)]


def _live_positions(part: _Part, first: int, last: int) -> tuple[Numbers, _Items]:
    """The positions of the part's terms from ``first`` to ``last``."""
    left, right = part.field.section_part("position_at", first, last + 1)[[0, -1]].tolist()
    positions = part.field.section_part("positions", left, right)
    if part.segment.kept is not None:
        left, right = part.field.section_part("posting_at", first, last + 1)[[0, -1]].tolist()
        live = part.segment.kept[part.field.section_part("documents", left, right)]
        if part.field.section("frequencies") is not None:
            live = np.repeat(live, part.field.section_part("frequencies", left, right))
        positions = positions[live]
    return part.occurrences[first:last], [(positions, 0)]
