"""Opening a segment: its files, and no other's."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh.fields import ID, Schema
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.segment_builder import SegmentBuilder
from index.codec.codec import ArrayCodec
from index.errors import FileDamaged
from index.segments.merge import merge
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from tests.conftest import article


def built(directory: Path) -> list[ArraySegment]:
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    for number in range(2):
        builder.add([article(number, "judul", "isi")])
        builder.flush()
    return builder.segments


def merged(directory: Path) -> list[ArraySegment]:
    storage = FileStorage(str(directory))
    return [merge(storage, [segment]) for segment in built(directory)]


def written_by_whoosh(directory: Path) -> list[ArraySegment]:
    index = whoosh_index.create_in(str(directory), Schema(id=ID(stored=True)))
    for number in range(2):
        writer = index.writer(codec=ArrayCodec())
        writer.add_document(id=str(number))
        writer.commit(merge=False)
    segments: list[ArraySegment] = index._segments()
    return segments


@pytest.mark.parametrize("write", [built, merged, written_by_whoosh])
@pytest.mark.parametrize("suffix", [".doc", ".inv"])
def test_the_file_of_another_segment_is_refused(tmp_path: Path, write: object, suffix: str) -> None:
    assert callable(write)
    one, other = write(tmp_path)
    storage = FileStorage(str(tmp_path))
    open_segment(storage, one)
    (tmp_path / other.make_filename(suffix)).replace(tmp_path / one.make_filename(suffix))
    with pytest.raises(FileDamaged, match="another segment"):
        open_segment(storage, one)
