from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Facet
from search.response import Hit, SearchResponse
from tests.web.answers import NothingSaid
from web.feeds import ATOM, Channel, Entry, atom, rss

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
        facet_totals={},
        histogram=(),
        undated=0,
        suggestion=None,
        notes=(),
        question=NothingSaid(),
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


@pytest.mark.parametrize(
    ("total", "partial", "indonesian", "english"),
    [
        (1234, 0, "1.234 artikel", "Articles: 1,234"),
        (
            12,
            263,
            "12 artikel memuat semua kata · 263 memuat sebagian",
            "Articles with all the words: 12 · with some of them: 263",
        ),
        (
            0,
            5,
            "0 artikel memuat semua kata · 5 memuat sebagian",
            "Articles with all the words: 0 · with some of them: 5",
        ),
    ],
)
def test_a_feed_tells_how_many_articles_have_all_and_some_of_the_words(
    total: int, partial: int, indonesian: str, english: str
) -> None:
    found = replace(response(), total=total, partial_total=partial)
    speaking = replace(CHANNEL, language="en")
    for channel, sentence in ((CHANNEL, indonesian), (speaking, english)):
        assert ET.fromstring(rss(found, [], channel)).findtext("channel/description") == sentence
        assert ET.fromstring(atom(found, [], channel)).findtext(f"{{{ATOM}}}subtitle") == sentence


def test_an_entry_tells_what_words_its_article_lacks() -> None:
    found = replace(hit("gempa"), missing=("lombok", "<b>"))
    entries = [Entry(found, "http://x", "http://x")]
    expected = "gempa (tanpa: lombok, &lt;b&gt;)"
    feed = ET.fromstring(rss(response(found), entries, CHANNEL))
    assert feed.findtext("channel/item/description") == expected
    feed = ET.fromstring(atom(response(found), entries, CHANNEL))
    assert feed.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}summary") == expected
