"""Merges segments into one without their deleted documents, by array operations.

In memory are lengths and columns of all documents, and what ``merge_postings`` says. Stored values
are copied as the bytes that they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.segments import documents as documents_file
from index.segments import postings as postings_file
from index.segments.container import ContainerWriter
from index.segments.documents import NUMBER
from index.segments.documents_writer import (
    copy_stored,
    write_lengths,
    write_numbers,
    write_ordinals_of,
)
from index.segments.merge_postings import MergeInput, merge_field
from index.segments.reader import SegmentReader, open_segment
from index.segments.runs import running_sums
from index.segments.segment import ArraySegment

Array = NDArray[Any]


def merge(
    storage: Storage,
    segments: Sequence[ArraySegment],
    gone: Sequence[Mapping[str, NDArray[np.int64]]] = (),
) -> ArraySegment:
    """Write the live documents of the segments, in their order, as one new segment.

    Its postings and documents, that is: what is learned from articles is derived anew
    (``index.derived``). All segments have the same kinds of columns, and postings with positions or
    nothing but documents, as ``index.build`` writes them. ``gone``: of each segment of a companion
    as in ``MergeInput``. Raises ValueError for others, and ``FileDamaged``.
    """
    target = ArraySegment(segments[0].index_name())
    inputs = []
    size = 0
    for segment, lost in zip(segments, gone or [{}] * len(segments), strict=True):
        reader = open_segment(storage, segment)
        if reader.deleted is None:
            inputs.append(MergeInput(reader, size, None, None, lost))
            size += reader.size
        else:
            numbers = running_sums(~reader.deleted)
            before = numbers[:-1].astype(np.uint32)
            inputs.append(MergeInput(reader, size, ~reader.deleted, before, lost))
            size += int(numbers[-1])
    _check([segment.reader for segment in inputs])
    target.set_doc_count(size)
    name = target.make_filename(documents_file.EXTENSION)
    _merge_documents(ContainerWriter(storage, name, documents_file.KIND), target, inputs)
    name = target.make_filename(postings_file.EXTENSION)
    writer = ContainerWriter(storage, name, postings_file.KIND)
    names = sorted({field for segment in inputs for field in segment.reader.fields})
    facts = [merge_field(writer, number, field, inputs, size) for number, field in enumerate(names)]
    writer.finish({"segment": target.segment_id(), "fields": facts})
    return target


def _check(readers: Sequence[SegmentReader]) -> None:
    """Raise ValueError for segments with anything that merging would lose or misread."""
    files = [reader.documents for reader in readers]
    for name in sorted({name for file in files for name in file.columns} - {NUMBER}):
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
    fields = [field for reader in readers for field in reader.fields.values() if field.terms]
    without = {field.name for field in fields if not field.has_postings}
    for field in fields:
        if field.has_postings and field.name in without:
            raise ValueError(f"the field {field.name} has postings in some segments alone")


def _merge_documents(
    writer: ContainerWriter, target: ArraySegment, inputs: Sequence[MergeInput]
) -> None:
    copy_stored(writer, [(segment.reader.documents, segment.kept) for segment in inputs])

    def gather(parts: Sequence[Array]) -> Array:
        return np.concatenate(
            [
                part if segment.kept is None else part[segment.kept]
                for part, segment in zip(parts, inputs, strict=True)
            ]
        )

    files = [segment.reader.documents for segment in inputs]
    lengths = {
        field: gather([file.lengths(field) for file in files]) for field in files[0].length_fields()
    }
    columns: dict[str, Any] = {}
    for field, facts in files[0].columns.items():
        if field == NUMBER and not all(NUMBER in file.columns for file in files):
            continue  # of some it is not known
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
