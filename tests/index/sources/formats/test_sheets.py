"""Spreadsheets."""

from __future__ import annotations

import sys
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from index.dates import WIB
from index.sources import ProblemKind
from index.sources.columns.plan import FieldNames
from index.sources.formats.sheets import read_sheet
from index.sources.inputs.packing import Limits
from index.sources.problems import InputProblem
from tests.index.sources.archive import kinds, packed, read, read_file


def workbook(tables: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


HEADER = ["No", "Judul", "Isi", "Tanggal", "Link", "Aktif"]


def test_a_workbook_is_read_as_its_cells_show_it(tmp_path: Path) -> None:
    content = workbook(
        {
            "Berita": [
                ["Arsip berita Juni"],
                [],
                HEADER,
                [
                    1,
                    "Satu",
                    "Isi_x000D_\nsatu",
                    datetime(2023, 6, 1, 10, 15),
                    "https://a.id/1",
                    True,
                ],
                [2.0, "Dua", "Isi dua", 45078, "https://a.id/2", None],
                [3, "#N/A", "Isi tiga", date(2023, 6, 2), None, False],
                HEADER,
                [None, "", None],
                [4, 2024, "Isi empat", "3 Juni 2023", None],
            ],
        }
    )
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert [(a.title, a.body, a.date and a.date.astimezone(WIB).isoformat()) for a in articles] == [
        ("Satu", "Isi\nsatu", "2023-06-01T10:15:00+07:00"),
        ("Dua", "Isi dua", "2023-06-01T00:00:00+07:00"),
        ("Isi tiga", "Isi tiga", "2023-06-02T00:00:00+07:00"),
        ("2024", "Isi empat", "2023-06-03T00:00:00+07:00"),
    ]
    assert [(p.kind, p.line) for p in report.examples] == [
        (ProblemKind.NOT_A_ROW, 1),
        (ProblemKind.NOT_A_ROW, 7),
    ]
    assert report.bytes_read == len(content)


def test_a_column_named_by_a_whole_question_is_one_more_column(tmp_path: Path) -> None:
    content = workbook({"a": [["judul", "isi", "apakah Anda setuju " * 8], ["a", "b", "ya"]]})
    [article], report = read_file(tmp_path, "a.xlsx", content)
    assert (article.title, article.body) == ("a", "b")
    assert not report.kinds


def test_numbers_are_ids_without_a_fraction(tmp_path: Path) -> None:
    content = workbook({"a": [["id", "isi"], [7.0, "x"], [8, "y"], ["b-9", "z"], [10**15, "w"]]})
    articles, _ = read_file(tmp_path, "a.xlsx", content)
    assert [article.id for article in articles] == ["7", "8", "b-9", "1000000000000000"]


def test_every_sheet_with_a_body_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    content = workbook(
        {
            "Rekap": [["Bulan", "Jumlah"], ["Juni", 2]],
            "Kosong": [],
            "Juni": [["id", "isi"], [1, "a"], [2, "b"]],
            "Juli": [["isi", "id"], ["c", 1], ["d", 3]],
        }
    )
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert [(a.id, a.body) for a in articles] == [
        ("1", "a"),
        ("2", "b"),
        ("a.xlsx:Juli:1", "c"),
        ("3", "d"),
    ]
    assert kinds(report) == {ProblemKind.UNUSED_SHEET: 1, ProblemKind.SAME_ID: 1}


def test_the_same_rows_on_two_sheets_are_kept_once(tmp_path: Path) -> None:
    rows = [
        ["id", "judul", "isi"],
        [1, "Banjir", "Air naik"],
        ["https://x.id/2", "Gempa", "Bumi goyang"],
        [3, "Api", "Hutan terbakar"],
    ]
    other = [*rows[:3], [3, "Longsor", "Tanah turun"]]
    content = workbook({"Semua": rows, "Mei": other, "Lagi": other})
    articles, report = read_file(tmp_path, "a.xlsx", content)
    last = {article.id: article.title for article in articles}
    assert last == {
        "1": "Banjir",
        "https://x.id/2": "Gempa",
        "3": "Api",
        "a.xlsx:Mei:3": "Longsor",
    }
    assert {(p.kind, p.articles) for p in report.examples} == {
        (ProblemKind.SAME_ID, 1),
        (ProblemKind.REPEATED_ARTICLE, 5),
    }


def test_sheets_of_several_workbooks_are_kept_apart(tmp_path: Path) -> None:
    for name in "ab":
        content = workbook(
            {title: [["id", "isi"], [1, f"{name} {title}"]] for title in ("Mei", "Juni")}
        )
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    articles, _ = read(tmp_path)
    assert {article.id: article.body for article in articles} == {
        "1": "a Mei",
        "a.xlsx:Juni:1": "a Juni",
        "b.xlsx:1": "b Mei",
        "b.xlsx:Juni:1": "b Juni",
    }


def test_a_workbook_without_a_body_is_one_problem(tmp_path: Path) -> None:
    content = workbook({"a": [["Bulan", "Jumlah"], ["Juni", 2]], "b": [["x"]]})
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.MISSING_COLUMN: 1})
    articles, report = read_file(tmp_path, "a.xlsx", content, mapping={"body": "bulan"})
    assert [article.body for article in articles] == ["Juni"]


