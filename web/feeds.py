"""Search results in other formats: RSS 2.0, Atom (RFC 4287) and CSV (RFC 4180)."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from index.bilingual import Language, Text
from index.dates import iso_date
from index.fields import Facet
from search.response import Hit, SearchResponse

ATOM = "http://www.w3.org/2005/Atom"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = re.compile("</?mark>")

# What spreadsheets take for the start of a formula, also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = ("id", "title", "date", *(facet.value for facet in Facet), "url", "score", "snippet")
"""The header of the table."""


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
    title = channel.title(response)
    _add(top, "title", title)
    _add(top, "link", channel.page)
    _add(top, "description", title)
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
        _add(item, "description", hit.snippet_html)
        if category := hit.facets.get(Facet.CATEGORY):
            _add(item, "category", category)
        if hit.date:
            _add(item, "pubDate", format_datetime(hit.date))
    return _serialized(root)


def atom(response: SearchResponse, entries: Iterable[Entry], channel: Channel) -> bytes:
    """The page of hits as an Atom feed; an article without a date has that of the index."""
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, f"{{{ATOM}}}title", channel.title(response))
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
        _add(item, f"{{{ATOM}}}summary", hit.snippet_html, type="html")
        if category := hit.facets.get(Facet.CATEGORY):
            ET.SubElement(item, f"{{{ATOM}}}category", {"term": _clean(category)})
    return _serialized(root)


def table(response: SearchResponse) -> bytes:
    """The page of hits as CSV in UTF-8; no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for hit in response.hits:
        cells = (
            hit.id,
            hit.title,
            iso_date(hit.date) if hit.date else "",
            *(hit.facets.get(facet, "") for facet in Facet),
            hit.url or "",
            "" if hit.score is None else str(hit.score),
            plain_text(hit.snippet_html),
        )
        writer.writerow(map(_inert, cells))
    return text.getvalue().encode("utf-8", "replace")


def plain_text(marked: str) -> str:
    """The text of HTML whose only elements are ``<mark>``."""
    return html.unescape(_TAGS.sub("", marked))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _clean(text)


def _serialized(root: ET.Element) -> bytes:
    ET.register_namespace("atom" if root.tag == "rss" else "", ATOM)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
