"""The file of glued words: what is written is read, and nothing else is taken for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis, parse_words
from index.build.segment_builder import SegmentBuilder
from index.errors import FileDamaged
from index.glued import Glued, GluedWord, read_glued, write_glued
from index.glued.table import FILE, glued_of
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article

BODIES = ["Acara JakartaKita ramai.", "Itu adalahgejala umum.", "Soal kita."]


def segments(folder: Path, bodies: Sequence[str] = BODIES) -> list[SegmentReader]:
    """A segment for each body."""
    folder.mkdir(exist_ok=True)
    builder = SegmentBuilder(folder, NO_WORDS, 1 << 28)
    for number, body in enumerate(bodies):
        builder.add([article(number, "", body)])
        builder.flush()
    storage = FileStorage(str(folder))
    return [open_segment(storage, one) for one in builder.segments]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers, analysis())
    found = read_glued(FileStorage(str(tmp_path)), readers, analysis())
    assert len(found) == 4
    assert found.holding("kita") == [GluedWord("jakartakita", 7, 11)]
    assert [one.part for one in found.holding("gejala")] == ["gejala"]
    assert found.holding("kit") == found.holding("kitab") == []
    assert "jakartakita" in found
    assert "kita" not in found
    assert found.is_glued("kita", "jakartakita")
    assert not found.is_glued("kita", "adalahgejala")


def test_the_file_is_read_where_it_is_of_the_segments(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers, analysis(parse_words("jakartakita", "test")))
    assert "jakartakita" not in read_glued(FileStorage(str(tmp_path)), readers, analysis())
    assert "jakartakita" in read_glued(FileStorage(str(tmp_path)), readers[:2], analysis())


def test_without_a_file_words_are_decided(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    found, decided = (
        read_glued(FileStorage(str(tmp_path)), readers, analysis()),
        glued_of(readers, analysis()),
    )
    assert len(found) == len(decided) == 4
    assert "jakartakita" in found


def test_a_file_of_the_same_segments_stays(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers, analysis())
    before = (tmp_path / FILE).stat().st_ino
    write_glued(tmp_path, readers, analysis())
    assert (tmp_path / FILE).stat().st_ino == before


def test_the_file_of_another_generation_is_not_written_to(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers[:1], analysis())
    (tmp_path / "older").mkdir()
    os.link(tmp_path / FILE, tmp_path / "older" / FILE)
    before = (tmp_path / "older" / FILE).read_bytes()
    write_glued(tmp_path, readers, analysis())
    assert (tmp_path / "older" / FILE).read_bytes() == before
    assert "adalahgejala" in read_glued(FileStorage(str(tmp_path)), readers, analysis())


@pytest.mark.parametrize("at", [0, -20, -1])
def test_damage_is_told(tmp_path: Path, at: int) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers, analysis())
    damaged = bytearray((tmp_path / FILE).read_bytes())
    damaged[at] ^= 0xFF
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(FileDamaged):
        read_glued(FileStorage(str(tmp_path)), readers, analysis())


def test_an_entry_that_is_none_is_told() -> None:
    for entry in (b"kita\tjakartakita\t7", b"kita\tjakartakita\tx\t11", b"kita\t\xff\t7\t11"):
        with pytest.raises(FileDamaged):
            Glued([entry]).holding("kita")

    for entry in (b"kita", b"kita\t\xff\t7\t11"):
        with pytest.raises(FileDamaged):
            assert "jakartakita" in Glued([entry])


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    readers = segments(tmp_path)
    write_glued(tmp_path, readers, analysis())
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-9])
    with pytest.raises(FileDamaged):
        read_glued(FileStorage(str(tmp_path)), readers, analysis())
