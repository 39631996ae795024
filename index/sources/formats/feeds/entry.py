"""One entry of a feed, RSS or Atom, to the fields of an article.

RSS 0.91 to 2.0 (https://www.rssboard.org/rss-specification) with the modules content and Dublin
Core, RSS 1.0 (https://web.resource.org/rss/1.0/spec), Atom (RFC 4287) and its draft 0.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.formats.feeds.elements import Element, attribute, content, name_of
from index.sources.formats.markup.addresses import joined_url
from index.sources.formats.markup.plaintext import as_html
from index.sources.formats.markup.sitenames import without_site

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://news.yandex.ru": "yandex:",
    "http://www.w3.org/2007/app": "app:",
}
_WORDPRESS = on_use(r"https?://wordpress\.org/export/[0-9.]+/(excerpt/)?")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_BODIES = (
    *("content:encoded", "content", "xhtml:body", "yandex:full-text", "atom:content"),
    *("fulltext", "full-text", "isi", "konten"),
)
_SUMMARIES = (
    *("description", "summary", "dc:description", "excerpt:encoded", "atom:summary"),
    *("itunes:summary", "media:description", "itunes:subtitle"),
)
_DATES = (
    *("pubDate", "dc:date", "published", "issued", "dcterms:issued", "dcterms:created"),
    *("atom:published", "updated", "modified", "atom:updated", "dcterms:modified", "pubdate"),
)
_MAIL_AND_NAME = on_use(r"[^\s@<>()]+@[^\s@<>()]+\s*\((.{1,200})\)")
_NAME_AND_MAIL = on_use(r"([^@<>]{1,200}?)\s*<[^\s@<>]+@[^\s@<>]+>")
_SYNDICATED = on_use(
    r"(?:<p>)?(?:The post|Artikel|Pos|Tulisan) <a [^<>]{1,2000}>[^<>]{0,1000}</a>"
    r" (?:appeared first on|pertama kali (?:tampil|muncul) (?:di|pada)) <a [^<>]{1,2000}>"
    r"[^<>]{0,300}</a>\s?\.?(?:</p>)?\s{0,9}\Z"
)
"""The line that WordPress puts below every item of a feed."""

_KIND = "#kind"

_TAKEN = {
    *("title", "content", "description", "summary", "pubDate", "published", "issued", "updated"),
    *("modified", "pubdate", "link", "author", "contributor", "category", "source", "guid", "id"),
    *("url", "body", "date", "comments", "enclosure", "rights", "generator"),
}

Fields = dict[str, list[Element]]
"""The elements of an entry by their names with the prefix that is usual for their namespace."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of all its entries."""

    title: str = ""
    link: str = ""
    base: str = ""
    author: str = ""


def fields_of(entry: Element) -> Fields:
    """The elements of the entry; those in its own namespace or none have no prefix."""
    own = _namespace(entry)
    fields: Fields = {}
    for child in entry:
        name = name_of(child)
        if not name:
            continue
        name = name.lower() if name.isupper() else name
        namespace = _namespace(child)
        if namespace not in {"", own}:
            name = _prefix(namespace, child.prefix) + name
        elif ":" in child.tag.rpartition("}")[2]:
            name = child.tag
        fields.setdefault(name, []).append(child)
        if name == "media:group":
            for inner in child:
                if name_of(inner) == "description":
                    fields.setdefault("media:description", []).append(inner)
    return fields


