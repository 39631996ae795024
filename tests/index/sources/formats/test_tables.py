"""CSV and its relatives."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import ProblemKind
from index.sources.columns import FieldNames
from index.sources.formats.tables import read_table
from index.sources.problems import InputProblem
from index.sources.record import Record
from tests.index.sources.archive import kinds, packed, read_file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_table_is_read_with_any_delimiter(
    tmp_path: Path, delimiter: str, name: str, line_end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(
        [
            ("Judul", "Isi", "Tanggal"),
            ("Satu", 'Ia berkata, "tidak";\nlalu pergi|\tjauh.', "2023-06-01"),
            ("", "", ""),
            ("Dua", "Baris dua.", ""),
        ]
    )
    content = out.getvalue().encode("utf-8-sig")
    articles, report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    assert [(a.title, a.body) for a in articles] == [
        ("Satu", 'Ia berkata, "tidak";\nlalu pergi|\tjauh.'),
        ("Dua", "Baris dua."),
    ]
    assert not report.kinds


def test_problems_carry_the_line_where_their_row_begins(tmp_path: Path) -> None:
    content = b'\nisi,tanggal\n"dua\nbaris",2023-06-01\n\n,2023-06-01\nc,31 Februari 2023\n'
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.body for article in articles] == ["dua\nbaris", "c"]
    assert [(problem.kind, problem.line) for problem in report.examples] == [
        (ProblemKind.EMPTY_BODY, 6),
        (ProblemKind.BAD_DATE, 7),
    ]


@pytest.mark.parametrize("header", [b"judul,ringkasan", b"x", b'"', b"1,2,3"])
def test_a_missing_body_column_is_one_problem(tmp_path: Path, header: bytes) -> None:
    articles, report = read_file(tmp_path, "a.csv", header + b"\na,b\nc,d\n")
    assert articles == []
    assert kinds(report) == {ProblemKind.MISSING_COLUMN: 1}
    assert "--map body=" in str(report.examples[0])


def test_a_mapping_names_the_missing_column(tmp_path: Path) -> None:
    content = b"judul;ringkasan\na;b\n"
    [article], report = read_file(tmp_path, "a.csv", content, mapping={"body": "Ringkasan"})
    assert (article.title, article.body) == ("a", "b")
    assert not report.kinds


def test_a_short_row_is_kept_with_what_it_has(tmp_path: Path) -> None:
    [article], report = read_file(tmp_path, "a.csv", b"judul,isi,sumber,tempat\na,b,c\n")
    assert (article.body, article.source, article.place) == ("b", "c", None)
    assert kinds(report) == {ProblemKind.RAGGED_ROW: 1}
    assert (report.repaired, report.skipped) == (1, 0)


def test_a_row_too_long_is_skipped_unless_its_tail_is_the_body(tmp_path: Path) -> None:
    articles, report = read_file(tmp_path, "a.csv", b"isi,sumber\na,b,c\nd,e,,\n")
    assert [article.body for article in articles] == ["d"]
    assert kinds(report) == {ProblemKind.LONG_ROW: 1}
    articles, report = read_file(tmp_path, "b.csv", b"sumber,isi\na,satu, dua, tiga\n")
    assert [article.body for article in articles] == ["satu, dua, tiga"]
    assert kinds(report) == {ProblemKind.RAGGED_ROW: 1}


def test_a_quote_that_is_not_closed_costs_only_its_row(tmp_path: Path) -> None:
    content = b'id,isi\n1,a\n2,"b\n3,c\n4,d\n'
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.id for article in articles] == ["1", "3", "4"]
    assert kinds(report) == {ProblemKind.BROKEN_ROW: 1}
    assert report.examples[0].line == 3


def test_a_line_too_long_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    content = b"id,isi\n1,a\n2," + b"x" * 17 * 2**20 + b"\n3,c\n"
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.id for article in articles] == ["1", "3"]
    assert kinds(report) == {ProblemKind.LINE_TOO_LONG: 1}
    assert report.examples[0].line == 3


def test_a_row_of_too_many_lines_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%s\n" % (n, b"x" * 2**20) for n in range(3, 21))
    articles, report = read_file(tmp_path, "a.csv", b'id,isi\n1,a\n2,"b\n' + rows)
    assert [article.id for article in articles] == ["1", *map(str, range(3, 21))]
    assert kinds(report) == {ProblemKind.LINE_TOO_LONG: 1}


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    body = "kata " * 100_000
    [article], report = read_file(tmp_path, "a.csv", f'isi\n"{body}"\n'.encode())
    assert article.body == body.strip()
    assert not report.kinds


@pytest.mark.parametrize(
    ("cell", "body", "kind"),
    [
        (b"caf\xe9 \x96 enak", "café – enak", ProblemKind.INVALID_UTF8),
        (b"nul\0bita", "nulbita", ProblemKind.NUL_BYTE),
        (b"satu\rdua", "satu dua", None),
    ],
)
def test_bytes_are_repaired_as_in_every_format(
    tmp_path: Path, cell: bytes, body: str, kind: ProblemKind | None
) -> None:
    [article], report = read_file(tmp_path, "a.csv", b"isi,sumber\n" + cell + b",x\n")
    assert article.body == body
    assert kinds(report) == ({kind: 1} if kind else {})


def test_an_empty_table_has_no_articles(tmp_path: Path) -> None:
    for content in (b"", b"\n\n", b"isi,judul\n"):
        articles, report = read_file(tmp_path, "a.csv", content)
        assert (articles, kinds(report)) == ([], {})


CELLS = st.text(st.characters(exclude_characters="\r", codec="utf-8"))


@given(st.lists(st.tuples(CELLS, CELLS)), st.sampled_from(",;\t|"), st.integers(1, 50))
def test_what_python_writes_comes_back(
    rows: list[tuple[str, str]], delimiter: str, size: int
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("isi", "judul"), *rows])
    content = out.getvalue().encode()
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    read = list(read_table(parts, "a.csv", FieldNames({})))
    assert [tuple(item.values.values()) for item in read if isinstance(item, Record)] == [
        row for row in rows if any(row)
    ]
    assert not any(isinstance(item, InputProblem) for item in read)
