"""Spreadsheets in formats that are not read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.index.sources.archive import read_file


@pytest.mark.parametrize(
    ("name", "parts", "remedy"),
    [
        (
            "a.ods",
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
            ".xlsx atau .csv",
        ),
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}, ".txt atau .html"),
        ("a.numbers", {"Index/Document.iwa": "x"}, ".xlsx, .csv"),
        ("a.xlsb", {"xl/workbook.bin": "x"}, ".xlsx atau .csv"),
    ],
)
def test_it_is_told_how_to_save_them_again(
    tmp_path: Path, name: str, parts: dict[str, str], remedy: str
) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    articles, report = read_file(tmp_path, name, out.getvalue())
    assert articles == []
    assert remedy in report.examples[0].indonesian
    assert "…" not in report.examples[0].indonesian
