"""Days in queries: what is asked of dates, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.messages import sentence
from search.query.parse import parse
from search.query.parts import parts_of
from search.query.syntax.filters import DateRange, Undated

TODAY = date(2025, 6, 25)

READ = [
    ("sejak:16/06/2025", "sejak:2025-06-16"),
    ("tanggal:2023-06", "tanggal:2023-06"),
    ("tanggal:2023", "tanggal:2023"),
    ("tanggal:juni-2023", "tanggal:2023-06"),
    ('date:"June 2023"', "tanggal:2023-06"),
    ("tanggal:juni 2023 banjir", "tanggal:2023-06 banjir"),
    ("banjir tanggal:minggu lalu jakarta", 'banjir tanggal:"minggu lalu" jakarta'),
    ("tanggal:minggu-lalu", "tanggal:minggu-lalu"),
    ("TANGGAL:MINGGU LALU", 'tanggal:"MINGGU LALU"'),
    ("sejak:3 hari terakhir korupsi", 'sejak:"3 hari terakhir" korupsi'),
    ('sejak:"3 hari terakhir"', 'sejak:"3 hari terakhir"'),
    ("tanggal:17 agustus 2017 upacara", "tanggal:2017-08-17 upacara"),
    ("tanggal:Senin, 16 Juni 2025 banjir", "tanggal:2025-06-16 banjir"),
    ("tanggal:2023, banjir", "tanggal:2023 banjir"),
    ("sejak:kemarin", "sejak:kemarin"),
    ("sejak:2 minggu lalu", 'sejak:"2 minggu lalu"'),
    ("sejak:2023", "sejak:2023-01-01"),
    ("sampai:2023", "sampai:2023-12-31"),
    ("after:2020 before:2021-06", "sejak:2020-01-01 sampai:2021-06-30"),
    ("mulai:2020 hingga:2021", "sejak:2020-01-01 sampai:2021-12-31"),
    ("year:2016", "tanggal:2016"),
    ("tahun:2016 banjir", "tanggal:2016 banjir"),
    ("bulan:juni 2023", "tanggal:2023-06"),
    ("daterange:20230101-20230105", "tanggal:2023-01-01..2023-01-05"),
    ("tanggal:2023-01..2023-03", "tanggal:2023-01-01..2023-03-31"),
    ("tanggal:2023-01-05 - 2023-01-09 x", "tanggal:2023-01-05..2023-01-09 x"),
    ("date:[2020-01-01 TO *] gempa", "sejak:2020-01-01 gempa"),
    ("date:[2020 TO 2021]", "tanggal:2020-01-01..2021-12-31"),
    ("tanggal:>=2023-05", "sejak:2023-05-01"),
    ("tanggal>=2023-05", "sejak:2023-05-01"),
    ("tanggal<2023", "sampai:2022-12-31"),
    ("tanggal=2023", "tanggal:2023"),
    ("tanggal:..2023", "sampai:2023-12-31"),
    ("sejak:2016 sampai 2019 banjir", "tanggal:2016-01-01..2019-12-31 banjir"),
    ("tanggal:tidak-ada", "tanggal:tidak-ada"),
    ("tanggal:tidak ada banjir", "tanggal:tidak-ada banjir"),
    ("date:none", "tanggal:tidak-ada"),
    ("tanggal:kosong gempa", "tanggal:tidak-ada gempa"),
    ("-tanggal:tidak-ada gempa", "-tanggal:tidak-ada gempa"),
    ("tanggal:* gempa", "-tanggal:tidak-ada gempa"),
    ("-tanggal:2023 gempa", "-tanggal:2023 gempa"),
    ("gempa NOT tanggal:minggu lalu", '+gempa -tanggal:"minggu lalu"'),
    ("tanggal:(2021 OR 2023)", "tanggal:2021 OR tanggal:2023"),
    ("tanggal:(2021, 2023)", "tanggal:2021 OR tanggal:2023"),
    ("tanggal:(2021,2023)", "tanggal:2021 OR tanggal:2023"),
    ("tanggal:2021,2023", "tanggal:2021 OR tanggal:2023"),
    ("tanggal:(17 agustus 2017, kemarin)", "tanggal:2017-08-17 OR tanggal:kemarin"),
    ("x -tanggal:(2021, juni 2023)", "x -(tanggal:2021 OR tanggal:2023-06)"),
    ("(tanggal:kemarin OR gempa)", "tanggal:kemarin OR gempa"),
    ("judul:(banjir tanggal:2023)", "judul:banjir tanggal:2023"),
    ("tanggal:agustus", "agustus"),
    ("gempa tanggal:2023-02-30", "gempa 2023 02 30"),
    ("gempa -tanggal:2023-02-30", "gempa"),
    ("from:2023 banjir", "sejak:2023-01-01 banjir"),
    ("dari:2016 sampai 2019 banjir", "tanggal:2016-01-01..2019-12-31 banjir"),
    ("-from:2023 banjir", "-sejak:2023-01-01 banjir"),
    ("published:2023", "tanggal:2023"),
    ("from:kompas banjir", "from:kompas banjir"),
    ("sejak:17 agutsus 2017 banjir", "sejak:2017-08-17 banjir"),
    ("data:korupsi", "data korupsi"),
    ('tanggal:"2017-05" juli', 'tanggal:"2017-05" juli'),
    ('-tanggal:"2017" mei', '-tanggal:"2017" mei'),
    ("tanggal:2017-06 juli 2017", 'tanggal:"2017-06" juli 2017'),
    ("tanggal:2017-05-17 mei 2017", 'tanggal:"2017-05-17" mei 2017'),
    ("judul:2017 5 orang", "judul:2017 5 orang"),
    ("sejak:sebelum 2017", "sampai:2016-12-31"),
    ("tanggal:2023-06-01 minggu", 'tanggal:"2023-06-01" minggu'),
    ("tanggal:2023 minggu lalu", 'tanggal:"2023" minggu lalu'),
    ("sejak:17/5/2017 pukul 10.00 x", "sejak:2017-05-17 x"),
]


def test_what_a_part_leaves_is_read_as_it_was() -> None:
    query = "tanggal:2017 banjir mei"
    parts = parts_of(parse(query, today=TODAY).root, query)
    assert [one.query for one in parts] == [
        "banjir mei",
        'tanggal:"2017" mei',
        "tanggal:2017 banjir",
    ]


@pytest.mark.parametrize(("text", "typed"), READ, ids=[text for text, _ in READ])
def test_days_in_a_query_are_read_so(text: str, typed: str) -> None:
    root = parse(text, today=TODAY).root
    assert root is not None
    assert root.as_typed() == typed


@pytest.mark.parametrize(
    ("text", "code", "position", "said"),
    [
        ("banjir tanggal:minggu lalu", "days-meant", 15, "“minggu lalu”: 16–22 Juni 2025."),
        ("sejak:kemarin", "days-meant", 6, "“kemarin”: sejak 24 Juni 2025."),
        ("sampai:2023", None, None, None),
        ("tanggal:juni 2023", None, None, None),
        ("tanggal:2023-01..2023-03", None, None, None),
        ("before:2023-06-01", "days-meant", 7, "“2023-06-01”: sampai 1 Juni 2023."),
        ("tanggal:Q1-2023", "days-meant", 8, "“Q1-2023”: 1 Januari – 31 Maret 2023."),
        ("tanggal:1/6/2023", "days-meant", 8, "“1/6/2023”: 1 Juni 2023."),
        ("tanggal:2023..2021", "days-meant", 8, None),
        ("tanggal:2023-06-01", None, None, None),
        ("tanggal:17 agustus 2017", None, None, None),
        ("sejak:juni", "bad-date", 6, None),
        ("-tanggal:juni gempa", "bad-date-excluded", 9, None),
        ("tanggal:2021-01-01 tanggal:2023-01-01", "no-days", 19, None),
        ("tanggal:[2020 TO 2021]", None, None, None),
    ],
)
def test_what_is_not_spelt_out_is_told_at_its_place(
    text: str, code: str | None, position: int | None, said: str | None
) -> None:
    notes = parse(text, today=TODAY).notes
    assert [(note.code, note.position) for note in notes] == ([(code, position)] if code else [])
    assert said is None or sentence(notes[0], "id") == said


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=60)
@given(DAYS | st.none(), DAYS | st.none())
def test_days_are_read_from_what_they_are_typed_as(first: date | None, last: date | None) -> None:
    if first is None and last is None:
        assert parse(Undated().as_typed()).root == Undated()
        return
    if first and last and first > last:
        first, last = last, first
    node = DateRange(first, last)
    assert parse(node.as_typed()).root == node


@settings(max_examples=60)
@given(st.integers(1, 9999), st.integers(1, 12))
def test_whole_months_and_years_are_typed_short(year: int, month: int) -> None:
    for text in f"{year:04}-{month:02}", f"{year:04}":
        root = parse(f"tanggal:{text}").root
        assert root is not None
        assert root.as_typed() == f"tanggal:{text}"


PIECES = ["tanggal:", "sejak:", "-", "(", ")", ",", '"', "[", " TO ", "]", "..", " ", " ", "OR"]
PIECES += ["minggu", "lalu", "3", "hari", "terakhir", "2023", "juni", "17", "*", ">=", "tidak-ada"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read_and_notes_stand_inside_it(text: str) -> None:
    parsed = parse(text, today=TODAY)
    for note in parsed.notes:
        assert note.position is None or 0 <= note.position < len(text)
        assert sentence(note, "id") != sentence(note, "en")
