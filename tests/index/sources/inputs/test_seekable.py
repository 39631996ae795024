"""Inputs as files in which readers go back and forth."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from index.sources.inputs.packing import unpacked
from index.sources.inputs.seekable import seekable
from index.sources.report import ReadReport
from tests.index.sources.archive import packed

CONTENT = bytes(range(256)) * 5000


class Pipe(io.BytesIO):
    """Bytes that come once."""

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("kind", [io.BytesIO, Pipe])
def test_every_input_can_be_read_from_any_place(kind: type[io.BytesIO], is_packed: bool) -> None:
    data = packed(CONTENT) if is_packed else CONTENT
    file, report = kind(data), ReadReport()
    content = unpacked(file, report)
    head = next(content)
    with seekable(file, (part for part in [head, *content]), head, report) as copy:
        assert copy.read() == CONTENT
        copy.seek(100)
        assert copy.read(5) == CONTENT[100:105]


def test_a_plain_file_is_not_copied_and_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(CONTENT)
    report = ReadReport()
    with path.open("rb") as file:
        content = unpacked(file, report)
        head = next(content)
        with seekable(file, content, head, report) as same:
            assert same is file
    assert report.bytes_read == len(CONTENT)
