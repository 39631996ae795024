"""Rows with more or fewer cells than the header."""

from __future__ import annotations

import pytest

from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.table import read_table
from index.sources.problems import ProblemKind
from index.sources.record import Record


def rows(content: str) -> list[tuple[object, ...] | ProblemKind]:
    """The values of every row, or the kind of its problem."""
    return [
        tuple(item.values.values()) if isinstance(item, Record) else item.kind
        for item in read_table([content.encode()], "a.csv", FieldNames({}))
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "id,isi,tanggal,url\n1,Beras, gula, dan garam,2023-06-01,https://x.id/1\n",
            ("1", "Beras, gula, dan garam", "2023-06-01", "https://x.id/1"),
        ),
        (
            "id,isi,tanggal,url\n1,Naik Rp1,500 lagi,1 Juni 2023,https://x.id/1\n",
            ("1", "Naik Rp1,500 lagi", "1 Juni 2023", "https://x.id/1"),
        ),
        (
            "judul,isi,sumber\nNaik, lagi,Mahal, kata dia,A\n",
            ("Naik, lagi", "Mahal, kata dia", "A"),
        ),
        ("sumber,isi\nA,satu,dua,tiga\n", ("A", "satu,dua,tiga")),
        (
            "url;isi;tanggal\nhttps://x.id;satu; dua;;2023-06-01\n",
            ("https://x.id", "satu; dua;", "2023-06-01"),
        ),
        ("judul,isi,sumber\na,b,c,d\n", ProblemKind.LONG_ROW),
        ("judul,isi,url\na,b,c,https://x.id\n", ProblemKind.LONG_ROW),
    ],
    ids=["prose", "one-fits", "two-texts", "last", "one-text", "unknown", "title-or-body"],
)
def test_delimiters_in_a_text_are_mended_where_that_is_certain(
    content: str, expected: tuple[object, ...] | ProblemKind
) -> None:
    assert rows(content) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "id,judul,isi,tanggal\n1,A,Satu.\n\nDua, ya.,2023-06-01\n2,B,x,2023-06-02\n",
            [("1", "A", "Satu.\n\nDua, ya.", "2023-06-01"), ("2", "B", "x", "2023-06-02")],
        ),
        (
            "judul,isi,sumber\nA,Paragraf satu\nParagraf dua.,S\nB,x,T\n",
            [("A", "Paragraf satu\nParagraf dua.", "S"), ("B", "x", "T")],
        ),
        (
            "id,judul,isi\n1,A,Satu.\nDua, dengan koma.\n\nTiga\n2,B,x\n",
            [("1", "A", "Satu.\nDua, dengan koma.\n\nTiga"), ("2", "B", "x")],
        ),
        (
            "judul,isi,tanggal\nA,isi a\nB,isi b\nC,isi c,2023-01-01\n",
            [("A", "isi a"), ("B", "isi b"), ("C", "isi c", "2023-01-01")],
        ),
        (
            "judul,isi,sumber\nA,isi a\nB,isi b\nC,isi c,x\n",
            [("A", "isi a"), ("B", "isi b"), ("C", "isi c", "x")],
        ),
        (
            "id,judul,isi,sumber\n1,A,isi a\n2,B,isi b\n3,C,isi c,x\n",
            [("1", "A", "isi a"), ("2", "B", "isi b"), ("3", "C", "isi c", "x")],
        ),
        ("sumber,isi\nA,dua\nC\n\x1a", [("A", "dua"), ("C",)]),
        ("judul,isi,sumber\na?,isi a\nb!,isi b\n", [("a?", "isi a"), ("b!", "isi b")]),
    ],
    ids=[
        *("date-completes", "sentence", "body-last", "no-dates", "no-sources", "numbered"),
        *("cut-off", "small-letters"),
    ],
)
def test_line_ends_in_a_text_are_told_from_cells_left_out(
    content: str, expected: list[tuple[object, ...]]
) -> None:
    assert rows(content) == expected


def test_what_was_mended_is_told() -> None:
    content = b"id,isi,tanggal\n1,a, b,2023-06-01\n2,c\nd,2023-06-02\n"
    items = list(read_table([content], "a.csv", FieldNames({})))
    faults = [[kind for kind, _ in item.faults] for item in items if isinstance(item, Record)]
    assert faults == [[ProblemKind.RAGGED_ROW], [ProblemKind.RAGGED_ROW]]
