"""Search results as feeds: RSS 2.0 and Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from index.bilingual import Language, Text
from index.fields import Facet
from index.light_dataclass import dataclass
from search.response import Hit, SearchResponse
from web.formatting import number

ATOM = "http://www.w3.org/2005/Atom"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_COUNTED = Text("Articles: {total}", "{total} artikel")
_COUNTED_APART = Text(
    "Articles with all the words: {total} · with some of them: {partial}",
    "{total} artikel memuat semua kata · {partial} memuat sebagian",
)
_LACKING = Text("without: {words}", "tanpa: {words}")


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a feed comes from: its own address, that of the page, when the index was published."""

    address: str
    page: str
    published: datetime
    language: Language

    def title(self, response: SearchResponse) -> str:
        """The name of the feed."""
        if not response.query:
            return Text("Warta: all articles", "Warta: semua artikel").in_language(self.language)
        return f"Warta: {response.query}"

    def counts(self, response: SearchResponse) -> str:
        """How many articles there are, apart those that have only some of the words."""
        facts = {
            "total": number(response.total, self.language),
            "partial": number(response.partial_total, self.language),
        }
        sentence = _COUNTED_APART if response.partial_total else _COUNTED
        return sentence.filled(facts).in_language(self.language)

    def summary(self, hit: Hit) -> str:
        """HTML: the passage of a hit, and what words the article lacks."""
        if not hit.missing:
            return hit.snippet_html
        lacking = _LACKING.filled({"words": escape(", ".join(hit.missing))})
        return f"{hit.snippet_html} ({lacking.in_language(self.language)})"


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit, the address of its page here, and what it links to."""

    hit: Hit
    here: str
    link: str


def rss(response: SearchResponse, entries: Iterable[Entry], channel: Channel) -> bytes:
    """The page of hits as an RSS 2.0 document."""
    root = ET.Element("rss", {"version": "2.0"})
    top = ET.SubElement(root, "channel")
    _add(top, "title", channel.title(response))
    _add(top, "link", channel.page)
    _add(top, "description", channel.counts(response))
    _add(top, "language", channel.language)
    _add(top, "lastBuildDate", format_datetime(channel.published))
    own = {"rel": "self", "type": "application/rss+xml", "href": _clean(channel.address)}
    ET.SubElement(top, f"{{{ATOM}}}link", own)
    for entry in entries:
        hit = entry.hit
        item = ET.SubElement(top, "item")
        _add(item, "title", hit.title)
        _add(item, "link", entry.link)
        _add(item, "guid", hit.id, isPermaLink="false")
        _add(item, "description", channel.summary(hit))
        if category := hit.facets.get(Facet.CATEGORY):
            _add(item, "category", category)
        if hit.date:
            _add(item, "pubDate", format_datetime(hit.date))
    return _serialized(root)


def atom(response: SearchResponse, entries: Iterable[Entry], channel: Channel) -> bytes:
    """The page of hits as an Atom feed; an article without a date has that of the index."""
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, f"{{{ATOM}}}title", channel.title(response))
    _add(root, f"{{{ATOM}}}subtitle", channel.counts(response))
    _add(root, f"{{{ATOM}}}id", channel.address)
    _add(root, f"{{{ATOM}}}updated", channel.published.isoformat())
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "href": _clean(channel.address)})
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "href": _clean(channel.page)})
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _add(author, f"{{{ATOM}}}name", "Warta")
    for entry in entries:
        hit = entry.hit
        item = ET.SubElement(root, f"{{{ATOM}}}entry")
        _add(item, f"{{{ATOM}}}title", hit.title)
        _add(item, f"{{{ATOM}}}id", entry.here)
        _add(item, f"{{{ATOM}}}updated", (hit.date or channel.published).isoformat())
        ET.SubElement(item, f"{{{ATOM}}}link", {"rel": "alternate", "href": _clean(entry.link)})
        _add(item, f"{{{ATOM}}}summary", channel.summary(hit), type="html")
        if category := hit.facets.get(Facet.CATEGORY):
            ET.SubElement(item, f"{{{ATOM}}}category", {"term": _clean(category)})
    return _serialized(root)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _clean(text)


def _serialized(root: ET.Element) -> bytes:
    ET.register_namespace("atom" if root.tag == "rss" else "", ATOM)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
