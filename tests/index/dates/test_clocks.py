"""Times of day."""

from __future__ import annotations

import pytest

from index.dates.clocks import read_clock


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("09:12", "09:12:00+07:00"),
        ("9.12", "09:12:00+07:00"),
        ("09:12:33", "09:12:33+07:00"),
        ("09:12 WITA", "09:12:00+08:00"),
        (" pukul 09.12 WIB ", "09:12:00+07:00"),
        ("Jam: 9:12 PM", "21:12:00+07:00"),
        ("jam 9 malam", "21:00:00+07:00"),
        ("12:05 a.m.", "00:05:00+07:00"),
        ("9 pagi WIT", "09:00:00+09:00"),
        ("1.30 siang", "13:30:00+07:00"),
        ("11.30 siang", "11:30:00+07:00"),
        ("5 sore", "17:00:00+07:00"),
        ("2 dini hari", "02:00:00+07:00"),
        ("13:26 PM", "13:26:00+07:00"),
        ("0 days 09:12:00", "09:12:00+07:00"),
        ("02:12:00Z", "02:12:00+00:00"),
        ("02:12+00:00", "02:12:00+00:00"),
        ("09:00 - 10:00 WIB", "09:00:00+07:00"),
    ],
)
def test_a_time_of_day_is_read_alone(text: str, clock: str) -> None:
    moment = read_clock(text)
    assert moment is not None
    assert moment.isoformat() == clock


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "9",
            "0912",
            "25:00",
            "09:75",
            "5 menit",
            "3 jam lalu",
            "09:12 menit",
            "2 jam",
            "pagi",
        ),
        *("1 Juni 2023 09:12", "2023-06-01T09:12", "09:12 dan 10:15", "Rina", "1.234", "x" * 10**6),
    ],
)
def test_anything_else_is_no_time_of_day(text: str) -> None:
    assert read_clock(text) is None
