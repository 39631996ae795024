"""Tables that a second program wrote again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.sources.archive import read_file


@pytest.mark.parametrize(
    "content",
    [
        '"judul,tanggal,isi"\n"A,2023-06-01,""b, c"""\n"D,2023-06-02,e"\n',
        '\ufeff"judul,tanggal,isi";;\n"A,2023-06-01,""b, c""";;\n"D,2023-06-02,e";;\n',
        'judul,tanggal,isi\n"A,2023-06-01,""b, c"""\n"D,2023-06-02,e"\n',
        "judul,tanggal,isi\n'A','2023-06-01','b, c'\n'D','2023-06-02','e'\n",
        '"judul" ,"tanggal" ,"isi" \n"A" ,"2023-06-01" ,"b, c" \n"D" ,"2023-06-02" ,"e" \n',
    ],
)
def test_wrapped_rows_and_other_marks_are_read(tmp_path: Path, content: str) -> None:
    articles, _ = read_file(tmp_path, "a.csv", content.encode())
    assert [(a.title, a.body, a.date is not None) for a in articles] == [
        ("A", "b, c", True),
        ("D", "e", True),
    ]


def test_a_wrapped_row_may_have_several_lines(tmp_path: Path) -> None:
    content = '"judul,tanggal,isi"\n"A,2023-06-01,""b, c\nd, ""e"", f"""\n"D,2023-06-02,e"\n'
    first, second = read_file(tmp_path, "a.csv", content.encode())[0]
    assert (first.title, first.body.splitlines()[0], second.body) == ("A", "b, c", "e")


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        (r"Satu.\nDua.", "Satu.\nDua."),
        (r"Satu\r\n\r\nDua \\ tiga", "Satu\n\nDua \\ tiga"),
        (r"Berkas C:\new\temp hilang", r"Berkas C:\new\temp hilang"),
        (r"Satu.\nBerkas C:\Users", r"Satu.\nBerkas C:\Users"),
    ],
)
def test_exports_of_databases_write_line_ends_with_backslashes(
    tmp_path: Path, cell: str, right: str
) -> None:
    content = f"judul\tisi\ttanggal\nA\t{cell}\t2023-06-01\n"
    [article], _ = read_file(tmp_path, "a.tsv", content.encode())
    assert article.body == right


@pytest.mark.parametrize(
    ("content", "title", "body"),
    [
        ("judul,isi\n'Tenang', kata dia\n", "'Tenang'", " kata dia"),
        ("judul,isi\n'Tenang','ya'\n", "Tenang", "ya"),
        ("judul,isi\n'90-an kembali,Musik '90-an'\n", "'90-an kembali", "Musik '90-an'"),
        ('judul,isi\n"Tenang, kata dia",b\n', "Tenang, kata dia", "b"),
    ],
)
def test_marks_of_a_text_stay(tmp_path: Path, content: str, title: str, body: str) -> None:
    [article], _ = read_file(tmp_path, "a.csv", content.encode())
    assert (article.title, article.body) == (title, body.strip())
