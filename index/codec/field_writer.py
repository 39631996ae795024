"""Writes the postings of a segment as Whoosh hands them over: by field, term and document."""

from __future__ import annotations

import pickle
import struct
import sys
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter as WhooshFieldWriter
from whoosh.codec.base import OutOfOrderError
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.formats import Format, Frequency, Positions

from index.light_dataclass import dataclass
from index.segments.container import ContainerWriter
from index.segments.postings import EXTENSION, KIND
from index.segments.postings_writer import FieldArrays, write_field
from index.segments.runs import running_sums
from index.segments.segment import ArraySegment

_FREQUENCY = struct.Struct(">I")
_UNREADABLE = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Whoosh's decoders raise for values that others than Whoosh's encoders wrote."""


class FieldWriter(WhooshFieldWriter):  # type: ignore[misc]
    """Writes ``<segment>.inv`` when it is closed."""

    def __init__(self, storage: Storage, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._fields: dict[str, FieldArrays] = {}
        self._field: _Field | None = None
        self.is_closed = False

    @property
    def _open(self) -> _Field:
        if self._field is None:
            raise ValueError("no field was started")
        return self._field

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Raises ``OutOfOrderError`` for a field that was finished before."""
        if fieldname in self._fields:
            raise OutOfOrderError(f"the field {fieldname} comes twice")
        # A document whose adding failed halfway is not counted, but may have left postings.
        documents = self._segment.doc_count_all() or sys.maxsize
        self._field = _Field(fieldname, fieldobj.format, documents)

    def start_term(self, text: bytes) -> None:
        """Raises ``OutOfOrderError`` for a term that is not greater than the one before."""
        self._open.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:  # noqa: ARG002
        """Raises ``OutOfOrderError`` for a document before the last."""
        self._open.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        self._open.finish_term()

    def finish_field(self) -> None:
        field = self._open
        self._fields[field.name] = field.arrays()
        self._field = None

    def close(self) -> None:
        writer = ContainerWriter(self._storage, self._segment.make_filename(EXTENSION), KIND)
        facts = []
        for number, (_, field) in enumerate(sorted(self._fields.items())):
            highest = int(field.documents.max(initial=0))
            size = max(self._segment.doc_count_all(), highest + 1)
            facts.append(write_field(writer, number, field, size))
        writer.finish({"segment": self._segment.segment_id(), "fields": facts})
        self.is_closed = True


class _Field:
    """The postings of a field so far."""

    def __init__(self, name: str, format_: Format, size: int) -> None:
        self.name = name
        self._format = format_
        self._size = size
        self._terms: list[bytes] = []
        self._counts = array("Q")
        self._documents = array("Q")
        self._weights = array("d")
        self._values: list[bytes] = []
        self._text = b""
        self._begin = 0

    def start_term(self, text: bytes) -> None:
        if self._terms and text <= self._terms[-1]:
            raise OutOfOrderError(f"{self.name}: {self._terms[-1]!r} before {text!r}")
        self._text = text
        self._begin = len(self._documents)

    def add(self, number: int, weight: float, value: bytes) -> None:
        if number >= self._size:
            return
        if len(self._documents) > self._begin and number <= self._documents[-1]:
            if number < self._documents[-1]:
                raise OutOfOrderError(f"{self.name}:{self._text!r}: {number}")
            # Two equal numbers in a list, or two that share a range's term.
            self._weights[-1] += weight
            self._values[-1] = _combined(self._format, self._values[-1], value)
        else:
            self._documents.append(number)
            self._weights.append(weight)
            self._values.append(value)

    def finish_term(self) -> None:
        count = len(self._documents) - self._begin
        if count:
            self._terms.append(self._text)
            self._counts.append(count)

    def arrays(self) -> FieldArrays:
        values = _decoded(self._format, self._values)
        weights = np.array(self._weights, np.float64)
        counts = np.array(self._counts, np.int64)
        occurrences = None
        if values.positions is not None:
            assert values.counts is not None
            occurrences = np.diff(running_sums(values.counts)[running_sums(counts)])
        same = values.counts is None or np.array_equal(values.counts, weights)
        return FieldArrays(
            self.name,
            self._terms,
            counts,
            np.array(self._documents, np.int64),
            frequencies=_frequencies(weights),
            occurrences=occurrences,
            positions=values.positions,
            position_counts=None if same else values.counts,
            values=values.raw,
        )


def _frequencies(weights: NDArray[np.float64]) -> NDArray[Any] | None:
    if (weights == 1).all():
        return None
    whole = (weights >= 1) & (weights < 1 << 32) & (weights == np.floor(weights))
    return weights.astype(np.uint32 if whole.all() else np.float32)


@dataclass(frozen=True)
class _Values:
    """Posting values decoded; ``counts``: (p,) int64. ``raw`` where they cannot be anything else.

    ``positions``: int64, those of all postings.
    """

    counts: NDArray[np.int64] | None = None
    positions: NDArray[np.int64] | None = None
    raw: Sequence[bytes] | None = None


def _decoded(format_: Format, values: Sequence[bytes]) -> _Values:
    if format_.fixed_value_size() == 0:
        return _Values()
    if type(format_) is Frequency and all(len(value) == _FREQUENCY.size for value in values):
        return _Values(np.frombuffer(b"".join(values), ">u4").astype(np.int64))
    if type(format_) is Positions:
        counts = array("Q")
        positions = array("Q")
        try:
            for value in values:
                found = format_.decode_positions(value)
                # Other values than those of Whoosh's encoder stay as they are.
                if len(found) != format_.decode_frequency(value) or sorted(found) != found:
                    return _Values(raw=values)
                counts.append(len(found))
                positions.extend(found)
        except (*_UNREADABLE, OverflowError):
            return _Values(raw=values)
        return _Values(np.array(counts, np.int64), np.array(positions, np.int64))
    return _Values(raw=values)


def _combined(format_: Format, first: bytes, second: bytes) -> bytes:
    """The value of two postings of one term in one document."""
    if format_.fixed_value_size() == 0:
        return b""
    if type(format_) is Frequency:
        return _FREQUENCY.pack(_FREQUENCY.unpack(first)[0] + _FREQUENCY.unpack(second)[0])
    combined: bytes = format_.combine([first, second])
    return combined
