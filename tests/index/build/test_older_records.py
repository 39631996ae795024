"""What Whoosh's own codec stored is read as Whoosh wrote it; what is forged is refused."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from whoosh.columns import CompressedBytesColumn
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage

from index.build.older_records import LONGEST_RECORD, older_records
from index.errors import FileDamaged, FileMissing
from index.segments.toc import OlderSegment
from tests.index.segments.hostile import Hostile

COLUMN = "MAIN_a._stored.col"


def written(directory: Path, records: Sequence[bytes]) -> None:
    """The column as Whoosh writes it."""
    writer = CompressedBytesColumn().writer(FileStorage(str(directory)).create_file(COLUMN))
    for number, record in enumerate(records):
        if record:
            writer.add(number, record)
    writer.finish(len(records))
    writer._dbfile.close()


def read(directory: Path, size: int, **changes: Any) -> list[dict[str, Any]]:
    facts: dict[str, Any] = {"deleted": frozenset(), "compound": False} | changes
    return list(older_records(directory, OlderSegment("MAIN_a", size, **facts)))


@pytest.mark.parametrize("count", [1, 3, 40_000])
def test_records_are_read_as_whoosh_wrote_them(tmp_path: Path, count: int) -> None:
    values = [{"id": str(number), "body": "b" * (number % 7)} for number in range(count)]
    written(tmp_path, [pickle.dumps(one, 2) for one in values])
    assert read(tmp_path, count) == values


@pytest.mark.parametrize("longest", [10, 300, 70_000])
def test_lengths_are_of_any_width(tmp_path: Path, longest: int) -> None:
    values = [{"body": "".join(chr(32 + (n * n) % 90) for n in range(longest))}, {}, {"id": "x"}]
    written(tmp_path, [pickle.dumps(values[0], 2), b"", pickle.dumps(values[2], 2)])
    assert read(tmp_path, 3) == values
    assert read(tmp_path, 3, deleted=frozenset({0, 1})) == values[2:]


def test_a_compound_file_holds_the_column(tmp_path: Path) -> None:
    written(tmp_path, [pickle.dumps({"id": "x"}, 2)])
    storage = FileStorage(str(tmp_path))
    CompoundStorage.assemble(storage.create_file("MAIN_a.seg"), storage, [COLUMN])
    (tmp_path / COLUMN).unlink()
    assert read(tmp_path, 1, compound=True) == [{"id": "x"}]


def test_a_forged_directory_of_a_compound_file_runs_nothing(tmp_path: Path) -> None:
    """Whoosh itself would unpickle it when it opens the segment."""
    for directory in (
        pickle.dumps(Hostile(f"touch {tmp_path / 'ran'}")),
        pickle.dumps({COLUMN: {"offset": -5, "length": 2}}),
        pickle.dumps({COLUMN: {"offset": 12, "length": 2**40}}),
        pickle.dumps({COLUMN: 7}),
        pickle.dumps([]),
        b"",
    ):
        head = (12).to_bytes(8, "big") + len(directory).to_bytes(4, "big")
        (tmp_path / "MAIN_a.seg").write_bytes(head + directory)
        with pytest.raises(FileDamaged):
            read(tmp_path, 1, compound=True)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"B",
        b"X",
        b"\x05B",
        b"abc\xff\xff\xff\xffi",
        b"abc\x03?",
        b"\x00" * 8 + b"\x7f" + b"\xff" * 7 + b"qqX",
        zlib.compress(b"c") + b"\x09B",
    ],
)
def test_what_is_no_column_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / COLUMN).write_bytes(content)
    with pytest.raises(FileDamaged):
        read(tmp_path, 1)


def test_a_record_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    written(tmp_path, [bytes(LONGEST_RECORD + 1)])
    with pytest.raises(FileDamaged, match="too long"):
        read(tmp_path, 1)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read(tmp_path, 1)
