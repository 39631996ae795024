"""How words with capitals inside are written: kept by the builder, handed on when merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.segment_builder import SegmentBuilder
from index.build.tiers import merged
from index.derived import written_in
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article


def built(directory: Path, bodies: Sequence[str], *, merge: bool = False) -> list[SegmentReader]:
    """A segment for each body, or all of them merged."""
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    for number, body in enumerate(bodies):
        builder.add([article(number, "", body)])
        builder.flush()
    storage = FileStorage(str(directory))
    segments = [merged(storage, builder.segments, NO_WORDS)] if merge else builder.segments
    return [open_segment(storage, segment) for segment in segments]


def bits(word: str) -> int:
    return sum(1 << at for at, letter in enumerate(word) if letter.isupper())


def test_only_words_with_a_change_of_case_inside_are_kept(tmp_path: Path) -> None:
    readers = built(tmp_path, ["JAKARTA Jakarta jakarta JakartaKita diKota PSSIakan Rp5juta"])
    expected = {word.lower(): bits(word) for word in ("JakartaKita", "diKota", "PSSIakan")}
    assert written_in(readers) == expected
    readers[0].derived.verify()


def test_of_several_ways_to_write_a_word_one_is_kept_whatever_their_order(tmp_path: Path) -> None:
    bodies = ["DetikNews detikNews", "detikNEWS DetikNews"]
    for number, some in enumerate((bodies, bodies[::-1])):
        directory = tmp_path / str(number)
        directory.mkdir()
        assert written_in(built(directory, some)) == {"detiknews": bits("detikNews")}


def test_a_merged_segment_knows_what_its_parts_knew(tmp_path: Path) -> None:
    readers = built(tmp_path, ["JakartaKita", "diKota"], merge=True)
    assert len(readers) == 1
    assert written_in(readers) == {"jakartakita": bits("JakartaKita"), "dikota": bits("diKota")}
