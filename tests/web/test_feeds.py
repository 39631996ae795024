from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.build import LocalTarget
from index.fields import Facet
from index.target import BuildOptions
from search.response import Hit, SearchResponse
from web.app import create_app
from web.feeds import ATOM, COLUMNS, Channel, Entry, atom, plain_text, rss, table

NOW = datetime(2026, 1, 2, tzinfo=UTC)
CHANNEL = Channel("http://localhost/search.rss?q=a", "http://localhost/search?q=a", NOW, "id")


def response(*hits: Hit) -> SearchResponse:
    return SearchResponse(
        query="a",
        corrected=None,
        total=len(hits),
        partial_total=0,
        listed=len(hits),
        took_ms=1.0,
        page=1,
        per_page=10,
        next_cursor=None,
        hits=hits,
        facets={},
        histogram=(),
        undated=0,
        suggestion=None,
        notes=(),
        partial=False,
        generation="g",
    )


def hit(text: str) -> Hit:
    return Hit(text, text, text, text, text, NOW, dict.fromkeys(Facet, text), 1.5, (), 0)


def test_an_rss_feed_lists_the_hits_with_safe_links(client: FlaskClient) -> None:
    answer = client.get("/search.rss?q=beras&sort=newest")
    assert answer.mimetype == "application/rss+xml"
    items = ET.fromstring(answer.data).findall("channel/item")
    assert items[0].findtext("guid") == "a7"
    links = {item.findtext("guid"): item.findtext("link") for item in items}
    assert links["a2"] == "https://example.com/harga-beras"
    assert links["a12"] == "http://localhost/article/a12"
    assert items[0].findtext("pubDate") == "Fri, 02 Feb 2024 17:00:00 +0000"


def test_an_atom_feed_has_what_its_format_requires(client: FlaskClient) -> None:
    answer = client.get("/search.atom?q=perpustakaan")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    for node in (feed, *feed.findall(f"{{{ATOM}}}entry")):
        for required in ("id", "title", "updated"):
            assert node.findtext(f"{{{ATOM}}}{required}")
    assert feed.find(f"{{{ATOM}}}author") is not None
    assert len(feed.findall(f"{{{ATOM}}}entry")) == 2


@given(st.text(), st.builds(Channel, st.text(), st.text(), st.just(NOW), st.just("id")))
def test_feeds_are_well_formed_whatever_articles_and_addresses_contain(
    text: str, channel: Channel
) -> None:
    found = hit(text)
    entries = [Entry(found, "http://localhost/article/x", text or "x")]
    for write in (rss, atom):
        ET.fromstring(write(response(found), entries, channel))


@pytest.mark.parametrize("form", [".rss", ".atom"])
@pytest.mark.parametrize("query", ["banjir+%EF%BF%BE", "%00", "%ff", "%F0%9F%98%80+%26%25+a%2Bb"])
def test_the_own_address_of_a_feed_leads_to_it(client: FlaskClient, form: str, query: str) -> None:
    address = f"/search{form}?q={query}&lang=en"
    feed = ET.fromstring(client.get(address, headers={"Host": "xn--bcher-kva.example"}).data)
    (own,) = (link for link in feed.iter(f"{{{ATOM}}}link") if link.get("rel") == "self")
    href = own.attrib["href"]
    assert href.isascii()
    assert href.startswith(f"http://xn--bcher-kva.example/search{form}?")
    again = ET.fromstring(client.get(href).data)
    assert [node.text for node in again.iter("title")] == [node.text for node in feed.iter("title")]


@pytest.mark.parametrize("text", ["\0\x1b", "]]>", "<script>", "\ud800", "\ufffe", "&amp;"])
def test_feeds_survive_known_troubles(text: str) -> None:
    found = hit(text)
    for write in (rss, atom):
        ET.fromstring(write(response(found), [Entry(found, "http://x", "http://x")], CHANNEL))


def test_a_table_lists_the_hits(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=harga+beras")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    header, first, *_ = csv.reader(io.StringIO(answer.text))
    assert tuple(header) == COLUMNS
    row = dict(zip(header, first, strict=True))
    assert row["id"] == "a2"
    assert row["date"] == "2023-06-15"
    assert "<mark>" not in row["snippet"]


@given(st.text(alphabet="=+-@\t\r\n＝,\"'a", min_size=1, max_size=8))
def test_no_cell_is_a_formula_and_none_is_lost(text: str) -> None:
    written = table(response(hit(text))).decode()
    _, row = csv.reader(io.StringIO(written, newline=""))
    for cell in row:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert row[1].removeprefix("'") == text.removeprefix("'")


def test_formulas_in_articles_are_inert_in_the_table(tmp_path: Path) -> None:
    article = Article("=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "+62 gempa", source="@a")
    LocalTarget(tmp_path).rebuild([article], BuildOptions())
    answer = create_app(tmp_path).test_client().get("/search.csv?q=gempa")
    _, row = csv.reader(io.StringIO(answer.text))
    assert row[0].startswith("'=cmd")
    assert row[1].startswith("'=HYPERLINK")
    assert row[3] == "'@a"
    assert row[COLUMNS.index("snippet")].startswith("'+62")


def test_marked_html_becomes_plain_text() -> None:
    assert plain_text("a <mark>b</mark> &lt;mark&gt; &amp;") == "a b <mark> &"
