"""Numbers, dates and untrusted text as a reader sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.response import HistogramBin
from web import formatting


def test_a_day_is_that_of_jakarta_in_the_readers_language() -> None:
    evening_before = datetime(2023, 5, 31, 17, tzinfo=UTC)
    assert formatting.day(evening_before, "id") == "1 Juni 2023"
    assert formatting.day(evening_before, "en") == "June 1, 2023"
    assert formatting.day(date(2023, 6, 1), "id") == "1 Juni 2023"


def test_a_time_is_shown_where_one_is_known() -> None:
    assert formatting.clock(datetime(2023, 6, 1, 3, 15, tzinfo=UTC), "id") == "10.15 WIB"
    assert formatting.clock(datetime(2023, 6, 1, 3, 15, tzinfo=UTC), "en") == "10:15 WIB"
    assert formatting.clock(datetime(2023, 5, 31, 17, tzinfo=UTC), "id") == ""


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [(1234, "1.234", "1,234"), (12.34, "12", "12"), (4.27, "4,3", "4.3"), (0, "0", "0")],
)
def test_numbers_are_written_as_the_language_does(
    value: float, indonesian: str, english: str
) -> None:
    assert formatting.number(value, "id") == indonesian
    assert formatting.number(value, "en") == english


def test_plain_text_has_no_controls_and_no_directions() -> None:
    assert formatting.plain("a\x00b\u202ec \n d\u2069") == "a b c d"


@given(st.text(max_size=200))
def test_labels_are_short(text: str) -> None:
    assert len(formatting.label(text)) <= 80
    assert len(formatting.headline(text * 10)) <= 300


@pytest.mark.parametrize("url", ["https://example.com/a?b=c", "http://example.com:8080"])
def test_urls_of_the_web_become_links(url: str) -> None:
    assert formatting.web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.com",
        "https://exa\nmple.com",
        "https://example.com/\u202egpj.exe",
        "data:text/html,x",
        "//example.com",
        "https://",
        "https://evil.example\\@good.example/x",
        "https://example.com\\x",
        "https://example.com/\t",
        "https://example.com/\u3000",
        "http:example.com",
        "http://[half",
        "ftp://example.com",
    ],
)
def test_other_urls_do_not(url: str | None) -> None:
    assert formatting.web_link(url) is None


def test_a_host_is_named_as_people_know_it() -> None:
    assert formatting.web_host("https://www.example.com:443/a") == "example.com"


@given(st.integers(1, 60).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_the_pages_offered_lead_anywhere_and_hide_at_least_two(of: tuple[int, int]) -> None:
    page, last = of
    window = formatting.page_window(page, last)
    numbers = [number for number in window if number is not None]
    assert {1, page, last} <= set(numbers)
    assert numbers == sorted(set(numbers))
    for before, gap, after in zip(window, window[1:], window[2:], strict=False):
        if gap is None:
            assert before is not None
            assert after is not None
            assert after - before > 2


def test_bars_are_in_proportion_and_none_is_too_small_to_see() -> None:
    counts = (1000, 500, 1, 0)
    bins = [HistogramBin(date(2023, 6, 1), date(2023, 6, 30), count) for count in counts]
    assert [bar.height for bar in formatting.bars(bins)] == [40, 20, 3, 0]
    assert formatting.bars(bins[3:]) == []
    assert formatting.bars([]) == []
