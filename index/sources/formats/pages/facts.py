"""What a saved page says of its article outside its text: title, date, author, address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from index.dates import NotADate, parse_date
from index.patterns import on_use
from index.sources.formats.markup.addresses import joined_url, parts_of
from index.sources.formats.markup.sitenames import DOMAIN, PARTING, without_site
from index.sources.formats.pages import jsonld
from index.sources.text.bylines import read_date_line, read_source_line

_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "published_time"),
    *("content_publisheddate", "content_published_date", "dtk:publishdate", "publishdate"),
    *("publish-date", "publish_date", "pubdate", "originalpublicationdate", "parsely-pub-date"),
    *("sailthru.date", "article.published", "mediator_published_time", "dcterms.created"),
    *("dc.date.issued", "dc.date.created", "dcterms.date", "dc.date", "date", "cxenseparse:time"),
)
_AUTHORS = (
    *("author", "content_author", "article:author", "dtk:author", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "og:article:author", "byl"),
)
_SECTIONS = ("article:section", "og:article:section", "content_category", "section", "category")
_SITES = ("og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "title")
_SUMMARIES = ("og:description", "description", "twitter:description")
_PART_OF_PAGES = on_use(
    r" (?:[-–|] )?(?:halaman|page|hal\.?) (?:all|semua|[0-9]{1,3})", re.IGNORECASE
)
_DATED = on_use(r"date|tanggal|tgl|time|waktu|publish|posted|jam", re.IGNORECASE)
_AUTHORED = on_use(r"(?:^|[\s_-])(?:author|penulis|byline|reporter|wartawan|fn)(?:$|[\s_-])")
_BY = on_use(
    r"(?:(?:diposting|ditulis|dipublikasikan|posted|written)\s+)?"
    r"(?:oleh|by|penulis|reporter|editor|pewarta|jurnalis)\s*:?\s+",
    re.IGNORECASE,
)
_LONGEST_DATE, _LONGEST_NAME = 100, 80
_SAVED_FROM = on_use(r"<!--\s*saved from url=\([0-9]{1,6}\)(https?://[^\s<>]{1,2000}?)\s*-->")
_ARCHIVED = on_use(r"\Ahttps?://web\.archive\.org/web/[0-9]{4,14}[a-z_]{0,4}/(?=https?:)")
_MOST_DATED = _MOST_SIGNED = 40
_MOST_HEADINGS, _LONGEST_HEADING, _LONGEST_TITLE = 100, 1000, 300

Tree = Any
"""A page's root element, of lxml, which has no types."""


