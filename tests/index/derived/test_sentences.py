"""The sentences of bodies: kept by the builder, handed on when segments are merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.codec.codec import ArrayCodec
from index.derived import sentences_of
from index.schema import schema
from index.segments.reader import open_segment
from index.segments.toc import read_segments
from tests.conftest import article

PARTS = (
    ["Banjir surut. Warga pulang. Sekolah dibuka.", "Tanpa akhir", ""],
    ["Harga naik! Toko tutup.", "dr. Reisa bicara. Ia diam."],
)


def begins(path: Path, segments: list) -> list[list[list[int]]]:  # type: ignore[type-arg]
    found = []
    for segment in segments:
        reader = open_segment(FileStorage(str(path)), segment)
        sentences = sentences_of(reader, analysis())
        of = [sentences.of(np.array([number]))[1].tolist() for number in range(reader.size)]
        found.append(of)
    return found


EXPECTED = [[[2, 4], [], []], [[2], [3]]]


@pytest.mark.parametrize("deleted", [None, 0, 1])
def test_they_are_kept_and_handed_on(tmp_path: Path, deleted: int | None) -> None:
    segments = []
    for part in PARTS:
        builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
        builder.add([article(number, "Kabar", body) for number, body in enumerate(part)])
        builder.flush()
        segments += builder.segments
    assert begins(tmp_path, segments) == EXPECTED
    expected = [one for part in EXPECTED for one in part]
    if deleted is not None:
        segments[0].delete_document(deleted)
        del expected[deleted]
    assert begins(tmp_path, [merged(FileStorage(str(tmp_path)), segments, NO_WORDS)]) == [expected]


def test_of_whooshs_own_segments_they_are_read_from_the_bodies(tmp_path: Path) -> None:
    index = whoosh_index.create_in(str(tmp_path), schema())
    writer = index.writer(codec=ArrayCodec())
    for number, body in enumerate(PARTS[0]):
        writer.add_document(id=f"a{number}", title="Kabar", body=body, body_exact=body)
    writer.commit()
    assert begins(tmp_path, [*read_segments(tmp_path)]) == EXPECTED[:1]
