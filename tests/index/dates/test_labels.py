"""The date in a text that says more."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import ImpossibleDate, NotADate, iso_date, parse_date
from index.dates.labels import LONGEST_LABEL, find_date
from index.dates.relative import RelativeDate, is_counted_back
from search.query.days import days_of
from tests.index.dates.table import FORMS, IMPOSSIBLE, RELATIVE

MONTHS = [
    "Januari",
    "Feb",
    "maret",
    "Apr.",
    "MEI",
    "June",
    "Jul",
    "Agt",
    "Sept",
    "Oct",
    "Nop",
    "Dec",
]
BEFORE = [
    *("", "Diperbarui ", "Tayang: ", "Kompas.com - ", "Oleh Rina Tan | ", "Senin, ", "Jakarta, "),
    *(", Jurnalis-", "Dipublikasikan pada ", "(", "Dibaca: 1.234 - ", "Last modified: "),
]
BEHIND = [
    "",
    " | 45 views",
    " · 3 menit baca",
    " - 12 komentar",
    ")",
    " (2 menit baca)",
    " | Editor: B",
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text[:40] for text, _ in FORMS])
def test_every_form_of_the_table_is_read_as_it_says(text: str, expected: str | None) -> None:
    try:
        given = iso_date(parse_date(text))
    except NotADate:
        try:
            given = iso_date(find_date(text).moment)
        except RelativeDate:
            given = RELATIVE
        except ImpossibleDate:
            given = IMPOSSIBLE
        except NotADate:
            given = None
    assert given == expected


def test_a_query_names_a_day_and_nothing_else() -> None:
    for text in ("Diperbarui 17 Jun 2025", "Jakarta, 5 Mei 2023", "2 Juni 2023 | 3 Juni 2023"):
        with pytest.raises(ValueError, match=r"date|day|moment"):
            days_of(text, date(2025, 6, 25))


@given(
    st.dates(date(1970, 1, 1), date(2049, 12, 31)),
    st.tuples(st.sampled_from(BEFORE), st.sampled_from(BEHIND)),
    st.sampled_from(["", ", 09:12 WIB", " | 09.12 WIB", " pukul 09.12", " 9:12 AM", " - 9:12"]),
    st.sampled_from(["/", "-", ".", " "]),
    st.booleans(),
)
def test_whatever_stands_around_a_day_it_is_the_day(
    day: date, around: tuple[str, str], clock: str, mark: str, short: bool
) -> None:
    year = f"{day.year % 100:02}" if short and mark != "." else str(day.year)
    month = MONTHS[day.month - 1] if mark == " " else str(day.month)
    written = f"{around[0]}{day.day}{mark}{month}{mark}{year}{clock}{around[1]}"
    found = find_date(written)
    assert iso_date(found.moment) == day.isoformat() + ("T09:12:00+07:00" if clock else "")
    assert found.timed == bool(clock)


@given(st.text(max_size=300) | st.text("0123456789/-.: ,|jJunimei2WIBtpukl", max_size=300))
def test_any_text_is_a_moment_in_utc_or_no_date(text: str) -> None:
    with suppress(NotADate):
        assert find_date(text).moment.tzinfo is UTC


@pytest.mark.parametrize(
    "part",
    [
        *("1.", "1 ", "1 jan ", "01/02/23 ", "1.2.23.", "10:15 ", "1 mei - ", "tayang ", "<", "& "),
        *("jam ", "2023 ", "1 jun 10:15 ", "mei 1 10:15 wib ", "senin ", " ", "diperbarui 1/2/23 "),
    ],
)
@pytest.mark.parametrize("length", [LONGEST_LABEL, 2 * LONGEST_LABEL, 2**16, 2**22])
def test_a_text_made_to_be_slow_is_answered_fast(part: str, length: int) -> None:
    text = (part * length)[:length]
    start = time.thread_time()
    with suppress(NotADate):
        find_date(text)
    assert time.thread_time() - start < 0.25


def test_prose_that_mentions_several_days_names_none() -> None:
    prose = "Rapat dibuka pada 1 Juni 2023 di kantor gubernur dan " + "dihadiri banyak orang, " * 5
    assert iso_date(find_date(prose).moment) == "2023-06-01"
    with pytest.raises(NotADate, match="several days"):
        find_date(prose + "lalu ditutup pada 3 Juni 2023")
    assert iso_date(find_date(f"{prose} Diterbitkan 4 Juni 2023").moment) == "2023-06-04"


def test_what_stands_around_a_date_is_told() -> None:
    found = find_date("Kompas.com — Senin, 19/06/2025, 09:12 WIB | 45 views")
    assert [part.strip(" ,|-") for part in found.around] == ["Kompas.com - Senin", "", "45 views"]


def test_only_a_relative_date_and_nothing_else_is_counted_back() -> None:
    assert is_counted_back("2 jam yang lalu")
    assert is_counted_back("Sekitar 3 hari lalu")
    assert not is_counted_back("Kebakaran 2 jam yang lalu")
    assert not is_counted_back("1 Juni 2023")
