"""Rows whose quotation marks are wrong, and those that only look so."""

from __future__ import annotations

import time

import pytest

from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.table import read_table
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record


def bodies(content: str) -> list[tuple[object, list[ProblemKind]]]:
    """The body and the repairs of every row."""
    return [
        (item.values.get("isi"), [kind for kind, _ in item.faults])
        for item in read_table([content.encode()], "a.csv", FieldNames({}))
        if isinstance(item, Record)
    ]


BARE = [ProblemKind.BARE_QUOTE]
RAGGED = ProblemKind.RAGGED_ROW


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            'judul\tisi\tsumber\nDua\t"Tenang saja, kata dia\tB\nTiga\tIsi "begitu" x"\tC\n',
            [('"Tenang saja, kata dia', BARE), ('Isi "begitu" x"', [])],
        ),
        (
            'judul\tisi\tsumber\n"Satu\t"Isi\tA\n"Dua\t"Isi dua\tB\nTiga\tx\tC\n',
            [('"Isi', BARE), ('"Isi dua', BARE), ("x", [])],
        ),
        ('judul\tsumber\tisi\nS\tA\t"Isi satu\nD\tB\tdua\n', [('"Isi satu', BARE), ("dua", [])]),
        ('judul,isi,sumber\na,b,c\nd,"e,f', [("b", []), ('"e', BARE)]),
        ('judul,isi,sumber\nd,"e, ya,f\n', [('"e, ya', [*BARE, RAGGED])]),
        ('judul\tisi\n"Tenang," kata dia\tisi satu\nDua\tx\n', [("isi satu", BARE), ("x", [])]),
        (
            'judul\tisi\turl\nA\t"Saya tahu.\thttp://a/1\nB\tSaya yakin."\thttp://a/2\n',
            [('"Saya tahu.', BARE), ('Saya yakin."', [])],
        ),
        (
            'id\tisi\tsumber\n1\t"Saya tahu.\tA\n2\tSaya yakin."\tB\n3\tx\tC\n',
            [('"Saya tahu.', BARE), ('Saya yakin."', []), ("x", [])],
        ),
        ('judul,isi,url\n",",https://contoh.id/0\n', [('"', BARE)]),
    ],
    ids=[
        *("first-of-many", "two-in-a-row", "last-column", "end-of-file", "with-comma"),
        *("start-of-cell", "addresses-prove-rows", "numbers-prove-rows", "only-marks"),
    ],
)
def test_a_bare_mark_is_a_character_and_swallows_no_row(
    content: str, expected: list[tuple[object, list[ProblemKind]]]
) -> None:
    assert bodies(content) == expected


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("judul,isi", "satu\ndua, tiga\nempat, lima"),
        ("judul,isi", "a,b\nc,d"),
        ("judul,sumber,isi", "Klasemen:\nPersib,10,22\nPersija,10,20"),
        ("id,judul,isi", "Klasemen:\n1,Persib,22\n2,Persija,20"),
        ("tanggal,judul,isi", "Jadwal:\n2023-06-01,Persib,22\n2023-06-02,Persija,20"),
        ("judul,isi", 'Ia berkata, "ya"\n"Tidak", kata dia\n'),
        ("judul,isi", "a\n\n\nb, c\n"),
        ("judul,isi", 'C:\\arsip\\\n"x\\"'),
        ("judul\tisi", "Kolom\tNilai\nA\t1\nB\t2"),
        ("judul,isi,sumber", "\n" * 100),
    ],
)
def test_a_cell_of_several_lines_is_never_torn(header: str, body: str) -> None:
    delimiter = "\t" if "\t" in header else ","
    names = header.split(delimiter)
    quoted = '"' + body.replace('"', '""') + '"'
    values = {"isi": quoted, "id": "7", "tanggal": "2023-05-01"}
    rows = [delimiter.join(values.get(name, "x") for name in names) for _ in range(2)]
    assert bodies("\n".join([header, *rows, ""])) == [(body, []), (body, [])]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('judul,isi,sumber\n"A","Ia \\"pergi\\", lalu","X"\n', [('Ia "pergi", lalu', [])]),
        ('judul,isi,sumber\nA,Ia \\"pergi\\"\\, jauh,B\n', [('Ia "pergi", jauh', [])]),
        (
            'judul,isi\n"A","Ia \\"pergi\\",\nlalu \\\\ pulang"\n',
            [('Ia "pergi",\nlalu \\ pulang', [])],
        ),
        ('id,isi\n1,"a \\"b\\""\n2,"dua\\\nbaris"\n', [('a "b"', []), ("dua\nbaris", [])]),
        ('judul,isi,sumber\n"a", "b, c", "d"\n', [("b, c", [])]),
        ('judul, isi, sumber\n"a", "b, c", "d"\n', [("b, c", [])]),
        ("'judul','isi'\n'a','b, c'\n", [("b, c", [])]),
        ('judul,isi,sumber\n"A","Ia "ya, tidak" lalu","X"\n', [('Ia "ya, tidak" lalu', BARE)]),
        (
            'judul,isi,sumber\n"A","Ia "ya, tidak" lalu\npergi, jauh.","X"\n"B","c","d"\n',
            [('Ia "ya, tidak" lalu\npergi, jauh.', BARE), ("c", [])],
        ),
        ('judul,isi\na,"satu\rdua"\nb,tiga\rempat\n', [("satu\rdua", []), ("tiga empat", [])]),
    ],
    ids=[
        *("backslash", "no-quoting", "escaped-lines", "mysql", "spaced", "spaced-header"),
        *("single-marks", "inner-marks", "inner-marks-and-lines", "carriage-return"),
    ],
)
def test_other_ways_of_quoting_are_read(
    content: str, expected: list[tuple[object, list[ProblemKind]]]
) -> None:
    assert bodies(content) == expected


@pytest.mark.parametrize(
    "row",
    ['x,"Isi satu,B\n', 'x","a,b\n', 'a,"""abc,b\n', 'a,"b \\" c,d\n', 'a,"b "c" d, e\n', "a,b\n"],
)
def test_ten_thousand_wrong_rows_take_linear_time(row: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        content = f"judul,isi,sumber\n{row * count}".encode()
        assert sum(1 for _ in read_table([content], "a.csv", FieldNames({}))) == count
        return time.process_time() - start

    assert seconds(10_000) < 20 * seconds(1250) + 1


@pytest.mark.parametrize("line", ['"a",' * 50_000, 'a,"' + '""b' * 100_000, '"' * 200_001])
def test_one_long_line_takes_linear_time(line: str) -> None:
    start = time.process_time()
    items = list(read_table([f"judul,isi,sumber\n{line}\n".encode()], "a.csv", FieldNames({})))
    assert len(items) == 1
    assert isinstance(items[0], (Record, InputProblem))
    assert time.process_time() - start < 5
