"""Which of a record's values is its date."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from index.dates import iso_date
from index.sources.columns.plan import FieldNames
from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults
from index.sources.values.moments import read_date

NAMES = FieldNames({})


def dated(**values: object) -> tuple[str | None, Faults]:
    """The date of a record with these values, and what is told."""
    faults: Faults = []
    moment = read_date(values, NAMES.plan(values), faults)
    return (None if moment is None else iso_date(moment)), faults


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"tanggal": "1 Juni 2023", "jam": "10:15"}, "2023-06-01T10:15:00+07:00"),
        ({"tanggal": "1/6/2023", "Pukul": "10.15 WITA"}, "2023-06-01T09:15:00+07:00"),
        ({"tanggal": "2023-06-01", "waktu": "10:15 WIB"}, "2023-06-01T10:15:00+07:00"),
        ({"waktu": "10:15 WIB", "date": "2023-06-01"}, "2023-06-01T10:15:00+07:00"),
        ({"date": "2023-06-01", "time": "9:15 PM"}, "2023-06-01T21:15:00+07:00"),
        ({"date": "2023-06-01", "publish_time": "21:15:30"}, "2023-06-01T21:15:30+07:00"),
        ({"tanggal": "Kamis, 01/06/23", "jam terbit": "pukul 9.15"}, "2023-06-01T09:15:00+07:00"),
        ({"tanggal": "2023-06-01 00:00:00", "jam": "09:15"}, "2023-06-01T09:15:00+07:00"),
        ({"tanggal": "2023-06-01 08:00", "jam": "09:15"}, "2023-06-01T08:00:00+07:00"),
        ({"tanggal": "2023-06-01", "jam": "5 menit"}, "2023-06-01"),
        ({"tanggal": "2023-06-01", "jam": "25:10"}, "2023-06-01"),
        ({"tanggal": "2023-06-01", "jam": 9}, "2023-06-01"),
        ({"tanggal": "2023-06-01", "jam": None}, "2023-06-01"),
        ({"tanggal": "2023-06-01", "crawl_time": "09:15"}, "2023-06-01"),
        ({"tanggal": "2023-06-01", "waktu baca": "09:15"}, "2023-06-01"),
    ],
)
def test_a_time_in_a_field_of_its_own_joins_a_day(values: dict[str, object], expected: str) -> None:
    assert dated(**values) == (expected, [])


@pytest.mark.parametrize(
    "values",
    [
        {"tanggal": 1, "bulan": 6, "tahun": 2023},
        {"tanggal": "1", "bulan": "Juni", "tahun": "2023"},
        {"day": "01", "month": "06", "year": 2023.0},
        {"hari": 1.0, "bulan": 6.0, "tahun": 2023.0},
        {"hari": "Kamis", "tgl": "1", "bulan": "Jun", "tahun": "2023"},
    ],
)
def test_a_day_a_month_and_a_year_in_three_fields_are_a_date(values: dict[str, object]) -> None:
    assert dated(**values) == ("2023-06-01", [])
    assert dated(**values, jam="10:15") == ("2023-06-01T10:15:00+07:00", [])


def test_three_fields_that_are_no_date_are_none() -> None:
    assert dated(hari=31, bulan=2, tahun=2023) == (None, [])
    assert dated(day="satu", month=6, year=2023) == (None, [])
    assert dated(day=1, month=6, year=99) == (None, [])


@pytest.mark.parametrize(
    "nothing", ["nan", "None", "null", "-", "N/A", "Tidak Ditemukan", float("nan")]
)
def test_a_placeholder_is_no_value_and_not_told(nothing: object) -> None:
    assert dated(date=nothing) == (None, [])
    assert dated(date=nothing, created_at="2023-06-01") == ("2023-06-01", [])


def test_the_next_field_of_dates_is_tried_where_one_cannot_be_read() -> None:
    assert dated(date="entah", created_at="1 Juni 2023") == ("2023-06-01", [])
    assert dated(date="2 jam yang lalu", created_at="1 Juni 2023") == ("2023-06-01", [])


def test_where_none_can_be_read_the_first_is_told_with_its_field() -> None:
    moment, [(kind, detail)] = dated(date="entah", created_at="31 Februari 2023")
    assert (moment, kind) == (None, ProblemKind.BAD_DATE)
    assert str(detail).startswith("date: “entah”")


@pytest.mark.parametrize(
    "value", ["2 jam yang lalu", "kemarin", "hari ini, 10:15 WIB", "5 hours ago"]
)
def test_a_relative_date_is_told_as_one(value: str) -> None:
    assert dated(tanggal=value) == (None, [(ProblemKind.RELATIVE_DATE, f"tanggal: “{value}”")])


def test_a_number_of_a_spreadsheet_is_not_guessed() -> None:
    moment, [(kind, detail)] = dated(tanggal=45096)
    assert (moment, kind) == (None, ProblemKind.BAD_DATE)
    assert "spreadsheet" in str(detail)


def test_every_dated_row_of_a_real_scraper_has_its_date(data: Path) -> None:
    text = gzip.decompress((data / "wild" / "scraped.csv.gz").read_bytes()).decode("utf-8-sig")
    written = [row["tanggal_publikasi"] for row in csv.DictReader(io.StringIO(text))]
    undated = [one for one in written if one.strip() and dated(tanggal=one)[0] is None]
    assert len(written) == 600
    assert undated == []
    assert all((dated(tanggal=one)[0] or "T+07:00").endswith(":00+07:00") for one in written if one)
