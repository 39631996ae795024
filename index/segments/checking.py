"""Whether the arrays of a segment fit each other, whoever wrote them.

Checksums tell that a file is as it was written. What another program wrote, or somebody who wants
harm, has checksums that fit: its documents may not be there, its terms end where they do not begin.
Reading looks at what it needs as it goes; this looks at everything.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.clock import LATEST, microseconds
from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, FACETS, TEXTS
from index.regular_file import identity
from index.segments.blocks import open_blocks
from index.segments.container import Container
from index.segments.documents import Documents
from index.segments.mapping import MappedFiles
from index.segments.postings import KEY_STEP, FieldIndex
from index.segments.reader import SegmentReader, open_segment
from index.segments.runs import running_sums
from index.segments.segment import ArraySegment
from index.segments.toc import live_documents, read_toc

MISREAD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading arrays that do not fit each other may raise, as a mistake of this program may."""

_TEXTUAL = frozenset({"id", *FACETS, *TEXTS, *(name + EXACT for name in TEXTS)})
"""Fields whose terms are text; those of dates are not."""

_LATEST = np.uint64(microseconds(LATEST))

Array = NDArray[Any]
Check = Callable[[str, dict[str, Any]], object]
"""What raises ``FileDamaged`` of the file for stored values that are none."""


@contextmanager
def misreading_of(directory: Path) -> Iterator[None]:
    """While the segments of a generation are read: arrays that do not fit are ``FileDamaged``.

    Checksums fit whatever was written, and whoever wrote it may not have been Warta. Only reading
    belongs in it: all arrays are looked at before an error of anything else is told. What is
    missing explains no misreading: the directory may not be finished.
    """
    try:
        yield
    except MISREAD as error:
        for fault in faults_in(directory, any_version=True):
            if not isinstance(fault, FileMissing):
                raise fault from error
        raise


def faults_in(
    directory: Path,
    check: Check | None = None,
    *,
    any_version: bool = False,
    intact: set[Hashable] | None = None,
    articles: int | None = None,
) -> Iterator[FileDamaged]:
    """What is wrong with the segments of a generation's directory, and with its table of contents.

    With ``check`` the stored values of every document are read and checked too. With
    ``any_version`` segments may be of Whoosh's own codec, and are not looked into, or have text in
    blocks: their stored values are read, and nothing else of them. Segments whose files are known
    to be ``intact`` are not looked into again; those that are found so are added. ``articles``: how
    many live documents there are to be. Raises OSError.
    """
    try:
        table = read_toc(directory)
    except FileDamaged as error:
        yield error
        return
    files = MappedFiles(directory)
    for segment in table.segments:
        if not isinstance(segment, ArraySegment):
            if not any_version:
                yield FileDamaged(table.file, "it names segments of an older version")
            continue
        try:
            if any_version and _is_in_blocks(files, segment):
                continue
            reader = open_segment(files, segment)
        except FileDamaged as error:
            yield error
            continue
        files_read = _identities(directory, segment)
        if intact is not None and files_read in intact:
            continue
        found = list(faults(reader, check))
        yield from found
        if intact is not None and not found:
            intact.add(files_read)
    live = sum(map(live_documents, table.segments))
    if articles is not None and live != articles:
        yield FileDamaged(table.file, f"it holds {live} documents instead of {articles}")


def _is_in_blocks(files: MappedFiles, segment: ArraySegment) -> bool:
    """Whether a segment has its text in blocks; then all of it is read. Raises ``FileDamaged``."""
    blocks = open_blocks(files, segment)
    if blocks is None:
        return False
    for number in range(blocks.size):
        blocks.stored(number)
    return True


def _identities(directory: Path, segment: ArraySegment) -> Hashable:
    """What tells a segment's files from all others."""
    names = sorted(directory.glob(f"{glob.escape(str(segment.segment_id()))}.*"))
    return segment.doc_count_all(), tuple(identity(name) for name in names)


def faults(
    segment: SegmentReader, check: Check | None = None, light: frozenset[str] = frozenset()
) -> Iterator[FileDamaged]:
    """What is wrong with an open segment, the first of each file; ``check`` as above.

    ``light``: fields of which there are no postings, and are to be none (``index.companion``).
    """
    try:
        _check_documents(segment.documents, check)
    except FileDamaged as error:
        yield error
    try:
        for field in segment.fields.values():
            _check_field(field, segment.size, light=field.name in light)
    except FileDamaged as error:
        yield error
    try:
        _check_derived(segment.derived, segment.fields)
    except FileMissing:
        pass  # Whoosh's own writer wrote the segment.
    except FileDamaged as error:
        yield error


def _check_documents(documents: Documents, check: Check | None) -> None:
    file, container = documents.container.name, documents.container
    container.verify()
    for texts, at in (("stored", "stored_at"), ("bulk", "bulk_at")):
        _ascend(file, container[at].all(), len(container[texts]), at)
    _check_columns(file, documents)
    for name in documents.vectors.values():
        places = container[f"{name}.at"].all()
        _ascend(file, places, len(container[name]), f"{name}.at")
    if check is not None:
        for number in range(documents.size):
            check(file, documents.stored(number))


