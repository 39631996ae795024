"""Headers: where they are and what separates their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.sources import ProblemKind
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.dialect import find_delimiter, is_plainly_a_header
from index.sources.formats.tables.table import read_table
from index.sources.record import Record
from tests.index.sources.archive import kinds, read_file


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\njudul;isi;sumber\nA;b, c;x\n",
        '"sep=|"\njudul|isi|sumber\nA|b, c|x\n',
        "SEP=^\njudul^isi^sumber\nA^b, c^x\n",
        "judul\x01isi\x01sumber\nA\x01b, c\x01x\n",
        "judul\x1fisi\x1fsumber\nA\x1fb, c\x1fx\n",
        "judul~isi~sumber\nA~b, c~x\n",
        "judul¦isi¦sumber\nA¦b, c¦x\n",
        "judul||isi||sumber\nA||b, c||x\n",
        "judul~|~isi~|~sumber\nA~|~b, c~|~x\n",
        '\ufeff\ufeff"judul","isi","sumber"\n"A","b, c","x"\n',
        "JUDUL ; Isi ; SUMBER\nA;b, c;x\n",
        ';"judul";"isi";"sumber"\n0;A;b, c;x\n',
        'Unnamed: 0\tjudul\tisi\tsumber\n0\tA\t"b, c"\tx\n',
        '"judul","isi","sumber"\n"1","A","b, c","x"\n',
        '"Judul\nBerita","Isi","Sumber"\nA,"b, c",x\n',
        " judul | isi | sumber \n-------+-----+-----\n A | b, c | x\n",
        "| judul | isi | sumber |\n|---|---|---|\n| A | b, c | x |\n",
    ],
)
def test_a_header_is_understood(tmp_path: Path, content: str) -> None:
    [article], report = read_file(tmp_path, "a.csv", content.encode())
    assert (article.title, article.body, article.source) == ("A", "b, c", "x")
    assert not report.kinds


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Laporan Berita Juni 2023", 1),
        ("Artikel", 1),
        ("# dibuat otomatis\n# oleh ekspor\n\nArsip", 3),
        ("\n\n\n", 0),
        ('"Arsip, lengkap";;;', 1),
    ],
)
def test_a_header_below_a_title_is_found_and_the_title_told(
    tmp_path: Path, before: str, told: int
) -> None:
    content = f"{before}\nNo;Judul;Isi;Tanggal\n1;A;b;2023-06-01\n"
    [article], report = read_file(tmp_path, "a.csv", content.encode())
    assert (article.title, article.body) == ("A", "b")
    assert kinds(report) == ({ProblemKind.NOT_A_ROW: told} if told else {})


def test_a_table_without_names_says_so(tmp_path: Path) -> None:
    content = b"1,https://contoh.id/a,2023-06-01,Isi berita\n2,https://contoh.id/b,2023-06-02,b\n"
    articles, report = read_file(tmp_path, "a.csv", content)
    assert not articles
    assert kinds(report) == {ProblemKind.MISSING_COLUMN: 1}
    assert "no names of columns" in str(report.examples[0])


@pytest.mark.parametrize("line", [b"#" * 2_000_000, b"judul,isi" + b"," * 200_000])
def test_a_line_of_little_but_what_separates_is_no_header(tmp_path: Path, line: bytes) -> None:
    articles, report = read_file(tmp_path, "a.csv", line + b"\nA,b\n")
    assert not articles
    assert kinds(report) == {ProblemKind.MISSING_COLUMN: 1}


def test_a_table_of_titles_is_read_where_it_names_two_fields_more() -> None:
    content = b"judul;link;tanggal\nA;https://a.id/1;2023-06-01\n"
    [record] = read_table([content], "a.csv", FieldNames({}))
    assert isinstance(record, Record)
    assert record.values == {"judul": "A", "link": "https://a.id/1", "tanggal": "2023-06-01"}


def test_rows_are_no_header(tmp_path: Path) -> None:
    content = b"judul,gambar\n" + b"a,isi\n" * 9 + b"judul,isi\n"
    _, report = read_file(tmp_path, "a.csv", content)
    assert kinds(report) == {ProblemKind.MISSING_COLUMN: 1}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_two_columns_are_a_table_in_a_text_file(tmp_path: Path, delimiter: str) -> None:
    rows = ["judul,isi", "Satu,Harga beras naik.", "", "Dua,Harga beras turun."]
    content = "\r\n".join(rows).replace(",", delimiter).encode()
    articles, _ = read_file(tmp_path, "a.txt", content)
    assert [article.title for article in articles] == ["Satu", "Dua"]


def test_a_text_file_that_is_plainly_a_table_is_read_as_one(tmp_path: Path) -> None:
    content = b"judul\tisi\ttanggal\nA\tb\t2023-06-01\nC\td\t2023-06-02\n"
    articles, _ = read_file(tmp_path, "a.txt", content)
    assert [article.body for article in articles] == ["b", "d"]
    names = FieldNames({})
    assert not is_plainly_a_header("Judul, isi", names, "Ada judul, dan ada isi.")
    assert not is_plainly_a_header("Judul,isi", names, "Ini satu kalimat.")
    assert not is_plainly_a_header("Isi,Judul", names, "Harga beras, gula, dan kopi naik.")
    assert not is_plainly_a_header("Isi,Judul", names, "Harga beras,gula,dan kopi naik.")
    assert not is_plainly_a_header("Isi,Judul", names, "Harga beras, naik.")
    assert is_plainly_a_header("Isi,Judul", names, '"Harga beras, gula, dan kopi naik.",Beras')
    assert is_plainly_a_header("Judul,Isi", names, 'Beras,"Harga beras, gula, dan kopi')
    assert not is_plainly_a_header("Isi berita, judul berita, tanggalnya, semua lengkap.", names)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_under_which_names_are_known(delimiter: str) -> None:
    assert find_delimiter(delimiter.join(["judul", "isi", "a,b;c"]), FieldNames({})) == delimiter