def test_a_packed_workbook_and_one_of_any_size_name_are_read(tmp_path: Path) -> None:
    content = workbook({"a": [["isi"], ["x"]]})
    for name, data in {"a.xlsx.gz": packed(content), "a.XLSX": content, "a.xls": content}.items():
        [article], report = read_file(tmp_path, name, data)
        assert article.body == "x"
        assert report.bytes_read == len(data)


def other(*names: str) -> bytes:
    """A zip file with these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ProblemKind.OTHER_SHEET),
        (
            "terkunci.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            ProblemKind.OTHER_SHEET,
        ),
        ("a.xls", b"<html><table><tr><td>isi</td></tr></table>", ProblemKind.OTHER_SHEET),
        ("a.ods", other("content.xml", "mimetype"), ProblemKind.OTHER_SHEET),
        ("a.numbers", other("Index/Document.iwa"), ProblemKind.OTHER_SHEET),
        ("a.xlsb", other("xl/workbook.bin"), ProblemKind.OTHER_SHEET),
        ("a.xlsx", other("x"), ProblemKind.DAMAGED_FILE),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), ProblemKind.DAMAGED_FILE),
        ("a.xlsx", bytes(100), ProblemKind.DAMAGED_FILE),
        ("a.xlsx", workbook({"a": [["isi"], ["x"]]})[:-100], ProblemKind.DAMAGED_FILE),
    ],
)
def test_what_is_no_workbook_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, kind: ProblemKind
) -> None:
    [problem] = read_sheet(BytesIO(content), name, FieldNames({}))
    assert isinstance(problem, InputProblem)
    assert problem.kind is kind
    articles, report = read_file(tmp_path, name, content)
    assert not articles
    assert report.kinds.total() == 1
    if kind is ProblemKind.OTHER_SHEET:
        assert "save it as .xlsx or .csv" in str(problem)


def test_a_table_named_as_a_sheet_is_read(tmp_path: Path) -> None:
    for content in (b"judul\tisi\na\tb\n", "judul\tisi\na\tb\n".encode("utf-16")):
        [article], _ = read_file(tmp_path, "ekspor.xls", content)
        assert (article.title, article.body) == ("a", "b")


def test_any_damage_ends_in_a_problem_and_nothing_else(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "isi"],
        *([number, f"Isi ke-{number}"] for number in range(500)),
    ]
    content = workbook({"a": rows})
    for at in range(0, len(content), len(content) // 60):
        damaged = bytearray(content)
        damaged[at : at + 8] = b"\xa5" * 8
        articles, report = read_file(tmp_path, "a.xlsx", bytes(damaged))
        assert articles or report.kinds


def unpacking(part: str, content: bytes) -> bytes:
    """A workbook with one more part."""
    out = BytesIO(workbook({"a": [["isi"], ["x"]]}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return out.getvalue()


FAR = [
    pytest.param("xl/worksheets/sheet9.xml", b" " * 2**25, id="a sheet of blanks"),
    pytest.param("xl/styles9.xml", b" " * 2**24, id="styles of blanks"),
    pytest.param(
        "xl/sharedStrings9.xml",
        b"".join(b"<si><t>%d</t></si>" % (at % 1000) for at in range(700_000)),
        id="very many shared texts",
    ),
]


@pytest.mark.parametrize(("part", "inside"), FAR)
def test_a_workbook_that_unpacks_to_far_more_is_not_opened(
    tmp_path: Path, part: str, inside: bytes
) -> None:
    content = unpacking(part, inside)
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.UNPACKS_TOO_FAR: 1})
    assert part in str(report.examples[0])
    for more in (Limits(unpacked=2**30), Limits(ratio=20_000)):
        [article], _ = read_file(tmp_path, "a.xlsx", content, limits=more)
        assert article.body == "x"


def test_the_limits_of_a_workbook_are_the_options(tmp_path: Path) -> None:
    content = workbook({"a": [["isi"], *(["air naik lagi"] for _ in range(5000))]})
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert (len(articles), kinds(report)) == (5000, {})
    articles, report = read_file(
        tmp_path, "a.xlsx", content, limits=Limits(ratio=2, unpacked=2**10)
    )
    assert (articles, kinds(report)) == ([], {ProblemKind.UNPACKS_TOO_FAR: 1})


def test_the_warnings_of_the_process_stay_as_they_are(tmp_path: Path) -> None:
    content = workbook({"a": [["isi", "tanggal"], ["x", date(2023, 6, 1)]]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        before = list(warnings.filters)
        read_file(tmp_path, "a.xlsx", content)
        assert warnings.filters == before


def test_without_the_package_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook({"a": [["isi"], ["x"]]})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    articles, report = read_file(tmp_path, "a.xlsx", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.MISSING_EXTRA: 1})
    assert 'pip install "warta[excel]"' in str(report.examples[0])
