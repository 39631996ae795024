"""Filters offered for days that stand among a query's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.names import MONTHS
from search.query.day_offers import (
    SIGNS,
    _certain,
    _is_of_a_year,
    _may_tell_days,
    _told,
    offered_days,
    offers_within,
)
from search.query.day_words import _VOCABULARY
from search.query.days import NotDays, counts_from_today, days_of
from search.query.lexemes import lexemes
from search.query.parse import parse
from search.response import Offer
from tests.conftest import examples

TODAY = date(2025, 6, 25)


def offers(text: str) -> list[Offer]:
    """What is offered for a query on that day."""
    return [one.offer for one in offered_days(text, parse(text, today=TODAY).root, TODAY)]


OFFERED = [
    ("banjir mei 2017", "Hanya Mei 2017", "banjir tanggal:2017-05"),
    ("17 agustus 2017 upacara", "Hanya 17 Agustus 2017", "tanggal:2017-08-17 upacara"),
    ("harga beras kemarin", "Hanya 24 Juni 2025", "harga beras tanggal:kemarin"),
    ('"juni 2023" banjir', "Hanya Juni 2023", "tanggal:2023-06 banjir"),
    ("pemilu tahun 2016", "Hanya 2016", "pemilu tanggal:2016"),
    ("banjir bulan lalu", "Hanya Mei 2025", "banjir tanggal:bulan-lalu"),
    ("last week floods", "Hanya 16–22 Juni 2025", "tanggal:last-week floods"),
    ("gempa 3 hari terakhir", "Hanya 23–25 Juni 2025", "gempa tanggal:3-hari-terakhir"),
    ("sejak kemarin banjir", "Sejak 24 Juni 2025", "tanggal:sejak-kemarin banjir"),
    ("mei 2017", "Hanya Mei 2017", "tanggal:2017-05"),
    ("rapat 16/06/2025", "Hanya 16 Juni 2025", "rapat tanggal:2025-06-16"),
    ("banjir, mei 2017, jakarta", "Hanya Mei 2017", "banjir, tanggal:2017-05 jakarta"),
    ("sumber:antara mei 2017", "Hanya Mei 2017", "sumber:antara tanggal:2017-05"),
    ("banjir sejak:2016 jakarta mei 2017", "Hanya Mei 2017",
     "banjir sejak:2016 jakarta tanggal:2017-05"),
    ("mei 2017 juli banjir", "Hanya Mei 2017", 'tanggal:"2017-05" juli banjir'),
    ("Jakarta (17/5/2017) banjir", "Hanya 17 Mei 2017", "Jakarta tanggal:2017-05-17 banjir"),
    ("(banjir OR longsor) mei 2017", "Hanya Mei 2017", "(banjir OR longsor) tanggal:2017-05"),
    ("banjir (kemarin)", "Hanya 24 Juni 2025", "banjir tanggal:kemarin"),
    ("apa yang terjadi mei 2017?", "Hanya Mei 2017", "apa yang terjadi tanggal:2017-05"),
    ("setelah mei 2017 banjir", "Sejak 1 Juni 2017", "sejak:2017-06-01 banjir"),
    ("sebelum tahun 2017", "Sampai 31 Desember 2016", "sampai:2016-12-31"),
    ("covid 19 tahun 2020", "Hanya 2020", "covid 19 tanggal:2020"),
    ("proklamasi 17 agustus 1945", "Hanya 17 Agustus 1945", "proklamasi tanggal:1945-08-17"),
    ("2017 minggu lalu", "Hanya 16–22 Juni 2025", "2017 tanggal:minggu-lalu"),
    ("korban 2 minggu lalu", "Hanya 9–15 Juni 2025", "korban tanggal:2-minggu-lalu"),
    ("covid tahun lalu", "Hanya 2024", "covid tanggal:tahun-lalu"),
    ("kasus covid minggu lalu", "Hanya 16–22 Juni 2025", "kasus covid tanggal:minggu-lalu"),
    ("liga sabtu lalu", "Hanya 21 Juni 2025", "liga tanggal:sabtu-lalu"),
    ("liga 17 mei lalu", "Hanya 17 Mei 2025", "liga tanggal:17-mei-lalu"),
    ("covid 19 tahun lalu", "Hanya 2024", "covid 19 tanggal:tahun-lalu"),
    ("hasil liga 1 minggu lalu", "Hanya 16–22 Juni 2025", "hasil liga 1 tanggal:minggu-lalu"),
    ("gempa 05 juni lalu", "Hanya 5 Juni 2025", "gempa tanggal:05-juni-lalu"),
    ("senin 02 juni lalu", "Hanya 2 Juni 2025", "senin tanggal:02-juni-lalu"),
    ("05 mei lalu", "Hanya 5 Mei 2025", "tanggal:05-mei-lalu"),
    ("banjir ｍｅｉ ２０１７", "Hanya Mei 2017", "banjir tanggal:2017-05"),
    ("ﬁnal 𝗺𝗲𝗶 2017", "Hanya Mei 2017", "final tanggal:2017-05"),
    ("cabai 50.000 hari ini", "Hanya 25 Juni 2025", "cabai 50.000 tanggal:hari-ini"),
    ("banjir mei '17", "Hanya Mei 2017", "banjir tanggal:2017-05"),
    ("banjir mei2017", "Hanya Mei 2017", "banjir tanggal:2017-05"),
    ("Sab, 17 Mei 2017 banjir", "Hanya 17 Mei 2017", "tanggal:2017-05-17 banjir"),
    ("kuartal I/2017 laba", "Hanya 1 Januari – 31 Maret 2017",
     "tanggal:2017-01-01..2017-03-31 laba"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "query"), OFFERED, ids=[one[0] for one in OFFERED])
def test_days_among_words_are_offered_as_a_filter(text: str, label: str, query: str) -> None:
    (offer,) = offers(text)
    assert (offer.label.indonesian, offer.query) == (label, query)
    assert offer.label.english != label
    assert "bad-date" not in {note.code for note in parse(query, today=TODAY).notes}


@pytest.mark.parametrize(
    "text",
    [
        "upacara 17 agustus",
        "pemilu 2016",
        "judul:(mei 2017) x",
        'judul:"mei 2017" x',
        "isi:mei 2017",
        "-kemarin banjir",
        '-"mei 2017" banjir',
        "banjir NOT kemarin",
        "(banjir mei 2017)",
        "banjir OR mei 2017",
        "sejak:2023 banjir mei 2017",
        "-tanggal:2017 banjir mei 2017",
        "tanggal:2017-05 banjir mei 2017",
        "tanggal:tidak-ada mei 2017",
        "tanggal:minggu lalu banjir",
        "minggu lalu lintas padat",
        "film 3d besok",
        "harga 12.30.15",
        "covid 19",
        "pasal 2017",
        "rp 2017",
        "UU 13 tahun 2003",
        "UU 13 (tahun 2003)",
        "undang-undang nomor 11 tahun 2020 cipta kerja",
        "hukuman 10 tahun 2019",
        "theresa may 2017",
        "versi 1.2.2017",
        "putusan 12/5/2017",
        "0812-12-2017",
        "banjir NEAR/5 mei 2017",
        "mei 2017 NEAR/5 banjir",
        "(mei 2017) NEAR/5 banjir",
        "-(mei 2017) banjir",
        "liga 1 2017/2018",
        "harga rp15 000 minggu lalu",
        "skor 3 0 minggu lalu",
        "0 hari lalu",
        "covid 0 (hari lalu)",
        "covid (0 hari lalu)",
        "covid (0) hari lalu",
        "banjir 2 (minggu lalu)",
        "banjir 1.5 (tahun lalu)",
        'banjir 2 "minggu lalu"',
        "Theresa (may 2017)",
        "versi ((1.2.2017))",
        "0 minggu terakhir",
        "1,5 tahun lalu",
        "liga 0 minggu lalu",
        "liga 1,5 tahun lalu",
        "000 minggu lalu",
        "fosil 15.000 tahun yang lalu",
    ],
)
def test_nothing_else_is_offered(text: str) -> None:
    assert not offers(text)


def test_days_that_the_filter_of_days_leaves_out_are_not_offered() -> None:
    found = offered_days("banjir mei 2017", None, TODAY)
    assert offers_within(found, date(2017, 5, 31), None)
    assert offers_within(found, None, date(2017, 5, 1))
    assert not offers_within(found, date(2017, 6, 1), None)
    assert not offers_within(found, None, date(2017, 4, 30))


PIECES = ["mei 2017", "kemarin", "minggu lalu", "banjir", '"', "(", ")", "-", "tanggal:", "judul:"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*PIECES, "OR", "3 hari", "terakhir"]), max_size=9).map(" ".join))
def test_what_is_offered_asks_for_days(text: str) -> None:
    for offer in offers(text):
        assert "tanggal:" in offer.query or "sejak:" in offer.query or "sampai:" in offer.query


_CHUNKS = st.sampled_from(
    [
        *("april", "Mei", "agustus2019", "xmei2017", "mei2017", "17mei2017", "disember", "sept"),
        *("agustuss", "2017", "17", "000", "kemarin", "dini", "lalu", "years", "ago", "tahun"),
        *("q1", "q3", "q32017", "q52017", "triwulan", "ini", "OR", "NOT", "dan", "NEAR", "banjir"),
        *("sejak", "3", "hari", "terakhir", "last", "weekend"),
    ]
)


@settings(max_examples=examples(300))
@given(st.lists(_CHUNKS, min_size=1, max_size=5).map(" ".join))
def test_what_gets_no_longer_look_tells_no_days(text: str) -> None:
    if not _may_tell_days(text):
        assert list(_told(text, lexemes(text)[0], TODAY)) == []


@pytest.mark.parametrize("word", sorted(SIGNS | _VOCABULARY))
def test_a_word_alone_that_gets_no_longer_look_tells_no_days(word: str) -> None:
    if not _may_tell_days(word):
        assert list(_told(word, lexemes(word)[0], TODAY)) == []


@pytest.mark.parametrize("month", sorted(MONTHS))
def test_what_has_a_month_and_its_year_counts_from_no_day(month: str) -> None:
    for text in (f"{month} 2025", f"1 {month} 2019", f"31 {month} 0000", f"99 {month} 9999"):
        assert _is_of_a_year(text)
        assert not counts_from_today(text)
    for text in (month, f"{month} lalu", f"awal {month} 2025", "2025", "", f"{month} 25"):
        assert not _is_of_a_year(text)


@pytest.mark.parametrize(
    "year",
    [
        "0000",
        "0001",
        "1899",
        "1900",
        "2024",
        "2099",
        "2100",
        "2025",
        "9999",
        "\u0662\u0660\u0662\u0664",
    ],
)
def test_a_month_before_its_year_is_told_sooner(year: str) -> None:
    for month in MONTHS:
        text = f"{month} {year}"
        try:
            expected = days_of(text, TODAY)
        except NotDays:
            expected = None
        assert _certain(text, TODAY) == expected
