"""Queries from a file: lines as people and editors write them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from index.errors import SourceError
from search.cli.queries import read_queries


def read(path: Path, content: bytes) -> list[tuple[int, str, str | None]]:
    path.write_bytes(content)
    return [(one.line, one.name, one.query) for one in read_queries(str(path))]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\n \r\n\t\n", []),
        (b"banjir", [(1, "1", "banjir")]),
        (b"banjir\r\ngempa\r\n", [(1, "1", "banjir"), (2, "2", "gempa")]),
        (b"\xef\xbb\xbfbanjir\n", [(1, "1", "banjir")]),
        (b"a\n\n a \n", [(1, "1", "a"), (3, "3", "a")]),
        (b"q1\tharga beras\nq2\t -x\n", [(1, "q1", "harga beras"), (2, "q2", "-x")]),
        (b"q1\ta\tb\n", [(1, "q1", "a\tb")]),
        (b"\ta\n", [(1, "1", "a")]),
        ("kopi é\n".encode(), [(1, "1", "kopi é")]),
        (b"#a\n", [(1, "1", "#a")]),
    ],
)
def test_lines_are_queries(
    tmp_path: Path, content: bytes, expected: list[tuple[int, str, str | None]]
) -> None:
    assert read(tmp_path / "q", content) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"ab\xff", "byte 3"),
        (b"q1\t", "after the tab"),
        (b"x" * 70_000, "too long"),
        (b"x" * (1 << 16), "too long"),
        (b"x" * (3 << 16), "too long"),
    ],
)
def test_a_bad_line_is_told_at_its_place_and_the_others_go_on(
    tmp_path: Path, line: bytes, said: str
) -> None:
    path = tmp_path / "q"
    path.write_bytes(b"satu\n" + line + b"\ntiga\n")
    first, bad, last = read_queries(str(path))
    assert (first.query, last.query, last.line) == ("satu", "tiga", 3)
    assert (bad.query, bad.line) == (None, 2)
    assert bad.problem is not None
    assert said in bad.problem.english


def test_a_file_in_another_encoding_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="UTF-16"):
        read(tmp_path / "q", "banjir\n".encode("utf-16"))


def test_lines_of_standard_input_come_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"satu\ndua\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    lines = read_queries("-")
    assert next(lines).query == "satu"
    assert next(lines).query == "dua"
