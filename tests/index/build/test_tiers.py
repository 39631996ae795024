"""Many small updates leave few segments, and every article where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.merges import merge_tiers
from index.build.segment_builder import SegmentBuilder
from index.build.tiers import MERGE_AT
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.target import BuildOptions
from tests.conftest import article


def stored_ids(storage: FileStorage, segments: list[ArraySegment]) -> list[str]:
    found = []
    for segment in segments:
        documents = open_segment(storage, segment).documents
        found += [
            documents.hit(number)["id"]
            for number in range(documents.size)
            if not segment.is_deleted(number)
        ]
    return found


def test_a_hundred_single_articles_leave_a_handful_of_segments(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    segments: list[ArraySegment] = []
    for number in range(100):
        builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 26)
        builder.add([article(number, f"judul {number}", "isi")])
        builder.flush()
        segments = merge_tiers(storage, [*segments, *builder.segments], NO_WORDS, BuildOptions())
        assert len(segments) < MERGE_AT
    assert sorted(stored_ids(storage, segments)) == sorted(
        article(number, "", "").id for number in range(100)
    )
    kept = {one.make_filename(end) for one in segments for end in (".inv", ".doc", ".der")}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_tier_whose_first_segments_are_too_large_together_is_merged_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.tiers.LARGEST", 8)
    storage = FileStorage(str(tmp_path))
    segments: list[ArraySegment] = []
    for size in (3, 3, 1, 2, 1, 3):
        builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 26)
        builder.add([article(len(segments) * 9 + number, "judul", "isi") for number in range(size)])
        builder.flush()
        segments += builder.segments
    left = merge_tiers(storage, segments, NO_WORDS, BuildOptions())
    assert sorted(segment.doc_count() for segment in left) == [3, 3, 7]
    assert len(stored_ids(storage, left)) == 13


def test_of_segments_too_large_for_four_together_those_that_fit_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.tiers.LARGEST", 8)
    storage = FileStorage(str(tmp_path))
    segments: list[ArraySegment] = []
    for _ in range(6):
        builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 26)
        builder.add([article(len(segments) * 9 + number, "judul", "isi") for number in range(3)])
        builder.flush()
        segments += builder.segments
    left = merge_tiers(storage, segments, NO_WORDS, BuildOptions())
    assert sorted(segment.doc_count() for segment in left) == [6, 6, 6]
    assert len(stored_ids(storage, left)) == 18


def test_segments_of_deleted_articles_go(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    segments: list[ArraySegment] = []
    for first in (0, 10):
        builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 26)
        builder.add([article(number, "judul", "isi") for number in range(first, first + 10)])
        builder.flush()
        segments += builder.segments
    for number in range(10):
        segments[0].delete_document(number)
    for number in range(3):
        segments[1].delete_document(number)
    left = merge_tiers(storage, segments, NO_WORDS, BuildOptions())
    assert [(segment.doc_count(), segment.doc_count_all()) for segment in left] == [(7, 7)]
    assert stored_ids(storage, left) == [article(number, "", "").id for number in range(13, 20)]
