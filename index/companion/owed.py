"""What the deleted articles of a light segment had in their bodies, till the segment is rewritten.

Of which articles a light segment's terms are is not known, so that these are told when articles go:
whoever deletes them still has them. The file ``<segment>.owe`` is a container (see
``index.segments.container``) of kind ``owed``; its facts are ``{"segment": its id}``:

============ ===== ========= ======================================================================
section      dtype items     what
============ ===== ========= ======================================================================
documents    <u4   documents the deleted documents that are known, ascending
F.terms      <u4   terms     of each field F of ``LIGHT_FIELDS`` the ordinals of their terms,
                             ascending
F.counts     <u4   terms     how many of these documents have each
============ ===== ========= ======================================================================

A segment without deleted documents has no such file, nor one of whose none is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage, RamStorage

from index.analysis import UserWords
from index.article import Article
from index.build.segment_builder import SegmentBuilder
from index.companion.lightening import LIGHT_FIELDS
from index.errors import FileDamaged, FileMissing
from index.light_dataclass import dataclass
from index.segments.container import Container, ContainerWriter
from index.segments.merge_postings import ranks
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader, open_segment, require_same_segment

EXTENSION = ".owe"
KIND = "owed"

Were = Callable[[Sequence[str]], Iterable[Article]]
"""Gives articles as they are in the index, by their ids; any may be left out."""

_BATCH = 1000
_MEMORY = 1 << 28
"""Bytes for analysing a batch, of which it takes the least part."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Owed:
    """Of a segment: (size,) which ``documents`` are known.

    ``counts``: of each field of bodies, (terms,) how many of them have each of its terms.
    """

    documents: NDArray[np.bool_]
    counts: Mapping[str, Numbers]


def owed_by(reader: SegmentReader) -> Owed:
    """What is known of a segment's deleted documents. Raises ``FileDamaged``."""
    found = Owed(
        np.zeros(reader.size, np.bool_),
        {
            name: np.zeros(field.terms, np.int64)
            for name, field in reader.fields.items()
            if name in LIGHT_FIELDS
        },
    )
    try:
        file = Container(reader.storage, reader.segment.make_filename(EXTENSION), KIND)
    except FileMissing:
        return found
    require_same_segment(file, reader.segment)
    file.require_unsigned()
    try:
        found.documents[file["documents"].all()] = True
        for name, counts in found.counts.items():
            counts[file[f"{name}.terms"].all()] = file[f"{name}.counts"].all()
    except (IndexError, ValueError):
        raise FileDamaged(file.name, "it belongs to another segment") from None
    return found


def add_owed(
    storage: FileStorage, reader: SegmentReader, gone: Numbers, were: Were, words: UserWords
) -> None:
    """Keep of a light segment what some documents had that are deleted now: (n,) ascending.

    ``storage``: that of the segment, its files private. ``words``: those of its generation. Raises
    ``FileDamaged`` and OSError, and as ``were``.
    """
    owed = owed_by(reader)
    ids = {str(reader.documents.hit(number)["id"]): number for number in gone.tolist()}
    names = list(ids)
    for start in range(0, len(names), _BATCH):
        some = names[start : start + _BATCH]
        articles = {one.id: one for one in were(some) if one.id in ids}
        if articles:
            _add(owed, reader, list(articles.values()), ids, words)
    if owed.documents.any():
        _write(storage, reader, owed)


def _add(
    owed: Owed,
    reader: SegmentReader,
    articles: Sequence[Article],
    ids: Mapping[str, int],
    words: UserWords,
) -> None:
    scratch = RamStorage()
    builder = SegmentBuilder(scratch, words, _MEMORY)
    builder.add(articles)
    builder.flush()
    for segment in builder.segments:
        whole = open_segment(scratch, segment)
        numbers = np.array(
            [ids[str(whole.documents.hit(number)["id"])] for number in range(whole.size)], np.int64
        )
        # An article that is another one now than it was is not known.
        same = np.ones(whole.size, np.bool_)
        for field in whole.documents.length_fields():
            length = reader.documents.lengths(field)[numbers]
            same &= whole.documents.lengths(field) == length
        owed.documents[numbers[same]] = True
        for name, counts in owed.counts.items():
            if name in whole.fields:
                _count(counts, reader.fields[name], whole.fields[name], same)


def _count(counts: Numbers, light: FieldIndex, whole: FieldIndex, same: NDArray[np.bool_]) -> None:
    """Add how many of some documents of a whole field have each of a light field's terms."""
    if not whole.terms or not light.terms:
        return
    having = np.add.reduceat(
        same[whole.all_of("documents")].astype(np.int64), whole.all_of("posting_at")[:-1]
    )
    terms, (own, others) = ranks([light, whole])
    ordinals = np.full(terms, -1, np.int64)
    ordinals[own] = np.arange(light.terms)
    places = ordinals[others]
    there = places >= 0
    counts[places[there]] += having[there]


def _write(storage: FileStorage, reader: SegmentReader, owed: Owed) -> None:
    name = reader.segment.make_filename(EXTENSION)
    with suppress(FileNotFoundError):
        # It may be a hard link into the companion before, whose file is not to be written to.
        storage.delete_file(name)
    writer = ContainerWriter(storage, name, KIND)
    writer.add("documents", owed.documents.nonzero()[0].astype("<u4"))
    for field, counts in owed.counts.items():
        terms = counts.nonzero()[0]
        writer.add(f"{field}.terms", terms.astype("<u4"))
        writer.add(f"{field}.counts", counts[terms].astype("<u4"))
    writer.finish({"segment": reader.segment.segment_id()})
