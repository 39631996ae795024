"""Text files whose first lines name their fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.dates import iso_date
from index.sources.text.labelledhead import read_labelled_head
from tests.index.sources.archive import read_file

BODY = "Harga beras naik di pasar. Pedagang mengeluh."


@pytest.mark.parametrize(
    "text",
    [
        f"Judul: Beras naik\nTanggal: 1 Juni 2023\nSumber: Kompas\n\n{BODY}\n",
        f"JUDUL : Beras naik\nSUMBER : Kompas\nTANGGAL : Kamis, 1 Juni 2023\n{BODY}",
        f"Title: Beras naik\nDate: 2023-06-01\nSource: Kompas\nContent: {BODY}",
        f"Judul = Beras naik\nMedia = Kompas\nTgl = 01/06/2023\nIsi =\n{BODY}",
        f"- **Judul**: Beras naik\n- **Sumber**: Kompas\n- **Tanggal**: 1 Juni 2023\n\n{BODY}",
    ],
)
def test_the_fields_are_those_that_are_named(tmp_path: Path, text: str) -> None:
    [article], report = read_file(tmp_path, "a.txt", text.encode())
    assert (article.title, article.body, article.source) == ("Beras naik", BODY, "Kompas")
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01"
    assert not report.kinds


def test_a_line_that_is_no_field_stays_in_the_body(tmp_path: Path) -> None:
    text = f"Judul: Beras naik\nNada: positif\nTanggal: 1 Juni 2023\n\n{BODY}"
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert article.body == f"Nada: positif\n\n{BODY}"


@pytest.mark.parametrize(
    "lines",
    [
        ["Judul: kisah sebuah buku", "Buku itu terbit tahun lalu."],
        ["Tanggal: 1 Juni 2023", "Beras naik"],
        ["Menteri: beras cukup", "Sumber: Kompas"],
        ["https://contoh.id/a", "Judul: Beras naik", "Sumber: Kompas"],
        [],
    ],
)
def test_other_texts_have_no_such_head(lines: list[str]) -> None:
    assert read_labelled_head(lines) is None


def test_a_long_line_costs_little() -> None:
    assert read_labelled_head(["Judul" + " " * 10**6 + "x", "* " * 10**6]) is None
