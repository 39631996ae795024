"""Which year or month a text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Period
from search.query.days import NotDays
from search.query.periods import period_of


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2017-05", "2017-05"),
        ("05/2017", "2017-05"),
        ("Mei 2017", "2017-05"),
        ("mei-2017", "2017-05"),
        ("May 2017", "2017-05"),
        ("201705", "2017-05"),
    ],
)
def test_a_month_is_named_in_many_ways(text: str, month: str) -> None:
    assert period_of(text, Period.MONTH) == month


@pytest.mark.parametrize(
    ("text", "year"), [("2017", "2017"), ("tahun 2017", "2017"), ("year 2017", "2017")]
)
def test_a_year_is_named_in_many_ways(text: str, year: str) -> None:
    assert period_of(text, Period.YEAR) == year


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize(
    "text",
    [
        *("", "mei", "17 mei 2017", "2017-13", "kemarin", "1990-an", "..2017", "2017..", "kpk"),
        *("bulan lalu", "tahun ini", "last month", "this year"),
        *("juli 2017 sampai juni 2018", "mei 2017 sampai juni 2017", "17"),
    ],
)
def test_other_days_are_no_period(text: str, period: Period) -> None:
    with pytest.raises(NotDays):
        period_of(text, period)


def test_a_month_is_no_year_and_a_year_no_month() -> None:
    with pytest.raises(NotDays):
        period_of("2017", Period.MONTH)
    with pytest.raises(NotDays):
        period_of("2017-05", Period.YEAR)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_what_facets_have_stays_as_it_is(day: date) -> None:
    for period, text in ((Period.YEAR, f"{day:%Y}"), (Period.MONTH, f"{day:%Y-%m}")):
        assert period_of(text, period) == text
