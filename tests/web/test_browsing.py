"""Filters on pages: values chosen and excluded by links, and the page of all values of a facet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import article
from tests.web.conftest import Client
from web.app import create_app
from web.facet_parameters import MAX_VALUES

ODD = (
    "koma, dan titik",
    "Jum'at & Sabtu",
    '"Kutip"',
    "<b>tebal</b>",
    "🙂 wajah",
    "x" * 300,
    "x" * 299 + "y",
    "=SUM(A1)",
    "50% + 1",
    "a/b?c=d#e",
    "ÉCOLE",
    "kompas.com",
    "news.kompas.com",
)
"""One article each has these for its source; thirty others have thirty plain ones."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    articles = [
        article(number, "kabar", "beras", f"{2000 + number % 40}-05-01", source=value)
        for number, value in enumerate([*ODD, *(f"Sumber {n:02}" for n in range(30))])
    ]
    path = tmp_path_factory.mktemp("odd") / "index"
    LocalTarget(path).rebuild(articles, BuildOptions(workers=1))
    return create_app(path, config={"TESTING": True})


@pytest.fixture
def odd(site: Flask) -> FlaskClient:
    return Client(site, site.response_class)


def _rows(page: str) -> Iterator[tuple[str, str]]:
    """The values of a page of values, as a reader sees them, and the HTML of each."""
    listed = page.partition('<ul class="values"')[2].partition("</ul>")[0]
    for row in re.findall("<li.*?</li>", listed, re.DOTALL):
        yield unescape(re.findall("<bdi>(.*?)</bdi>", row, re.DOTALL)[0]), row


def _address(html: str, css: str) -> str:
    (found,) = re.findall(rf'<a class="{css}" href="([^"]*)"', html)
    return unescape(found)


def _total(client: FlaskClient, address: str) -> int:
    answer = client.get(address.replace("/search?", "/api/v1/search?"))
    assert answer.status_code == 200, answer.text
    total = json.loads(answer.text)["total"]
    assert isinstance(total, int)
    return total


def test_every_value_is_chosen_excluded_and_taken_back_by_links(odd: FlaskClient) -> None:
    rows = dict(_rows(odd.get("/search/values?facet=source&q=beras").text))
    assert set(ODD) <= set(rows)
    assert len(rows) == len(ODD) + 30
    for value in ODD:
        assert _total(odd, _address(rows[value], "name")) == 1, value
        excluded = _address(rows[value], "leave-out")
        assert _total(odd, excluded) == len(rows) - 1, value
        page = odd.get(excluded).text
        assert "tanpa <bdi" in page
        values = odd.get(excluded.replace("/search?", "/search/values?facet=source&")).text
        row = dict(_rows(values))[value]
        assert "<s>" in row
        assert _total(odd, _address(row, "leave-out")) == len(rows)


def test_a_list_says_how_many_there_are_and_leads_to_them(odd: FlaskClient) -> None:
    page = odd.get("/search?q=beras").text
    assert "8 dari 43 · " in page
    assert page.count('name="source" value=') == 8 - page.count('<span class="sign"></span>')
    ways = [unescape(one) for one in re.findall(r'class="all-values">.*?href="([^"]*)"', page)]
    assert ways == ["/search/values?facet=year&q=beras", "/search/values?facet=source&q=beras"]


@pytest.mark.parametrize(("last", "shown", "cut"), [(2022, 10, False), (2023, 8, True)])
def test_a_list_is_cut_where_it_is_worth_the_way(
    odd: FlaskClient, last: int, shown: int, *, cut: bool
) -> None:
    page = odd.get(f"/search?q=beras&from=2013&to={last}").text
    assert page.count('name="source" value=') == shown
    assert (f"{shown} dari {last - 2012} · " in page) is cut


def test_all_that_is_chosen_and_excluded_is_in_the_list(odd: FlaskClient) -> None:
    chosen = "".join(f"&source=Sumber+{n:02}" for n in range(12))
    page = odd.get(
        f"/search?q=beras{chosen}&exclude_source=Sumber+20&exclude_source=Sumber+21"
    ).text
    assert page.count('form="search-form" checked>') == 12
    assert page.count("<s title=") == 2
    assert 'form="search-form" disabled>' not in page


