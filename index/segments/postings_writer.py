"""Writes the inverted index of a segment (see ``postings``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.fields import LEAD_FIELD
from index.joined import JoinedTerms, joined
from index.light_dataclass import dataclass
from index.segments.container import ContainerWriter
from index.segments.postings import KEY_STEP, keys_of
from index.segments.runs import first_items, running_sums

Array = NDArray[Any]


def width(highest: int, min_bytes: int = 1) -> np.dtype[Any]:
    """The narrowest unsigned little-endian type of ``min_bytes`` bytes or more for such values."""
    for size in (1, 2, 4, 8):
        if size >= min_bytes and highest < 1 << (8 * size):
            return np.dtype(f"<u{size}")
    raise OverflowError(highest)


def document_type(size: int) -> np.dtype[Any]:
    """The type of the numbers of ``size`` documents."""
    return width(max(size - 1, 0), 2)


def offsets(counts: Array) -> Array:
    """Counts of (n,) to where each begins, (n + 1,), in the narrowest of u4 and u8."""
    starts = running_sums(counts)
    return starts.astype(width(int(starts[-1]), 4))


class SectionTaker(Protocol):
    """What takes the sections of a file."""

    def add(self, name: str, items: Array) -> None:
        """Take a section, whole."""


@dataclass(frozen=True)
class FieldArrays:
    """The postings of one field, to be written.

    ``terms``: (t,) ascending. ``counts``: (t,) int, documents of each term. ``documents``: (p,).
    ``frequencies``: (p,) unsigned, or float32 weights, or None where all are 1. ``occurrences``:
    (t,), positions of each term, and ``positions``, or None for both. ``position_counts``: (p,)
    where frequencies are not the numbers of positions. ``values``: (p,) bytes or None.
    """

    name: str
    terms: Sequence[bytes] | JoinedTerms
    counts: Array
    documents: Array
    frequencies: Array | None = None
    occurrences: Array | None = None
    positions: Array | None = None
    position_counts: Array | None = None
    values: Sequence[bytes] | None = None


def write_terms(writer: ContainerWriter, number: int, terms: JoinedTerms, counts: Array) -> None:
    """Write the sections of field ``number`` that find a term and its postings."""
    places = running_sums(terms.lengths)
    writer.add(f"{number}.text", terms.text)
    writer.add(f"{number}.text_at", places.astype(width(int(places[-1]), 4)))
    keys = keys_of(terms.text, places[:-1:KEY_STEP], terms.lengths[::KEY_STEP])
    writer.add(f"{number}.keys", keys)
    writer.add(f"{number}.posting_at", offsets(counts))


def write_field(
    writer: ContainerWriter, number: int, field: FieldArrays, size: int
) -> dict[str, Any]:
    """Write a field of a segment of ``size`` documents; its entry in the file's facts."""
    terms = field.terms if isinstance(field.terms, JoinedTerms) else joined(field.terms)
    write_terms(writer, number, terms, field.counts)
    write_postings(writer, number, field, size)
    return {"name": field.name, "terms": len(terms), "postings": len(field.documents)}


def write_postings(writer: SectionTaker, number: int, field: FieldArrays, size: int) -> None:
    """Write the documents of a field's terms, and what each document has of them: a row a posting.

    Which terms they are is not looked at; ``write_terms`` writes those.
    """
    documents = field.documents.astype(document_type(size), copy=False)
    writer.add(f"{number}.documents", documents)
    if field.frequencies is not None and len(field.frequencies):
        frequencies = field.frequencies
        if frequencies.dtype.kind == "f":
            writer.add(f"{number}.frequencies", frequencies.astype("<f4"))
        elif (most := int(frequencies.max())) > 1:
            writer.add(f"{number}.frequencies", frequencies.astype(width(most), copy=False))
    if field.positions is not None:
        assert field.occurrences is not None
        writer.add(f"{number}.position_at", offsets(field.occurrences))
        highest = int(field.positions.max()) if len(field.positions) else 0
        positions = field.positions.astype(width(highest), copy=False)
        writer.add(f"{number}.positions", positions)
        if field.name == LEAD_FIELD:
            writer.add(f"{number}.first", _first(field, positions))
    if field.position_counts is not None:
        highest = int(field.position_counts.max(initial=0))
        writer.add(f"{number}.counts", field.position_counts.astype(width(highest)))
    if field.values is not None:
        lengths = np.fromiter(map(len, field.values), np.int64, len(field.values))
        writer.add(f"{number}.value_at", offsets(lengths))
        writer.add(f"{number}.values", np.frombuffer(b"".join(field.values), np.uint8))


def _first(field: FieldArrays, positions: Array) -> Array:
    """The first position of each posting: (p,)."""
    counts = field.frequencies if field.position_counts is None else field.position_counts
    if counts is None or len(counts) == len(positions):
        return positions
    return first_items(positions, counts)
