"""Dates as archives write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import ImpossibleDate, NotADate, iso_date, local_day, parse_date

MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
MOMENTS = st.datetimes(
    datetime(1500, 1, 2),
    datetime(2200, 12, 30),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-01",
        " 2023-06-01 ",
        "2023-6-1",
        "2023/06/01",
        "20230601",
        "2023-06-01 WIB",
        "1 Juni 2023",
        "1 juni 2023",
        "01 JUNI 2023",
        "1 Jun 2023",
        "1 Jun. 2023",
        "1-Jun-2023",
        "1 June 2023",
        "June 1, 2023",
        "Kamis, 1 Juni 2023",
        "Kamis 1 Juni 2023",
        "Kamis , 01 Juni 2023.",
        "Thursday, 1 June 2023",
        "Thu, 1 Jun 2023",
        "(1/6/2023)",
        "Kamis (1/6/2023)",
        "Kamis, (1/6/2023)",
        "1/6/2023",
        "01/06/2023",
        "01-06-2023",
        "1.6.2023",
        "1 / 6 / 2023",
    ],
)
def test_a_day_is_midnight_in_jakarta(text: str) -> None:
    assert parse_date(text) == datetime(2023, 5, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-06-01T10:15:00", "2023-06-01T10:15:00+07:00"),
        ("2023-06-01 10:15", "2023-06-01T10:15:00+07:00"),
        ("2023-06-01T10:15:30Z", "2023-06-01T10:15:30+00:00"),
        ("2023-06-01T10:15:30.250Z", "2023-06-01T10:15:30.250+00:00"),
        ("2023-06-01T10:15:00+07:00", "2023-06-01T10:15:00+07:00"),
        ("2023-06-01T10:15:00-0330", "2023-06-01T10:15:00-03:30"),
        ("2023-06-01 10:15:00 +0800", "2023-06-01T10:15:00+08:00"),
        ("2023-06-01 10:15 WITA", "2023-06-01T10:15:00+08:00"),
        ("2023-06-01T10Z", "2023-06-01T10:00:00+00:00"),
        ("20230601T101500Z", "2023-06-01T10:15:00+00:00"),
        ("20230601101500", "2023-06-01T10:15:00+07:00"),
        ("Kamis, 1 Juni 2023 10.15 WIB", "2023-06-01T10:15:00+07:00"),
        ("Kamis, 1 Juni 2023 10:15 WIB", "2023-06-01T10:15:00+07:00"),
        ("Kamis, 1 Juni 2023 pukul 10.15 WIB", "2023-06-01T10:15:00+07:00"),
        ("Kamis (1/6/2023) 10.15 WIB", "2023-06-01T10:15:00+07:00"),
        ("1 Jun 2023 10:15", "2023-06-01T10:15:00+07:00"),
        ("1 Juni 2023 | 10:15 WIT", "2023-06-01T10:15:00+09:00"),
        ("1 Juni 2023 10:15 GMT+7", "2023-06-01T10:15:00+07:00"),
        ("1 Juni 2023 10:15 GMT", "2023-06-01T10:15:00+00:00"),
        ("Jumat, 01 Agt 2025 | 17:20 WIB", "2025-08-01T17:20:00+07:00"),
        ("Jum'at, 01 Agustus 2025, 17:20 WIB", "2025-08-01T17:20:00+07:00"),
        ("Jum’at, 01 Agustus 2025 - 17:20", "2025-08-01T17:20:00+07:00"),
        ("Senin, 5 Mei 2025, 08.00 WITA", "2025-05-05T08:00:00+08:00"),
        ("01/08/2025, 17:20 WIB", "2025-08-01T17:20:00+07:00"),
        ("Thu, 01 Jun 2023 10:15:00 +0700", "2023-06-01T10:15:00+07:00"),
        ("Thu, 01 Jun 2023 10:15:00 GMT", "2023-06-01T10:15:00+00:00"),
        ("Thu, 01 Jun 2023 10:15:00 +0700 (WIB)", "2023-06-01T10:15:00+07:00"),
        ("Thu, 01 Jun 2023 10:15:00 EST", "2023-06-01T10:15:00-05:00"),
        ("1 Jun 23 10:15:00 GMT", "2023-06-01T10:15:00+00:00"),
    ],
)
def test_a_time_counts_in_its_zone_or_else_in_jakarta(text: str, moment: str) -> None:
    parsed = parse_date(text)
    assert parsed == datetime.fromisoformat(moment)
    assert parsed.tzinfo is UTC


@pytest.mark.parametrize(
    ("name", "month"),
    [
        *[(name, number) for number, name in enumerate(MONTHS, 1)],
        *[(name[:3], number) for number, name in enumerate(MONTHS, 1)],
        *[("Pebruari", 2), ("Peb", 2), ("Mrt", 3), ("Agust", 8), ("Agt", 8), ("Agu", 8)],
        *[("Ags", 8), ("Agst", 8), ("Sept", 9), ("Okt", 10), ("Nopember", 11), ("Nop", 11)],
        *[("January", 1), ("March", 3), ("May", 5), ("August", 8), ("October", 10)],
        *[("December", 12), ("Dec", 12), ("Aug", 8)],
    ],
)
def test_every_name_of_a_month_is_known(name: str, month: int) -> None:
    assert local_day(parse_date(f"9 {name} 2021")) == date(2021, month, 9)


@pytest.mark.parametrize(
    "number", [1685589300, 1685589300000, 1685589300.0, "1685589300", "1685589300000"]
)
def test_an_epoch_counts_in_seconds_or_milliseconds(number: str | float) -> None:
    assert parse_date(number) == datetime(2023, 6, 1, 3, 15, tzinfo=UTC)


def test_milliseconds_are_kept() -> None:
    assert parse_date(1685589300123).microsecond == 123_000


def test_eight_digits_are_a_day_even_as_a_number() -> None:
    assert local_day(parse_date(20230601)) == date(2023, 6, 1)


@pytest.mark.parametrize("value", ["202306011015", 202306011015, "202306011015.0", 202306011015.0])
def test_twelve_digits_are_a_day_and_a_time_where_they_can_be(value: str | float) -> None:
    assert parse_date(value) == datetime(2023, 6, 1, 3, 15, tzinfo=UTC)
    assert parse_date(946684800000) == datetime(2000, 1, 1, tzinfo=UTC)


def test_a_time_in_a_zone_that_is_not_known_is_none_in_jakarta() -> None:
    with pytest.raises(NotADate):
        parse_date("Thu, 01 Jun 2023 10:15:00 IST")
    assert parse_date("Thu, 01 Jun 2023 10:15:00") == datetime(2023, 6, 1, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        *("31 Februari 2023", "2023-02-30", "2023-13-01", "1/13/2023", "0/1/2023", "20230631"),
        *("2023-06-01T25:00", "1 Juni 2023 10.75 WIB", "2023-06-01T10:15+99:00"),
        *("1 Juni 1499", "1 Juni 2999", "2201-01-01", "1/1/0001", "9999-12-31"),
        *(10**15, 10**300, float("inf"), -(10**15)),
    ],
)
def test_what_no_calendar_holds_is_impossible(value: str | float) -> None:
    with pytest.raises(ImpossibleDate):
        parse_date(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "kemarin", "2023", "Juni 2023", "1 Juni", "1 Foo 2023", "Kamis", "10.15 WIB"),
        *("1 Juni 2023 di Jakarta", "(1/6/2023", "1/6-2023", "12 orang", "١ Juni 2023"),
        *("1" * 500, "1 Juni 2023" + " x" * 50, 0, 2023, -1, float("nan"), True),
    ],
)
def test_anything_else_is_no_date(value: str | float) -> None:
    with pytest.raises(NotADate):
        parse_date(value)


def test_a_text_made_to_be_slow_is_refused_fast() -> None:
    for text in ("1" + " " * 70 + "x", "1" + " -" * 39, "1 a" + "./" * 38, " " * 10**6):
        with pytest.raises(NotADate):
            parse_date(text)


@given(MOMENTS)
def test_iso_8601_is_read_as_python_writes_it(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == moment


@given(MOMENTS.map(lambda moment: moment.replace(microsecond=0)))
def test_rfc_2822_is_read_as_python_writes_it(moment: datetime) -> None:
    assert parse_date(format_datetime(moment)) == moment


@given(st.dates(date(1500, 1, 2), date(2200, 12, 30)), st.booleans())
def test_a_day_written_in_indonesian_comes_back(day: date, short: bool) -> None:
    month = MONTHS[day.month - 1][: 3 if short else None]
    moment = parse_date(f"{day.day} {month} {day.year}")
    assert local_day(moment) == day
    assert iso_date(moment) == day.isoformat()


@given(st.text() | st.floats() | st.integers())
def test_any_value_is_a_moment_in_utc_or_no_date(value: str | float) -> None:
    with suppress(NotADate):
        assert parse_date(value).tzinfo is UTC


def test_the_local_day_is_that_of_jakarta() -> None:
    assert local_day(datetime(2023, 5, 31, 16, 59, tzinfo=UTC)) == date(2023, 5, 31)
    assert local_day(datetime(2023, 5, 31, 17, tzinfo=UTC)) == date(2023, 6, 1)


def test_midnight_in_jakarta_is_written_as_a_day_alone() -> None:
    assert iso_date(datetime(2023, 5, 31, 17, tzinfo=UTC)) == "2023-06-01"
    assert iso_date(datetime(2023, 6, 1, 3, 15, tzinfo=UTC)) == "2023-06-01T10:15:00+07:00"
    assert iso_date(datetime(1945, 8, 17, 3, tzinfo=UTC)) == "1945-08-17T10:00:00+07:00"


@given(MOMENTS)
def test_a_date_written_can_be_read_again(moment: datetime) -> None:
    assert parse_date(iso_date(moment)) == moment
