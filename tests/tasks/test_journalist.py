"""A journalist: knows the query language, wants exactly this, and takes it along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree

from tests.tasks.archive import (
    ARTICLES,
    KABAR,
    LAST_WEEK,
    LINTAS,
    PELITA,
    SAMUDRA,
    day,
    days,
    ids,
    where,
)
from tests.tasks.reader import Page

_BY_ID = {one.id: one for one in ARTICLES}
Warta = Callable[..., str]
Ask = Callable[..., Any]


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _near(one: str, other: str, most: int) -> set[str]:
    """Articles in whose body words that begin so are so many words apart, or fewer."""

    def places(words: list[str], begin: str) -> Iterator[int]:
        return (at for at, word in enumerate(words) if re.match(begin, word))

    return {
        article.id
        for article in ARTICLES
        for words in (
            re.findall(r"\w+", article.body.lower()),
            re.findall(r"\w+", article.title.lower()),
        )
        if any(abs(a - b) <= most for a in places(words, one) for b in places(words, other))
    }


_BRIBE = "suap|[mp]enyuap"
_KPK = where("KPK", without=_BRIBE, within="2017-05", source=KABAR)


def test_takes_a_month_of_one_source_along_from_the_page(start: Page) -> None:
    """Semua berita KPK Mei 2017 dari Kabar Nusa tanpa kata suap, terbaru dulu, sebagai CSV.

    All news of the KPK of May 2017 from one paper without the word, newest first, as CSV.
    """
    page = start.search("KPK Mei 2017 -suap").follow("Hanya Mei 2017").tick("source", KABAR)
    rows = _table(page.follow("Terbaru").fetch("(CSV)").text)
    assert [row["date"] for row in rows] == days(_KPK)
    assert {row["id"] for row in rows} == ids(_KPK)


@pytest.mark.parametrize(
    "arguments",
    [
        ["KPK", "-suap", "--source", "kabar", "--month", "2017-05"],
        ["KPK", "-suap", "--source", "kabar", "--month", "Mei 2017"],
        ["KPK TANPA suap sumber:kabar tanggal:mei-2017"],
        ["KPK", "-suap", "--source", KABAR, "--from", "mei 2017", "--to", "31/05/2017"],
    ],
    ids=["month", "month in words", "in the query", "from and to"],
)
def test_takes_a_month_of_one_source_along_at_a_terminal(
    warta: Warta, arguments: list[str]
) -> None:
    """Hal yang sama di terminal. / The same at a terminal, in four ways."""
    text = warta(*arguments, "--sort", "newest", "--all", "--csv", "--fields", "date,title,url")
    rows = _table(text)
    assert list(rows[0]) == ["date", "title", "url"]
    assert [row["date"] for row in rows] == days(_KPK)
    assert {row["title"] for row in rows} == {one.title for one in _KPK}


def test_finds_a_word_near_another(start: Page) -> None:
    """Korupsi atau suap paling jauh tiga kata dari “bupati”. / One of two words near a third."""
    page = start.search("(korupsi ATAU suap) DEKAT/3 bupati")
    expected = _near("korupsi|suap|[mp]enyuap", "bupati", 3)
    assert expected < ids(where("korupsi|suap", "bupati"))
    assert set(page.hits) == expected


def test_wants_only_this_form_of_a_word(ask: Ask) -> None:
    """Hanya “membeli”, bukan “dibeli” atau “pembeli”. / Only this form of the word."""
    assert {one["id"] for one in ask("search", q="=membeli")["hits"]} == ids(where(r"\bmembeli\b"))
    assert {one["id"] for one in ask("search", q="beli")["hits"]} == ids(where("beli"))


def test_leaves_out_a_source(start: Page) -> None:
    """Berita gempa, kecuali dari Harian Samudra. / Without a source, by one click."""
    page = start.search("gempa").follow(f"Kecualikan {SAMUDRA}")
    assert set(page.hits) == {one.id for one in where("gempa") if one.source != SAMUDRA}


def test_is_told_of_last_week(start: Page) -> None:
    """Langganan RSS untuk banjir minggu lalu. / An alert: the feed of a search of last week."""
    page = start.search("banjir tanggal:minggu lalu")
    feed = etree.fromstring(page.fetch("RSS").data)
    links = [link.text.split("?")[0].rpartition("/")[2] for link in feed.findall(".//item/link")]
    expected = [
        one.id
        for one in sorted(where("banjir"), key=lambda one: day(one) or "", reverse=True)
        if (day(one) or "") in {moment.isoformat() for moment in LAST_WEEK}
    ]
    assert links == expected
    assert len(links) == 2


def test_wants_it_in_the_first_words(ask: Ask) -> None:
    """“Gubernur” di awal berita, bukan jauh di bawah. / The word in the first words of the body."""
    found = ask("search", q="awal:gubernur", per_page=50)["hits"]
    first = {one.id for one in ARTICLES if "gubernur" in re.findall(r"\w+", one.body.lower())[:64]}
    assert {one["id"] for one in found} == first


def test_reads_several_sources(start: Page) -> None:
    """Beras menurut Lintas Niaga atau Pelita Kota. / Rice in either of two papers, in the query."""
    page = start.search("beras sumber:(lintas, pelita)")
    assert set(page.hits) == {one.id for one in where("beras") if one.source in {LINTAS, PELITA}}


def test_says_days_in_words(warta: Warta) -> None:
    """Berita gempa dari 9 sampai 10 Januari 2024. / Days in words, from and to."""
    for dates in (
        ["--from", "9 januari 2024", "--to", "10 jan 2024"],
        ["sejak:9-januari-2024", "sampai:10/1/2024"],
        ["tanggal:2024-01-09..2024-01-10"],
    ):
        rows = _table(warta("gempa", *dates, "--all", "--csv"))
        assert {row["id"] for row in rows} == ids(where("gempa", within="2024-01-10")), dates


def test_sees_who_else_has_the_text(start: Page) -> None:
    """Siapa lagi yang memuat naskah yang sama? / Who else has the same text?"""
    article = where("banjir rendam")[0]
    others = [one for one in ARTICLES if one.body == article.body and one.id != article.id]
    page = start.search("banjir rendam teluk arang sumber:kabar").follow(article.title)
    assert "dengan isi yang sama" in page.text
    copies = page.text.partition("dengan isi yang sama")[2]
    for other in others:
        assert other.title in copies
        assert page.follow(other.title).text.count(other.title)


def test_wants_it_in_one_sentence(ask: Ask) -> None:
    """“Kota Lama” dan “banjir” dalam satu kalimat. / Two things within one sentence."""
    found = ask("search", q='kalimat:("kota lama" banjir)', per_page=50)["hits"]
    sentences = {
        one.id: [one.title, *re.split(r"(?<=[.!?])\s", one.body)]
        for one in where("kota lama", "banjir")
    }
    expected = {
        name
        for name, said in sentences.items()
        if any("kota lama" in one.lower() and "banjir" in one.lower() for one in said[1:])
    }
    assert {one["id"] for one in found} == expected
    assert expected < set(sentences)


def test_remembers_a_quote_but_for_a_word(ask: Ask) -> None:
    """Kutipan yang satu katanya terlupa: “gubernur … lesmana”. / A quote with a word forgotten."""
    found = ask("search", q='"gubernur * lesmana"', per_page=50)["hits"]
    assert {one["id"] for one in found} == ids(where(r"gubernur \w+ lesmana"))


def test_reads_the_newest_first_at_a_terminal(warta: Warta) -> None:
    """Banjir, terbaru dulu, di terminal. / The newest first at a terminal."""
    said = warta("banjir", "--sort", "newest", "--per-page", "50")
    assert said.startswith(f"{len(where('banjir'))} artikel")
    shown = re.findall(r" · (\d{4}-\d{2}-\d{2}) · ", said)
    assert shown == days(where("banjir"))


def test_is_told_at_a_terminal_what_else_may_be_meant(warta: Warta) -> None:
    """“KPK Mei 2017” di terminal: bulannya ditawarkan, dan tawaran itu dapat dijalankan.

    A month among the words at a terminal: it is offered as a query that can be run.
    """
    said = warta("KPK Mei 2017", "--per-page", "1")
    offered = re.search(r"^Hanya Mei 2017: (.+)$", said, re.MULTILINE)
    assert offered, said
    rows = _table(warta(*offered[1].split(), "--all", "--csv"))
    assert {row["id"] for row in rows} == ids(where("KPK", within="2017-05"))
