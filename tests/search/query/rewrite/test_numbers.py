"""Which numbers are written in another way, too."""

from __future__ import annotations

import pytest

from search.query.rewrite.numbers import others_of


@pytest.mark.parametrize(
    ("typed", "beside", "other"),
    [
        ("1.5", ("rp", "triliun"), "1,5"),
        ("1,5", (), "1.5"),
        ("5.6", ("magnitudo",), "5,6"),
        ("2.75", (), "2,75"),  # no clock says so
        ("10.30", ("pukul",), "10:30"),
        ("10.30", ("pukul", "wib"), "10:30"),
        ("10.30", ("persen",), "10,30"),
        ("8,30", ("wib",), None),
        ("8.30", (), None),
        ("4.33", ("inflasi", "persen"), "4,33"),
        ("25.10", (), "25,10"),
        ("1.500", (), None),  # thousands, as they are written
        ("1.500.000", (), None),
        ("1,500", (), "1.500"),
        ("1,500,000", (), "1.500.000"),
        ("1,234.56", (), "1.234,56"),
        ("2.500.000,00", (), "2.500.000"),
        ("2.500.000,50", (), None),
        ("0.500,00", (), None),
        ("0,125", (), None),
        ("2.0.1", (), None),
        ("1,5,7", (), None),
        ("12345678901.5", (), None),
        ("2024", (), None),
        ("a.5", (), None),
    ],
)
def test_how_a_number_may_be_written_too(
    typed: str, beside: tuple[str, ...], other: str | None
) -> None:
    assert list(others_of(typed, beside)) == ([] if other is None else [other])


def test_times_have_one_digit_or_two_and_a_point_or_a_colon() -> None:
    assert list(others_of("8.30", ("pukul",))) == ["08.30", "08:30"]
    assert list(others_of("08.30", ("wib",))) == ["8.30", "08:30"]


def test_of_english_amounts_the_even_ones_may_lack_what_is_behind_the_point() -> None:
    assert list(others_of("2,500.00", ())) == ["2.500,00", "2.500"]
