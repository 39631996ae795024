"""Numbers, dates and untrusted text as a reader sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from index.bilingual import Text
from search.histogram import bins, edges
from search.response import HistogramBin
from web import formatting
from web.language import LANGUAGES

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


def test_a_day_is_that_of_jakarta_in_the_readers_language() -> None:
    evening_before = datetime(2023, 5, 31, 17, tzinfo=UTC)
    assert formatting.day(evening_before, "id") == "1 Juni 2023"
    assert formatting.day(evening_before, "en") == "1 June 2023"
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


@pytest.mark.parametrize(
    ("seconds", "english", "indonesian"),
    [
        (1, "1 second", "1 detik"),
        (90, "90 seconds", "90 detik"),
        (91, "2 minutes", "2 menit"),
        (120, "2 minutes", "2 menit"),
        (121, "3 minutes", "3 menit"),
        (3540, "59 minutes", "59 menit"),
        (3541, "1 hour", "1 jam"),
        (3601, "1 hour 1 minute", "1 jam 1 menit"),
        (86_340, "23 hours 59 minutes", "23 jam 59 menit"),
        (86_341, "1 day", "1 hari"),
        (86_401, "1 day 1 hour", "1 hari 1 jam"),
        (172_799, "2 days", "2 hari"),
        (366 * 86_400, "366 days", "366 hari"),
    ],
)
def test_durations_are_written_as_people_say_them(
    seconds: int, english: str, indonesian: str
) -> None:
    assert formatting.duration(seconds) == Text(english, indonesian)


@given(st.integers(1, 366 * 86_400))
def test_a_duration_is_rounded_up_by_less_than_its_last_unit(seconds: int) -> None:
    words = formatting.duration(seconds).english.split()
    units = [unit.removesuffix("s") for unit in words[1::2]]
    told = sum(int(many) * UNITS[unit] for many, unit in zip(words[::2], units, strict=True))
    finest = 1 if seconds <= 90 else 60 if seconds <= 86_340 else 3600
    assert seconds <= told < seconds + finest


@given(st.integers(0, 10**12) | st.floats(0, 10**6))
def test_numbers_are_written_as_babel_writes_them(value: float) -> None:
    pattern = "#,##0" if value >= 10 or value == int(value) else "#,##0.#"
    for language in LANGUAGES:
        told = format_decimal(value, format=pattern, locale=language)
        assert formatting.number(value, language) == told


def test_plain_text_has_no_controls_and_no_directions() -> None:
    assert formatting.plain("a\x00b\u202ec \n d\u2069") == "a b c d"


@pytest.mark.parametrize(
    ("query", "html"),
    [
        ("beras -kopi", 'beras <span class="joined">-k</span>opi'),
        ('(a −"b c")', '(a <span class="joined">−&#34;</span>b c&#34;)'),
        ("(–teh) <b>", '(<span class="joined">–t</span>eh) &lt;b&gt;'),
        ("jakarta-bandung a - b -", "jakarta-bandung a - b -"),
    ],
)
def test_a_minus_sign_stays_with_its_word(query: str, html: str) -> None:
    assert formatting.unparted(query) == html


@given(st.text(max_size=200))
def test_a_query_in_html_is_all_there(query: str) -> None:
    assert formatting.unparted(query).striptags().split() == Markup.escape(query).unescape().split()


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
    entries = [HistogramBin(date(2023, 6, 1), date(2023, 6, 30), count) for count in counts]
    assert [bar.height for bar in formatting.bars(entries, "id")] == [40, 20, 3, 0]
    assert formatting.bars(entries[3:], "id") == []
    assert formatting.bars([], "id") == []


@pytest.mark.parametrize(
    ("first", "last", "names", "ticks"),
    [
        ("2023-06-01", "2023-06-01", ["1 Juni 2023"], ["1 Jun 2023"]),
        ("2023-05-30", "2023-06-02", ["30 Mei 2023", "2 Juni 2023"], ["30 Mei 2023", "1 Jun 2023"]),
        ("2023-03-01", "2023-08-01", ["Maret 2023", "Agustus 2023"], ["Mar 2023", "Jun 2023"]),
        ("2021-11-05", "2023-12-31", ["November 2021", "Desember 2023"], ["2022", "2023"]),
        ("2016-04-28", "2026-06-25", ["2016", "2026"], ["2016", "2019", "2022", "2025"]),
        ("1900-01-01", "2026-01-01", ["1900–1909", "2020–2029"], ["1900", "1940", "1980"]),
    ],
)
def test_bars_have_names_and_years_stand_on_the_axis(
    first: str, last: str, names: list[str], ticks: list[str]
) -> None:
    bounds = edges(date.fromisoformat(first), date.fromisoformat(last))
    bars = formatting.bars(bins(bounds, [1] * (len(bounds) - 1)), "id")
    assert sorted({bars[0].name, bars[-1].name}) == sorted(names)
    assert [bar.tick for bar in bars if bar.tick] == ticks


@given(first=st.dates(), last=st.dates())
def test_an_axis_has_a_year_and_room_for_what_stands_on_it(first: date, last: date) -> None:
    first, last = sorted((first, last))
    bounds = edges(first, last)
    bars = formatting.bars(bins(bounds, [1] * (len(bounds) - 1)), "en")
    places = [place for place, bar in enumerate(bars) if bar.tick]
    assert places
    assert len(places) <= 5
    assert all(str(bars[place].bin.start.year) in bars[place].tick for place in places)
    room = [after - before for before, after in pairwise([*places, len(bars)])]
    width = max(len(bars[place].tick) for place in places) / 32
    assert min(room) / len(bars) >= min(width, 1 / 8) or len(bars) == 1
