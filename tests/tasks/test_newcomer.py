"""A newcomer: types what comes to mind, clicks what is offered, has read nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.tasks.archive import (
    ARTICLES,
    LAST_WEEK,
    PELITA,
    YESTERDAY,
    day,
    days,
    has,
    ids,
    where,
)
from tests.tasks.reader import Page

_BY_ID = {one.id: one for one in ARTICLES}


def test_finds_news_of_a_flood(start: Page) -> None:
    """Ada berita banjir apa saja? / What news is there of floods?"""
    page = start.search("banjir")
    assert page.count == len(where("banjir"))
    assert len(page.hits) == min(10, page.count)
    assert set(page.hits) <= ids(where("banjir"))
    article = page.follow(_BY_ID[page.hits[0]].title)
    assert _BY_ID[page.hits[0]].body.split("\n")[0] in article.text
    assert article.follow("Kembali ke hasil").hits == page.hits


def test_mistypes_a_word_and_takes_what_was_meant(start: Page) -> None:
    """Salah ketik: “gubenur lesmana”, lalu klik “Maksud Anda”. / A slip, then “Did you mean”."""
    page = start.search("gubenur lesmana")
    page = page.follow("gubernur lesmana")
    assert page.query == "gubernur lesmana"
    assert set(page.hits) == ids(where("gubernur", "lesmana"))


def test_completes_what_was_begun(ask: Callable[..., Any]) -> None:
    """Baru mengetik “kereta c”, ditawari “kereta cepat”. / The rest of the words is offered."""
    texts = [one["text"] for one in ask("suggest", q="kereta c")["suggestions"]]
    assert texts[0] == "kereta cepat"


def test_narrows_to_a_month_that_was_typed_among_the_words(start: Page) -> None:
    """“KPK Mei 2017”, lalu klik “Hanya Mei 2017”. / Words, then the chip for the month."""
    page = start.search("KPK Mei 2017").follow("Hanya Mei 2017")
    assert set(page.hits) == ids(where("KPK", within="2017-05"))


def test_ticks_filters(start: Page) -> None:
    """Berita banjir, lalu centang sumber dan tahunnya. / Ticks a source, then a year."""
    years = {(day(one) or "")[:4] for one in where("banjir", source=PELITA)}
    page = start.search("banjir").tick("source", PELITA)
    page = page.follow(f"Per tahun ({len(years - {''})})").follow("2023")
    assert set(page.hits) == ids(where("banjir", within="2023", source=PELITA))
    page = page.follow(f"Hapus filter Sumber: {PELITA}")
    assert set(page.hits) == ids(where("banjir", within="2023"))


def test_takes_a_part_out_of_what_was_searched_for(start: Page) -> None:
    """“korupsi -pasar sejak:2017”, lalu buang “tanpa pasar” dari “Dicari:”. / Drops a part."""
    page = start.search("korupsi -pasar sejak:2017")
    assert set(page.hits) == ids(where("korupsi", without="pasar"))
    assert "Dicari:" in page.text
    page = page.follow("Hapus bagian: tanpa pasar")
    assert set(page.hits) == ids(where("korupsi"))
    assert page.query == "korupsi sejak:2017-01-01"


def test_fills_in_the_advanced_form(start: Page) -> None:
    """Isi formulir: kata “harga”, tanpa “beras”, dari Maret 2024. / Fills in the form."""
    page = start.follow("Pencarian lanjutan").send(
        "/search/advanced", {"words": "harga", "none": "beras", "since": "Maret 2024"}
    )
    assert set(page.hits) == {
        one.id for one in where(r"\bharga", without="beras") if (day(one) or "") >= "2024-03"
    }
    assert "harga" in page.query
    assert "-beras" in page.query


def test_tries_examples_of_the_help(start: Page) -> None:
    """Buka Bantuan dan coba contohnya. / Opens the help and tries its examples, each third."""
    guide = start.follow("Seluruh bahasa kueri")
    examples = [address for address in guide.links("") if address.startswith("/search?q=")]
    assert len(set(examples)) > 30
    for address in [*dict.fromkeys(examples)][::3]:
        page = Page(guide.client, address)
        assert page.query
        assert "bukan operator" not in page.text, page.query


def test_asks_for_what_has_no_date(start: Page) -> None:
    """“Yang tanpa tanggal saja.” / Only what has no date, by the link beside the bars."""
    page = start.search("banjir OR gempa OR perpustakaan").follow("tanpa tanggal: 3")
    assert set(page.hits) == {one.id for one in ARTICLES if one.date is None}


def test_pastes_a_headline(start: Page) -> None:
    """Tempel judul berita yang pernah dibaca. / Pastes a headline that was read somewhere."""
    for article in (*ARTICLES[::12], *where("Jum'at")):
        assert start.search(f"“{article.title}”").hits[:1], article.title
        assert article.id in start.search(article.title).hits[:2], article.title


def test_turns_the_page(start: Page) -> None:
    """Lihat semuanya, halaman demi halaman. / Everything, page by page."""
    page = start.search("")
    assert page.count == len(ARTICLES)
    seen = list(page.hits)
    while page.links("Berikutnya"):
        page = page.follow("Berikutnya")
        seen += page.hits
    assert sorted(seen) == sorted(ids(ARTICLES))


def test_changes_the_language(start: Page) -> None:
    """Ganti bahasa di tengah pencarian. / Changes the language in the middle of a search."""
    page = start.search("gempa").follow("English")
    assert f"{len(where('gempa'))} articles" in page.text
    assert page.query == "gempa"
    assert f"{len(where('gempa'))} artikel" in page.follow("Bahasa Indonesia").text


def test_says_yesterday(start: Page) -> None:
    """“pasar kemarin”, lalu klik harinya. / A word and “yesterday”, then the chip of that day."""
    page = start.search("pasar kemarin")
    offered = [one for one in page.links("Hanya ") if "tanggal" in one]
    assert len(offered) == 1
    page = Page(page.client, offered[0])
    assert set(page.hits) == ids(where("pasar", within=YESTERDAY.isoformat()))


def test_sorts_by_the_newest_and_by_the_oldest(start: Page) -> None:
    """Banjir yang paling baru, lalu yang paling lama. / The newest flood first, then the oldest."""
    page = start.search("banjir").follow("Terbaru")
    found = [_BY_ID[one] for one in page.hits]
    assert [day(one) for one in found if one.date] == days(where("banjir"))
    assert day(found[0]) == LAST_WEEK[3].isoformat()
    found = [_BY_ID[one] for one in page.follow("Terlama").hits]
    assert [day(one) for one in found if one.date] == days(where("banjir"), newest=False)
    assert has(found[-1], "kakek")