def test_no_more_can_be_ticked_than_a_filter_takes(odd: FlaskClient) -> None:
    # The search has no article, and what stands for nothing leaves room for other values.
    chosen = "".join(f"&source=tiada+{n:02}" for n in range(MAX_VALUES - 1))
    page = odd.get(f"/search?q=beras{chosen}&source=kompas.com").text
    assert page.count(" checked>") == MAX_VALUES
    assert page.count(" disabled>") == 7
    assert f"Paling banyak {MAX_VALUES} dapat dipilih" in page
    values = odd.get(f"/search/values?facet=source&q=beras{chosen}&source=kompas.com").text
    assert 'class="name" href' not in values
    assert 'class="leave-out"' in values
    room = odd.get(f"/search?q=beras{chosen}").text
    assert " disabled>" not in room
    one_more = odd.get(f"/search?q=beras{chosen}&source=kompas.com&source=x")
    assert one_more.status_code == 400
    assert f"paling banyak {MAX_VALUES} nilai" in one_more.text


def test_a_page_of_values_tells_how_the_search_was_read(odd: FlaskClient) -> None:
    swapped = odd.get("/search/values?facet=source&q=beras&from=2030-01-01&to=2001-01-01").text
    assert "Tanggal dari dan sampai ditukar" in swapped
    ignored = odd.get("/search/values", query_string={"facet": "source", "q": 'beras "tiada'})
    assert '<ul class="notes">' in ignored.text


def test_a_page_of_values_tells_of_a_corrected_word(tmp_path: Path) -> None:
    one = article(1, "kabar", "perpustakaan keliling", source="Antara")
    LocalTarget(tmp_path / "index").rebuild([one], BuildOptions(workers=1))
    client = create_app(tmp_path / "index").test_client()
    page = client.get("/search/values?facet=source&q=perpustakan").text
    assert "<b><bdi>perpustakaan</bdi></b>" in page
    assert 'href="/search/values?facet=source&amp;q=perpustakan&amp;correct=off"' in page


def test_values_of_any_length_make_a_page_of_bounded_length(tmp_path: Path) -> None:
    articles = [article(n, "kabar", "beras", author=f"{n} {'x' * 90_000}") for n in range(20)]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions(workers=1))
    client = create_app(tmp_path / "index").test_client()
    for address in ("/search/values?facet=author", "/search?q=beras"):
        assert len(client.get(address).text) < 100_000


@pytest.mark.parametrize(
    "query",
    [
        f"judul:({' '.join(f'{n:02}berasberasberas' for n in range(20))}) -x",
        f"sumber:({', '.join(f'kompas{n}' for n in range(45))}) beras",
        f"beras mei 2017 {'x' * 480}",
        ("beras OR " * 55)[:495].rstrip(" OR"),
    ],
    ids=["title", "source", "offer", "choice"],
)
def test_what_is_too_long_to_ask_has_no_link(odd: FlaskClient, query: str) -> None:
    answer = odd.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    for chip in re.findall(r'class="chip" href="([^"]*)"', answer.text):
        assert odd.get(unescape(chip)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        'beras -"dana desa" judul:kabar sumber:kompas OR (a b)',
        'judul:(kabar beras) -x sejak:2001 "a b"~5 beras NEAR/3 kabar kab* =beras kabr~ -sumber:a',
        "korupsy -bers {} %s <b>x</b> \x00 \u202eabc",
    ],
)
@pytest.mark.parametrize("place", [0, -1])
def test_every_part_can_be_taken_off_until_none_is_said_back(
    odd: FlaskClient, query: str, place: int
) -> None:
    chips = _chips(odd.get("/search", query_string={"q": query}).text)
    assert chips
    while chips:
        fewer = _chips(odd.get(chips[place]).text)
        assert len(fewer) < len(chips)
        chips = fewer


def _chips(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="chip(?: spared)?" href="([^"]*)"', page)]


def test_a_chip_takes_back_an_exclusion_whatever_excluded_it(odd: FlaskClient) -> None:
    page = odd.get("/search?q=beras&exclude_source=kompas&year=2010").text
    assert "tanpa <bdi>kompas</bdi>" in page
    chips = [unescape(one) for one in re.findall(r'class="chip" href="([^"]*)"', page)]
    assert chips == ["/search?q=beras&year=2010", "/search?q=beras&exclude_source=kompas"]
    assert '<input type="hidden" name="exclude_source" value="kompas"' in page
    assert 'name="year" value="2010" form="search-form" checked' in page
    # Either of the two values that the part stands for takes the part back.
    assert page.count('<s title="kompas.com">') == page.count('<s title="news.kompas.com">') == 1
    assert page.count('href="/search?q=beras&amp;year=2010" rel="nofollow" title="Batalkan ') == 2


