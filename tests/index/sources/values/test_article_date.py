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
from index.sources.values.article_date import read_date

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
    "written",
    [
        *("2023/06/01 03:15", "1 Jun 2023 03.15", "01-06-2023 03:15:00", "20230601031500"),
        *("Kamis, 01/06/2023 | 03.15", "June 1, 2023 3:15 AM", "Thu, 01 Jun 2023 03:15:00"),
    ],
)
def test_a_moment_in_a_column_of_utc_is_in_utc_however_written(written: str) -> None:
    assert dated(date_gmt=written) == ("2023-06-01T10:15:00+07:00", [])


@pytest.mark.parametrize(
    "value", ["/Date(1685588400000+0700)/", {"$date": "/Date(1685588400000)/"}]
)
def test_a_moment_of_dotnet_is_read_also_in_an_object(value: object) -> None:
    assert dated(date=value) == ("2023-06-01T10:00:00+07:00", [])
    assert dated(date="/Date(0)/") == ("1970-01-01T07:00:00+07:00", [])


def test_a_zone_in_a_field_beside_the_date_counts() -> None:
    values = {"pubDate": "2023-06-01 03:00:00", "pubDateTZ": "UTC"}
    assert dated(**values) == ("2023-06-01T10:00:00+07:00", [])
    assert dated(**{**values, "pubDateTZ": "entah"}) == ("2023-06-01T03:00:00+07:00", [])


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1 Juni 2023 25:15 WIB", "has no such time of day: hour must be in 0..23"),
        ("1 Juni 2023 24:30", "has no such time of day: hour must be in 0..23"),
        ("Kompas.com - 01/06/2023, 10:75 WIB", "has no such time of day: minute must be in 0..59"),
        ("2023-06-01 10:15 IST", "counts in a zone that is not known"),
    ],
)
def test_a_day_outlives_its_time_and_that_is_told(written: str, why: str) -> None:
    told = [(ProblemKind.BAD_TIME, f"tanggal: “{written}” {why}")]
    assert dated(tanggal=written) == ("2023-06-01", told)


@pytest.mark.parametrize("clock", ["10.15.20", "9.05.07", "10.15.20 | dibaca 45 kali"])
def test_a_time_of_day_is_no_day(clock: str) -> None:
    moment, [(kind, detail)] = dated(tanggal="", jam=clock)
    assert (moment, kind) == (None, ProblemKind.BAD_DATE)
    assert detail == f"jam: “{clock}” is a time of day"
    told = [(ProblemKind.RELATIVE_DATE, "tanggal: “2 jam lalu”")]
    assert dated(tanggal="2 jam lalu", jam=clock) == (None, told)


def test_numbers_are_a_time_beside_a_day_and_a_day_alone() -> None:
    told = [(ProblemKind.RELATIVE_DATE, "tanggal: “2 jam lalu”")]
    assert dated(tanggal="2 jam lalu", waktu="10.15.20") == (None, told)
    assert dated(waktu="10.06.20", judul="a") == ("2020-06-10", [])
    assert dated(tanggal="10.06.20") == ("2020-06-10", [])
    assert dated(jam="10/06/2020 10.15.20") == ("2020-06-10T10:15:20+07:00", [])


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
