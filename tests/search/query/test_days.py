"""What days a text names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.names import MONTHS
from search.query.calendar import span
from search.query.day_words import UNITS, WEEKDAYS, Unit, tells_days
from search.query.days import (
    LONGEST,
    NotDays,
    counts_from_today,
    days_of,
    first_day,
    last_day,
)
from search.query.one_span import usual_span

TODAY = date(2025, 6, 25)
"""A Wednesday."""

DAYS = [unit for unit in Unit if unit is not Unit.HOUR]
"""The units that are whole days."""

NAMED = """
mei '17                        = 2017-05-01 2017-05-31
mei’98                         = 1998-05-01 1998-05-31
tahun '17                      = 2017-01-01 2017-12-31
Q2'17                          = 2017-04-01 2017-06-30
the 17th of May, 2017          = 2017-05-17
Sab, 1 Jun 2024                = 2024-06-01
17 mei 2017 pukul 10.00 WIB    = 2017-05-17
minggu lalu.                   = 2025-06-16 2025-06-22
mei 2017?                      = 2017-05-01 2017-05-31
mei2017                        = 2017-05-01 2017-05-31
month of May 2017              = 2017-05-01 2017-05-31
May of 2017                    = 2017-05-01 2017-05-31
1990's                         = 1990-01-01 1999-12-31
kuartal II/2017                = 2017-04-01 2017-06-30
tw II 2017                     = 2017-04-01 2017-06-30
semester I/2017                = 2017-01-01 2017-06-30
minggu pertama mei 2017        = 2017-05-01 2017-05-07
minggu ke-2 mei 2017           = 2017-05-08 2017-05-14
minggu kelima mei 2017         = 2017-05-29 2017-05-31
third week of May 2017         = 2017-05-15 2017-05-21
June 1-5, 2023                 = 2023-06-01 2023-06-05
June 1 to 5, 2023              = 2023-06-01 2023-06-05
May through July 2017          = 2017-05-01 2017-07-31
2017/2018                      = 2017-01-01 2018-12-31
2017/18                        = 2017-01-01 2018-12-31
2017-18                        = 2017-01-01 2018-12-31
2011-12                        = 2011-12-01 2011-12-31
setelah mei 2017               = 2017-06-01 *
before May 2017                = * 2017-04-30
mulai-mei-2017                 = 2017-05-01 *
2024 to present                = 2024-01-01 2025-06-25
kmarin                         = 2025-06-24
bulan kmrn                     = 2025-05-01 2025-05-31
taun lalu                      = 2024-01-01 2024-12-31
weekend lalu                   = 2025-06-21 2025-06-22
sepekan ini                    = 2025-06-19 2025-06-25
dua minggu ini                 = 2025-06-12 2025-06-25
7hari terakhir                 = 2025-06-19 2025-06-25
senin pekan lalu               = 2025-06-16
friday last week               = 2025-06-20
17th-May-2017                  = 2017-05-17
2023-06-01                     = 2023-06-01
16/06/2025                     = 2025-06-16
16-6-25                        = 2025-06-16
16.06.2025                     = 2025-06-16
06/19/2025                     = 2025-06-19
20230616                       = 2023-06-16
2023-5-1                       = 2023-05-01
17 agustus 2017                = 2017-08-17
17-agustus-2017                = 2017-08-17
17_Agustus_2017                = 2017-08-17
17 Ags 2017                    = 2017-08-17
17 agutsus 2017                = 2017-08-17
August 17, 2017                = 2017-08-17
17th of August 2017            = 2017-08-17
Senin, 16 Juni 2025            = 2025-06-16
16 Jun '25                     = 2025-06-16
16jun2025                      = 2025-06-16
tanggal 17 agustus 2017        = 2017-08-17
Kamis 1 Juni 2023 10.15 WIB    = 2023-06-01
2023-06-01T10:15:00Z           = 2023-06-01
2023-06                        = 2023-06-01 2023-06-30
06/2023                        = 2023-06-01 2023-06-30
2023/6                         = 2023-06-01 2023-06-30
202306                         = 2023-06-01 2023-06-30
juni-2023                      = 2023-06-01 2023-06-30
Juni 2023                      = 2023-06-01 2023-06-30
bulan juni 2023                = 2023-06-01 2023-06-30
2023 juni                      = 2023-06-01 2023-06-30
Pebruari 2024                  = 2024-02-01 2024-02-29
2023                           = 2023-01-01 2023-12-31
tahun 2023                     = 2023-01-01 2023-12-31
2023*                          = 2023-01-01 2023-12-31
2010-an                        = 2010-01-01 2019-12-31
1990s                          = 1990-01-01 1999-12-31
Q1 2023                        = 2023-01-01 2023-03-31
2023-Q4                        = 2023-10-01 2023-12-31
q3-2023                        = 2023-07-01 2023-09-30
kuartal 2 2023                 = 2023-04-01 2023-06-30
triwulan III tahun 2023        = 2023-07-01 2023-09-30
first quarter of 2023          = 2023-01-01 2023-03-31
semester 1 2023                = 2023-01-01 2023-06-30
paruh kedua 2022               = 2022-07-01 2022-12-31
second half of 2022            = 2022-07-01 2022-12-31
H1 2023                        = 2023-01-01 2023-06-30
2023-W05                       = 2023-01-30 2023-02-05
minggu ke-5 2023               = 2023-01-30 2023-02-05
awal 2023                      = 2023-01-01 2023-04-30
mid-2023                       = 2023-05-01 2023-08-31
akhir tahun 2023               = 2023-09-01 2023-12-31
awal juni 2023                 = 2023-06-01 2023-06-10
pertengahan Juni 2023          = 2023-06-11 2023-06-20
akhir februari 2024            = 2024-02-21 2024-02-29
2023-01..2023-03               = 2023-01-01 2023-03-31
2023-01-05..2023-01-09         = 2023-01-05 2023-01-09
2023-01-05 - 2023-01-09        = 2023-01-05 2023-01-09
2023-01-05/2023-01-09          = 2023-01-05 2023-01-09
20230105-20230109              = 2023-01-05 2023-01-09
01/02/2023-05/02/2023          = 2023-02-01 2023-02-05
2021-2023                      = 2021-01-01 2023-12-31
2023..2021                     = 2021-01-01 2023-12-31
2016 sampai 2019               = 2016-01-01 2019-12-31
dari 2016 hingga 2019          = 2016-01-01 2019-12-31
antara 2016 dan 2019           = 2016-01-01 2019-12-31
between June 2020 and May 2021 = 2020-06-01 2021-05-31
[2020 TO 2021]                 = 2020-01-01 2021-12-31
1-5 juni 2023                  = 2023-06-01 2023-06-05
1 s/d 5 Juni 2023              = 2023-06-01 2023-06-05
28 mei - 3 juni 2023           = 2023-05-28 2023-06-03
28 mei-3 juni 2023             = 2023-05-28 2023-06-03
mei-juli 2023                  = 2023-05-01 2023-07-31
mei sampai juli 2023           = 2023-05-01 2023-07-31
17 dan 18 agustus 2017         = 2017-08-17 2017-08-18
mei dan juni 2017              = 2017-05-01 2017-06-30
november-februari 2023         = 2022-11-01 2023-02-28
november sampai februari 2023  = 2022-11-01 2023-02-28
28 desember - 3 januari 2023   = 2022-12-28 2023-01-03
mei/2017                       = 2017-05-01 2017-05-31
awal tahun                     = 2025-01-01 2025-04-30
last 24h                       = 2025-06-24 2025-06-25
..2023                         = * 2023-12-31
2023..                         = 2023-01-01 *
>=2023-05                      = 2023-05-01 *
>2023                          = 2024-01-01 *
<=2023                         = * 2023-12-31
<2023-06                       = * 2023-05-31
[2020-01-01 TO *]              = 2020-01-01 *
sejak 2023                     = 2023-01-01 *
sampai kemarin                 = * 2025-06-24
hari ini                       = 2025-06-25
Today                          = 2025-06-25
kemarin                        = 2025-06-24
KEMAREN                        = 2025-06-24
yesterday                      = 2025-06-24
kemarin lusa                   = 2025-06-23
day before yesterday           = 2025-06-23
besok                          = 2025-06-26
lusa                           = 2025-06-27
minggu ini                     = 2025-06-23 2025-06-29
minggu lalu                    = 2025-06-16 2025-06-22
minggu-lalu                    = 2025-06-16 2025-06-22
minggu_lalu                    = 2025-06-16 2025-06-22
"minggu lalu"                  = 2025-06-16 2025-06-22
pekan yang lalu                = 2025-06-16 2025-06-22
last week                      = 2025-06-16 2025-06-22
next week                      = 2025-06-30 2025-07-06
bulan ini                      = 2025-06-01 2025-06-30
bulan kemarin                  = 2025-05-01 2025-05-31
last month                     = 2025-05-01 2025-05-31
kuartal lalu                   = 2025-01-01 2025-03-31
tahun ini                      = 2025-01-01 2025-12-31
last year                      = 2024-01-01 2024-12-31
akhir pekan lalu               = 2025-06-21 2025-06-22
awal bulan ini                 = 2025-06-01 2025-06-10
akhir tahun lalu               = 2024-09-01 2024-12-31
juni tahun lalu                = 2024-06-01 2024-06-30
17 agustus tahun lalu          = 2024-08-17
agustus lalu                   = 2024-08-01 2024-08-31
17 agustus lalu                = 2024-08-17
senin lalu                     = 2025-06-23
rabu lalu                      = 2025-06-18
last friday                    = 2025-06-20
hari minggu lalu               = 2025-06-22
3 hari terakhir                = 2025-06-23 2025-06-25
3-hari-terakhir                = 2025-06-23 2025-06-25
dalam tiga hari terakhir       = 2025-06-23 2025-06-25
last 3 days                    = 2025-06-23 2025-06-25
past three days                = 2025-06-23 2025-06-25
3d                             = 2025-06-23 2025-06-25
seminggu terakhir              = 2025-06-19 2025-06-25
7d                             = 2025-06-19 2025-06-25
past week                      = 2025-06-19 2025-06-25
dua minggu terakhir            = 2025-06-12 2025-06-25
dua puluh lima hari terakhir   = 2025-06-01 2025-06-25
sebulan terakhir               = 2025-05-26 2025-06-25
past month                     = 2025-05-26 2025-06-25
setengah tahun terakhir        = 2024-12-26 2025-06-25
12 bulan belakangan ini        = 2024-06-26 2025-06-25
24 jam terakhir                = 2025-06-24 2025-06-25
last hour                      = 2025-06-24 2025-06-25
1 jam lalu                     = 2025-06-24 2025-06-25
3 hours ago                    = 2025-06-24 2025-06-25
24 jam lalu                    = 2025-06-24
30 jam lalu                    = 2025-06-23 2025-06-24
this hour                      = 2025-06-25
next hour                      = 2025-06-25 2025-06-26
last 24 hr                     = 2025-06-24 2025-06-25
past 24 hr                     = 2025-06-24 2025-06-25
24 hr ago                      = 2025-06-24
2 hr terakhir                  = 2025-06-24 2025-06-25
2 hr lalu                      = 2025-06-23
3 hari lalu                    = 2025-06-22
three days ago                 = 2025-06-22
2 minggu lalu                  = 2025-06-09 2025-06-15
a month ago                    = 2025-05-01 2025-05-31
2 minggu lalu..kemarin         = 2025-06-11 2025-06-24
"""


ROWS = [tuple(part.strip() for part in row.split(" = ")) for row in NAMED.strip().splitlines()]


@pytest.mark.parametrize(("text", "days"), ROWS, ids=[text for text, _ in ROWS])
def test_a_text_names_these_days(text: str, days: str) -> None:
    found = days_of(text, TODAY)
    ends = [None if day == "*" else date.fromisoformat(day) for day in days.split()]
    assert (found.first, found.last) == (ends[0], ends[-1])


REFUSED = (
    "agustus|17 agustus|juni|senin|minggu|06/23|2023-02-30|32/13/2023|29/02/2023|0|0000|10000|"
    "2023-13|2023-00-10|juni 0023|0 hari terakhir|99999999 hari terakhir|999999 tahun lalu|"
    "beberapa hari lalu|awal|akhir minggu 5 2023|..|*|..*|<0001|>9999|3 hari|semalam|"
    "2023-W60|Q5 2023|Jakarta, 5 Mei 2023|minggu lalu banjir|tidak-ada|- 2023|\x00|1e3|²|"
    "1685552400|17 dan 20 agustus 2017|mei dan juli 2017|28 - 3 juni 2023|17/05|mei-17|"
    "0812-12-2017|tgl.|sampai mei|2023 minggu lalu|2023 minggu terakhir|2017-12-2018|"
    "2023-06-01 2023-06-05"
)


@pytest.mark.parametrize(
    "text",
    REFUSED.split("|"),
)
def test_what_is_no_certain_day_is_refused(text: str) -> None:
    with pytest.raises(NotDays):
        days_of(text, TODAY)


WORDS = [*MONTHS, *UNITS, *WEEKDAYS, "lalu", "ini", "terakhir", "ago", "last", "awal", "sampai"]
WORDS += ["2023", "06", "31", "1", "0", "..", "-", "/", "Q1", "W5", "[", "to", "]", ">", "<=", "*"]
WORDS += ["99999", "0001", "9999", "se", "dua", "belas", "puluh", "\u0661", "\u00bd", "\u2013"]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", " "]), max_size=9).map("".join)


@settings(max_examples=60)
@given(TEXTS | st.text(max_size=LONGEST + 2), st.dates() | st.sampled_from([date.min, date.max]))
def test_nothing_else_is_raised_and_the_first_day_is_not_after_the_last(
    text: str, today: date
) -> None:
    try:
        found = days_of(text, today)
    except NotDays:
        return
    assert (found.first or date.min) <= (found.last or date.max)
    assert (found.since or date.min) <= (found.until or date.max)
    assert found.first is not None or found.last is not None


@settings(max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.sampled_from(DAYS), st.integers(-30, 30))
def test_units_of_the_calendar_meet_without_gaps(day: date, unit: Unit, shift: int) -> None:
    first, last = span(unit, day, shift)
    assert span(unit, day)[0] <= day <= span(unit, day)[1]
    assert span(unit, first) == (first, last)
    assert span(unit, day, shift + 1)[0] == last + timedelta(days=1)


def test_since_and_until_what_is_counted_back_are_the_day_itself() -> None:
    for text, day in ("2 minggu lalu", date(2025, 6, 11)), ("setahun lalu", date(2024, 6, 25)):
        assert (first_day(text, TODAY), last_day(text, TODAY)) == (day, day)
    assert (first_day("minggu lalu", TODAY), last_day("2023", TODAY)) == (
        date(2025, 6, 16),
        date(2023, 12, 31),
    )
    with pytest.raises(NotDays):
        first_day("..2023", TODAY)
    with pytest.raises(NotDays):
        last_day("2023..", TODAY)


def test_words_that_may_go_on_with_days_are_those_that_name_some() -> None:
    others = {"*", "Sab"}
    words = {word.strip("\",'[]") for text, _ in ROWS for word in text.split()}
    assert not [word for word in words - others if word and not tells_days(word)]
    assert not any(map(tells_days, ["banjir", "korupsi", "lintas", "jakarta"]))


@pytest.mark.parametrize(
    "text",
    ["2017-05-17T10:00", "17 mei 2017 10.00", "17 mei 2017 pukul 10.00 WIB", "1/6/2023 at 7"],
)
def test_an_end_of_days_has_no_time_of_day(text: str) -> None:
    for day in (first_day, last_day):
        with pytest.raises(NotDays, match="time of day"):
            day(text, TODAY)
    assert first_day("24 jam terakhir", TODAY) == TODAY - timedelta(days=1)
    assert first_day("17.05.17", TODAY) == date(2017, 5, 17)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("kemarin", True),
        ("sejak 3 hari terakhir", True),
        ("2023..kemarin", True),
        ("7d", True),
        ("mei lalu", True),
        ("2023", False),
        ("mei '17", False),
        ("banjir", False),
        ("29 februari tahun lalu", True),
    ],
)
def test_days_count_from_today_or_do_not(text: str, counts: bool) -> None:
    assert counts_from_today(text) == counts


_YEARS = st.integers(1890, 2109).map("{:04}".format)


@given(
    st.tuples(st.sampled_from([*MONTHS]), _YEARS).map(" ".join)
    | _YEARS
    | st.tuples(_YEARS, st.integers(0, 20).map("{:02}".format)).map("-".join)
    | st.tuples(_YEARS, *[st.integers(0, 33).map("{:02}".format)] * 2).map("-".join)
)
def test_usual_spans_are_those_that_every_way_of_telling_days_gives(text: str) -> None:
    usual = usual_span(text)
    if usual is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.query.days.usual_span", lambda _: None)
            assert days_of(text, TODAY) == usual