class Facts:
    """The facts of a page; ``article`` is what its JSON-LD says, empty where it has none."""

    def __init__(self, tree: Tree, source_text: str, location: str) -> None:
        self._tree = tree
        self._meta: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            content = " ".join((meta.get("content") or "").split())
            for key in ("property", "name", "itemprop"):
                if content and meta.get(key):
                    self._meta.setdefault(meta.get(key).strip().lower(), []).append(content)
        scripts = (
            script.text or ""
            for script in tree.iter("script")
            if "ld+json" in (script.get("type") or "").lower()
        )
        self.article = jsonld.article_of(scripts)
        saved = _SAVED_FROM.search(source_text, 0, 5000)
        self._location = joined_url("", location or (saved[1] if saved else ""))

    def is_article(self) -> bool:
        """The page calls itself an article."""
        return self.has_article() or "article" in self._meta.get("og:type", ())

    def has_article(self) -> bool:
        """Its JSON-LD describes an article, which no list and no error page does."""
        return "@type" in self.article

    def summary(self) -> str:
        """What the page says of its article in a sentence."""
        return jsonld.text(self.article.get("description")) or self._first(*_SUMMARIES)

    def titles(self) -> str:
        """All that the page calls itself."""
        found = islice(self._tree.iter("title", "h1", "h2"), _MOST_HEADINGS)
        return " | ".join(_text(element, _LONGEST_TITLE) for element in found)

    def values(self) -> dict[str, object]:
        """The article's fields as far as the page has them."""
        url = self._url()
        source = self._source(url)
        values: dict[str, object] = {
            "title": self._title(source, url),
            "date": self._date(),
            "author": self._authors(),
            "url": url,
            "source": source,
            "category": jsonld.text(self.article.get("articleSection")) or self._first(*_SECTIONS),
        }
        return {name: value for name, value in values.items() if value}

    def _first(self, *names: str) -> str:
        return next((text for name in names for text in self._meta.get(name, ())), "")

    def _source(self, url: str) -> str:
        """The site's name; some sites give the name of the section in its place."""
        named = self._first(*_SITES[:1])
        publisher = ", ".join(jsonld.names(self.article.get("publisher")))
        parts = parts_of(url)
        sections = {parts.path.strip("/").split("/")[0].lower(), *parts.netloc.split(".")[:1]}
        if publisher and named.lower() in sections:
            return publisher
        return named or publisher or self._first(*_SITES[1:])

    def _url(self) -> str:
        canonical = next(
            (
                link.get("href", "").strip()
                for link in self._tree.iter("link")
                if "canonical" in (link.get("rel") or "").lower().split()
            ),
            "",
        )
        named = [canonical, self._first("og:url"), jsonld.text(self.article.get("url"))]
        found = [joined_url(self._location, url) for url in (*named, self._location)]
        found = [joined_url("", _ARCHIVED.sub("", url)) for url in found]
        found = [url for url in found if url.startswith(("http://", "https://"))]
        # A site's front page is nobody's article: some templates name it on every page.
        return next((url for url in found if len(parts_of(url).path) > 1), next(iter(found), ""))

    def _title(self, source: str, url: str) -> str:
        found = islice(self._tree.iter("h1"), _MOST_HEADINGS)
        headings = [heading for h1 in found if (heading := _text(h1, _LONGEST_HEADING))]
        page = next((" ".join((t.text or "").split()) for t in self._tree.iter("title")), "")
        given = self._first(*_TITLES[:1]) or jsonld.text(self.article.get("headline"))
        whole = " ".join((given or self._first(*_TITLES[1:])).split())
        lesser = [] if headings else self._lesser_headings()
        for title in filter(None, (whole, page)):
            for heading in headings or lesser:  # it is the title, with something behind it
                rest = title.removeprefix(heading)
                if len(rest) < len(title) and (PARTING.match(rest) or _PART_OF_PAGES.match(rest)):
                    return heading
        if whole:
            return without_site(whole, source, url)
        if len(headings) == 1:
            return headings[0]
        return without_site(page, source, url)

    def _lesser_headings(self) -> list[str]:
        """What may be the headline of a page without ``<h1>``: longer than a name is."""
        found = islice(self._tree.iter("h2", "h3", "h4", "b", "strong", "font"), _MOST_HEADINGS)
        texts = (_text(element, _LONGEST_TITLE, "") for element in found)
        return [text for text in texts if text.count(" ") > 1]

    def _date(self) -> str:
        found = jsonld.text(self.article.get("datePublished")) or self._first(*_DATES)
        if found:
            return found
        found = jsonld.text(self.article.get("dateCreated"))
        return found or next(self._shown_dates(), "")

    def _shown_dates(self) -> Iterator[str]:
        """Dates in the page itself: of ``<time>``, then of what is classed as one."""
        times = list(self._tree.iter("time"))[:_MOST_DATED]
        times.sort(key=lambda time: time.get("itemprop") != "datePublished")
        for time in times:
            for text in (time.get("datetime") or "", _text(time)):
                if is_date(text):
                    yield text
        tried = 0
        for element in self._tree.iter("div", "span", "p", "small", "li", "abbr", "em", "strong"):
            marks = f"{element.get('class') or ''} {element.get('id') or ''}"
            if _DATED.search(marks) and tried < _MOST_DATED:
                tried += 1
                text = element.get("title") if element.tag == "abbr" else _text(element)
                if text and is_date(text):
                    yield text

    def _authors(self) -> str:
        found = jsonld.names(self.article.get("author"))
        if not found:
            found = [
                name
                for key in _AUTHORS
                for name in self._meta.get(key, ())
                if "://" not in name and len(name) <= _LONGEST_NAME
            ][:1]
        return ", ".join(found) or self._shown_author()

    def _shown_author(self) -> str:
        tried = 0
        for element in self._tree.iter("a", "span", "div", "p", "address"):
            marked = element.get("rel") == "author" or element.get("itemprop") == "author"
            if tried < _MOST_SIGNED and (
                marked or _AUTHORED.search((element.get("class") or "").lower())
            ):
                tried += 1
                text = _text(element)
                by = _BY.match(text)
                text = text[by.end() :] if by else text
                if 0 < len(text) <= _LONGEST_NAME:
                    return _without_newspaper(text)
        return ""


def _without_newspaper(name: str) -> str:
    """``Rina Tan - detikNews``, ``Rina Tan | Contoh.id``: a writer's name alone."""
    byline = read_source_line(name)
    if byline is not None and byline.author:
        return byline.author
    parts = list(PARTING.finditer(name))
    if parts and DOMAIN.fullmatch(name[parts[-1].end() :]):
        return name[: parts[-1].start()]
    return name


def _text(element: Tree, longest: int = _LONGEST_DATE, between: str = " ") -> str:
    """The text of a short element; "" of one with more than ``longest`` characters."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        size += len(part.strip())
        if size > longest:
            return ""
        parts.append(part)
    return " ".join(between.join(parts).split())


def is_date(text: str) -> bool:
    """The text is a date, with nothing beside it but what a line of one has: a source, a name."""
    if not any(character.isdigit() for character in text):
        return False
    try:
        parse_date(text)
    except NotADate:
        return read_date_line(text) is not None
    return True
