"""Dates that name their moment only together with the others of their column."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.dates import iso_date
from index.sources import ProblemKind
from tests.index.sources.archive import read_file


def _read(folder: Path, dates: list[str]) -> tuple[list[str | None], int]:
    rows = [f'Judul {n},"{date}","Isi nomor {n}, lengkap."' for n, date in enumerate(dates)]
    content = "\n".join(["judul,tanggal,isi", *rows])
    articles, report = read_file(folder, "a.csv", content.encode())
    told = report.kinds.get(ProblemKind.DATE_ORDER, 0)
    return [iso_date(a.date) if a.date is not None else None for a in articles], told


@pytest.mark.parametrize(
    ("dates", "right", "told"),
    [
        (["06/01/2023", "06/19/2023"], ["2023-06-01", "2023-06-19"], 1),
        (["6/1/23", "6/19/23"], ["2023-06-01", "2023-06-19"], 1),
        (["06-01-2023", "06-30-2023"], ["2023-06-01", "2023-06-30"], 1),
        (
            ["6/1/2023 10:15:00 PM", "6/19/2023 9:05:00 AM"],
            ["2023-06-01T22:15:00+07:00", "2023-06-19T09:05:00+07:00"],
            1,
        ),
        (
            ["Published 06/01/2023 10:15 AM", "Published 06/19/2023 10:15 AM"],
            ["2023-06-01T10:15:00+07:00", "2023-06-19T10:15:00+07:00"],
            1,
        ),
        (["06/01/2023", "19/06/2023"], ["2023-01-06", "2023-06-19"], 0),
        (["06/01/2023", "05/02/2023"], ["2023-01-06", "2023-02-05"], 0),
        (
            ["06/01/2023", "19/06/2023", "12/31/2022"],
            ["2023-01-06", "2023-06-19", "2022-12-31"],
            1,
        ),
        (["06/06/2023", "06/19/2023"], ["2023-06-06", "2023-06-19"], 0),
        (
            ["1 Juni 2023", "06/19/2023", "06/01/2023"],
            ["2023-06-01", "2023-06-19", "2023-06-01"],
            1,
        ),
        (["06.01.2023", "06/19/2023"], ["2023-01-06", "2023-06-19"], 0),
    ],
)
def test_the_certain_dates_of_a_column_say_which_number_is_the_month(
    tmp_path: Path, dates: list[str], right: list[str], told: int
) -> None:
    assert _read(tmp_path, dates) == (right, told)


def test_a_certain_date_far_below_the_others_counts(tmp_path: Path) -> None:
    dates = [f"06/{day:02}/2023" for day in range(1, 13)] * 20
    read, told = _read(tmp_path, ["06/20/2023", *dates, "05/31/2023"])
    assert read[1:3] == ["2023-06-01", "2023-06-02"]
    assert told == 220


@pytest.mark.parametrize(
    ("dates", "right"),
    [
        (["45078", "45079"], ["2023-06-01", "2023-06-02"]),
        (["45078.427083333336", ""], ["2023-06-01T10:15:00+07:00", None]),
        (["45078,5"], ["2023-06-01T12:00:00+07:00"]),
        (["45078", "2 Juni 2023"], [None, "2023-06-02"]),
        (["95078"], [None]),
    ],
)
def test_a_column_of_small_numbers_counts_the_days_of_a_spreadsheet(
    tmp_path: Path, dates: list[str], right: list[str | None]
) -> None:
    assert _read(tmp_path, dates) == (right, 0)
