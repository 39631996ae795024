"""CSV and its relatives."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import ProblemKind
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.table import read_table
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


@pytest.mark.parametrize("header", [b"judul,gambar", b"x", b'"', b"1,2,3"])
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


def test_a_quote_that_is_not_closed_costs_no_row(tmp_path: Path) -> None:
    content = b'id,isi\n1,a\n2,"b\n3,c\n4,d\n'
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [(a.id, a.body) for a in articles] == [("1", "a"), ("2", '"b'), ("3", "c"), ("4", "d")]
    assert kinds(report) == {ProblemKind.BARE_QUOTE: 1}
    assert report.examples[0].line == 3


def test_a_line_too_long_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    content = b"id,isi\n1,a\n2," + b"x" * 17 * 2**20 + b"\n3,c\n"
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.id for article in articles] == ["1", "3"]
    assert kinds(report) == {ProblemKind.LINE_TOO_LONG: 1}
    assert report.examples[0].line == 3


def test_a_row_of_too_many_lines_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%s\n" % (n, b"x" * 2**20) for n in range(3, 21))
    articles, report = read_file(tmp_path, "a.csv", b'id,isi\n1,a\n2,"b\n' + rows)
    assert [article.id for article in articles] == ["1", "2", *map(str, range(3, 21))]
    assert kinds(report) == {ProblemKind.BARE_QUOTE: 1}
    articles, report = read_file(tmp_path, "b.csv", b'id,judul,isi\n1,x,a\n2,"b\n' + rows)
    assert kinds(report)[ProblemKind.LINE_TOO_LONG] == 1


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


CELLS = st.one_of(
    st.text(st.characters(exclude_characters="\r", codec="utf-8")),
    st.text(st.sampled_from('",;\t|\n a1\\')),
)
HEADERS = [
    ("isi",),
    ("isi", "judul"),
    ("judul", "isi"),
    ("judul", "isi", "sumber"),
    ("id", "judul", "isi"),
    ("judul", "isi", "tanggal", "url"),
]


@given(
    st.data(),
    st.sampled_from(HEADERS),
    st.tuples(
        st.sampled_from(",;\t|"),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.sampled_from(["\n", "\r\n"]),
    ),
    st.integers(1, 50),
)
def test_what_python_writes_comes_back(
    data: st.DataObject,
    header: tuple[str, ...],
    form: tuple[str, Literal[0, 1], str],
    size: int,
) -> None:
    delimiter, quoting, line_end = form
    rows = data.draw(st.lists(st.tuples(*[CELLS] * len(header)), max_size=8))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerows([header, *rows])
    content = out.getvalue().encode()
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    read = list(read_table(parts, "a.csv", FieldNames({})))
    assert all(isinstance(item, Record) and not item.faults for item in read)
    assert [tuple(item.values.values()) for item in read if isinstance(item, Record)] == [
        row for row in rows if any(row)
    ]


@given(st.data(), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_without_quoting_comes_back_row_by_row(
    data: st.DataObject, delimiter: str, line_end: str
) -> None:
    letters = st.text(st.sampled_from([c for c in '"aB .,;\t|' if c != delimiter]), max_size=8)
    # A mark alone opens a value in quotation marks, which another row's empty value may close.
    told = letters.filter(lambda text: text.strip() != '"')
    cells = st.lists(st.tuples(told, told), max_size=8)
    rows = [
        (title.strip() or "x", body.strip() or "x", f"https://contoh.id/{number}")
        for number, (title, body) in enumerate(data.draw(cells))
    ]
    lines = [delimiter.join(row) for row in [("judul", "isi", "url"), *rows]]
    read = list(read_table([line_end.join(lines).encode()], "a.csv", FieldNames({})))
    assert not any(isinstance(item, InputProblem) for item in read)
    records = [item for item in read if isinstance(item, Record)]
    assert [record.values.get("url") for record in records] == [row[2] for row in rows]
    for record, row in zip(records, rows, strict=True):
        for name, cell in zip(("judul", "isi"), row, strict=False):
            enclosed = cell[:1] == cell[-1:] == '"'  # which cannot be told from quoting
            assert record.values[name] == cell or enclosed


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (b'judul,isi\rSatu,"a\nb"\rDua,c\r', ["Satu", "Dua"]),
        (b"judul,isi\r\r\nSatu,b\r\r\nDua,c\r\r\n", ["Satu", "Dua"]),
        (b"judul,isi\r\nSatu,b\nDua,c\r\n", ["Satu", "Dua"]),
        (b"judul,isi,\nSatu,b,\nDua,c,,\n", ["Satu", "Dua"]),
        (b"judul,isi,url\n\\N,Satu.,\\N\nDua,c,\\N\n", ["Satu", "Dua"]),
        (b"judul,isi,isi\nSatu,,b\nDua,c,\n", ["Satu", "Dua"]),
    ],
    ids=["old-mac", "doubled-cr", "mixed-ends", "trailing", "mysql-null", "same-name-twice"],
)
def test_other_habits_of_exports_are_no_problem(
    tmp_path: Path, content: bytes, titles: list[str]
) -> None:
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.title for article in articles] == titles
    assert not report.kinds


@pytest.mark.parametrize(
    ("content", "bodies", "told"),
    [
        (b"judul,isi,url\na,b,c\njudul,isi,url\nd,e,f\n", ["b", "e"], 3),
        (b"judul,isi,url\na,b,c\n\xef\xbb\xbfurl,judul,isi\nd,e,f\n", ["b", "f"], 3),
        (b"judul,isi\na,b\nid,judul,isi,url\n1,c,d,e\n", ["b", "d"], 3),
        (b"id,judul,isi\n1,a,b\nTotal: 123 rows\n", ["b"], 3),
        (b"id|judul|isi\n1|a|b\n(1 row)\n", ["b"], 3),
        (b"id;judul;isi\n1;a;b\nJumlah;;\n", ["b"], None),
        (b"judul,isi\na,b\n# akhir arsip\n", ["b"], 3),
    ],
    ids=["header", "other-order", "other-header", "total", "psql", "empty-sum", "remark"],
)
def test_lines_that_are_no_rows_are_passed_over_and_told(
    tmp_path: Path, content: bytes, bodies: list[str], told: int | None
) -> None:
    articles, report = read_file(tmp_path, "a.csv", content)
    assert [article.body for article in articles] == bodies
    if told:
        assert [(p.kind, p.line) for p in report.examples] == [(ProblemKind.NOT_A_ROW, told)]


@pytest.mark.parametrize(
    "row",
    [
        "#2019GantiPresiden ramai di media sosial,",
        "Total 3 berita baru hari ini,",
        "3 data pribadi pejabat bocor,",
        "10 artikel terpopuler pekan ini,",
        "5 baris puisi untuk ibu,",
    ],
)
def test_a_title_that_looks_like_a_count_or_a_remark_is_kept(tmp_path: Path, row: str) -> None:
    articles, report = read_file(tmp_path, "a.csv", f"judul,isi\na,b\n{row}\n".encode())
    assert [article.title for article in articles] == ["a", row[:-1]]
    assert kinds(report) == {ProblemKind.NO_BODY: 1}


@pytest.mark.parametrize(
    "row",
    ["(3 rows)", "3 rows in set (0.01 sec)", "Total 3 berita", "# dibuat 1 Juni 2023", "## akhir"],
)
def test_counts_and_remarks_are_no_articles(tmp_path: Path, row: str) -> None:
    for line in (row, f"{row},"):
        articles, report = read_file(tmp_path, "a.csv", f"judul,isi\na,b\n{line}\n".encode())
        assert len(articles) == 1
        assert kinds(report) == {ProblemKind.NOT_A_ROW: 1}


def test_a_column_named_by_a_whole_question_is_one_more_column(tmp_path: Path) -> None:
    question = "apakah pembaca setuju dengan isi berita ini " * 4
    content = f"judul,isi,{question}\na,b,ya\n".encode()
    [article], report = read_file(tmp_path, "a.csv", content)
    assert (article.title, article.body) == ("a", "b")
    assert not report.kinds
    content = f"berita,{question}\nolahraga,{question}\n".encode()  # rows without a header
    articles, report = read_file(tmp_path, "a.csv", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.MISSING_COLUMN: 1})


def test_a_break_in_the_middle_of_a_quoted_cell_keeps_the_rows_before(tmp_path: Path) -> None:
    rows = "".join(f'{n},"Isi ke-{n},\ndua baris"\n' for n in range(2000))
    content = packed(f"id,isi\n{rows}".encode())
    articles, report = read_file(tmp_path, "a.csv.gz", content[: len(content) // 2])
    assert [a.body for a in articles] == [f"Isi ke-{n},\ndua baris" for n in range(len(articles))]
    assert kinds(report) == {ProblemKind.TRUNCATED_PACKED: 1}


def test_texts_that_were_told_to_spreadsheets_are_texts(tmp_path: Path) -> None:
    rows = [
        "id,judul,isi,tanggal",
        '"=""00123""","=""Dua, tiga""","Harga beras =""naik"".","=""2023-06-01"""',
        '="00124",="Tiga ""empat""",Harga beras turun.,="2023-06-02"',
    ]
    articles, _ = read_file(tmp_path, "a.csv", "\n".join(rows).encode())
    assert [(one.id, one.title) for one in articles] == [
        ("00123", "Dua, tiga"),
        ("00124", 'Tiga "empat"'),
    ]
    assert [one.body for one in articles] == ['Harga beras ="naik".', "Harga beras turun."]
    assert all(one.date for one in articles)


def test_a_long_text_that_was_told_to_spreadsheets_takes_no_more_room_than_it_has() -> None:
    cell = '="' + "x" * 3_000_000
    content = f'judul,isi\nA,"{cell.replace(chr(34), 2 * chr(34))}"\n'.encode()
    tracemalloc.start()
    try:
        [record] = read_table([content], "a.csv", FieldNames({}))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(record, Record)
    assert record.values["isi"] == cell
    assert most < 20 * len(cell)
