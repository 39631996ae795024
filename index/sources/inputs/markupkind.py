"""Whether a file of any name is a web page or other XML: by its first element or declaration."""

from __future__ import annotations

from index.patterns import on_use

_LOOKED_AT = 4000
_PROLOGUE = on_use(
    rb"(?:[\s\xef\xbb\xbf\xff\xfe]|<\?[a-z\-]{1,40}[^<>]{0,500}>"
    rb"|<!--(?:[^-]|-(?!->)){0,2000}-->)*+"
)
_PAGE = on_use(rb"<!doctype\s+html|<(?:html|head|body)[\s>]")
_FEED = on_use(
    rb"<(?:[\w.\-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|opml|doc|docno|nitf|newsml|newsitem"
    rb"|newsmessage|mysqldump|articles|posts)[\s>]|<!doctype\s+(?!html)"
)


def is_page(head: bytes) -> bool:
    """The first element is that of a web page, be it XHTML or UTF-16."""
    start = _start(head)
    return _PAGE.match(start, _after_prologue(start)) is not None


def is_feed(head: bytes) -> bool:
    """It says that it is XML, or begins as feeds and dumps of articles do; and is no page."""
    start = _start(head)
    at = _after_prologue(start)
    declared = b"<?xml" in start[:at] or _FEED.match(start, at) is not None
    return declared and _PAGE.match(start, at) is None


def _start(head: bytes) -> bytes:
    start = head[:_LOOKED_AT]
    return start.replace(b"\0", b"").lower() if b"<" in start else b""


def _after_prologue(start: bytes) -> int:
    found = _PROLOGUE.match(start)
    return found.end() if found else 0