def test_years_and_months_are_lists_the_newest_first(odd: FlaskClient) -> None:
    page = odd.get("/search?q=beras").text
    assert 'name="year"' not in page  # beside the results the histogram shows time
    assert "Per tahun (40)" in page
    assert "Per bulan (40)" in page
    years = [value for value, _ in _rows(odd.get("/search/values?q=beras&facet=year").text)]
    assert years[0] == "2039"
    assert years == sorted(years, reverse=True)
    months = odd.get("/search/values?q=beras&facet=month").text
    assert next(_rows(months))[0] == "Mei 2039"
    chosen = odd.get("/search?q=beras&year=2010&exclude_month=2011-05").text
    assert 'name="year" value="2010" form="search-form" checked' in chosen
    assert '<s title="Mei 2011">' in chosen
    assert odd.get("/search?q=beras&month=2039-05&lang=en").text.count("May 2039") >= 2


def test_values_are_found_and_ordered_without_a_script(odd: FlaskClient) -> None:
    address = "/search/values?facet=source&q=beras&facet_query=BER+sum"
    page = odd.get(address).text
    assert "30 nilai dengan “BER sum”" in page
    assert [value for value, _ in _rows(page)] == [f"Sumber {n:02}" for n in range(30)]
    assert 'name="q" value="beras"' in page.split('class="values-find"')[1]
    assert "Tidak ada nilai di sini" in odd.get(f"{address}zzz").text
    newest = odd.get("/search/values?facet=year&facet_sort=name").text
    assert next(_rows(newest))[0] == "2000"


def test_a_page_of_values_leads_back_and_to_the_other_facets(odd: FlaskClient) -> None:
    page = odd.get("/search/values?facet=month&q=beras&exclude_source=kompas&from=2003-01-01").text
    assert '"/search?q=beras&amp;exclude_source=kompas&amp;from=2003-01-01"' in page
    assert 'facet=year&amp;q=beras&amp;exclude_source=kompas&amp;from=2003-01-01"' in page
    assert "tanpa <bdi>kompas</bdi>, sejak 1 Januari 2003" in page


@pytest.mark.parametrize("facet", ["", "title", "Source"])
def test_of_what_is_no_facet_there_are_no_values(odd: FlaskClient, facet: str) -> None:
    assert odd.get(f"/search/values?facet={facet}").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("facet_offset=1000", 200, "Daftar nilai berakhir sebelum halaman ini"),
        ("q=tiada", 200, "Tidak satu pun artikel ini"),
        ("facet_offset=x", 400, "Pencarian ini tidak dapat dilakukan"),
        (f"facet_query={'x' * 501}", 400, "Pencarian ini tidak dapat dilakukan"),
        ("year=abc", 400, "Periksa tahun"),
        ("utm_source=x", 200, "43 nilai"),
    ],
)
def test_a_page_of_values_says_what_is_wrong(
    odd: FlaskClient, arguments: str, status: int, said: str
) -> None:
    response = odd.get(f"/search/values?facet=source&{arguments}")
    assert response.status_code == status
    assert said in response.text


def test_many_values_are_on_several_pages_without_a_gap(tmp_path: Path) -> None:
    articles = [article(n, "kabar", "beras", author=f"Penulis {n:03}") for n in range(450)]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions(workers=1))
    app = create_app(tmp_path / "index", config={"TESTING": True})
    client = Client(app, app.response_class)
    address: str | None = "/search/values?facet=author"
    found: list[str] = []
    while address:
        page = client.get(address).text
        found += [value for value, _ in _rows(page)]
        following = re.findall(r'<a rel="next" href="([^"]*)"', page)
        address = unescape(following[0]) if following else None
    assert found == [f"Penulis {n:03}" for n in range(450)]


def test_feeds_tables_and_files_leave_out_what_is_excluded(odd: FlaskClient) -> None:
    asked = "q=beras&exclude_source=kompas.com&exclude_year=2003"
    expected = _total(odd, f"/search?{asked}")
    assert expected == len(ODD) + 30 - 2
    assert len(odd.get(f"/search.csv?{asked}").text.splitlines()) == expected + 1
    assert json.loads(odd.get(f"/search.json?{asked}&all=true").text)["total"] == expected
    feed = odd.get(f"/search.rss?{asked}").text
    assert f"/search?{asked}".replace("&", "&amp;") in feed
    assert f"{expected} artikel" in feed
