"""The pages as they leave the server: what they say and where they lead."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.build import LocalTarget
from index.target import BuildOptions
from search.limits import MAX_QUERY_CHARACTERS
from tests.conftest import ARCHIVE, article
from web.app import create_app
from web.facet_parameters import MAX_VALUE_CHARACTERS


def text(html: str) -> str:
    """What is left of a page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def links(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a [^>]*href="([^"]*)"', html)]


def test_the_start_page_says_what_is_there_and_how_to_begin(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f"{len(ARCHIVE)} artikel, dari 5 November 2022 sampai 1 September 2025" in text(page)
    assert "/search?category=Ekonomi" in links(page)
    assert "/search?source=Lintas+Niaga" in links(page)
    assert "/search?place=Ambon" in links(page)


def test_results_say_how_many_and_how_fast(client: FlaskClient) -> None:
    page = client.get("/search?q=beras").text
    assert re.search(r"beras 4 artikel [\d.,]+ ms", text(page))


def test_a_query_is_repeated_as_it_was_typed(client: FlaskClient) -> None:
    page = client.get('/search?q="kereta+cepat"+bandung').text
    assert text(page.split("<h1>")[1].split("</h1>")[0]).startswith('"kereta cepat" bandung ')


def test_a_hit_has_its_marks_source_day_and_place(client: FlaskClient) -> None:
    page = client.get("/search?q=hubungan+rusia").text
    assert "<mark>Rusia</mark>" in page
    assert "Kabar Nusa 1 Juni 2023 Phnom Penh Politik" in text(page)
    assert "tanpa tanggal" not in text(page)
    assert "/article/a1?q=hubungan+rusia" in links(page)


def test_results_speak_english_to_those_who_want_it(english: FlaskClient) -> None:
    page = english.get("/search?q=hubungan+rusia").text
    assert "hubungan rusia 1 article" in text(page)
    assert "1 June 2023" in page


def test_filters_count_and_chosen_ones_can_be_taken_back(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&source=Lintas+Niaga&place=Jakarta&from=2023-01-01").text
    assert re.search(r'name="source" value="Lintas Niaga" form="search-form" checked', page)
    found = links(page)
    assert "/search?q=beras&place=Jakarta&from=2023-01-01" in found
    assert "/search?q=beras&source=Lintas+Niaga&from=2023-01-01" in found
    assert "/search?q=beras&source=Lintas+Niaga&place=Jakarta" in found
    assert "/search?q=beras" in found


def test_a_chosen_filter_that_fits_nothing_stays_in_the_form(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&source=Tak+Ada").text
    assert re.search(r'name="source" value="Tak Ada" form="search-form" checked', page)


def test_a_part_of_values_is_ticked_as_the_value_or_once_for_several(tmp_path: Path) -> None:
    sources = ["detik.com", "detik.com", "news.detik.com", "kompas.com", "antaranews.com"]
    LocalTarget(tmp_path).rebuild(
        [article(n, "k", "beras", source=source) for n, source in enumerate(sources)],
        BuildOptions(),
    )
    client = create_app(tmp_path, config={"TESTING": True}).test_client()

    def sources_of(address: str) -> list[tuple[str, bool, str]]:
        boxes = re.findall(
            r'name="source" value="([^"]+)" form="search-form"( checked)?>.*?"count">(\d+)<',
            client.get(address).get_data(as_text=True),
            re.DOTALL,
        )
        return [(value, bool(checked), count) for value, checked, count in boxes]

    others = [("antaranews.com", False, "1"), ("kompas.com", False, "1")]
    news = ("news.detik.com", False, "1")
    assert sources_of("/search?source=detik") == [("detik", True, "3"), *others]
    assert sources_of("/search?source=detik&source=news.detik.com") == [
        *(("news.detik.com", True, "1"), ("detik", True, "3")),
        *others,
    ]
    for alone in ("detik.com", "=detik.com"):
        assert sources_of(f"/search?source={alone}") == [("detik.com", True, "2"), *others, news]
    assert sources_of("/search?source=antara")[0] == ("antaranews.com", True, "1")
    page = client.get("/search?source=detik").get_data(as_text=True)
    assert page.count('class="chip"') == 1
    assert "/search" in links(page)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("from=2023-06-15&to=2023-06-15", "15 Juni 2023 ×"),
        ("from=2023-06-15&to=2023-06-16", "15 Juni 2023 – 16 Juni 2023 ×"),
        ("from=2023-06-15", "sejak 15 Juni 2023 ×"),
        ("to=2023-06-15", "sampai 15 Juni 2023 ×"),
    ],
)
def test_days_are_said_back(client: FlaskClient, days: str, said: str) -> None:
    page = client.get(f"/search?q=beras&{days}").text
    assert f"Hapus filter Tanggal: {said}" in text(page)


def test_the_histogram_leads_to_its_days(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa").text
    assert "/search?q=gempa&from=2024-01-10&to=2024-01-10" in links(page)
    assert "Artikel per hari, paling banyak 2" in text(page)
    assert "10 Januari 2024: 2" in text(page)


def test_what_no_bar_of_the_histogram_has_is_told(client: FlaskClient) -> None:
    page = client.get("/search?q=perpustakaan").text
    assert "Artikel per hari, paling banyak 1" in text(page)
    assert "tanpa tanggal: 1" in text(page)
    assert "tanpa tanggal" in text(page.split('href="/article/a10')[0].rsplit("<article", 1)[1])
    assert "tanpa tanggal" in text(client.get("/article/a10").text)


def test_the_order_is_kept_by_what_comes_after(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&sort=oldest&per_page=2").text
    assert "/search?q=beras&sort=newest&per_page=2" in links(page)
    assert "/search?q=beras&sort=oldest&per_page=2&page=2" in links(page)
    assert '<input type="hidden" name="sort" value="oldest" form="search-form">' in page


def test_pages_lead_to_their_neighbours(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&per_page=1&page=2").text
    before, after = "/search?q=beras&amp;per_page=1", "/search?q=beras&amp;per_page=1&amp;page=3"
    assert f'<link rel="prev" href="{before}">' in page
    assert f'<link rel="next" href="{after}">' in page
    assert f'<a rel="prev" href="{before}">' in page
    assert f'<a rel="next" href="{after}">' in page
    assert 'aria-current="page"' in page
    assert '<ol class="hits" start="2">' in page


def test_the_same_results_are_offered_to_programs(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&per_page=1&page=2&source=Lintas+Niaga").text
    for name, form, whole in (("CSV", ".csv", ""), ("JSON", ".json", "&all=true")):
        assert f"Unduh 3 baris ({name})" in text(page)
        address = f"/search{form}?q=beras&source=Lintas+Niaga{whole}"
        assert address in links(page)
        assert client.get(address).text.count("Lintas Niaga") >= 3


def test_feeds_begin_with_the_newest_whatever_the_order_of_the_page(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&sort=oldest").text
    for form in ("rss", "atom"):
        address = f"/search.{form}?q=beras&sort=newest"
        assert address in links(page)
        answer = client.get(address)
        assert answer.status_code == 200
        alternate = (
            f'<link rel="alternate" type="{re.escape(str(answer.mimetype))}"[^>]*href="([^"]*)"'
        )
        assert [unescape(found) for found in re.findall(alternate, page)] == [address]


def test_a_misspelling_leads_to_what_may_be_meant(client: FlaskClient) -> None:
    page = client.get("/search?q=beraz").text
    assert "Maksud Anda beras ?" in text(page)
    assert "/search?q=beras" in links(page)


def test_a_correction_is_told_of_and_can_be_refused(client: FlaskClient) -> None:
    page = client.get("/search?q=perpustakan&page=1").text
    assert "Menampilkan hasil untuk perpustakaan — cari perpustakan saja" in text(page)
    assert "perpustakaan 2 artikel" in text(page)
    assert "<title>perpustakaan · Warta</title>" in page
    assert 'value="perpustakan"' in page
    assert "<mark>Perpustakaan</mark>" in page
    assert "Maksud Anda" not in page
    assert "yang dicari" not in page
    assert "/search?q=perpustakan&correct=off" in links(page)
    assert "Menampilkan hasil" not in client.get("/search?q=perpustakan&correct=off").text


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_the_heading_counts_apart_what_has_all_the_words(client: FlaskClient, sort: str) -> None:
    page = client.get(f"/search?q=panen+beras&sort={sort}").text
    assert "2 artikel memuat semua kata, 2 memuat sebagian" in text(page)
    assert ("/search?q=panen+beras&partial=off" in links(page)) == (sort == "relevance")
    nothing = text(client.get(f"/search?q=beras+gempa&sort={sort}").text)
    assert "Tidak ada artikel yang memuat semua kata, 7 memuat sebagian" in nothing
    assert "memuat semua kata" not in text(client.get(f"/search?q=beras&sort={sort}").text)


def test_a_hit_says_which_words_it_lacks_below_a_line(client: FlaskClient) -> None:
    page = client.get("/search?q=panen+beras").text
    complete, partial = page.split('class="divider"')
    assert "tanpa:" not in complete
    assert text(partial).count("tanpa: panen") == 2
    assert '<ol class="hits" start="3">' in partial
    later = client.get("/search?q=panen+beras&per_page=2&page=2").text
    assert text(later.split('class="divider"')[1]).count("tanpa: panen") == 2
    assert "divider" not in client.get("/search?q=panen+beras&per_page=1&page=4").text
    assert "divider" not in client.get("/search?q=beras+gempa").text


def test_what_becomes_of_articles_with_some_of_the_words_can_be_asked(client: FlaskClient) -> None:
    page = client.get("/search?q=panen+beras").text
    assert {"/search?q=panen+beras&partial=with", "/search?q=panen+beras&partial=off"} <= set(
        links(page)
    )
    off = client.get("/search?q=panen+beras&partial=off").text
    assert "tanpa:" not in off
    assert "2 artikel lain hanya memuat sebagian kata." in text(off)
    assert {"/search?q=panen+beras", "/search?q=panen+beras&partial=with"} <= set(links(off))
    assert '<input type="hidden" name="partial" value="off" form="search-form">' in off
    newest = client.get("/search?q=panen+beras&sort=newest").text
    assert "2 artikel lain hanya memuat sebagian kata." in text(newest)
    together = client.get("/search?q=panen+beras&sort=newest&partial=with").text
    assert text(together).count("tanpa: panen") == 2


def test_a_download_says_how_many_rows_it_has(client: FlaskClient) -> None:
    for arguments, rows in (
        ("q=panen+beras", 2),
        ("q=panen+beras&partial=with", 4),
        ("q=panen+beras&partial=off", 2),
        ("q=beras+gempa", 7),
        ("q=beras&per_page=1", 4),
    ):
        page = client.get(f"/search?{arguments}").text
        assert f"Unduh {rows} baris (CSV)" in text(page)
        address = next(to for to in links(page) if to.startswith("/search.csv"))
        table = client.get(address).text
        assert len(list(csv.DictReader(io.StringIO(table)))) == rows


def test_notes_are_sentences(client: FlaskClient) -> None:
    assert "Tanda kutip tidak ditutup" in client.get('/search?q="harga+beras').text


def test_nothing_found_says_what_may_help(client: FlaskClient) -> None:
    answer = client.get("/search?q=qwertyuiop&source=Lintas+Niaga")
    assert answer.status_code == 200
    assert "Tidak ada artikel yang ditemukan" in answer.text
    assert "/search?q=qwertyuiop" in links(answer.text)


@pytest.mark.parametrize(
    ("query", "advised"),
    [
        ("qwertyuiop", (False, False)),
        ("qwertyuiop e-ktp", (True, False)),
        ("-qwerty +zzz", (True, True)),
    ],
)
def test_what_is_advised_fits_the_query(
    client: FlaskClient, query: str, advised: tuple[bool, bool]
) -> None:
    page = client.get("/search", query_string={"q": query, "source": "Tak Ada"}).text
    assert ("lebih sedikit kata" in page, "tanda minus" in page) == advised


def test_nothing_found_with_filters_is_not_said_of_the_whole_archive(client: FlaskClient) -> None:
    filtered = client.get("/search?q=beras&source=Tak+Ada").text
    assert "Tidak ada artikel yang cocok dengan filter terpilih" in text(filtered)
    assert "dalam arsip" not in text(filtered)
    assert "/search?q=beras" in links(filtered)
    assert "Tidak ada artikel dalam arsip yang cocok" in client.get("/search?q=qwertyuiop").text


@pytest.mark.parametrize("query", ["q=qwertyuiop&source=Tak+Ada", "q=beras+gempa&partial=off"])
def test_no_search_without_filters_is_offered_that_finds_nothing_or_has_none(
    client: FlaskClient, query: str
) -> None:
    page = text(client.get(f"/search?{query}").text)
    assert "Tidak ada artikel dalam arsip yang cocok" in page
    assert "filter terpilih" not in page


def test_a_page_past_the_end_leads_to_the_last_one(client: FlaskClient) -> None:
    answer = client.get("/search?q=beras&per_page=2&page=5")
    assert answer.status_code == 200
    assert "4 artikel" in text(answer.text)
    assert "sudah habis sebelum halaman ini" in text(answer.text)
    assert "Tidak ada artikel" not in text(answer.text)
    assert "/search?q=beras&per_page=2&page=2" in links(answer.text)
    assert '<link rel="prev" href="/search?q=beras&amp;per_page=2&amp;page=2">' in answer.text
    assert 'rel="next"' not in answer.text


@pytest.mark.parametrize("extra", ["cursor=nonsense", "lang=fr", "explain=perhaps", "facets=false"])
def test_what_only_programs_ask_changes_no_page(client: FlaskClient, extra: str) -> None:
    def answered(address: str) -> str:
        return re.sub(r"[\d.,]+ ms", "", client.get(address).text.replace(f"&amp;{extra}", ""))

    address = "/search?q=beras&per_page=2&page=2"
    assert text(answered(f"{address}&{extra}")) == text(answered(address))


def test_a_filter_given_twice_is_one(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&source=Lintas+Niaga&source=lintas+niaga").text
    assert page.count('class="chip"') == 1
    assert "/search?q=beras" in links(page)


def test_titles_and_texts_are_indonesian_on_an_english_page(english: FlaskClient) -> None:
    results = english.get("/search?q=beras").text
    assert '<html lang="en"' in results
    assert '<h2 dir="auto" lang="id">' in results
    assert '<p class="snippet" dir="auto" lang="id">' in results
    page = english.get("/article/a4").text
    assert '<h1 dir="auto" lang="id">' in page
    assert '<div class="body" lang="id">' in page
    assert '<h3 dir="auto" lang="id">' in page


def test_the_help_is_in_the_disjunction_of_the_language(
    client: FlaskClient, english: FlaskClient
) -> None:
    assert "date:june 2023" in english.get("/").text
    assert "tanggal:juni 2023" in client.get("/?lang=id").text


def test_no_query_lists_the_whole_archive(client: FlaskClient) -> None:
    assert f"{len(ARCHIVE)} artikel" in text(client.get("/search").text)


@pytest.mark.parametrize(
    "arguments",
    ["page=0", "page=x", "from=agustus", "sort=best", f"q={'a' * (MAX_QUERY_CHARACTERS + 1)}"],
)
def test_a_request_that_is_not_allowed_gets_a_friendly_page(
    client: FlaskClient, arguments: str
) -> None:
    answer = client.get(f"/search?{arguments}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<h1>" in answer.text


def test_what_is_not_allowed_is_told_without_the_names_of_parameters(client: FlaskClient) -> None:
    for wrong in ("page=99999", "page=1001", "from=x", "from=2023-02-02&to=x", "sort=x"):
        page = client.get(f"/search?q=beras&{wrong}").text
        assert "Pencarian ini tidak dapat dilakukan" in page
        said = text(page.split('class="notice"')[1])
        assert not re.search(r"\b(page|from|sort|cursor|10000|10\.000)\b", said), said
        assert "/search?q=beras" in links(page)


def test_dates_the_wrong_way_round_are_swapped_and_told_of(client: FlaskClient) -> None:
    page = client.get("/search?q=beras&from=2023-07-31&to=2023-06-01").text
    right = client.get("/search?q=beras&from=2023-06-01&to=2023-07-31").text
    said = "Tanggal dari dan sampai ditukar karena terbalik."
    assert said in text(page)
    assert said not in text(right)
    assert "2 artikel" in text(page)
    assert re.findall(r'type="date"[^>]*value="([^"]*)"', page) == ["2023-06-01", "2023-07-31"]
    assert {to for to in links(page) if "lang=" not in to} <= set(links(right))


def test_the_longest_value_that_is_offered_is_one_that_is_taken(client: FlaskClient) -> None:
    assert client.get(f"/search?source={'a' * MAX_VALUE_CHARACTERS}").status_code == 200
    assert client.get(f"/search?source={'a' * (MAX_VALUE_CHARACTERS + 1)}").status_code == 400


def test_an_article_is_whole_and_marked(client: FlaskClient) -> None:
    page = client.get("/article/a1?q=hubungan").text
    assert "Rusia dan Kamboja perkuat <mark>hubungan</mark>" in page
    assert "<mark>Hubungan</mark> kedua negara" in page
    assert page.count('<p dir="auto">') == 2
    for fact in ("Kabar Nusa", "1 Juni 2023", "Phnom Penh", "Politik", "Sari Dewi"):
        assert fact in text(page)


def test_an_article_leads_back_to_the_search_it_came_from(client: FlaskClient) -> None:
    search = "?q=beras&source=Lintas+Niaga&page=2"
    assert f"/search{search}" in links(client.get(f"/article/a2{search}").text)
    assert "/" in links(client.get("/article/a2").text)


@pytest.mark.parametrize(
    "arguments", ["page=abc", "lang=fr", "cursor=x", f"q={'a' * (MAX_QUERY_CHARACTERS + 1)}"]
)
def test_an_article_is_shown_whatever_search_its_address_names(
    client: FlaskClient, arguments: str
) -> None:
    answer = client.get(f"/article/a2?{arguments}")
    assert answer.status_code == 200
    assert "Harga beras naik" in answer.text


def test_an_original_on_the_web_is_a_link_that_tells_nothing(client: FlaskClient) -> None:
    page = client.get("/article/a1").text
    assert 'href="https://example.com/rusia-kamboja" rel="noopener noreferrer nofollow"' in page


def test_an_original_elsewhere_is_text(client: FlaskClient) -> None:
    page = client.get("/article/a12").text
    assert "javascript:alert(1)" in text(page)
    assert not any(link.startswith("javascript") for link in links(page))


def test_an_article_names_similar_ones(client: FlaskClient) -> None:
    page = client.get("/article/a4").text
    assert "Artikel serupa" in page
    assert "/article/a5" in links(page)


def test_articles_with_the_same_text_are_a_link_away(client: FlaskClient) -> None:
    page = client.get("/search?q=gempa").text
    assert "1 lainnya dengan isi yang sama" in text(page)
    assert "/article/a4?q=gempa#copies" in links(page)
    article = client.get("/article/a4?q=gempa").text
    assert 'id="copies"' in article
    copies, similar = article.split('id="similar"')
    assert "/article/a9" in links(copies)
    assert "/article/a9" not in links(similar)
    assert 'id="copies"' not in client.get("/article/a5").text


def test_an_id_that_no_path_can_hold_is_a_parameter(client: FlaskClient) -> None:
    assert client.get("/article/?id=a1").status_code == 200
    assert client.get("/article/?id=none").status_code == 404
    assert client.get("/article/").status_code == 404


def test_an_unknown_article_or_page_is_a_friendly_404(client: FlaskClient) -> None:
    for path in ("/article/none", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Tidak ditemukan" in answer.text


def test_a_chosen_theme_is_in_the_page_from_the_start(client: FlaskClient) -> None:
    assert "data-theme=" not in client.get("/").text
    client.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in client.get("/").text
    client.set_cookie("theme", '"><script>')
    assert "data-theme=" not in client.get("/").text