def _namespace(element: Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def _prefix(namespace: str, written: str | None) -> str:
    wordpress = _WORDPRESS.fullmatch(namespace)
    if wordpress:
        return "excerpt:" if wordpress[1] else "wp:"
    return _PREFIXES.get(namespace.lower(), f"{written}:" if written else "")


def feed_of(channel: Fields, base: str) -> Feed:
    """The feed whose channel, or whose beginning, has these elements."""
    own = first(channel, "link") or _atom_link(channel.get("link", []), "")
    return Feed(
        title=first(channel, "title"),
        link=own,
        base=base,
        author=", ".join(_people(channel.get("author", []))),
    )


def first(fields: Fields, *names: str) -> str:
    """The first text that is not blank among the elements of these names."""
    return next((text for name in names for text in _texts(fields, name)), "")


def _texts(fields: Fields, name: str) -> Iterator[str]:
    found = (construct(element).strip() for element in fields.get(name, ()))
    return filter(None, found)


def construct(element: Element) -> str:
    """The text of an element as HTML; Atom says in ``type`` whether it is already."""
    text = content(element)
    kind = attribute(element, "type")
    plain = kind in {"text", "text/plain"} and attribute(element, "mode") != "escaped"
    return as_html(text) if plain and not len(element) else text


def values_of(entry: Element, fields: Fields, feed: Feed) -> dict[str, object]:
    """The article's fields; one that has no text but its title has only that."""
    values: dict[str, object] = {
        name: content(elements[0])
        for name, elements in fields.items()
        if ":" not in name and name not in _TAKEN
    }
    url, newspaper = _address(entry, fields, feed), _source(fields)
    title = first(fields, "title", "dc:title")
    ours: dict[str, object] = {
        "title": without_site(title, newspaper, "") if newspaper else title,
        "body": _SYNDICATED.sub("", first(fields, *_BODIES) or first(fields, *_SUMMARIES)),
        "date": first(fields, *_DATES),
        "url": url,
        "author": authors(fields) or feed.author,
        "category": categories(fields),
        "source": first(fields, "dc:publisher") or newspaper,
    }
    if not url:
        ours["id"] = first(fields, "guid", "id", "dc:identifier")
    return {**{name: value for name, value in ours.items() if value}, **values}


def only_summarised(fields: Fields) -> bool:
    """The entry has a summary and no more: Atom keeps the two apart, RSS does not."""
    return not any(
        len(element) or not (element.text or " ").isspace()
        for name in (*_BODIES, "description", "dc:description")
        for element in fields.get(name, ())
    )


def authors(fields: Fields) -> str:
    """The names of those who wrote it, in the order given."""
    names = [*_texts(fields, "dc:creator"), *_people(fields.get("author", []))]
    names = names or _people(fields.get("atom:author", []))
    return ", ".join(dict.fromkeys(names))


def _people(elements: list[Element]) -> list[str]:
    """Of ``mail (Name)`` and ``Name <mail>`` the name, of Atom's persons, too."""
    names = []
    for element in elements:
        named = [child for child in element if name_of(child) == "name"]
        text = " ".join((content(named[0]) if named else content(element)).split())
        known = _MAIL_AND_NAME.fullmatch(text) or _NAME_AND_MAIL.fullmatch(text)
        names.append(known[1].strip() if known else text)
    return [name for name in names if name]


def categories(fields: Fields) -> list[str]:
    """The categories: RSS writes them as text, Atom in ``label`` or ``term``."""
    found = []
    for element in fields.get("category", ()):
        if attribute(element, "scheme").endswith(_KIND):
            continue  # Blogger says with it what an entry is
        found.append(
            content(element).strip() or attribute(element, "label") or attribute(element, "term")
        )
    found = found or list(_texts(fields, "dc:subject"))
    return list(dict.fromkeys(text for text in found if text))


def _source(fields: Fields) -> str:
    """The newspaper that a collecting feed names; Atom's ``source`` is a whole feed."""
    for element in fields.get("source", ()):
        titles = [child for child in element if name_of(child) == "title"]
        text = content(titles[0] if titles else element).strip()
        if text and (titles or not len(element)):
            return text
    return ""


def _address(entry: Element, fields: Fields, feed: Feed) -> str:
    base = attribute(entry, _XML_BASE)
    base = joined_url(feed.base, base) if base else feed.base
    links = fields.get("link", [])
    written = (
        first(fields, "feedburner:origLink")
        or next((text for text in map(content, links) if text.strip()), "")
        or _atom_link(links, base)
        or _atom_link(fields.get("atom:link", []), base)
        or _permanent(fields)
    ).strip()
    if not written or "://" in written[:12]:
        return written
    return joined_url(base or feed.link, written) or written


def _atom_link(links: list[Element], base: str) -> str:
    """The address of the page itself (RFC 4287, 4.2.7.2), an HTML page before all others."""
    pages = [
        (attribute(link, "type") not in {"", "text/html", "application/xhtml+xml"}, number, link)
        for number, link in enumerate(links)
        if attribute(link, "rel") in {"", "alternate"} and attribute(link, "href")
    ]
    if not pages:
        return ""
    link = min(pages)[2]
    own, written = attribute(link, _XML_BASE), attribute(link, "href")
    return joined_url(joined_url(base, own), written) or written if own else written


def _permanent(fields: Fields) -> str:
    """The guid, or Atom's id, where it is an address."""
    for element in (*fields.get("guid", ()), *fields.get("id", ())):
        text = content(element).strip()
        if attribute(element, "isPermaLink") != "false" and text.startswith(("http:", "https:")):
            return text
    return ""
