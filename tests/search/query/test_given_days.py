"""What is said of days that are given beside a query."""

from __future__ import annotations

from datetime import date

import pytest

from search.messages import sentence
from search.query.days import NotDays
from search.query.given_days import days_meant

TODAY = date(2025, 6, 25)


@pytest.mark.parametrize(
    ("text", "last", "said"),
    [
        ("minggu lalu", False, "“minggu lalu”: sejak 16 Juni 2025."),
        ("minggu lalu", True, "“minggu lalu”: sampai 22 Juni 2025."),
        ("3 hari terakhir", False, "“3 hari terakhir”: sejak 23 Juni 2025."),
        ("1/2/2024", False, "“1/2/2024”: sejak 1 Februari 2024."),
        ("7d", False, "“7d”: sejak 19 Juni 2025."),
    ],
)
def test_days_that_may_be_read_otherwise_are_said(text: str, last: bool, said: str) -> None:
    (note,) = days_meant(text, TODAY, last=last)
    assert sentence(note, "id") == said


@pytest.mark.parametrize("text", ["2023-06-01", "2023-06", "2023", "juni 2023"])
def test_of_days_that_are_spelt_out_nothing_is_said(text: str) -> None:
    assert days_meant(text, TODAY, last=False) == ()


def test_no_days_are_refused() -> None:
    with pytest.raises(NotDays):
        days_meant("kpk", TODAY, last=True)