def _check_columns(file: str, documents: Documents) -> None:
    container = documents.container
    for field, column in documents.columns.items():
        section = str(column["section"])
        if column["kind"] == "numbers":
            absent = column.get("absent")
            if not isinstance(absent, int | float):
                raise FileDamaged(file, f"the column of {field} has no value of what is absent")
            if field == "date":
                _check_dates(file, container[section].all(), absent)
        if column["kind"] == "ordinals":
            places = container[f"{section}.at"].all()
            _ascend(file, places, len(container[f"{section}.text"]), f"{section}.at")
            _below(file, container[section].all(), len(places) - 1, section)
            _check_text(file, documents.values(field).all(), section)


def _check_dates(file: str, dates: Array, absent: float) -> None:
    if dates.dtype.kind != "u" or bool(((dates != absent) & (dates > _LATEST)).any()):
        raise FileDamaged(file, "it has a date that is none")


def _check_field(field: FieldIndex, size: int, *, light: bool) -> None:
    file = field.container.name
    documents = field.all_of("documents")
    _ascend(file, field.all_of("text_at"), len(field.all_of("text")), f"terms of {field.name}")
    starts = field.all_of("posting_at").astype(np.int64)
    postings = int(starts[-1]) if light and len(starts) else len(documents)
    if light and len(documents):
        raise FileDamaged(file, f"{field.name} has postings, and is to have none")
    _ascend(file, starts, postings, f"postings of {field.name}")
    if len(field.all_of("keys")) != -(-field.terms // KEY_STEP):
        raise FileDamaged(file, f"the keys of {field.name} differ in number")
    if not (np.diff(starts) > 0).all():
        raise FileDamaged(file, f"a term of {field.name} has no postings")
    if light:
        if int(np.diff(starts).max(initial=0)) > size:
            raise FileDamaged(file, f"a term of {field.name} is in more documents than there are")
    else:
        _check_postings(file, field, documents, starts, size)
        _check_counts(file, field, starts)
    _check_terms(file, field)


def _check_postings(
    file: str, field: FieldIndex, documents: Array, starts: Array, size: int
) -> None:
    """Whether each term's documents ascend, and are of the segment."""
    _below(file, documents, size, f"documents of {field.name}")
    if len(documents) > 1:
        ascends = np.diff(documents.astype(np.int64)) > 0
        ascends[starts[1:-1] - 1] = True
        if not ascends.all():
            raise FileDamaged(file, f"documents of {field.name} do not ascend")


def _check_terms(file: str, field: FieldIndex) -> None:
    terms = field.texts(0, field.terms)
    if any(left >= right for left, right in pairwise(terms)):
        raise FileDamaged(file, f"terms of {field.name} do not ascend")
    if field.name in _TEXTUAL:
        _check_text(file, terms, f"terms of {field.name}", "surrogatepass")


def _check_counts(file: str, field: FieldIndex, starts: Array) -> None:
    """Whether each posting has as many positions as its frequency says, and values lie within."""
    if field.section("position_at") is not None:
        counts = None
        for part in ("counts", "frequencies"):
            if counts is None and field.section(part) is not None:
                counts = field.all_of(part)
        places = field.all_of("position_at")
        _ascend(file, places, len(field.all_of("positions")), f"positions of {field.name}")
        if counts is None:
            sums = np.diff(starts)
        else:
            totals = np.concatenate([np.zeros(1, np.float64), np.cumsum(counts, dtype=np.float64)])
            sums = totals[starts[1:]] - totals[starts[:-1]]
        if not np.array_equal(np.diff(places.astype(np.int64)), sums):
            raise FileDamaged(file, f"positions of {field.name} do not fit its frequencies")
        _check_first(file, field, starts)
    if field.section("value_at") is not None:
        places = field.all_of("value_at")
        _ascend(file, places, len(field.all_of("values")), f"values of {field.name}")


def _check_first(file: str, field: FieldIndex, starts: Array) -> None:
    """Whether first positions, where they stand once more, are those that they should be."""
    if field.section("first") is None:
        return
    positions, times = field.all_of("positions"), field.times
    first = positions
    if times is not None:
        first = positions[running_sums(times.all())[:-1]] if len(positions) else positions
    if len(first) != starts[-1] or not np.array_equal(first, field.all_of("first")):
        raise FileDamaged(file, f"first positions of {field.name} are not those of its positions")


def _check_derived(derived: Container, fields: Mapping[str, FieldIndex]) -> None:
    derived.verify()
    for name, section in derived.sections.items():
        kind, _, rest = name.partition(".")
        field, _, _ = rest.rpartition(".")
        if kind == "words" and field in fields and len(section) != fields[field].terms:
            raise FileDamaged(derived.name, f"it has not as many words in {field} as the segment")


def _ascend(file: str, places: Array, end: int, what: str) -> None:
    """Raise ``FileDamaged`` for places that do not ascend from 0 to the end."""
    wide = places.astype(np.float64) if places.dtype.kind == "f" else places
    right = len(wide) > 0 and int(wide[0]) == 0 and int(wide[-1]) == end
    if not right or not bool((wide[1:] >= wide[:-1]).all()):
        raise FileDamaged(file, f"the places of {what} do not ascend")


def _below(file: str, numbers: Array, end: int, what: str) -> None:
    if len(numbers) and (int(numbers.max()) >= end or int(numbers.min()) < 0):
        raise FileDamaged(file, f"{what} has a number that is too great")


def _check_text(file: str, values: list[bytes], what: str, errors: str = "strict") -> None:
    try:
        for value in values:
            value.decode("utf-8", errors)
    except UnicodeDecodeError:
        raise FileDamaged(file, f"{what} has a value that is no text") from None
